"""What somebody types into a search, read: words to be found together.

Words are looked for together; "in quotes" of any kind as they stand beside each other; begin* by their beginning;
-without to leave out. Whatever else somebody types is read as a space: no search is wrong.
"""

import re
from dataclasses import dataclass

BEGIN, END = "\x02", "\x03"
"""Stand around a word that was found, where a database marks it."""

SNIPPET_WORDS = 28

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_ASKED = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_MOST = 32


@dataclass(frozen=True, slots=True)
class Term:
    """Words beside each other. begins: the last may go on; without: passages that hold it are left out."""

    words: tuple[str, ...]
    begins: bool = False
    without: bool = False


def terms_of(typed: str) -> tuple[Term, ...]:
    """What somebody typed, read.

    >>> [term.words for term in terms_of('denied "legal aid" court* -rally')]
    [('denied',), ('legal', 'aid'), ('court',), ('rally',)]
    >>> [term.words for term in terms_of("“legal aid” «ayuda legal» -„no rally“")]
    [('legal', 'aid'), ('ayuda', 'legal'), ('no', 'rally')]
    """
    found = []
    for minus, quoted, bare_minus, bare in _ASKED.findall(typed.translate(_QUOTES)):
        words = words_in(quoted or bare)
        if words:
            found.append(Term(words, bare.endswith("*"), bool(minus or bare_minus)))
    return tuple(found[:_MOST])


def words_in(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Only:
    """A query for the numbers of the passages that may be found, and its values. Without one: all of them.

    without  numbers of passages that are not found all the same
    """

    sql: str = ""
    values: tuple[object, ...] = ()
    without: tuple[int, ...] = ()

    def where(self, number: str) -> str:
        """What a query for passages has to ask beside its words. number: its column of numbers."""
        asked = f" AND {number} IN ({self.sql})" if self.sql else ""
        return asked + (f" AND {number} NOT IN ({', '.join(map(str, self.without))})" if self.without else "")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that holds the terms, by its number. title, snippet: with marks around what was found."""

    number: int
    rank: float
    title: str = ""
    snippet: str = ""
