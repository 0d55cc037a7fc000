"""Runs of capitalised words: what names of people and of bodies are cut from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UPPER = (
    "A-Z\u00c0-\u00d6\u00d8-\u00de\u0106\u010c\u0110\u0118\u011e\u0130\u0141\u0143\u0147"
    "\u0152\u0158\u015a\u0160\u0179\u017b\u017d"
)
"""The capital letters of names in use here, as a range for expressions."""

WORD = rf"[{UPPER}]\w*(?:[’'](?!s\b)\w+)*(?:[-–][{UPPER}]?\w+(?:[’'](?!s\b)\w+)*)*"
_TOKEN = rf"(?:[{UPPER}]\.(?:[{UPPER}]\.)+|{WORD}\.?)"
_PARTICLE = r"(?:de(?: la| las| los)?|del|da|das|do|dos|du|di|la|le|van(?: der| den)?|von|der|bin|ben|al|el|y|e)"
_RUN = re.compile(rf"(?<!\w){_TOKEN}(?: (?:{_PARTICLE} )?{_TOKEN}| [“\"(]{WORD}[”\")] {_TOKEN})*")
_PIECE = re.compile(rf"[“\"(]?({_TOKEN}|[a-z]+)[”\")]?")
_STOPPED = re.compile(r"\w{2,}\.$")
_ABBREVIATED = frozenset(
    (
        *("mr", "mrs", "ms", "dr", "prof", "rev", "hon", "fr", "sgt", "lt", "capt", "cpl", "col", "maj", "cmdr", "det"),
        *("dep", "supt", "gov", "sen", "rep", "del", "asm", "ald", "st", "jr", "sr"),
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a run: without brackets, quotation marks or a final stop in `bare`."""

    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        return self.text.rstrip(".").lower().replace("’", "'")

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Word, ...]]:
    """Each run of capitalised words between two places, with the small words inside names ("de la")."""
    for run in _RUN.finditer(text, start, len(text) if end is None else end):
        words: list[Word] = []
        for piece in _PIECE.finditer(text, run.start(), run.end()):
            stopped = _STOPPED.search(piece[1]) is not None and piece[1][:-1].lower() not in _ABBREVIATED
            words.append(Word(piece.start(1), piece.end(1) - stopped, piece[1][: len(piece[1]) - stopped]))
            if stopped:  # a sentence ends here; what follows is another name
                yield tuple(words)
                words = []
        if words:
            yield tuple(words)
