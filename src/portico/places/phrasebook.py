"""A phrasebook: many spellings, looked up word by word in one pass over a text."""

from collections.abc import Iterable, KeysView, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class PhraseBook(Generic[T]):
    """Phrases of common word forms, each with the things it names.

    A text of n words is read in about n look-ups, however many phrases there are.
    """

    __slots__ = ("_lengths", "_starts")

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], T]] = ()) -> None:
        # First word → phrase → things, and the lengths of these phrases, the longest first.
        self._starts: dict[str, dict[tuple[str, ...], list[T]]] = {}
        self._lengths: dict[str, list[int]] = {}
        for phrase, thing in phrases:
            self.add(phrase, thing)

    def add(self, phrase: tuple[str, ...], thing: T) -> None:
        """Adds what a phrase names; a thing is named once by a phrase, an empty phrase names nothing."""
        if phrase:
            named = self._starts.setdefault(phrase[0], {}).setdefault(phrase, [])
            if thing not in named:
                named.append(thing)
            lengths = self._lengths.setdefault(phrase[0], [])
            if len(phrase) not in lengths:
                lengths.append(len(phrase))
                lengths.sort(reverse=True)

    @property
    def first_words(self) -> KeysView[str]:
        """The words that some phrase begins with: a text is looked up only there."""
        return self._starts.keys()

    def exactly(self, phrase: tuple[str, ...]) -> tuple[T, ...]:
        """What this phrase names, in the order added."""
        return tuple(self._starts.get(phrase[0], {}).get(phrase, ())) if phrase else ()

    def longest_at(self, norms: Sequence[str], start: int) -> tuple[int, tuple[T, ...]]:
        """Where the longest phrase that begins at `start` ends, and what it names; (start, ()) if none begins there."""
        phrases = self._starts.get(norms[start])
        if phrases is None:
            return start, ()
        for length in self._lengths[norms[start]]:
            here = tuple(norms[start : start + length])
            if here in phrases:
                return start + len(here), tuple(phrases[here])
        return start, ()

    def all_at(self, norms: Sequence[str], start: int) -> list[T]:
        """What every phrase that begins at `start` names, however long."""
        phrases = self._starts.get(norms[start], {})
        return [
            each
            for phrase, named in phrases.items()
            if tuple(norms[start : start + len(phrase)]) == phrase
            for each in named
        ]
