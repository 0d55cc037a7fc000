"""Files from elsewhere are read in a process of its own, with limits: what breaks or stalls it breaks nothing else.

As a program it reads one JSON line for each file and answers each with one, as soon as it is read. Its answers are
taken as data, never as objects that could do something: a file may have taken the process over.
"""

import contextlib
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from portico.facts import PorticoError, Reading, Source, Text, from_json, to_json

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


def read_apart(files: Sequence[Given], *, seconds: float = SECONDS_EACH) -> Iterator[Outcome]:
    """Each file's outcome in order. A file that ends the process is named in its outcome; the next ones are read anew.

    seconds  for one file
    """
    left = list(files)
    while left:
        done = 0
        for answer in _one_process(left, seconds):
            yield _outcome(left[done], answer)
            done += 1
        if done < len(left):
            yield Outcome(problem=_ended(left[done].name))
            done += 1
        left = left[done:]


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


def _one_process(files: Sequence[Given], seconds: float) -> Iterator[_Answer]:
    """As many answers as it gives before it ends."""
    program = [sys.executable, "-m", "portico.web.inbox.separate"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603  (ours)
        threading.Thread(target=_send, args=(process, files), daemon=True).start()
        try:
            for _ in files:
                answer = _next_answer(process, seconds)
                if answer is None:
                    return
                yield answer
        finally:
            process.kill()


def _next_answer(process: "subprocess.Popen[bytes]", seconds: float) -> _Answer | None:
    """None when it has ended, was ended, or says something else."""
    assert process.stdout is not None
    clock = threading.Timer(seconds, process.kill)
    clock.start()
    try:
        return from_json(process.stdout.readline(), _Answer)
    except (msgspec.DecodeError, ValueError):
        return None
    finally:
        clock.cancel()


def _send(process: "subprocess.Popen[bytes]", files: Sequence[Given]) -> None:
    assert process.stdin is not None
    with contextlib.suppress(OSError):  # it has ended: the other side sees that
        for each in files:
            process.stdin.write(to_json(each) + b"\n")
        process.stdin.close()


def _main() -> None:
    """The other side."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
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
