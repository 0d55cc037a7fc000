"""Where the needles of many expressions stand in one text: looked up once, then asked for any stretch of it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from portico.reading.needles import Needles

Places = tuple[list[int], ...]

_RUN = 4


class Sights:
    """One text in small letters, with its short runs of letters: most needles are ruled out without a search."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lowered = text.lower()
        lowered, length = self._lowered, len(self._lowered)
        self._runs = {lowered[n : n + size] for size in (3, _RUN) for n in range(length - size + 1)}
        self._found: dict[str, list[int]] = {}
        self._known: dict[str, tuple[tuple[int, Places], ...]] = {}

    def of(self, name: str, needles: Sequence[Needles]) -> tuple[tuple[int, Places], ...]:
        """Of each needles that the text holds: the number, and for each of its sets where one of its strings begins.

        name  of the sequence: asked again, the answer is the one found before
        """
        if name not in self._known:
            found = ((number, self._places(each)) for number, each in enumerate(needles))
            self._known[name] = tuple((number, places) for number, places in found if places is not None)
        return self._known[name]

    def _places(self, needles: Needles) -> Places | None:
        for each in needles:
            if self._runs.isdisjoint(_beginnings(each)):
                return None
        found = []
        for each in needles:
            places = [place for needle in each if needle[:_RUN] in self._runs for place in self._each(needle)]
            if not places:
                return None
            places.sort()
            found.append(places)
        return tuple(found)

    def _each(self, needle: str) -> list[int]:
        """Where a needle begins; many expressions share one, so it is kept."""
        if needle not in self._found:
            self._found[needle] = list(self._search(needle)) if needle[-_RUN:] in self._runs else []
        return self._found[needle]

    def _search(self, needle: str) -> Iterator[int]:
        place = self._lowered.find(needle)
        while place >= 0:
            yield place
            place = self._lowered.find(needle, place + 1)


@cache
def _beginnings(strings: frozenset[str]) -> frozenset[str]:
    return frozenset(each[:_RUN] for each in strings)


def all_between(places: Places, start: int, end: int) -> bool:
    """Whether a string of each set begins between two places."""
    for each in places:
        first = bisect_left(each, start)
        if first == len(each) or each[first] >= end:
            return False
    return True
