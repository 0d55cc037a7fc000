"""Runs of capitalised words: what names of people and of bodies are cut from."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from portico.reading.cues import load_words

UPPER = (
    "A-Z\u00c0-\u00d6\u00d8-\u00de\u0106\u010c\u0110\u0118\u011e\u0130\u0141\u0143\u0147"
    "\u0152\u0158\u015a\u0160\u0179\u017b\u017d"
)
"""The capital letters of names in use here, as a range for expressions."""

MORE_INITIALS = rf"\.(?:[{UPPER}]\.)+"
REST = rf"\w*(?:[’'](?!s\b)\w+)*(?:[-–][{UPPER}]?\w+(?:[’'](?!s\b)\w+)*)*"
"""What follows the first capital of initials ("C.B.P.") and of a word, apart so that a search goes by the capital."""

WORD = rf"[{UPPER}]{REST}"
_TOKEN = rf"(?:[{UPPER}]{MORE_INITIALS}|{WORD}\.?)"
_PARTICLE = r"(?:de(?: la| las| los)?|del|da|das|do|dos|du|di|la|le|van(?: der| den)?|von|der|bin|ben|al|el|y|e)"
_RUN = re.compile(
    rf"[{UPPER}](?<!\w.)(?:{MORE_INITIALS}|{REST}\.?)(?: (?:{_PARTICLE} )?{_TOKEN}| [“\"(]{WORD}[”\")] {_TOKEN})*"
)
_PIECE = re.compile(rf"[“\"(]?({_TOKEN}|[a-z]+)[”\")]?")
_STOPPED = re.compile(r"\w{2,}\.$")
_ABBREVIATED = frozenset(
    (
        *("mr", "mrs", "ms", "dr", "prof", "rev", "hon", "fr", "sgt", "lt", "capt", "cpl", "col", "maj", "cmdr", "det"),
        *("dep", "supt", "gov", "sen", "rep", "del", "asm", "ald", "st", "jr", "sr"),
    )
)


class Word(NamedTuple):
    """One word of a run; `bare` is in small letters, without brackets, quotation marks or a final stop."""

    start: int
    end: int
    text: str
    bare: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@cache
def never_names() -> frozenset[str]:
    """Capitalised words that are no part of anybody's name: places, bodies, peoples, days, openers of sentences."""
    lists = ("places", "bodies", "people", "days", "starters")
    return frozenset().union(*(load_words("not_names", name) for name in lists))


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Word, ...]]:
    """Each run of capitalised words between two places, with the small words inside names ("de la")."""
    for run in _RUN.finditer(text, start, len(text) if end is None else end):
        words: list[Word] = []
        for piece in _PIECE.finditer(text, run.start(), run.end()):
            word, stopped = _word(piece[1], piece.start(1))
            words.append(word)
            if stopped:  # a sentence ends here; what follows is another name
                yield tuple(words)
                words = []
        if words:
            yield tuple(words)


def _word(written: str, start: int) -> tuple[Word, bool]:
    """The word, and whether a sentence ends with it: its full stop is then no part of it."""
    if written[-1] == "." and _STOPPED.search(written) and written[:-1].lower() not in _ABBREVIATED:
        return Word(start, start + len(written) - 1, written[:-1], _bare(written[:-1])), True
    return Word(start, start + len(written), written, _bare(written)), False


def _bare(written: str) -> str:
    return written.rstrip(".").lower().replace("’", "'")
