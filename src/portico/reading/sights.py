"""Where in one text the expressions of all cue files may match: looked up in one pass over its words."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portico.reading.expressions import alternatives
from portico.reading.needles import Needles, needles
from portico.reading.openings import LONGEST, Openings, openings

Places = tuple[list[int], ...]
Try = tuple[int, tuple[int, ...]]
"""Where a word begins, and the numbers of the expressions that may begin so, the first of their file first."""

_SPACE = re.compile(r"[^\S ]\s*| \s+")
_WORD = re.compile(r"[^\W_]+")
_KNOWN_BEGINNINGS = 50_000


@dataclass(frozen=True, slots=True)
class Letters:
    """What a match of one expression holds, and what it begins with; None where that is not certain."""

    needles: Needles
    openings: Openings | None


def letters_of(expression: str) -> Letters:
    parts = alternatives(expression)
    return Letters(needles(parts), openings(parts))


class Vocabulary:
    """The expressions of every cue file, by the file's name and their number in it.

    loose  of each file, what the matches hold of those expressions that may begin so or so
    """

    def __init__(self, files: Mapping[str, Sequence[Letters]]) -> None:
        self.loose: dict[str, list[tuple[int, Needles]]] = {name: [] for name in files}
        self._by_opening: dict[str, list[tuple[str, int]]] = {}
        for name, rows in files.items():
            for number, letters in enumerate(rows):
                if letters.openings is None:
                    self.loose[name].append((number, letters.needles))
                for opening in letters.openings or ():
                    self._by_opening.setdefault(opening, []).append((name, number))
        self.begun_by = lru_cache(_KNOWN_BEGINNINGS)(self._begun_by)

    def _begun_by(self, letters: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """What may match where a word begins with these letters: file, and numbers in it. Words are much alike."""
        found: dict[str, set[int]] = {}
        for end in range(1, len(letters) + 1):
            for name, number in self._by_opening.get(letters[:end], ()):
                found.setdefault(name, set()).add(number)
        return tuple((name, tuple(sorted(numbers))) for name, numbers in found.items())


class Sights:
    """One text: where its words begin as an expression of some file does, and where the letters of the others stand."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self._lowered, self._vocabulary = text, _lowered(text), vocabulary
        self._tries: defaultdict[str, list[Try]] = defaultdict(list)
        self._loose: dict[str, list[tuple[int, Places]]] = {}
        for place, letters in self._beginnings():
            for name, numbers in vocabulary.begun_by(letters):
                self._tries[name].append((place, numbers))

    def _beginnings(self) -> Iterator[tuple[int, str]]:
        """Where each word begins, and its first letters with what follows, one blank for any white space."""
        begins = [word.start() for word in _WORD.finditer(self._lowered)]
        even = _SPACE.sub(" ", self._lowered)
        here = begins if even == self._lowered else [word.start() for word in _WORD.finditer(even)]
        return zip(begins, [even[place : place + LONGEST] for place in here], strict=True)

    def tries(self, name: str) -> Sequence[Try]:
        """Where to try what of one file, in order."""
        return self._tries[name]

    def loose(self, name: str) -> Sequence[tuple[int, Places]]:
        """Number, and where a string of each of its needles begins, of those of a file that may begin so or so."""
        if name not in self._loose:
            places = ((number, self._places(held)) for number, held in self._vocabulary.loose[name])
            self._loose[name] = [(number, known) for number, known in places if known is not None]
        return self._loose[name]

    def _places(self, held: Needles) -> Places | None:
        if not all(any(needle in self._lowered for needle in each) for each in held):
            return None
        return tuple(sorted(place for needle in each for place in self._search(needle)) for each in held)

    def _search(self, needle: str) -> Iterator[int]:
        place = self._lowered.find(needle)
        while place >= 0:
            yield place
            place = self._lowered.find(needle, place + 1)


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
