"""Things with a place in a text, in its order: those of a stretch, without walking through all."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Placed)


def between(placed: Sequence[T], start: int, end: int) -> tuple[T, ...]:
    """Those that begin between two places."""
    first = bisect_left(placed, start, key=lambda each: each.start)
    last = bisect_left(placed, end, key=lambda each: each.start)
    return tuple(placed[first:last])
