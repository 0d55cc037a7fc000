"""When two reported values may both be right, and which of them says more.

Codes compare by the vocabulary, days as partial dates, courthouses by their ids in the gazetteer as far as known, names
and places by their words. Only spelling and exactness are bridged; nothing here weighs who is more likely right.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portico.facts import DateError, PartialDate, Value, covers

SIDE_BY_SIDE = frozenset(
    {"asserted_by", "alias", "language", "contact", "docket", "narrative", "outcome", "officer_name"}
    | {"hotline_report", "attorney_note"}
)
"""Attributes of which one event has several: two values stand side by side and never differ."""

_WORD = re.compile(r"\w+")
_WORDS_OF_PLACES = frozenset({"the", "of", "county", "parish", "borough", "city"})
_WORDS_OF_COURTHOUSES = frozenset({"the", "of", "in", "at", "court", "courts", "courthouse", "house", "building"})


@dataclass(frozen=True, slots=True)
class Reported:
    """A value as one claim reports it.

    ids  of a courthouse: the gazetteer rows that the words may mean; empty = none known
    """

    value: Value
    ids: frozenset[str] = frozenset()


def says_more(attribute: str, coarse: Reported, fine: Reported) -> bool:
    """Whether `fine` says all that `coarse` says: they mean the same, or `fine` is more exact."""
    return _COMPARISONS.get(attribute, _codes)(attribute, coarse, fine)


def joined(attribute: str, one: Reported, other: Reported) -> Reported | None:
    """The value that both say together, when they may be one and neither says it all.

    "In 2019" and "on 14 May" are together 14 May 2019. None where one of the two already states it, or they differ.
    """
    if says_more(attribute, one, other) or says_more(attribute, other, one):
        return None
    if attribute == "date":
        return _joined_days(str(one.value), str(other.value))
    if one.ids & other.ids:
        # Neither spelling is the building's name alone; the one that leaves fewer buildings open stands for it.
        name = min((len(each.ids), str(each.value)) for each in (one, other))[1]
        return Reported(name, one.ids & other.ids)
    return None


def _codes(attribute: str, coarse: Reported, fine: Reported) -> bool:
    return covers(attribute, coarse.value, fine.value)


def _words(attribute: str, coarse: Reported, fine: Reported) -> bool:
    mine, its = _words_in(coarse.value), _words_in(fine.value)
    return (bool(mine) and mine <= its) or coarse.value == fine.value


def _place_words(attribute: str, coarse: Reported, fine: Reported) -> bool:
    mine, its = (_words_in(each.value) - _WORDS_OF_PLACES for each in (coarse, fine))
    return (bool(mine) and mine == its) or coarse.value == fine.value


def _courthouses(attribute: str, coarse: Reported, fine: Reported) -> bool:
    if coarse.ids and fine.ids:
        return fine.ids <= coarse.ids
    if coarse.ids:
        return False
    mine, its = (_words_in(each.value) - _WORDS_OF_COURTHOUSES for each in (coarse, fine))
    return mine <= its


def _days(attribute: str, coarse: Reported, fine: Reported) -> bool:
    mine, its = str(coarse.value), str(fine.value)
    return len(mine) <= len(its) and all(a in ("X", b) for a, b in zip(mine, its, strict=False))


def _joined_days(one: str, other: str) -> Reported | None:
    length = max(len(one), len(other))
    mine, its = (f"{each}{'XXXX-XX-XX'[len(each) : length]}" for each in (one, other))
    if any("X" not in (a, b) and a != b for a, b in zip(mine, its, strict=True)):
        return None
    try:
        return Reported(str(PartialDate("".join(b if a == "X" else a for a, b in zip(mine, its, strict=True)))))
    except DateError:
        return None


def _words_in(value: Value) -> frozenset[str]:
    return frozenset(_WORD.findall(str(value).casefold()))


_COMPARISONS: Mapping[str, Callable[[str, Reported, Reported], bool]] = MappingProxyType(
    {
        "date": _days,
        "courthouse": _courthouses,
        "people_arrested": _words,  # a number, or the same number as a person typed it
        "age": _words,
        "name": _words,
        "nationality": _words,
        "custody_place": _words,
        "county": _place_words,
        "city": _place_words,
        "state": _place_words,
    }
)
