"""Reading a sheet in a process of its own, see `worker.apart`. While rows are added here, it reads the next ones."""

import gc
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Full, Queue
from typing import IO, Literal

import msgspec

from portico.facts import PorticoError, Reading, Source, from_json, to_json
from portico.web.imports.cells import CorrectedCell
from portico.web.imports.mapping import SheetMapping
from portico.web.imports.report import ImportReport
from portico.web.worker.apart import LONGEST_LINE, limited, process

MEMORY_BYTES = 3_000_000_000
_AHEAD = 120  # answers that are taken before they are wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to do with a file: guess what its columns tell, check every row, or take its rows.

    path  where the reader finds it; name: what its owner calls it; called: what a mapping that is guessed is called
    done  parts that are in the record already, and passed over
    """

    what: Literal["guess", "check", "take"]
    path: str
    name: str
    called: str = ""
    mapping: SheetMapping | None = None
    corrected: tuple[CorrectedCell, ...] = ()
    keep_partly: bool = True
    done: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsTold:
    """Some rows as the record takes them, see `portico.tables.Part`. of_file: their source is the file itself."""

    source: Source
    text: str
    reading: Reading
    of_file: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer. looked_at: how many rows were; has_ended: there is no further one."""

    looked_at: int = 0
    rows: RowsTold | None = None
    guessed: SheetMapping | None = None
    report: ImportReport | None = None
    has_ended: bool = False
    problem: str = ""
    is_broken: bool = False


class SheetError(PorticoError):
    """A sheet cannot be read. The message is its reader's."""


def ask(asked: Asked, file: int, *, memory: int | None = None) -> Generator[Told, None, None]:
    """The answers in order. file: the descriptor that the path is of; memory: bytes that the reader may take.

    Raises SheetError when the sheet cannot be read, or ends its reader. How long it may take is for the job to say.
    """
    with process("portico.web.imports.apart", memory or MEMORY_BYTES, [file]) as reader:
        assert reader.stdin
        assert reader.stdout
        with suppress(BrokenPipeError):  # it has ended: what it answers says that
            reader.stdin.write(to_json(asked) + b"\n")
            reader.stdin.flush()
        lines, ending = Queue[bytes](_AHEAD), threading.Event()
        threading.Thread(target=_take_ahead, args=(reader.stdout, lines, ending), daemon=True).start()
        try:
            yield from _answers(lines, asked.name)
        finally:
            ending.set()


@contextmanager
def few_collections() -> Iterator[None]:
    """Looks for unreachable objects seldom: rows make none, and looking takes a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(500_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _take_ahead(out: IO[bytes], lines: "Queue[bytes]", ending: threading.Event) -> None:
    """Takes lines before they are wanted, so that the reader need not wait. The last one is empty."""
    line = b"?"
    while line and not ending.is_set():
        line = out.readline(LONGEST_LINE)
        while not ending.is_set():
            with suppress(Full):
                lines.put(line, timeout=0.2)
                break


def _answers(lines: "Queue[bytes]", name: str) -> Iterator[Told]:
    while True:
        try:
            told = from_json(lines.get(), Told)
        except (msgspec.DecodeError, ValueError):
            raise SheetError(_ended(name)) from None
        if told.problem:
            raise SheetError(told.problem)
        if told.is_broken:
            raise RuntimeError("the reader of sheets broke")
        if told.has_ended:
            return
        yield told


def _ended(name: str) -> str:
    return (
        f"{name}: reading it took too long or too much memory. It is kept here, sealed, and what the record has of "
        "it stays. Split it, or save it as CSV, and bring that instead."
    )


def _main() -> None:
    """The other side."""
    limited()
    asked = from_json(sys.stdin.buffer.readline(), Asked)
    try:
        from portico.web.imports.rows_told import told  # noqa: PLC0415  (the readers of tables, within the limits)
    except BaseException:  # noqa: BLE001  (what they are made of breaks in many ways where there is no memory for it)
        _say(Told(problem=_ended(asked.name)))
        return
    try:
        for each in told(asked):
            _say(each)
        _say(Told(has_ended=True))
    except PorticoError as problem:
        _say(Told(problem=str(problem)))
    except MemoryError:
        _say(Told(problem=_ended(asked.name)))
    except BrokenPipeError:
        return
    except BaseException as broken:  # noqa: BLE001  (the outermost shell; what breaks in polars is no Exception)
        sys.stderr.write(f"reading a sheet broke: {_where(broken)}\n")
        _say(Told(is_broken=True))


def _where(broken: BaseException) -> str:
    """What broke and where, without a word of the sheet."""
    trace = broken.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    at = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "an unknown place"
    return f"{type(broken).__name__} at {at}"


def _say(told: Told) -> None:
    sys.stdout.buffer.write(to_json(told) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
