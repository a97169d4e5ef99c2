#!/usr/bin/env python3
"""A plain numpy permutation of the statistic that wandel uses, beside wandel, on two years of one corpus.

    python3 benches/peers/permutation.py PROGRAM FOLDER

FOLDER holds tables of two years. wandel runs twice, with and without statistics; the difference is the time of its tests
(with intervals and verdicts). numpy deals the labels to all talks and multiplies matrices (with all threads of its BLAS),
1,000 relabelings at a time; the time for as many as a term at the edge of a verdict gets is extrapolated from them.
Prints seconds and ratios. Needs numpy. Not run in CI.
"""

import csv
import subprocess
import sys
import tempfile
import time

import numpy as np

csv.field_size_limit(10**9)
CAP = 3


def wandel(program, folder, out, *more):
    begin = time.perf_counter()
    subprocess.run([program, "report", folder, "--out", out, "--only", "csv", "--themes", "none", "--quiet", "--force",
                    *more], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def rows(out, name):
    with open(f"{out}/tables/{name}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main():
    program, folder = sys.argv[1:]
    with tempfile.TemporaryDirectory() as out:
        with_tests, without = [], []
        for _ in range(3):
            without.append(wandel(program, folder, out, "--no-statistics"))
            with_tests.append(wandel(program, folder, out))
        own = min(with_tests) - min(without)
        place, later, size = {}, [], []
        years = sorted({int(r["year"]) for r in rows(out, "sessions")})
        for row in rows(out, "sessions"):
            if row["kind"] == "session" and row["tokens"]:
                place[row["session_id"]] = len(later)
                later.append(int(row["year"]) == years[-1])
                size.append(max(1, int(row["tokens"])))
        tested = {r["concept"]: i for i, r in enumerate(r for r in rows(out, "term_shifts") if r["p"])}
        table = np.zeros((len(later), len(tested)), np.float32)
        for row in rows(out, "term_frequencies"):
            if row["concept"] in tested and row["session_id"] in place:
                table[place[row["session_id"]], tested[row["concept"]]] = min(CAP, int(row["count"]))
    later = np.array(later)
    f = (np.array(size) / np.mean(size)).astype(np.float32)
    # What wandel chooses term by term: here 1 for all, which costs as much.
    weighted = table / (1 + f)[:, None]
    strata = np.array_split(np.argsort(f, kind="stable"), min(20, max(len(f) // 30, 1)))
    random = np.random.default_rng(1)

    def deal():
        labels = np.empty(len(later), np.float32)
        for stratum in strata:
            labels[stratum] = random.permutation(later[stratum])
        return labels

    observed = later.astype(np.float32) @ weighted
    begin = time.perf_counter()
    above, below = np.zeros(len(tested)), np.zeros(len(tested))
    for _ in range(10):
        found = np.stack([deal() for _ in range(100)]) @ weighted
        above += (found >= observed - 1e-4).sum(0)
        below += (found <= observed + 1e-4).sum(0)
    thousand = time.perf_counter() - begin
    print(f"{len(tested)} terms, {len(later)} talks")
    print(f"wandel: {own:.2f} s for all tests, intervals and verdicts (report without: {min(without):.2f} s)")
    for relabelings in (1_000, 10_000, 100_000):
        seconds = thousand * relabelings / 1_000
        print(f"numpy, {relabelings} relabelings of all terms: {seconds:.1f} s, {seconds / own:.0f} times wandel's")


main()
