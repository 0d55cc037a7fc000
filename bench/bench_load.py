"""A desk under load, and a desk that is killed: `portico serve` as it is shipped, on a record of 100,000 incidents.

Load: 100 reads and 20 writes a second for ten minutes, each at its own time whatever the others do, so that a slow
answer does not hide those that wait behind it. Floors: p95 under 300 ms, no error, memory flat. Kills: writers add
texts while every process of the desk is killed at a random moment, 100 times; then each acknowledged text is in the
record, none is there in part, and the log verifies. `PORTICO_BENCH_MINUTES`, `PORTICO_KILL_ROUNDS`, and what
`bench_desk_data` takes.
"""

import hashlib
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bench_desk_data import INCIDENTS, made, words
from bench.bench_pages import addresses
from bench.served_desk import ServedDesk, Visitor, served
from portico.facts import Text
from portico.store import open_record

MINUTES = float(os.environ.get("PORTICO_BENCH_MINUTES", "10"))
KILLS = int(os.environ.get("PORTICO_KILL_ROUNDS", "100"))
READS, WRITES = 100, 20  # a second
HANDS = 32
WRITERS = 4
_READ = ("list", "search", "date and courthouse", "incident")
_LONGEST_ROUND = 2.5  # seconds from the first write to the kill


@dataclass
class Taken:
    """Seconds from when a request was due to its last byte, and what was no good answer."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "write": []})
    errors: list[str] = field(default_factory=list)

    def note(self, kind: str, due: float, wrong: str) -> None:
        self.seconds[kind].append(time.perf_counter() - due)
        if wrong:
            self.errors.append(wrong)

    def told(self, kind: str) -> str:
        took = [each * 1000 for each in sorted(self.seconds[kind])]
        return f"{len(took):,} {kind}s, p50 {took[len(took) // 2]:.0f} ms, p95 {took[len(took) * 95 // 100]:.0f} ms"


def texts(chance: random.Random) -> Iterator[str]:
    """Texts of 120 words that tell of no event, each another."""
    vocabulary, weights = words()
    for number in count():
        yield f"Note {number} {chance.random()}. " + " ".join(chance.choices(vocabulary, cum_weights=weights, k=120))


def load(desk: ServedDesk, ids: list[str]) -> None:
    chance, taken, own = random.Random(3), Taken(), threading.local()
    asked: list[Callable[[], str]] = [each for what, _, each in addresses(ids, chance) if what in _READ]
    written = texts(chance)

    def visitor() -> Visitor:
        if not hasattr(own, "visitor"):
            own.visitor = desk.visitor()
        return own.visitor

    def ask(due: float, kind: str, path: str, body: str) -> None:
        try:
            status, _ = visitor().post(path, words=body) if body else visitor().get(path)
            taken.note(kind, due, "" if status == (302 if body else 200) else f"{path}: {status}")
        except (OSError, HTTPException) as problem:
            taken.note(kind, due, f"{path}: {problem!r}")

    before = desk.memory_mib()
    with ThreadPoolExecutor(HANDS) as hands:
        began, memory = time.perf_counter(), [before]
        for second in range(round(MINUTES * 60)):
            for place in range(READS + WRITES):
                due = began + second + place / (READS + WRITES)
                time.sleep(max(0.0, due - time.perf_counter()))
                if place % 6 == 5:
                    hands.submit(ask, due, "write", "/inbox/text/", next(written))
                else:
                    hands.submit(ask, due, "read", chance.choice(asked)(), "")
            if second % 60 == 59:
                memory.append(desk.memory_mib())
                print(
                    f"{second + 1} s: {taken.told('read')}; {taken.told('write')}; {len(taken.errors)} errors",
                    flush=True,
                )
    print(
        f"load: {taken.told('read')}; {taken.told('write')} (floor 300); {len(taken.errors)} errors {taken.errors[:3]}"
    )
    print("memory, MiB at the start and after each minute: " + ", ".join(f"{each:.0f}" for each in memory))


def kills(folder: Path, key_file: Path) -> None:
    """On a record of its own: what counts is that the desk writes while it dies."""
    chance = random.Random(4)
    acknowledged: set[str] = set()
    written = texts(chance)
    for _ in range(KILLS):
        with served(folder, key_file) as desk:
            stop = threading.Event()
            hands = [
                threading.Thread(target=_write, args=(desk.visitor(), written, stop, acknowledged))
                for _ in range(WRITERS)
            ]
            for each in hands:
                each.start()
            time.sleep(chance.uniform(0.05, _LONGEST_ROUND))
            desk.kill()
            stop.set()
            for each in hands:
                each.join()
    with open_record(folder, key_file=key_file) as record:
        kept = {document.text for document in record.documents().values()}
        originals = all(record.original(source) is not None for source in record.documents())
        report = record.verify()
    lost = acknowledged - {hashlib.sha256(text.encode()).hexdigest() for text in kept if text}
    print(
        f"kills: {KILLS}, {len(acknowledged):,} texts acknowledged, {len(lost)} lost; "
        f"every original whole: {originals}; log: {report}"
    )


_taking = threading.Lock()


def _write(visitor: Visitor, written: Iterator[str], stop: threading.Event, acknowledged: set[str]) -> None:
    while not stop.is_set():
        with _taking:
            words = next(written)
        with suppress(OSError, HTTPException):
            status, _ = visitor.post("/inbox/text/", words=words)
            if status == 302:
                acknowledged.add(hashlib.sha256(Text(words).content.encode()).hexdigest())


def main() -> None:
    with TemporaryDirectory() as place:
        folder, key_file = Path(place) / "record", Path(place) / "keys" / "key"
        open_record(folder, key_file=key_file, create=True).close()
        kills(folder, key_file)
    with made() as record:
        ids = [row.id for row in record.find_incidents(limit=1000, offset=INCIDENTS // 2).rows]
        folder, key_file = record.folder, record.folder.parent / "keys" / "key"
    with served(folder, key_file) as desk:
        load(desk, ids)


if __name__ == "__main__":
    main()
