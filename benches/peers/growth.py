#!/usr/bin/env python3
"""How time, memory and disk of `wandel count` grow with the text.

    python3 benches/peers/growth.py PROGRAM CORPUS.jsonl…

PROGRAM is the built wandel, each CORPUS a file of `cargo bench --bench generate`, from small to large. Printed for each:
seconds, processor seconds (user and system, of all threads) and their ratio to the file before, the most memory held, the
most disk used by files without a name (Linux: those of /proc), and the size of the counts file.
"""

import os
import subprocess
import sys
import tempfile
import time


def unnamed_bytes(pid: int) -> int:
    """Bytes on disk in files that a process holds open and that have no name."""
    total = 0
    try:
        for fd in os.scandir(f"/proc/{pid}/fd"):
            if os.readlink(fd.path).endswith("(deleted)"):
                total += os.stat(fd.path).st_blocks * 512
    except OSError:
        pass  # It ended, or closed the file.
    return total


def main() -> None:
    program, *corpora = sys.argv[1:]
    print(f"{'MB text':>8}{'seconds':>9}{'CPU s':>8}{'ratio':>7}{'MB held':>9}{'MB disk':>9}{'MB counts':>11}")
    before = None
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out.counts"
        for corpus in corpora:
            start = time.perf_counter()
            child = subprocess.Popen([program, "count", corpus, "-o", out, "-q", "--threads", "2"])
            disk = 0
            while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                disk = max(disk, unnamed_bytes(child.pid))
                time.sleep(0.05)
            seconds = time.perf_counter() - start
            _, status, usage = os.wait4(child.pid, 0)
            if status != 0:
                sys.exit(f"counting {corpus} failed")
            cpu = usage.ru_utime + usage.ru_stime
            ratio = f"{cpu / before:.2f}" if before else ""
            print(f"{os.path.getsize(corpus) / 1e6:>8.0f}{seconds:>9.1f}{cpu:>8.1f}{ratio:>7}"
                  f"{usage.ru_maxrss * 1024 / 1e6:>9.0f}{disk / 1e6:>9.0f}{os.path.getsize(out) / 1e6:>11.0f}", flush=True)
            before = cpu


main()
