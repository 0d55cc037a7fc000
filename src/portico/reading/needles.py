"""Which letters a regular expression cannot match without: a cheap look before the costly search.

Only literal runs of two characters or more, and brackets, that every match must contain are taken. The answer is a row
of sets: a match contains at least one of each set. Where nothing is certain the row is empty, and the search is made.
"""

from collections.abc import Sequence

from portico.reading.expressions import Alternatives, Part

_SHORTEST = 2
_SELDOM = "()[]©"
_MOST = 40

Needles = tuple[frozenset[str], ...]


def needles(found: Alternatives) -> Needles:
    """Sets of small-letter strings: every match of the expression contains at least one string of each set.

    >>> from portico.reading.expressions import alternatives
    >>> [sorted(each) for each in needles(alternatives(r"(?:took|taken)\\s+into custody"))]
    [['into custody'], ['taken', 'took']]
    """
    return tuple(sorted(_of_any(found), key=_quality, reverse=True))


def _of_any(found: Alternatives) -> Needles:
    """The needles of `a|b|c`: those of a alone, or the best of each together; none if one of them has none."""
    each = [_of_sequence(parts) for parts in found]
    if len(each) == 1:
        return each[0]
    return () if () in each else (frozenset().union(*map(_best, each)),)


def _of_sequence(parts: Sequence[Part]) -> Needles:
    found: list[frozenset[str]] = []
    run = ""
    for part in parts:
        if part.letter and part.least == 1:
            run += part.letter
            continue
        found += _literal(run)
        run = ""
        if part.least != 0:
            found += (_of_any(part.groups) if part.groups else ()) or _literal(part.letter)
    return tuple(found + _literal(run))


def _literal(run: str) -> list[frozenset[str]]:
    return [frozenset((run,))] if len(run) >= _SHORTEST or (run and run in _SELDOM) else []


def _best(found: Needles) -> frozenset[str]:
    return max(found, key=_quality)


def _quality(each: frozenset[str]) -> tuple[bool, int, int]:
    """How much a set rules out: long strings, and few of them."""
    return len(each) <= _MOST, min(map(len, each)), -len(each)
