#!/usr/bin/env python3
"""Draws rows of the rankings of two corpora for judging: are they topics?

    python3 tests/reference/rankings/sample.py PROGRAM CORPORA OUT.jsonl

PROGRAM is the built wandel, CORPORA the folder that holds bundestag/ and pyvideo/ with their ground_truth.json.
For every pair of years named there the 100 strongest risers and the 100 strongest fallers are pooled (as
`wandel report --only csv` writes them, in the order of `wandel shifts`), and 150 rows of each corpus are drawn with
the seed below. A row: corpus, from, to, direction, rank, label, and its most frequent spellings.
"""

import json
import pathlib
import random
import re
import subprocess
import sys

# rows.jsonl was drawn with 20261122, rows_2.jsonl with 20261207, rows_3.jsonl with 20270214, rows_4.jsonl with 20270301.
SEED = 20270607
PER_CORPUS = 150


def pairs(folder: pathlib.Path) -> list[tuple[int, int]]:
    truth = json.loads((folder / "ground_truth.json").read_text("utf-8"))
    return sorted({(s["from"], s["to"]) for s in truth["shifts"]})


def rankings(program: str, folder: pathlib.Path) -> list[dict]:
    compare = ",".join(f"{a}:{b}" for a, b in pairs(folder))
    command = [program, "shifts", str(folder), "--compare", compare, "--top", "100", "--quiet"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows, head, rank = [], None, 0
    for line in text.splitlines():
        found = re.fullmatch(r"(\S+) → (\S+): (rising|falling|.*people.*)", line)
        if found:
            head, rank = found.groups(), 0
        elif line.startswith("term ") or not line.strip() or line.startswith(("* ", "† ", "q: ")):
            continue
        elif head and "people" not in head[2]:
            label = re.split(r"\s{2,}", line)[0].removesuffix(" *").removesuffix(" †")
            rank += 1
            rows.append({"corpus": folder.name, "from": head[0], "to": head[1], "direction": head[2],
                         "rank": rank, "label": label})
    return rows


def main() -> None:
    program, corpora, out = sys.argv[1:]
    drawn = []
    for name in ("bundestag", "pyvideo"):
        rows = rankings(program, pathlib.Path(corpora) / name)
        drawn += random.Random(SEED).sample(rows, PER_CORPUS)
    with open(out, "w", encoding="utf-8") as file:
        for row in drawn:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


main()
