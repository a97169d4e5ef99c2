#!/usr/bin/env python3
"""Are known shifts found? Scores wandel beside Fisher's and Mann and Whitney's tests on the same terms.

    python3 tests/reference/shifts/known.py PROGRAM CORPUS... [--block TAG]

PROGRAM is the built wandel, CORPUS a folder with tables by year (2019.jsonl.gz, ...) and a ground_truth.json, whose clear
entries say which pattern rose or fell between which years. An entry is a hit if the concept with most mentions among
those with a spelling that fully matches the pattern is one. Needs numpy and scipy. Columns of the output:

    p, q         of that concept (blocks as --block says; without it `--block none`, talks one by one)
    rank         its place in the ranking of its direction
    watch        p of the pattern as --watch-regex
    fisher, mwu  q of the other tests: presence; mentions per word of talks. Benjamini and Hochberg over all ranked
                 terms in five and more talks
"""

import argparse
import csv
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

import numpy as np
from scipy import stats

csv.field_size_limit(10**9)


def rows(folder, name):
    with open(folder / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def run(program, corpus, years, block, patterns, out):
    with tempfile.TemporaryDirectory() as inputs:
        for year in years:
            for file in corpus.glob(f"{year}.*"):
                shutil.copy(file, inputs)
        command = [program, "report", inputs, "--out", out, "--only", "csv", "--quiet", "--force", "--themes", "none",
                   "--block", block]
        for pattern in patterns:
            command += ["--watch-regex", pattern]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return pathlib.Path(out)


def others(folder, later, wanted):
    """q of Fisher's and Mann and Whitney's tests for all ranked terms in five and more talks."""
    place, label, size = {}, [], []
    for row in rows(folder, "sessions"):
        if row["kind"] == "session" and row["tokens"]:
            place[row["session_id"]] = len(label)
            label.append(int(row["year"]) == later)
            size.append(max(1, int(row["tokens"])))
    label, size = np.array(label), np.array(size, float)
    cells = {}
    for row in rows(folder, "term_frequencies"):
        at = place.get(row["session_id"])
        if at is not None and row["concept"] in wanted:
            cells.setdefault(row["concept"], []).append((at, int(row["count"])))
    cells = {key: list(zip(*c)) for key, c in cells.items() if len(c) >= 5}
    n2 = int(label.sum())
    n1 = len(label) - n2
    fisher, mwu = [], []
    for at, count in cells.values():
        at = np.array(at)
        x2 = int(label[at].sum())
        x1 = len(at) - x2
        fisher.append(stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]])[1])
        rate = np.zeros(len(label))
        rate[at] = np.array(count) / size[at]
        mwu.append(stats.mannwhitneyu(rate[label], rate[~label], method="asymptotic").pvalue)
    q = [stats.false_discovery_control(p) for p in (fisher, mwu)]
    return dict(zip(cells, zip(*q)))


def score(program, corpus, block):
    truth = json.loads((corpus / "ground_truth.json").read_text("utf-8"))
    clear = [s for s in truth["shifts"] if s["status"] == "clear"]
    found = []
    for years in sorted({(s["from"], s["to"]) for s in clear}):
        entries = [s for s in clear if (s["from"], s["to"]) == years]
        with tempfile.TemporaryDirectory() as out:
            folder = run(program, corpus, years, block, [s["pattern"] for s in entries], out)
            spellings = {r["concept"]: [s.rsplit("=", 1)[0] for s in r["spellings"].split("; ")]
                         for r in rows(folder, "concepts")}
            shifts = {r["concept"]: r for r in rows(folder, "term_shifts")}
            watch = {r["watch"]: r for r in rows(folder, "watch_shifts")}
            ranked = {k for k, r in shifts.items() if r["ranked"] == "1"}
            other = others(folder, years[1], ranked)
        order = {}
        for sign in (1, -1):
            def near(row):
                end = row["ci_low"] if sign > 0 else row["ci_high"]
                return max(0.0, sign * float(end)) if end else 0.0
            side = [k for k in ranked
                    if sign * float(shifts[k]["effect"]) > 0 and sign * float(shifts[k]["log_odds_z_descriptive"]) > 0]
            side.sort(key=lambda k: (shifts[k]["one_talk"] == "1", -near(shifts[k]),
                                     -sign * float(shifts[k]["log_odds_z_descriptive"]), k))
            order[sign] = {k: i + 1 for i, k in enumerate(side)}
        for entry in entries:
            pattern = re.compile(entry["pattern"], re.IGNORECASE)
            hits = [k for k, forms in spellings.items() if k in shifts and any(pattern.fullmatch(f) for f in forms)]
            total = lambda k: int(shifts[k]["count_from"]) + int(shifts[k]["count_to"])
            best = max(hits, key=lambda k: (total(k), k), default=None)
            row = shifts.get(best, {})
            found.append({
                "corpus": corpus.name, "from": years[0], "to": years[1], "entry": entry["label"], "concept": best,
                "p": row.get("p", ""), "q": row.get("q", ""), "verdict": row.get("verdict", ""),
                "certainty": row.get("certainty", ""),
                "rank": order[1 if entry["direction"] == "up" else -1].get(best),
                "watch": watch[entry["pattern"]]["p"],
                "fisher": other.get(best, (1, 1))[0], "mwu": other.get(best, (1, 1))[1],
            })
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("corpora", nargs="+", type=pathlib.Path)
    parser.add_argument("--block", action="append", help="one for each corpus", default=[])
    args = parser.parse_args()
    found = []
    for i, corpus in enumerate(args.corpora):
        found += score(args.program, corpus, args.block[i] if i < len(args.block) else "none")
    for f in found:
        print(f"{f['corpus'][:9]:9} {f['from']}:{f['to']} {f['entry'][:22]:22} {str(f['concept'])[:18]:18} p {f['p']:8} "
              f"q {f['q']:8} {f['verdict']:8} {f['certainty']:9} rank {f['rank']!s:>5} watch {f['watch']:8} "
              f"fisher {f['fisher']:.4f} mwu {f['mwu']:.4f}")
    n = len(found)
    at_most = lambda key, limit: sum(f[key] not in ("", None) and float(f[key]) <= limit for f in found)
    print(f"{n} entries; q <= .05: wandel {at_most('q', .05)}, Fisher {at_most('fisher', .05)}, "
          f"Mann-Whitney {at_most('mwu', .05)}; in the top 50: {at_most('rank', 50)}; "
          f"watch p <= .05: {at_most('watch', .05)}; confirmed: {sum(f['certainty'] == 'confirmed' for f in found)}, "
          f"indicated: {sum(f['certainty'] == 'indicated' for f in found)}")


main()
