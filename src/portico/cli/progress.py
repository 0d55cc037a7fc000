"""Progress of long work on standard error: stage, done of total, rate, time left."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")

_EVERY_S = 0.2


def progress(
    items: Iterable[T],
    stage: str,
    total: int | None,
    *,
    quiet: bool = False,
    out: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[T]:
    """The items again, with a line that is rewritten on a terminal; silent elsewhere and for work of under a second."""
    stream = out or sys.stderr
    if quiet or not stream.isatty():
        yield from items
        return
    began = shown = clock()
    for done, item in enumerate(items, start=1):
        yield item
        now = clock()
        if now - shown >= _EVERY_S and now - began >= 1:
            shown = now
            stream.write(f"\r\x1b[K{line(stage, done, total, now - began)}")
            stream.flush()
    stream.write("\r\x1b[K")


def line(stage: str, done: int, total: int | None, seconds: float) -> str:
    """For example "Reading: 120 of 1,000, 48 a second, 18 s left (Ctrl-C stops; what is done stays)".

    total   None where the number is only known at the end, as of the documents in a folder
    """
    rate = done / seconds if seconds else 0.0
    of = "" if total is None else f" of {total:,}"
    left = f"{(total - done) / rate:,.0f} s left" if rate and total is not None else "time left not known"
    return f"{stage}: {done:,}{of}, {rate:,.0f} a second, {left} (Ctrl-C stops; what is done stays)"
