#!/usr/bin/env python3
"""Which shifts that are known beforehand are seen by found themes.

    wandel report CORPUS/*.jsonl.gz --out FOLDER --only csv
    python3 benches/ground_truth.py FOLDER CORPUS/ground_truth.json

An entry counts if its status is `clear` and at least 3 % of the talks of its peak year match its pattern. It is seen if a
characteristic concept of a theme matches it, and the theme peaks in the same year: by mentions per 1,000 words, or by
share of talks (years with equal shares are all peaks). Prints each entry with its themes, and how many are seen.
"""

import csv
import json
import re
import sys


def rows(folder, table):
    with open(f"{folder}/tables/{table}.csv", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def main() -> None:
    folder, truth = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
    concepts, parents, by_year = {}, {}, {}
    for row in rows(folder, "found_themes"):
        concepts.setdefault(row["theme"], []).append(row["concept_label"])
        parents[row["theme"]] = row["parent"]
    for row in rows(folder, "found_theme_shifts"):
        for side in ("from", "to"):
            measures = float(row[f"per_1000_{side}"]), float(row[f"share_{side}"])
            by_year.setdefault(row["theme"], {})[row[f"{side}_year"]] = measures
    peaks = {theme: [max(years, key=lambda y: years[y][i]) for i in (0, 1)] for theme, years in by_year.items()}
    entries = {entry["label"]: entry for entry in reversed(truth["shifts"]) if entry["status"] == "clear"}
    n, seen, alone = 0, [0, 0], [0, 0]
    for label, entry in reversed(entries.items()):
        share = {year: cell[1] / truth["years"][year]["sessions"] for year, cell in entry["series"].items()}
        most = max(share.values())
        if most < 0.03:
            continue
        n += 1
        matching = [t for t, labels in concepts.items() if any(re.search(entry["pattern"], x.lower()) for x in labels)]
        for i in (0, 1):
            same = [t for t in matching if share[peaks[t][i]] == most]
            seen[i] += bool(same)
            alone[i] += any(not parents[t] for t in same)
        shown = "; ".join(f"{'subtheme ' if parents[t] else ''}{t} {'/'.join(peaks[t])}" for t in matching)
        print(f"{label}, {', '.join(y for y in share if share[y] == most)} ({most:.1%}): {shown or 'in no theme'}")
    print(f"of {n}: {seen[0]} seen by mentions, {seen[1]} by talks; by themes without subthemes {alone[0]} and {alone[1]}")


main()
