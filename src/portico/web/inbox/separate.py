"""Reading documents in a process of its own, one line for each file: see `worker.apart`."""

import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from portico.facts import PorticoError, Reading, Source, Text, from_json, to_json
from portico.web.worker.apart import LONGEST_LINE, limited, process

if TYPE_CHECKING:  # the readers take longer to load than the pages that need none
    from portico.reading import Document

MEMORY_BYTES = 2_000_000_000
SECONDS_EACH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file to read. name: as it was called; private: a note, a report, a call."""

    name: str
    content: bytes
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the process says of a file; without source, text and reading it says why not."""

    id: str = ""
    source: Source | None = None
    text: str = ""
    notes: tuple[str, ...] = ()
    reading: Reading | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: both parts, or why not."""

    document: "Document | None" = None
    reading: Reading | None = None
    problem: str = ""


def read_apart(
    files: Iterable[Given], *, seconds: float = SECONDS_EACH, memory: int = MEMORY_BYTES
) -> Iterator[Outcome]:
    """Each file's outcome in order, one file at a time. One that ends the process is named in its outcome; the next
    ones are read by another.

    seconds  for one file; memory: bytes that the process may take
    """
    left = iter(files)
    given = next(left, None)
    while given is not None:
        with process("portico.web.inbox.separate", memory) as apart:
            answer: _Answer | None = _Answer()
            while given is not None and answer is not None:
                answer = _ask(apart, given, seconds)
                yield _outcome(given, answer or _Answer())
                given = next(left, None)


def _outcome(given: Given, answer: _Answer) -> Outcome:
    from portico.reading import Document  # noqa: PLC0415  (see above)

    if answer.source is None or answer.reading is None:
        return Outcome(problem=answer.problem or _ended(given.name))
    document = Document(
        id=answer.id, source=answer.source, text=Text(answer.text), original=given.content, notes=answer.notes
    )
    return Outcome(document, answer.reading)


def _ended(name: str) -> str:
    return (
        f"{name}: reading it took too long or too much memory. It is kept here, sealed; nothing was added to the "
        "record. Split it, or save it as plain text, and upload that."
    )


def _ask(process: "subprocess.Popen[bytes]", given: Given, seconds: float) -> _Answer | None:
    """None when it has ended, was ended, or says something else."""
    assert process.stdin
    assert process.stdout
    clock = threading.Timer(seconds, process.kill)
    clock.start()
    try:
        process.stdin.write(to_json(given) + b"\n")
        process.stdin.flush()
        return from_json(process.stdout.readline(LONGEST_LINE), _Answer)
    except (msgspec.DecodeError, ValueError, OSError):
        return None
    finally:
        clock.cancel()


def _main() -> None:
    """The other side."""
    limited()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(to_json(_read(from_json(line, Given))) + b"\n")
        sys.stdout.buffer.flush()


def _read(given: Given) -> _Answer:
    from portico.reading import open_document, read  # noqa: PLC0415  (see above)

    try:
        document = open_document(given.content, id=given.name, private=given.private)
        reading = read(document)
    except PorticoError as problem:
        return _Answer(problem=str(problem))
    except MemoryError:
        return _Answer(problem=_ended(given.name))
    return _Answer(
        id=document.id,
        source=document.source,
        text=document.text.content,
        notes=document.notes,
        reading=reading,
    )


if __name__ == "__main__":
    _main()
