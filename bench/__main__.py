"""Run every benchmark, or those named: `python -m bench [NAME…]`."""

import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))


def main(wanted: list[str]) -> None:
    for name in wanted or NAMES:
        print(f"\n== {name}", flush=True)
        import_module(f"bench.bench_{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
