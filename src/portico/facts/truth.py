"""Three-valued logic: true, false, unknown (Kleene's strong logic of 1938)."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """An answer that may be missing. Has no `bool()`: `if truth:` would read unknown as yes."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a Truth may be unknown: compare it with Truth.TRUE or Truth.FALSE")

    def __invert__(self) -> "Truth":
        return _OPPOSITE[self]

    def __and__(self, other: "Truth") -> "Truth":
        return all_true((self, other))

    def __or__(self, other: "Truth") -> "Truth":
        return any_true((self, other))


_OPPOSITE = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}


def truth(known: bool) -> Truth:
    """The Truth of something that is known."""
    return Truth.TRUE if known else Truth.FALSE


def all_true(truths: Iterable[Truth]) -> Truth:
    """TRUE if every one is, FALSE if any is, else UNKNOWN; of none: TRUE. Reads every one, without short cut."""
    found = set(truths)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def any_true(truths: Iterable[Truth]) -> Truth:
    """TRUE if any one is, FALSE if every one is, else UNKNOWN; of none: FALSE. Reads every one, without short cut."""
    return ~all_true([~each for each in truths])


def same_for_all(truths: Iterable[Truth]) -> Truth:
    """The common answer of several possibilities, UNKNOWN if they differ; of none: UNKNOWN."""
    found = set(truths)
    return found.pop() if len(found) == 1 else Truth.UNKNOWN
