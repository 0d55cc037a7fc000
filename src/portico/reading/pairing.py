"""Pairing: which event, speaker, action or number of a reading is which of an answer, greedily by evidence.

Two tellings are of one event with two points or more: name +2 (another name −2), day +1.5 or coarser date +1 (a
conflict −1.5), courthouse +1.5 (another −1) or else city ±0.5, kind and number +0.5 each, gender +0.25 (another −0.5).
Dates agree if they are equal as far as both go.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from portico.reading.answers import Acted, Counted, Field, Said, Told
from portico.reading.cues import load_words

T = TypeVar("T")
Pairs = dict[int, int]

_HALF = 0.5
_EVENT_LEAST, _STATEMENT_LEAST, _OTHER_LEAST = 2.0, 1.5, 1.0
_NEVER = -9.0
_DAY = 10
_WORD = re.compile(r"[a-z0-9]+")
_OF_NAMES = frozenset({"the", "of"})


def paired_events(found: Sequence[Told], wanted: Sequence[Told]) -> Pairs:
    """Which event of the reading is which of the answer, by their numbers."""
    return _pairs(found, wanted, _same_event, _EVENT_LEAST)


def paired_statements(found: Sequence[Said], wanted: Sequence[Said]) -> Pairs:
    return _pairs(found, wanted, _same_speaker, _STATEMENT_LEAST)


def paired_actions(found: Sequence[Acted], wanted: Sequence[Acted]) -> Pairs:
    return _pairs(found, wanted, _same_action, _OTHER_LEAST)


def paired_numbers(found: Sequence[Counted], wanted: Sequence[Counted]) -> Pairs:
    return _pairs(found, wanted, _same_number, _OTHER_LEAST)


def agrees(name: str, found: Field | None, wanted: Field | None) -> bool:
    """Whether a field of the reading is right; never where either says nothing."""
    if found is None or wanted is None:
        return False
    if isinstance(found, tuple) or isinstance(wanted, tuple):
        return any(_same_name(one, other) for one in several(found) for other in several(wanted))
    if name == "date":
        return _same_date(str(found), str(wanted))
    if name in ("courthouse", "county", "city"):
        return _share(_words(str(found)), _words(str(wanted))) >= _HALF
    if name == "name":
        return _same_name(str(found), str(wanted))
    return str(found).lower() == str(wanted).lower()


def _pairs(found: Sequence[T], wanted: Sequence[T], same: Callable[[T, T], float], least: float) -> Pairs:
    """One-to-one by falling evidence; of equals, the one told first."""
    scored = sorted((-same(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(wanted))
    pairs: Pairs = {}
    for score, i, j in scored:
        if -score >= least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _same_event(found: Told, wanted: Told) -> float:
    score = _HALF * (found.kind == wanted.kind)
    score += _weighed(found, wanted, "name", 2, -2)
    score += _by_date(found, wanted)
    if found.courthouse and wanted.courthouse:
        score += _weighed(found, wanted, "courthouse", 1.5, -1)
    else:
        score += _weighed(found, wanted, "city", _HALF, -_HALF)
    score += _weighed(found, wanted, "people_arrested", _HALF, 0)
    return score + _weighed(found, wanted, "gender", 0.25, -_HALF)


def _weighed(found: Told, wanted: Told, name: str, agreed: float, against: float) -> float:
    mine, its = found.value(name), wanted.value(name)
    if mine is None or its is None:
        return 0
    return agreed if agrees(name, mine, its) else against


def _by_date(found: Told, wanted: Told) -> float:
    mine, its = found.value("date"), wanted.value("date")
    to_the_day = min(len(str(mine)), len(str(its))) >= _DAY
    return _weighed(found, wanted, "date", 1.5 if to_the_day else 1, -1.5)


def _same_speaker(found: Said, wanted: Said) -> float:
    score = _HALF * (found.kind == wanted.kind)
    if found.speaker and wanted.speaker:
        score += 2 if _same_name(found.speaker, wanted.speaker) else _NEVER
    if found.organisation and wanted.organisation:
        same = _same_name(found.organisation, wanted.organisation)
        score += 1.5 if same else 0 if wanted.speaker else _NEVER
    return score


def _same_action(found: Acted, wanted: Acted) -> float:
    if found.kind != wanted.kind:
        return 0
    mine, its = (each.date.value if each.date else None for each in (found, wanted))
    score = 1 + (0 if not mine or not its else _HALF if _same_date(mine, its) else -_HALF)
    for name in ("organiser", "place", "target"):
        one, other = getattr(found, name), getattr(wanted, name)
        if one and other:
            score += _HALF if _share(_words(one), _words(other)) >= _HALF else -_HALF / 2
    return score


def _same_number(found: Counted, wanted: Counted) -> float:
    if found.value is None or found.value != wanted.value:
        return 0
    return 1 + _share(frozenset(_plain(found.what or "")), frozenset(_plain(wanted.what or "")))


def _same_date(one: str, other: str) -> bool:
    return all(a == b or "X" in (a, b) for a, b in zip(one, other, strict=False))


def _same_name(one: str, other: str) -> bool:
    """They share half of the shorter one's words, two thirds of three."""
    return _share(_naming(one), _naming(other)) >= _HALF


def _naming(name: str) -> frozenset[str]:
    alias = _aliases()
    return frozenset(alias.get(word, word) for word in _plain(name)) - _OF_NAMES


def _words(place: str) -> frozenset[str]:
    """The words that tell a place from another; all of them, if none do."""
    alias = _aliases()
    every = frozenset(alias.get(word, word) for word in _plain(place))
    return every - load_words("comparing", "plain") or every


def _plain(words: str) -> list[str]:
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _WORD.findall(ascii_only.lower().replace("'s", ""))


@cache
def _aliases() -> dict[str, str]:
    pairs = (line.split(" = ") for line in load_words("comparing", "same_place"))
    return dict(pairs)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0


def several(value: Field) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
