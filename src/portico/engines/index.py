"""How far a long run came: a line for each document done, so that the next run goes on and does nothing twice."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from portico.engines.appending import append, cut_half_line, open_to_append
from portico.engines.failures import NotDoneError
from portico.engines.inputs import Input, readable
from portico.facts import PorticoError, from_json, to_json
from portico.reading import READER

FORMAT = 1


class ResumeError(PorticoError):
    """A run cannot go on from what is there: it is another run's, was changed, or is being written."""

    exit_status = 2

    def __init__(self, file: Path, what: str, next_step: str) -> None:
        self.file = file
        super().__init__(f"{file}: {what}. Nothing was written to it. {next_step}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One document that is done.

    key     of its description (`Input.key`)
    name    for a person
    end     bytes of the file of results when this document's line is in it; 0 where there is no such file
    reason, error   why it has no line there, as `NotDoneError` says it
    """

    key: str
    name: str
    end: int = 0
    reason: str | None = None
    error: str | None = None


def done_with(given: Input, outcome: object, end: int = 0) -> Done:
    """The entry of an input that had this outcome."""
    if isinstance(outcome, NotDoneError):
        return Done(key=given.key, name=given.name, end=end, reason=outcome.reason, error=readable(str(outcome)))
    return Done(key=given.key, name=given.name, end=end)


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line: what wrote the rest. Another reader's results do not go on one from the other."""

    format: int
    reader: str


_HEAD = _Head(FORMAT, READER)


class Index:
    """The open index of one run.

    done      documents that are done
    not_read  how many of them have an error in the place of a result
    end       bytes of the file of results that belong to them
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        self.done = self.not_read = self.end = 0
        for entry in self._entries():
            self._count(entry)

    def left(self, inputs: Iterable[Input]) -> Iterator[Input]:
        """The inputs that are not done. Raises ResumeError when those that are done are not the first of these."""
        given = iter(inputs)
        for number, entry in enumerate(islice(self._entries(), self.done), start=1):
            one = next(given, None)
            if one is None or one.key != entry.key:
                raise ResumeError(
                    self._path,
                    f"document {number:,} of the earlier run was {entry.name}; now it is "
                    + ("missing" if one is None else one.name if one.name != entry.name else "described otherwise"),
                    "Give the same documents in the same order to go on, or name another file to begin anew.",
                )
        yield from given

    def add(self, entries: Sequence[Done]) -> None:
        """On the disk when this returns. Raises OSError."""
        append(self._file, b"".join(to_json(entry) + b"\n" for entry in entries))
        for entry in entries:
            self._count(entry)

    def _count(self, entry: Done) -> None:
        self.done += 1
        self.not_read += entry.reason is not None
        self.end = entry.end

    def _entries(self) -> Iterator[Done]:
        """What the file holds, line by line: an index of 100,000 documents is not kept in memory."""
        with self._path.open("rb") as lines:
            try:
                if from_json(next(lines), _Head) != _HEAD:
                    raise ResumeError(self._path, "it was begun by another version", "Name another file to begin anew.")
                for line in lines:
                    yield from_json(line, Done)
            except msgspec.DecodeError as error:
                raise ResumeError(self._path, "it was changed, or is no index", "Name another file.") from error


@contextmanager
def opened_index(path: Path) -> Iterator[Index]:
    """The index at a path, made if there is none, and held so that no second run writes beside this one.

    A line that an interrupted run left half written is cut off. Raises ResumeError.
    """
    try:
        file = open_to_append(path)
    except BlockingIOError as held:
        raise ResumeError(path, "another run is writing it", "Wait for it, or name another file.") from held
    except OSError as error:
        raise ResumeError(path, f"it cannot be written ({error.strerror})", "Name a file that can be.") from error
    with file:
        if not cut_half_line(file):
            append(file, to_json(_HEAD) + b"\n")
        yield Index(path, file)
