#!/usr/bin/env python3
"""How often successions are reported where years mean nothing.

    python3 benches/null_successions.py PROGRAM YEAR.jsonl.gz PER_SIDE [DRAWS [OPTION …]]

Draws talks of one year, deals them two years at random, runs `wandel themes --successions`, with further options if there are
any, and counts the runs in which any succession is graded `indicated` or better. Prints the share with its standard error, and
at every hundredth draw what was seen until then.
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
    options = sys.argv[5:]
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
            command = [program, "themes", f"{folder}/talks.jsonl", "--successions", "--format", "json", "--block", "none", "-q"]
            found = subprocess.run(command + options, check=True, stdout=subprocess.PIPE)
            candidates = json.loads(found.stdout or "[]")
            with_candidates += bool(candidates)
            reported += any(c["certainty"] != "open" for c in candidates)
            if (draw + 1) % 100 == 0 or draw + 1 == draws:
                share = reported / (draw + 1)
                error = (share * (1 - share) / (draw + 1)) ** 0.5
                print(f"{per_side} a side: {draw + 1} draws, {with_candidates} with candidates, "
                      f"{reported} with one graded indicated or better: {share:.4f} ± {error:.4f}", flush=True)


main()
