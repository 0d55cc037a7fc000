"""Many documents: rate with one and two processes (floor 1.8 times), memory as their number grows, Spark beside them.

The documents are the texts of the development set, repeated; without it, the bundled sample. Each figure is taken in
a process of its own. On a busy machine the wall clock says little; the same ratio by processor seconds stands beside
it (within 3 %): what one process needs, against half of what the parent and two workers need together. Memory is the
most that the parent and a worker held (floor: 20,000 documents need at most 1.2 times what 2,000 need).

PORTICO_BENCH_DOCUMENTS=100000 adds a run of that many; PORTICO_BENCH_KILLS=50 kills a run that often, goes on each
time, and compares its bytes.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import cycle, islice
from multiprocessing import active_children
from pathlib import Path
from shutil import which

from portico.engines import Engine, Input, here, index_of, spark, write_readings

ARTICLES = Path(__file__).parents[1].parent / "shared" / "data" / "articles" / "texts"
SAMPLE = Path(__file__).parents[1] / "src" / "portico" / "cli" / "sample"
TIMED = 2_000
COUNTS = (2_000, 20_000)
ROUNDS = 3
KILLED = 5_000


def documents(number: int) -> Iterator[Input]:
    """So many inputs, made as they are taken."""
    files = sorted(ARTICLES.glob("*.txt")) or sorted(SAMPLE.glob("*.*"))
    for each, path in enumerate(islice(cycle(files), number)):
        yield Input(path=path, id=f"{path.stem}-{each}")


def run(engine: Engine, inputs: Iterable[Input], out: Path) -> float:
    """Seconds to write their readings."""
    began = time.perf_counter()
    for _ in write_readings(inputs, out, engine=engine):
        pass
    return time.perf_counter() - began


def measured(engine: str, number: int) -> dict[str, float]:
    """The same in a process of its own, after a first small run of Spark: time and memory."""
    words = [sys.executable, "-m", "bench.bench_engines", engine, str(number)]
    told: dict[str, float] = json.loads(subprocess.check_output(words, stderr=subprocess.DEVNULL))
    return told


def child(engine: str, number: int) -> None:
    """What `measured` starts: prints the figures."""
    chosen = spark("local[2]") if engine == "spark" else here(int(engine))
    workers: list[tuple[float, float]] = []

    def watched() -> Iterator[Input]:
        for each, one in enumerate(documents(number), start=1):
            if each == number:
                workers.extend(usage(worker.pid) for worker in active_children())
            yield one

    with tempfile.TemporaryDirectory() as folder:
        if engine == "spark":
            run(chosen, documents(200), Path(folder, "warm.jsonl"))
        before = time.process_time()
        seconds = run(chosen, watched(), Path(folder, "out.jsonl"))
    told = {
        "seconds": seconds,
        "processor_s": time.process_time() - before + sum(each for each, _ in workers),
        "parent_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "worker_mib": max((each for _, each in workers), default=0.0),
    }
    print(json.dumps(told))


def usage(pid: int | None) -> tuple[float, float]:
    """Processor seconds of a process, and the most MiB it held; zeros where the system does not tell."""
    try:
        ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        most = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    except OSError:
        return 0.0, 0.0
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), int(most.split()[1]) / 1024


def rates() -> None:
    """Alternating, the best of each: a shared machine only ever adds time."""
    rounds = [(measured("1", TIMED), measured("2", TIMED)) for _ in range(ROUNDS)]
    for what in ("seconds", "processor_s"):
        one, two = (min(each[what] for each in column) for column in zip(*rounds, strict=True))
        if what == "seconds":
            print(f"{TIMED:,} documents: one process {TIMED / one:,.0f} a second, two {TIMED / two:,.0f} a second")
            print(f"ratio {one / two:.2f} (floor 1.8 on an idle machine; load is {os.getloadavg()[0]:.1f})")
        else:
            print(f"ratio by processor seconds {2 * one / two:.2f}")


def memory() -> None:
    more = int(os.environ.get("PORTICO_BENCH_DOCUMENTS", "0"))
    for number in (*COUNTS, *([more] if more else [])):
        told = measured("2", number)
        print(
            f"{number:,} documents, two processes: parent {told['parent_mib']:.0f} MiB, "
            f"largest worker {told['worker_mib']:.0f} MiB, {number / told['seconds']:,.0f} a second"
        )


def cluster() -> None:
    if find_spec("pyspark") is None or which("java") is None:
        print("Spark: not installed (make spark)")
        return
    alone, two = measured("1", TIMED)["seconds"], measured("spark", TIMED)["seconds"]
    print(f"Spark on two processors: {TIMED / two:,.0f} a second after its start, {alone / two:.2f} times one process")


def kills() -> None:
    """A run killed at random points and begun again ends with the bytes of one that was not."""
    wanted = int(os.environ.get("PORTICO_BENCH_KILLS", "0"))
    if not wanted:
        return
    chance = random.Random(20171128)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(here(2), documents(KILLED), folder / "whole.jsonl")
        began = "from bench.bench_engines import *; run(here(2), documents(KILLED), Path(sys.argv[1]))"
        killed, left = folder / "killed.jsonl", wanted
        while left:
            process = subprocess.Popen([sys.executable, "-c", began, killed])
            try:
                process.wait(chance.uniform(0.5, 2.5))
                break
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                left -= 1
        run(here(2), documents(KILLED), killed)
        same = all(
            of(killed).read_bytes() == of(folder / "whole.jsonl").read_bytes() for of in (lambda out: out, index_of)
        )
        print(f"killed {wanted - left} times: {'the same bytes' if same else 'OTHER BYTES'}")


def main() -> None:
    rates()
    memory()
    cluster()
    kills()


if __name__ == "__main__":
    child(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 1 else main()
