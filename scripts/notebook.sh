#!/usr/bin/env bash
# Runs examples/notebook/wandel.ipynb anew and keeps its output, without times and places of this machine.
# Needs cargo, Python 3 with venv, and a network at first: what it installs stays in target/notebook.
# The Rust kernel takes some minutes to build the first time; one on the path is used as it is.
set -euo pipefail
cd "$(dirname "$0")/.."

home="${CARGO_TARGET_DIR:-$PWD/target}/notebook"
mkdir -p "$home"
home="$(cd "$home" && pwd)"
export PATH="$home/bin:$home/venv/bin:$PATH"
export JUPYTER_DATA_DIR="$home/jupyter" JUPYTER_PATH="$home/jupyter" EVCXR_TMPDIR="$home/evcxr"

command -v evcxr_jupyter > /dev/null || CARGO_TARGET_DIR="$home/build" cargo install --locked --root "$home" evcxr_jupyter@0.22.0
if [ ! -x "$home/venv/bin/jupyter-nbconvert" ]; then
  python3 -m venv "$home/venv"
  "$home/venv/bin/pip" install --quiet nbconvert==7.17.2 ipykernel
fi
unset CARGO_TARGET_DIR
evcxr_jupyter --install > /dev/null

notebook=examples/notebook/wandel.ipynb
jupyter nbconvert --to notebook --inplace --execute --ExecutePreprocessor.record_timing=False \
  --ExecutePreprocessor.timeout=-1 --ExecutePreprocessor.startup_timeout=600 "$notebook"
# The kernel sends each line by itself.
jupyter nbconvert --to notebook --inplace --coalesce-streams "$notebook"
