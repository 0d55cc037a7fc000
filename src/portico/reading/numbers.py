"""Numbers as texts write them: digits with commas, or words up to a few hundred, and dozens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
    ),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORD = "|".join((*_UNITS, *_TENS))
_HUNDREDS = rf"(?:{_WORD}|an?)[ -]hundred(?:[ -]and)?(?:[ -](?:{_WORD}))*"
_TENS_AND_ONES = rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS[1:10])}))?"
_DOZENS = rf"(?:(?:{_WORD}|an?) )?dozen"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d+)?"
NUMBER = rf"(?:{_DIGITS}|{_HUNDREDS}|{_DOZENS}|{_TENS_AND_ONES}|{'|'.join(_UNITS[:0:-1])})"
_MAY_BEGIN = (
    r"(?=\d|(?-i:[Oo])ne|(?-i:[Tt])(?:w|en|h[ir])|(?-i:[Ff])[oi]|(?-i:[Ss])[ie]|(?-i:[Ee])[il]|(?-i:[Nn])i|(?-i:[Dd])oz"
    r"|(?-i:[Aa])n?[ -][hd])"
)
"""The first letters of every number: most words of a text are passed over by them."""

_FIND = re.compile(rf"(?<![\w$#./:’'-]){_MAY_BEGIN}(?:{NUMBER})(?![\w/:’'-]|,\d|\.\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    end: int
    value: int | float


def value_of(words: str) -> int | float:
    """The number that digits or words stand for. Raises ValueError for anything else.

    >>> value_of("1,700"), value_of("forty-one"), value_of("two hundred and six"), value_of("two dozen")
    (1700, 41, 206, 24)
    """
    plain = words.replace(",", "").lower()
    if plain.replace(".", "", 1).isdigit():
        return float(plain) if "." in plain else int(plain)
    total = 0
    for part in re.split(r"[ -]+", plain):
        if part == "and":
            continue
        if part == "hundred":
            total = max(total, 1) * 100
        elif part == "dozen":
            total = max(total, 1) * 12
        elif part in ("a", "an"):
            total += 1
        elif part in _TENS:
            total += 20 + 10 * _TENS.index(part)
        else:
            total += _UNITS.index(part)
    return total


def numbers_in(text: str, start: int, end: int) -> Iterator[Number]:
    """The numbers between two places, in order."""
    for found in _FIND.finditer(text, start, end):
        yield Number(found.start(), found.end(), value_of(found[0]))
