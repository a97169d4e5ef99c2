#!/usr/bin/env python3
"""Counting held against `wc -w` and scikit-learn, side by side in one go.

    python3 benches/peers/count.py PROGRAM CORPUS.jsonl [RUNS]

PROGRAM is the built wandel, CORPUS a file of `cargo bench --bench generate`. Every contender runs RUNS times (default 7),
in turns, after one run each that warms the cache and is not counted. Printed: the medians of seconds by the clock and of
the processor (all threads; other work on the machine shows less in them), their ratios to `wc -w`, and the most memory
held. scikit-learn (its TfidfVectorizer with default settings, texts streamed from the file)
runs once if it is there: it takes long.
"""

import importlib.util
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

SKLEARN = """
import json, sys
from sklearn.feature_extraction.text import TfidfVectorizer
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
print(TfidfVectorizer().fit_transform(texts).shape)
"""


def run(command: list[str], env: dict[str, str]) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and MB of a process."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **env})
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    program, corpus = sys.argv[1:3]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out.counts"
        count = [program, "count", corpus, "-o", out, "-q", "--threads", "2"]
        bare = ["--keep-names", "--without", "people,phrases,boilerplate,acronyms"]
        contenders = {
            "wc -w": ["wc", "-w", corpus],
            "wandel count": count,
            "without phrases": [*count, "--no-phrases"],
            "words alone": [*count, *bare],
        }
        times = {name: [] for name in contenders}
        cpu_times = {name: [] for name in contenders}
        memory = dict.fromkeys(contenders, 0.0)
        for turn in range(runs + 1):
            for name, command in contenders.items():
                seconds, cpu, mb = run(command, {"LC_ALL": "C.UTF-8"})
                if turn > 0:
                    times[name].append(seconds)
                    cpu_times[name].append(cpu)
                    memory[name] = max(memory[name], mb)
        size = os.path.getsize(out) / 1e6
    if importlib.util.find_spec("sklearn"):
        seconds, cpu, mb = run([sys.executable, "-c", SKLEARN, corpus], {"LC_ALL": "C.UTF-8"})
        times["scikit-learn"], cpu_times["scikit-learn"], memory["scikit-learn"] = [seconds], [cpu], mb
    base, cpu_base = statistics.median(times["wc -w"]), statistics.median(cpu_times["wc -w"])
    print(f"{os.path.getsize(corpus) / 1e6:.0f} MB, {runs} runs in turns, {os.cpu_count()} cores, "
          f"counts file {size:.0f} MB")
    print(f"{'':<18}{'seconds':>10}{'x wc -w':>10}{'CPU s':>10}{'x wc -w':>10}{'MB held':>10}")
    for name, seconds in times.items():
        median, cpu = statistics.median(seconds), statistics.median(cpu_times[name])
        print(f"{name:<18}{median:>10.2f}{median / base:>10.1f}{cpu:>10.2f}{cpu / cpu_base:>10.1f}{memory[name]:>10.0f}")


main()
