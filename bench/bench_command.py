"""How soon the command answers: `portico --help` beside `python -c pass`. Floor: at most 3 times."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROUNDS = 30


def seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def main() -> None:
    peer = [sys.executable, "-c", "pass"]
    ours = [str(Path(sys.executable).with_name("portico")), "--help"]
    pairs = [(seconds(peer), seconds(ours)) for _ in range(ROUNDS)]
    bare, helped = (median(column) for column in zip(*pairs, strict=True))
    print(f"python -c pass {bare * 1000:.1f} ms, portico --help {helped * 1000:.1f} ms")
    print(f"ratio {helped / bare:.2f} (floor 3)")


if __name__ == "__main__":
    main()
