#!/usr/bin/env python3
"""The small case, and what a second thread gives.

    python3 benches/peers/small.py PROGRAM ARTICLES CORPUS.jsonl [RUNS]

Prints the median seconds of `wandel report ARTICLES --only csv` with and without statistics, from process start; then
those of `wandel count CORPUS.jsonl` on one thread, on two, and of two runs of one thread side by side.
"""

import statistics
import subprocess
import sys
import tempfile
import time


def median(commands: list[list[str]], runs: int) -> float:
    """Seconds of processes side by side; one run more warms the cache."""
    seconds = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        children = [subprocess.Popen(c, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for c in commands]
        if any([child.wait() for child in children]):
            sys.exit("a run failed")
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def main() -> None:
    program, articles, corpus = sys.argv[1:4]
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 7
    with tempfile.TemporaryDirectory() as folder:
        report = [program, "report", articles, "--out", f"{folder}/out", "--only", "csv", "-q"]
        print(f"two articles: {median([report], runs):.3f} s, "
              f"without statistics {median([[*report, '--no-statistics']], runs):.3f} s")

        def count(threads: int, name: str) -> list[str]:
            return [program, "count", corpus, "-o", f"{folder}/{name}", "-q", "--threads", str(threads)]

        one, two = median([count(1, "a")], runs), median([count(2, "a")], runs)
        pair = median([count(1, "a"), count(1, "b")], runs)
        print(f"counting: one thread {one:.2f} s, two {two:.2f} s ({one / two:.2f} x), "
              f"two runs of one side by side {pair:.2f} s ({2 * one / pair:.2f} x)")


main()
