#!/usr/bin/env python3
"""Nothing to be found but length: what do tests say when the talks of one year are longer?

    python3 tests/reference/shifts/lengths.py PROGRAM TABLE.jsonl.gz [--per-side 61] [--deals 20]
    python3 tests/reference/shifts/lengths.py PROGRAM EARLIER.jsonl.gz LATER.jsonl.gz

PROGRAM is the built wandel, TABLE the talks of one year. Random talks are dealt into two "years", the longer ones mostly
to the second (by length times a random factor, log-normal with sigma 0.5). No topic changed, so the share of tests with
p < .05 should be at most .05 for words of every document frequency. Beside wandel: a permutation of G2, and Fisher's
exact test on presence. With two tables, these are the years as they are, and what is printed is the p of words that three
talks name, all three of one year. Needs numpy and scipy.
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


def others(folder, rng, df=None):
    """Keys, talks with it, p by method and the talks of the later year, of words in three and more talks (or in `df`)."""
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
    cells = {key: c for key, c in cells.items() if (len(c) >= 3 if df is None else len(c) == df)}
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
    methods = {"permutation of G2": p, "Fisher": np.array(fisher)}
    return list(cells), presence.sum(1), methods, (presence * later).sum(1)


def wandel(program, inputs, out):
    subprocess.run([program, "report", *map(str, inputs), "--out", str(out), "--only", "csv", "--quiet", "--themes", "none",
                    "--block", "none"], check=True, stdout=subprocess.DEVNULL)
    return list(rows(out, "term_shifts"))


def as_they_are(program, tables):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        talks = [[json.loads(line) for line in gzip.open(t, "rt", encoding="utf-8")] for t in tables]
        with open(work / "talks.jsonl", "w", encoding="utf-8") as file:
            for year, part in zip((2020, 2021), talks):
                file.writelines(json.dumps(dict(t, year=year), ensure_ascii=False) + "\n" for t in part)
        own = {r["concept"]: float(r["p"] or 1) for r in wandel(program, [work / "talks.jsonl"], work / "out")}
        keys, _, methods, later = others(work / "out", np.random.default_rng(1), df=3)
    methods = {"wandel": np.array([own.get(key, 1.0) for key in keys])} | methods
    print(f"{'median p':24}{'three later talks':>20}{'three earlier talks':>22}")
    for name, p in methods.items():
        print(f"{name:24}{np.median(p[later == 3]):>20.4f}{np.median(p[later == 0]):>22.4f}")
    print(f"{'words':24}{(later == 3).sum():>20}{(later == 0).sum():>22}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("table", type=pathlib.Path, nargs="+")
    parser.add_argument("--per-side", type=int, default=61)
    parser.add_argument("--deals", type=int, default=20)
    args = parser.parse_args()
    if len(args.table) == 2:
        return as_they_are(args.program, args.table)
    talks = [json.loads(line) for line in gzip.open(args.table[0], "rt", encoding="utf-8")]
    rng = np.random.default_rng(1)
    found, words = {}, []
    for draw in range(args.deals):
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            with open(work / "talks.jsonl", "w", encoding="utf-8") as file:
                for talk in deal(talks, args.per_side, draw):
                    file.write(json.dumps(talk, ensure_ascii=False) + "\n")
            out = work / "out"
            shifts = wandel(args.program, [work / "talks.jsonl"], out)
            df = np.array([int(r["sessions_from"]) + int(r["sessions_to"]) for r in shifts])
            p = np.array([float(r["p"] or 1) for r in shifts])
            words.append([sum(int(r["tokens"] or 0) for r in rows(out, "sessions") if r["year"] == y) for y in ("2020", "2021")])
            results = {"wandel": (df, p)}
            _, other_df, other_p, _ = others(out, rng)
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
