"""A text cut into words, with what is looked up in it, and the names in it that only look like courts."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from portico.places.court_words import CourtWords, court_words
from portico.places.names import Names
from portico.places.spelling import Word

_PLAIN = re.compile(r"[ \t]{1,2}\Z|-\Z|/\Z| ?[–/] ?\Z")
_INITIAL = re.compile(r"\. ?\Z")
_ABBREVIATED = frozenset(("St", "Dr", "Jr", "Mt", "Ft", "Hon", "U", "S", "N", "E", "W", "ST"))


@dataclass(slots=True)
class CutText:
    """A text cut into words, and what is looked up in it."""

    found: Sequence[Word]
    names: Names
    norms: list[str] = field(init=False)
    say: CourtWords = field(init=False)

    def __post_init__(self) -> None:
        self.norms = [word.norm for word in self.found]
        self.say = court_words()

    def plain(self, at: int) -> bool:
        """Whether the word follows the one before without a break."""
        return _PLAIN.match(self.found[at].gap) is not None

    def joined(self, at: int) -> bool:
        """Whether the word belongs to the name that the word before is part of: "St. Paul", "Roderick L. Ireland"."""
        before = self.found[at - 1].raw
        return self.plain(at) or (
            _INITIAL.match(self.found[at].gap) is not None and (len(before) == 1 or before in _ABBREVIATED)
        )


def positions(text: CutText, first_words: Collection[str]) -> list[int]:
    """Where some phrase of a book, an author of rulings or a town may begin."""
    others = text.say.other_first_words
    return [at for at, norm in enumerate(text.norms) if norm in first_words or norm in others]


def other_name_end(text: CutText, at: int) -> int:
    """Where an author of rulings or a town called Court House ends that begins here; `at` if none does."""
    end, author = text.say.authors.longest_at(text.norms, at)
    if author:
        return end
    end, town = text.say.towns.longest_at(text.norms, at)
    return end if town and text.found[end - 1].capital else at


def is_something_else(text: CutText, first: int, end: int) -> bool:
    """Whether the words around make it a street, a town, somebody's title or an author of rulings."""
    say, norms = text.say, text.norms
    if end < len(norms) and text.plain(end):
        after = text.found[end]
        if norms[end] in say.titles and norms[end - 1] == "court":
            return True
        if after.capital and norms[end] in say.bodies:
            return True
        if after.capital and norms[end] in say.streets and norms[end - 1] in ("court", "courthouse", "courts"):
            return True
    if norms[end : end + 2] == ["of", "appeals"]:
        return True
    before = [norm for norm in norms[max(0, first - 3) : first] if norm != "the"]
    return len(before) >= 2 and before[-1] == "of" and before[-2] in say.people_of and norms[end - 1] == "court"
