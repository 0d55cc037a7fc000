"""Where many expressions may match in one text: looked up once by their letters, then asked for any stretch of it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portico.reading.expressions import alternatives
from portico.reading.needles import Needles, needles
from portico.reading.openings import LONGEST, Openings, openings

Places = tuple[list[int], ...]

_RUN = 3
_FEW = 4
_SPACE = re.compile(r"\s+")
_WORD_BEGINS = re.compile(r"(?<![^\W_])[^\W_]")


@dataclass(frozen=True, slots=True)
class Letters:
    """What a match of one expression holds, what it begins with, and the first letters of what it holds."""

    needles: Needles
    openings: Openings | None
    runs: tuple[frozenset[str], ...]


def letters_of(expression: str) -> Letters:
    parts = alternatives(expression)
    held = needles(parts)
    return Letters(held, openings(parts), tuple(frozenset(needle[:_RUN] for needle in each) for each in held))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A row of expressions by what they begin with; `loose` are the numbers of those that may begin so or so."""

    letters: Sequence[Letters]
    by_opening: Mapping[str, Sequence[int]]
    loose: Sequence[int]

    @classmethod
    def of(cls, letters: Sequence[Letters]) -> "Vocabulary":
        by_opening: dict[str, list[int]] = {}
        for number, each in enumerate(letters):
            for opening in each.openings or ():
                by_opening.setdefault(opening, []).append(number)
        return cls(letters, by_opening, [n for n, each in enumerate(letters) if each.openings is None])


@dataclass(frozen=True, slots=True)
class Seen:
    """Those of a vocabulary that one text may match.

    tries  place and number: where words begin as an expression does, in order
    loose  number, and where a string of each of its needles begins, of those that may begin so or so
    """

    tries: Sequence[tuple[int, int]]
    loose: Sequence[tuple[int, Places]]

    def tries_between(self, start: int, end: int) -> bool:
        place = bisect_left(self.tries, (start, 0))
        return place < len(self.tries) and self.tries[place][0] < end


class Sights:
    """One text in small letters, with its short runs of letters and the beginnings of its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lowered = _lowered(text)
        self._runs = {self._lowered[n : n + _RUN] for n in range(len(self._lowered) - _RUN + 1)}
        self._seen: dict[str, Seen] = {}
        self._held: dict[str, bool] = {}

    def of(self, name: str, vocabulary: Vocabulary) -> Seen:
        """What the text holds of a vocabulary. The name is the vocabulary's: asked again, the answer is kept."""
        if name not in self._seen:
            loose = ((number, self._places(vocabulary.letters[number])) for number in vocabulary.loose)
            known = [(number, places) for number, places in loose if places is not None]
            self._seen[name] = Seen(sorted(self._tries(vocabulary)), known)
        return self._seen[name]

    def _tries(self, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
        """Where to try what: a few places are tried as they are; before many, the needles are looked for."""
        words, by_opening = self._words, vocabulary.by_opening
        begun: dict[int, set[int]] = {}
        for opening in by_opening.keys() & words.keys():
            for number in by_opening[opening]:
                begun.setdefault(number, set()).update(words[opening])
        for number, places in begun.items():
            if len(places) <= _FEW or self._may_hold(vocabulary.letters[number]):
                yield from ((place, number) for place in places)

    def _may_hold(self, letters: Letters) -> bool:
        """Whether a string of each of the needles stands in the text: most are ruled out by their first letters."""
        if any(map(self._runs.isdisjoint, letters.runs)):
            return False
        return all(any(map(self._holds, each)) for each in letters.needles)

    def _holds(self, needle: str) -> bool:
        """Many expressions share a needle, so the answer is kept."""
        if needle not in self._held:
            self._held[needle] = needle[:_RUN] in self._runs and needle in self._lowered
        return self._held[needle]

    def _places(self, letters: Letters) -> Places | None:
        if not self._may_hold(letters):
            return None
        return tuple(sorted(place for needle in each for place in self._search(needle)) for each in letters.needles)

    def _search(self, needle: str) -> Iterator[int]:
        place = self._lowered.find(needle)
        while place >= 0:
            yield place
            place = self._lowered.find(needle, place + 1)

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """What every word begins with, one letter and more, and what follows it → where such words begin."""
        words: dict[str, list[int]] = {}
        even = _SPACE.sub(" ", self._lowered)
        begins = zip(_WORD_BEGINS.finditer(even), _WORD_BEGINS.finditer(self._lowered), strict=True)
        for here, there in begins:
            place, at = there.start(), here.start()
            for end in range(at + 1, at + LONGEST + 1):
                words.setdefault(even[at:end], []).append(place)
        return words


def _lowered(text: str) -> str:
    """In small letters, each where it stood: a few letters become two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(letter.lower()[0] for letter in text)


def all_between(places: Places, start: int, end: int) -> bool:
    """Whether a string of each set begins between two places."""
    for each in places:
        first = bisect_left(each, start)
        if first == len(each) or each[first] >= end:
            return False
    return True
