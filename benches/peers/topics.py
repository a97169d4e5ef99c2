#!/usr/bin/env python3
"""Themes of wandel beside scikit-learn's NMF and tomotopy's LDA, on the same talks and the same counted concepts.

    cargo bench --no-default-features --no-run --bench topics      (prints where PROGRAM is)
    python3 benches/peers/topics.py PROGRAM CORPUS [--k 10,20,50] [--seeds 5] [--lda-seeds 5,5,2]

PROGRAM writes the table of talks x concepts that its themes are made of, and factorises it. The others get that table:
- scikit-learn: TfidfTransformer and NMF with their defaults (start: nndsvda, which is deterministic), and five seeds of
  init="random". "its words as wandel's": the same first fit, but its ten words chosen as wandel does (weight times the
  factor's share of the word to the power of .15). This row is no contender; it tells what the choice of words does.
- tomotopy: LDAModel with its defaults, 1,000 iterations, workers=2; a word is repeated as often as it is counted.
  --lda-seeds: how many seeds for each k.
For each theme the ten first words: those of wandel as it prints them, else by weight or probability. NPMI (Bouma 2009)
is the mean over all pairs of a theme, then over themes, with talks as windows and never-together = -1; diversity is the
share of different words among all of them. Both are computed here for all programs in the same way; wandel's own
figures must agree. Seconds are those of the fit alone (without reading and TF-IDF), all programs one after the other;
for several seeds, and for wandel of several runs, medians. The aims: at least a peer's NPMI and diversity minus .01,
and fewer seconds. wandel's factors must be the same on one thread and on all, whatever the order of the paths.

Needs numpy, scipy, scikit-learn, tomotopy (pip install). Not run in CI.
"""

import argparse
import itertools
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

# Before numpy is loaded: NMF's solver runs on one thread, and BLAS for its small products is faster on one, most of all
# where other work is going on.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import sklearn
import tomotopy
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

TOLERANCE = 0.01
TOP = 10
ITERATIONS = 1000


