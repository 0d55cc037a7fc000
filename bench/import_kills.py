"""Imports killed: each once, at points spread over its whole run, then run again and compared with one that was not.

The command (`portico import … --yes`) is compared by the bytes of its tables and the entries and accounts of its
record, the plan (`import_table`) by the bytes of its tables. The run is cut into as many stretches as there are kills;
each kill falls at a random moment of its own stretch, in an import of its own.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_PLAN = "from portico.tables import import_table; import_table(sys.argv[2:], 'ero-arrests', sys.argv[1])"
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Way:
    """A way to import files into a folder. kept: what is compared of it."""

    name: str
    words: Callable[[Path], Sequence[str | Path]]
    kept: Callable[[Path], object]

    def start(self, folder: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.words(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def whole(self, folder: Path) -> float:
        """Seconds of a run that is left alone."""
        began = time.monotonic()
        assert self.start(folder).wait() in (0, 1), f"{self.name} failed"
        return time.monotonic() - began


def ways(files: Sequence[Path]) -> tuple[Way, Way]:
    portico = Path(sys.executable).with_name("portico")
    return (
        Way(
            "portico import … --yes",
            lambda folder: [portico, "import", "ero-arrests", *files, "--yes", "--quiet", "--record", folder],
            kept_by_record,
        ),
        Way("import_table", lambda folder: [sys.executable, "-c", f"import sys; {_PLAN}", folder, *files], bytes_of),
    )


def bytes_of(tables: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(tables)): path.read_bytes()
        for path in sorted(tables.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def kept_by_record(folder: Path) -> object:
    """The bytes of the tables, and the log without its clock, salts and chance: what each entry is about."""
    from portico.store import open_record

    with open_record(folder, key_file=folder.parent / "key") as record:
        accounts = record.accounts()
        (imported,) = record.imports()
        assert not record.verify().problems
        entries = [(each.type, each.subject) for each in record.history(imported.tables.id)]
        return bytes_of(folder / "tables"), entries, len(accounts)


def killed_at(folder: Path) -> str:
    """How far it had come."""
    tables = folder / "tables" if (folder / "tables").exists() or (folder / "record.sqlite3").exists() else folder
    if any((tables / "imports").glob("*.json")):
        return "rows stored, the rest of its work not"
    if any(tables.glob(".staged/**/*.parquet")):
        return "rows being written"
    return "nothing written" if not folder.exists() else "files being read"


def kill_each(way: Way, wanted: int, folder: Path) -> None:
    chance, begin = random.Random(20171128), way.kept.__name__
    longest = median(way.whole(folder / f"{begin}-whole-{number}") for number in range(3))
    way.whole(folder / f"{begin}-whole-0")  # twice is once
    whole = way.kept(folder / f"{begin}-whole-0")
    stages, late = Counter[str](), 0
    for number in range(wanted):
        for _ in range(_TRIES):
            record = folder / f"{begin}-{number}-{late}"
            process = way.start(record)
            try:
                process.wait((number + chance.random()) / wanted * longest)
                late += 1  # it was done before it could be killed: another of the same stretch
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                stages[killed_at(record)] += 1
                break
        way.whole(record)
        assert way.kept(record) == whole, f"{record} differs"
    told = ", ".join(f"{count} with {stage}" for stage, count in stages.items())
    print(
        f"{way.name}, {longest:.1f} s: {sum(stages.values())} imports killed, each once ({told}; {late} more had ended "
        "before their kill): every one, run again, is as one that was not killed",
        flush=True,
    )


def main(files: Sequence[Path]) -> None:
    if wanted := int(os.environ.get("PORTICO_BENCH_KILLS", "0")):
        with tempfile.TemporaryDirectory() as name:
            os.environ["PORTICO_KEY_FILE"] = str(Path(name, "key"))
            for way in ways(files):
                kill_each(way, wanted, Path(name))
