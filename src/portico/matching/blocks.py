"""Blocks: where to look for accounts of the same event, so that not every pair need be compared.

Two accounts meet when they share a word of their place and a month, or a word of a name. Who tells no day meets every
account of its place; who tells no place meets every account of its month; who tells neither meets by name alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from portico.facts import PartialDate
from portico.matching.telling import Telling

_ANY = "*"
_UNTOLD = "?"
_Key = tuple[str, str]


class Blocks:
    """An index of accounts by place and month. Grows; finds what was added before."""

    def __init__(self) -> None:
        self._found: dict[_Key, list[str]] = defaultdict(list)

    def add(self, account: str, telling: Telling) -> None:
        """Adds an account under every place and month that it may be of."""
        for key in {*_kept_under(telling), *_names(telling)}:
            self._found[key].append(account)

    def near(self, telling: Telling) -> tuple[str, ...]:
        """The accounts added so far that share a block with this one, each once, in the order of the blocks."""
        keys = dict.fromkeys((*_sought_under(telling), *_names(telling)))
        return tuple(dict.fromkeys(account for key in keys for account in self._found.get(key, ())))


def _kept_under(telling: Telling) -> Iterator[_Key]:
    places, months = sorted(telling.place_words) or [_UNTOLD], sorted(_months(telling)) or [_UNTOLD]
    yield from ((place, month) for place in (*places, _ANY) for month in (*months, _ANY))


def _sought_under(telling: Telling) -> Iterator[_Key]:
    places, months = sorted(telling.place_words), sorted(_months(telling))
    if places and months:
        yield from ((place, month) for place in (*places, _UNTOLD) for month in (*months, _UNTOLD))
    elif places:
        yield from ((place, _ANY) for place in places)
    elif months:
        yield from ((_ANY, month) for month in months)


def _names(telling: Telling) -> Iterator[_Key]:
    yield from (("name", word) for word in sorted(telling.name_words))


def _months(telling: Telling) -> frozenset[str]:
    """The months it may be of, and those of the days before and after: sources of one event may be a day apart."""
    return frozenset(month for each in telling.dates for month in _months_of(each))


def _months_of(told: PartialDate) -> Iterator[str]:
    if told.day:
        number = told.day.toordinal()
        for near in range(max(number - 1, 1), min(number + 1, date.max.toordinal()) + 1):
            yield date.fromordinal(near).isoformat()[:7]
        return
    year = told.edtf[:4]
    # Of any year, it is kept and sought without a month.
    months = () if "X" in year else (f"{year}-{number:02d}" for number in range(1, 13))
    yield from (month for month in months if told.may_equal(PartialDate(month)))