def own(program, corpus, *more):
    """The lines that PROGRAM prints, read."""
    run = subprocess.run([program, *corpus, *more], check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def read(path, n_columns):
    """The dumped counts, talks x concepts."""
    starts, columns, counts = [0], [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            for cell in line.split():
                column, count = cell.split(":")
                columns.append(int(column))
                counts.append(int(count))
            starts.append(len(columns))
    return csr_matrix((counts, columns, starts), shape=(len(starts) - 1, n_columns), dtype=np.float64)


class Judge:
    """NPMI and diversity of lists of columns."""

    def __init__(self, counts):
        by_column = counts.tocsc()
        self.n = counts.shape[0]
        self.talks = [frozenset(by_column.indices[a:b]) for a, b in itertools.pairwise(by_column.indptr)]

    def pair(self, a, b):
        both = len(self.talks[a] & self.talks[b])
        if both == 0:
            return -1.0
        if both == self.n:
            return 1.0
        joint = both / self.n
        return math.log(joint * self.n * self.n / (len(self.talks[a]) * len(self.talks[b]))) / -math.log(joint)

    def npmi(self, lists):
        of_theme = (statistics.mean(self.pair(a, b) for a, b in itertools.combinations(one, 2)) for one in lists)
        return statistics.mean(of_theme)

    def diversity(self, lists):
        return len(set(itertools.chain(*lists))) / sum(map(len, lists))


def first(factors):
    return [list(np.argsort(-row, kind="stable")[:TOP]) for row in factors]


def characteristic(factors):
    factors = factors / np.maximum(np.linalg.norm(factors, axis=1, keepdims=True), 1e-12)
    return factors * (factors / np.maximum(factors.sum(axis=0), 1e-12)) ** 0.15


def nmf(weights, k, seed, **settings):
    begin = time.perf_counter()
    model = NMF(k, random_state=seed, **settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit_transform(weights)
    seconds = time.perf_counter() - begin
    return seconds, first(model.components_), first(characteristic(model.components_))


def lda(talks, k, seed):
    model = tomotopy.LDAModel(k=k, seed=seed)
    for talk in talks:
        model.add_doc(talk)
    begin = time.perf_counter()
    with warnings.catch_warnings():
        # With two workers not to the last digit the same, even with a seed.
        warnings.simplefilter("ignore", RuntimeWarning)
        model.train(ITERATIONS, workers=2)
    seconds = time.perf_counter() - begin
    return seconds, [[int(word) for word, _ in model.get_topic_words(topic, top_n=TOP)] for topic in range(k)]


def load():
    return f"{os.getloadavg()[0]:.1f}"


def line(k, name, seeds, npmi, diversity, took, seconds, marks=("", "", "")):
    print(f"| {k} | {name} | {seeds} | {npmi:.3f} | {diversity:.3f} | {took:.2f} | {took / seconds:.1f} |",
          " | ".join(marks), "|", flush=True)


def numbers(text):
    return [int(n) for n in text.split(",")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--k", type=numbers, default=[10, 20, 50])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--lda-seeds", type=numbers, help="for each k; 0 leaves LDA out")
    arguments = parser.parse_args()
    lda_seeds = arguments.lda_seeds or [arguments.seeds] * len(arguments.k)
    ks = ",".join(map(str, arguments.k))
    with tempfile.TemporaryDirectory() as folder:
        dump = f"{folder}/counts.txt"
        head, *fits = own(arguments.program, arguments.corpus, "--dump", dump, "--k", ks)
        counts = read(dump, head["concepts"])
    weights = TfidfTransformer().fit_transform(counts)
    talks = [[str(c) for c, n in zip(row.indices, row.data.astype(int)) for _ in range(n)] for row in counts]
    talks = [talk for talk in talks if talk]
    judge = Judge(counts)
    print(f"{head['talks']} talks, {head['concepts']} concepts, {head['cells']} cells")
    print(f"scikit-learn {sklearn.__version__}, tomotopy {tomotopy.__version__}, {os.cpu_count()} cores, load {load()}")
    _, *alone = own(arguments.program, arguments.corpus[::-1], "--threads", "1", "--repeat", "3", "--k", ks)
    same = [a["digest"] == b["digest"] for a, b in zip(fits, alone)]
    print(f"on one and all threads, paths in both orders: {'the same factors' if all(same) else 'DIFFERENT factors'}")
    failed = not all(same)
    print("| k | program | seeds | NPMI | diversity | seconds | × wandel | NPMI - .01 | diversity - .01 | faster |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | --- | --- | --- |")
    for k, n_lda, fit, on_one in zip(arguments.k, lda_seeds, fits, alone):
        seeds = range(1, arguments.seeds + 1)
        took, lists, chosen = nmf(weights, k, 1)
        random = [nmf(weights, k, seed, init="random")[:2] for seed in seeds]
        peers = [("scikit-learn NMF", [(took, lists)]), ("scikit-learn NMF, random", random)]
        # In turns with the others, and judged by what the program itself printed.
        timed = own(arguments.program, arguments.corpus, "--k", str(k), "--repeat", "5")[1]
        if n_lda:
            peers.append(("tomotopy LDA", [lda(talks, k, seed) for seed in range(1, n_lda + 1)]))
        quality, variety = judge.npmi(fit["top"]), judge.diversity(fit["top"])
        assert abs(quality - fit["npmi"]) < 1e-9 and abs(variety - fit["diversity"]) < 1e-9, "two sums of one list"
        seconds = statistics.median(timed["seconds"])
        line(k, f"wandel, {fit['rounds']} rounds", 1, quality, variety, seconds, seconds)
        line(k, "wandel, 1 thread", 1, quality, variety, statistics.median(on_one["seconds"]), seconds)
        chosen = judge.npmi(chosen), judge.diversity(chosen)
        line(k, "scikit-learn NMF, its words as wandel's", 1, *chosen, took, seconds)
        for name, runs in peers:
            theirs = statistics.median(judge.npmi(lists) for _, lists in runs)
            varied = statistics.median(judge.diversity(lists) for _, lists in runs)
            took = statistics.median(seconds for seconds, _ in runs)
            holds = [quality >= theirs - TOLERANCE, variety >= varied - TOLERANCE, seconds < took]
            failed |= not all(holds)
            line(k, name, len(runs), theirs, varied, took, seconds, ["yes" if hold else "NO" for hold in holds])
    print(f"tolerance {TOLERANCE}; load {load()}; {'something does not hold' if failed else 'all holds'}")
    sys.exit(failed)


main()
