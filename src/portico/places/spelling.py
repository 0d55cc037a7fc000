"""Spellings: a text cut into words that compare equal however a source writes them.

"120 SCHERMERHORN ST." and "120 Schermerhorn Street" are the same words; so are "court house" and "courthouse".
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"&|[^\W_]+(?:['’ʼ](?![sS]\b)[^\W_]+)*")

# One common form for what sources abbreviate. "St." is street and saint, so both become "st".
_SAME = {
    "street": "st", "saint": "st", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd", "drive": "dr",
    "lane": "ln", "place": "pl", "plaza": "plz", "highway": "hwy", "parkway": "pkwy", "square": "sq", "terrace": "ter",
    "north": "n", "south": "s", "east": "e", "west": "w", "mount": "mt", "fort": "ft", "centre": "center",
    "ctr": "center", "bldg": "building", "cty": "county", "cnty": "county", "crt": "court", "ct": "ct",
    "crthouse": "courthouse", "surrogates": "surrogate", "&": "and", "first": "1st", "second": "2nd", "third": "3rd",
    "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th",
    "tenth": "10th", "eleventh": "11th", "twelfth": "12th", "thirteenth": "13th", "fourteenth": "14th",
    "fifteenth": "15th", "sixteenth": "16th", "seventeenth": "17th", "eighteenth": "18th", "nineteenth": "19th",
    "twentieth": "20th",
}  # fmt: skip


_AFTER_COUNTY = frozenset({"court", "courthouse", "superior", "district", "circuit", "jail", "probation", "sheriff"})

_JOINING = _AFTER_COUNTY | {"s", "house"}


class Word(NamedTuple):
    """One word of a text.

    start, end  code points in the text, half-open; a possessive 's is left out
    norm        the common form that comparisons use
    raw         as written
    gap         what stands between it and the word before ("" for the first)
    own         whether 's follows: Prince George's County is not Prince George County
    """

    start: int
    end: int
    norm: str
    raw: str
    gap: str
    own: bool = False

    @property
    def capital(self) -> bool:
        """Whether it is written as a name: begins with a capital or a digit."""
        return not self.raw[0].islower()


def words(text: str) -> list[Word]:
    """The words of a text, in order; "court house" is one."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        raw = match[0]
        norm = _norm(raw)
        gap = text[last:start] if last else ""
        last = end
        if norm not in _JOINING or not found or not _joined(found, end, norm, gap, text):
            found.append(Word(start, end, norm, raw, gap))
    return found


def _joined(found: list[Word], end: int, norm: str, gap: str, text: str) -> bool:
    """Whether a word is taken into the one before; some only say what the one before means."""
    before = found[-1]
    if norm == "s" and gap in ("'", "’", "ʼ"):
        found[-1] = before._replace(own=True)
        return True
    if norm == "house" and before.norm == "court" and gap in (" ", "-", "\n", ""):
        found[-1] = before._replace(end=end, norm="courthouse", raw=text[before.start : end])
        return True
    if norm in _AFTER_COUNTY and before.raw == "CO" and gap == " ":
        found[-1] = before._replace(norm="county")  # not Colorado
    return False


@lru_cache(maxsize=20_000)
def spell(text: str) -> tuple[str, ...]:
    """The common forms of the words of a spelling."""
    parts = text.split(" ")
    if text.isascii() and all(map(str.isalpha, parts)) and not _JOINING.intersection(map(str.casefold, parts)):
        return tuple(map(_norm, parts))  # the same, ten times as fast: thousands of city names have no marks
    return tuple(word.norm for word in words(text))


@lru_cache(maxsize=20_000)
def _norm(raw: str) -> str:
    if raw == "Co":
        return "county"
    folded = raw.casefold()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if c.isalnum() and c != "ʻ")
    elif "'" in folded:
        folded = folded.replace("'", "")
    return _SAME.get(folded, folded)
