#!/usr/bin/env python3
"""Nothing to be found but length: what do tests say when the talks of one year are longer?

    python3 tests/reference/shifts/lengths.py PROGRAM TABLE.jsonl.gz [--per-side 61] [--deals 20]

PROGRAM is the built wandel, TABLE the talks of one year. Random talks are dealt into two "years", the longer ones mostly
to the second (by length times a random factor, log-normal with sigma 0.5). No topic changed, so the share of tests with
p < .05 should be at most .05 for words of every document frequency. Beside wandel: a permutation of G2, and Fisher's
exact test on presence. Needs numpy and scipy.
"""

import argparse
import csv
import gzip
import json
import pathlib
import random
import subprocess
import tempfile

import numpy as np
from scipy import stats

SHUFFLES = 1999
STRATA = [(3, 4), (5, 9), (10, 19), (20, 10**9)]
csv.field_size_limit(10**9)


def rows(folder, name):
    with open(folder / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def deal(talks, per_side, draw):
    chance = random.Random(draw)
    picked = chance.sample(talks, 2 * per_side)
    picked.sort(key=lambda t: len(t["text"]) * chance.lognormvariate(0, 0.5))
    return [dict(t, year=2020 + (i >= per_side)) for i, t in enumerate(picked)]


def log_likelihood(k, later, size):
    """G2 of terms x relabelings; k: terms x talks, later: talks x relabelings."""
    total, words = k.sum(1, keepdims=True), size.sum()
    on_side = k @ later
    share = (size @ later) / words
    with np.errstate(divide="ignore", invalid="ignore"):
        part = lambda a, e: np.where(a > 0, a * np.log(a / e), 0.0)
        return 2 * (part(on_side, total * share) + part(total - on_side, total * (1 - share)))


def others(folder, rng):
    place, later, size = {}, [], []
    for row in rows(folder, "sessions"):
        if row["kind"] == "session" and row["tokens"]:
            place[row["session_id"]] = len(later)
            later.append(row["year"] == "2021")
            size.append(max(1, int(row["tokens"])))
    later, size = np.array(later, float), np.array(size, float)
    cells = {}
    for row in rows(folder, "term_frequencies"):
        if row["session_id"] in place:
            cells.setdefault(row["concept"], []).append((place[row["session_id"]], int(row["count"])))
    cells = {key: c for key, c in cells.items() if len(c) >= 3}
    k = np.zeros((len(cells), len(size)))
    for term, c in enumerate(cells.values()):
        for talk, count in c:
            k[term, talk] += count
    dealt = np.stack([later] + [rng.permutation(later) for _ in range(SHUFFLES)], axis=1)
    g2 = log_likelihood(k, dealt, size)
    p = (g2 >= g2[:, :1] * (1 - 1e-9)).mean(1)
    n = np.array([(later == 0).sum(), later.sum()])
    presence = k > 0
    fisher = [stats.fisher_exact([[a, n[0] - a], [b, n[1] - b]]).pvalue
              for a, b in zip((presence * (1 - later)).sum(1), (presence * later).sum(1))]
    return presence.sum(1), {"permutation of G2": p, "Fisher": np.array(fisher)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--per-side", type=int, default=61)
    parser.add_argument("--deals", type=int, default=20)
    args = parser.parse_args()
    talks = [json.loads(line) for line in gzip.open(args.table, "rt", encoding="utf-8")]
    rng = np.random.default_rng(1)
    found, words = {}, []
    for draw in range(args.deals):
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            with open(work / "talks.jsonl", "w", encoding="utf-8") as file:
                for talk in deal(talks, args.per_side, draw):
                    file.write(json.dumps(talk, ensure_ascii=False) + "\n")
            out = work / "out"
            subprocess.run([args.program, "report", str(work / "talks.jsonl"), "--out", str(out), "--only", "csv", "--quiet",
                            "--themes", "none", "--block", "none"], check=True, stdout=subprocess.DEVNULL)
            shifts = list(rows(out, "term_shifts"))
            df = np.array([int(r["sessions_from"]) + int(r["sessions_to"]) for r in shifts])
            p = np.array([float(r["p"] or 1) for r in shifts])
            words.append([sum(int(r["tokens"] or 0) for r in rows(out, "sessions") if r["year"] == y) for y in ("2020", "2021")])
            results = {"wandel": (df, p)}
            other_df, other_p = others(out, rng)
            results |= {name: (other_df, p) for name, p in other_p.items()}
        for name, (df, p) in results.items():
            for low, high in STRATA:
                own = p[(df >= low) & (df <= high)]
                found.setdefault((name, low), []).append((len(own), (own < 0.05).sum(), (own < 0.01).sum()))
    mean = np.mean(words, axis=0) / args.per_side
    print(f"{args.deals} deals of {args.per_side} and {args.per_side} talks, {mean[0]:.0f} and {mean[1]:.0f} words on average")
    print(f"{'share of p < .05 / < .01':24}" + "".join(f"{f'{a}-{b}' if b < 10**9 else f'{a}+':>16}" for a, b in STRATA))
    for name in ("wandel", "permutation of G2", "Fisher"):
        sums = [np.sum(found[name, low], axis=0) for low, _ in STRATA]
        print(f"{name:24}" + "".join(f"{f'{s[1] / max(s[0], 1):.4f} / {s[2] / max(s[0], 1):.4f}':>16}" for s in sums))


main()
