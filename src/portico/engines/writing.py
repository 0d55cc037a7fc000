"""Readings of many documents into one file, a line each: interrupted anywhere and run again, it has the same bytes."""

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from portico.engines.appending import append, open_to_append
from portico.engines.failures import NotDoneError
from portico.engines.index import Done, Index, ResumeError, done_with, opened_index
from portico.engines.inputs import Input
from portico.engines.many import Engine, here
from portico.engines.plans import read_line
from portico.facts import PorticoError

_BATCH = 64
_BATCH_S = 2.0  # what an interruption may cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a run left in its file.

    read, not_read   documents with a line, documents with an error in the index instead
    already          how many of both an earlier run had done
    """

    file: Path
    read: int
    not_read: int
    already: int


class WritingError(PorticoError):
    """Results cannot be written any more; those written before are whole."""

    def __init__(self, file: Path, done: int, why: str) -> None:
        self.file, self.done = file, done
        super().__init__(
            f"{file}: it cannot be written any further ({why}). {done:,} documents are done and kept. "
            "Make room or mend it, and run the same command: it goes on from there."
        )


def index_of(out: Path) -> Path:
    """Where the run that writes `out` keeps what is done."""
    return out.parent / f"{out.name}.index"


def write_readings(
    inputs: Iterable[Input], out: Path, *, engine: Engine | None = None
) -> Generator[NotDoneError | Written, None, None]:
    """Read every input and write its line to `out`, in order; gives the errors as they come, at last what was written.

    Beside `out` lies its index: for each document the byte at which its line ends, or its error. A later call with the
    same inputs goes on where it says. Documents are on the disk 64 at a time, or every two seconds.
    Raises ResumeError when `out` belongs to something else, WritingError when the disk is full.
    """
    _not_anothers(out)
    with opened_index(index_of(out)) as index, _opened(out, index) as file:
        already = index.done
        lines = _Lines(out, file, index)
        try:
            for given, outcome in (engine or here())(read_line, index.left(inputs)):
                lines.add(given, outcome)
                if isinstance(outcome, NotDoneError):
                    yield outcome
        finally:
            lines.save()
        yield Written(file=out, read=index.done - index.not_read, not_read=index.not_read, already=already)


@dataclass(slots=True)
class _Lines:
    """What waits to be written: the lines first, then the index that says they are there."""

    out: Path
    file: BinaryIO
    index: Index
    end: int = field(init=False)
    lines: list[bytes] = field(default_factory=list)
    entries: list[Done] = field(default_factory=list)
    saved: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.end = self.index.end

    def add(self, given: Input, outcome: bytes | NotDoneError) -> None:
        if not isinstance(outcome, NotDoneError):
            self.lines.append(outcome)
            self.end += len(outcome)
        self.entries.append(done_with(given, outcome, self.end))
        if len(self.entries) >= _BATCH or time.monotonic() - self.saved > _BATCH_S:
            self.save()

    def save(self) -> None:
        """Raises WritingError; what it could not write is forgotten, and cut off by the next run."""
        lines, entries, self.lines, self.entries = self.lines, self.entries, [], []
        if not entries:
            return
        try:
            append(self.file, b"".join(lines))
            self.index.add(entries)
        except OSError as error:
            raise WritingError(self.out, self.index.done, error.strerror or str(error)) from error
        self.saved = time.monotonic()


def _not_anothers(out: Path) -> None:
    """Raises ResumeError for a file that no run of ours began: it would be cut."""
    index = index_of(out)
    if out.is_dir():
        raise ResumeError(out, "it is a folder", "Name a file.")
    if out.exists() and out.stat().st_size and not (index.exists() and index.stat().st_size):
        raise ResumeError(out, f"it exists, and no {index.name} says how far it came", "Name another file, or move it.")


@contextmanager
def _opened(out: Path, index: Index) -> Iterator[BinaryIO]:
    """The file of results, cut to what its index knows. Raises ResumeError."""
    try:
        file = open_to_append(out)
    except OSError as error:
        raise ResumeError(out, f"it cannot be written ({error.strerror})", "Name a file that can be.") from error
    with file:
        if out.stat().st_size < index.end:
            raise ResumeError(out, "it is shorter than its index says: it was changed", "Name another file.")
        file.truncate(index.end)
        yield file
