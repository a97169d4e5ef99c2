#!/usr/bin/env python3
"""How often successions are reported where years mean nothing.

    python3 benches/null_successions.py PROGRAM YEAR.jsonl.gz PER_SIDE [DRAWS]

Draws talks of one year, deals them two years at random, runs `wandel report --only json`, and counts the runs in which any
succession is graded `indicated` or better. Prints the share with its standard error.
"""

import gzip
import json
import random
import subprocess
import sys
import tempfile


def main() -> None:
    program, path, per_side = sys.argv[1], sys.argv[2], int(sys.argv[3])
    draws = int(sys.argv[4]) if len(sys.argv) > 4 else 400
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        talks = [json.loads(line) for line in lines]
    reported = with_candidates = 0
    with tempfile.TemporaryDirectory() as folder:
        for draw in range(draws):
            rng = random.Random(draw)
            chosen = rng.sample(talks, min(2 * per_side, len(talks)))
            with open(f"{folder}/talks.jsonl", "w", encoding="utf-8") as out:
                for i, talk in enumerate(chosen):
                    out.write(json.dumps({**talk, "year": 2001 + i % 2}, ensure_ascii=False) + "\n")
            subprocess.run([program, "report", f"{folder}/talks.jsonl", "--out", f"{folder}/out", "--only", "json",
                            "--block", "none", "-q", "--force"], check=True, stdout=subprocess.DEVNULL)
            with open(f"{folder}/out/findings.json", encoding="utf-8") as found:
                levels = json.load(found)["comparisons"][0]["successions"]
            candidates = [c for level in levels for c in level["candidates"] + level["siblings"]]
            with_candidates += bool(candidates)
            reported += any(c["certainty"] != "open" for c in candidates)
    share = reported / draws
    error = (share * (1 - share) / draws) ** 0.5
    print(f"{per_side} a side: {draws} draws, {with_candidates} with candidates, "
          f"{reported} with one graded indicated or better: {share:.4f} ± {error:.4f}")


main()
