"""Two clocks: when it happened, and when we knew.

The day of an event is a fact like any other, reported by sources and perhaps disputed (`PartialDate`, a local day).
What the record held, and from when to when, is its own knowledge (`Held`, UTC instants), set by the log and never by a
source. A figure for November counts events of November; *as of* the first of December it counts those we knew of then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """Something the record held for a time.

    since  the instant from which it was held
    until  the first instant at which it no longer was; None = still held
    Raises ValueError for an instant without a time zone, or an end before its start.
    """

    item: T
    since: datetime
    until: datetime | None = None

    def __post_init__(self) -> None:
        _check(self.since)
        if self.until is not None:
            _check(self.until)
            if self.until < self.since:
                raise ValueError("it cannot cease to be held before it is")

    def at(self, at: datetime) -> bool:
        """Whether it was held at that instant."""
        _check(at)
        return self.since <= at and (self.until is None or at < self.until)


def as_of(held: Iterable[Held[T]], at: datetime | None) -> tuple[T, ...]:
    """What was held at an instant, in the given order; at None, what is held still.

    Fold what this gives, and count what folds: then a November figure can be made again in April.
    """
    return tuple(each.item for each in held if (each.until is None if at is None else each.at(at)))


def _check(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone: the record keeps UTC")
