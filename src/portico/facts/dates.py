"""Partial dates: a day, month or year as far as it is known.

Written in the Extended Date/Time Format (EDTF, ISO 8601-2:2019, https://www.loc.gov/standards/datetime/), as far as
reports need it: `2017-11-28`, `2017-11`, `2017`, and masks with `X` for unknown digits (`XXXX-11-28`, `201X`).
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from portico.facts.errors import PorticoError
from portico.facts.truth import Truth

Precision = Literal["day", "month", "year", "unknown"]

_EDTF = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?\Z")


class DateError(PorticoError):
    """A text is not a date that can be."""

    exit_status = 2

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(
            f"{found!r} is not a date. Give a day as 2017-11-28, a month as 2017-11, a year as 2017, "
            "or X for each digit that is not known. Nothing was changed."
        )


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A local day as far as it is known; immutable, ordered as text.

    edtf  the EDTF spelling, checked: at least one day must fit it (raises DateError)

    >>> PartialDate("2017-11").may_be(date(2017, 11, 28))
    True
    """

    edtf: str

    def __post_init__(self) -> None:
        if not _may_exist(self.edtf):
            raise DateError(self.edtf)

    def __str__(self) -> str:
        return self.edtf

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.isoformat())

    @property
    def precision(self) -> Precision:
        """The finest part written. A masked year with a day is still of day precision."""
        names: tuple[Precision, ...] = ("year", "month", "day")
        return names[self.edtf.count("-")]

    @property
    def day(self) -> date | None:
        """The one day meant, None if more than one may be."""
        return date.fromisoformat(self.edtf) if len(self.edtf) == 10 and "X" not in self.edtf else None

    @property
    def first(self) -> date:
        """The earliest day it may be. A wholly masked year begins in year 1."""
        return next(self._days(reverse=False))

    @property
    def last(self) -> date:
        """The latest day it may be. A wholly masked year ends in year 9999."""
        return next(self._days(reverse=True))

    def may_be(self, day: date) -> bool:
        return _fits(self.edtf, day.isoformat())

    def days(self) -> tuple[date, ...]:
        """Every day it may be, in order; of a masked year, too many to be useful: ask `may_be` instead."""
        return tuple(self._days(reverse=False))

    def same_day(self, other: "PartialDate") -> Truth:
        """Whether both mean one day: TRUE or FALSE only when every reading agrees."""
        if self.day and other.day:
            return Truth.TRUE if self.day == other.day else Truth.FALSE
        return Truth.UNKNOWN if self.may_equal(other) else Truth.FALSE

    def may_equal(self, other: "PartialDate") -> bool:
        """Whether some day fits both."""
        mine, its = self._parts(), other._parts()
        joined = "-".join(
            "".join(b if a == "X" else a for a, b in zip(p, q, strict=True)) for p, q in zip(mine, its, strict=True)
        )
        return all(_fits(p, q) for p, q in zip(mine, its, strict=True)) and _may_exist(joined)

    def _parts(self) -> tuple[str, str, str]:
        year, month, day = [*self.edtf.split("-"), "XX", "XX"][:3]
        return year, month, day

    def _days(self, *, reverse: bool) -> Iterator[date]:
        year, month, day = self._parts()
        step = -1 if reverse else 1
        for y in _numbers(year, 1, 9999)[::step]:
            for m in _numbers(month, 1, 12)[::step]:
                for d in _numbers(day, 1, calendar.monthrange(y, m)[1])[::step]:
                    yield date(y, m, d)


def _fits(a: str, b: str) -> bool:
    """Whether two spellings agree digit by digit as far as both go, X fitting any digit."""
    return all(x == y or "X" in (x, y) for x, y in zip(a, b, strict=False))


@lru_cache(maxsize=4096)
def _numbers(mask: str, least: int, most: int) -> tuple[int, ...]:
    if "X" not in mask:
        return (int(mask),) if least <= int(mask) <= most else ()
    return tuple(n for n in range(least, most + 1) if _fits(mask, f"{n:0{len(mask)}d}"))


@lru_cache(maxsize=4096)
def _may_exist(edtf: str) -> bool:
    parts = _EDTF.match(edtf)
    if not parts:
        return False
    year, month, day = parts[1], parts[2] or "XX", parts[3] or "XX"
    if "X" not in year and int(year) < 1:
        return False
    leap_possible = year == "XXXX" or any(calendar.isleap(y) for y in _numbers(year, 1, 9999))
    longest = [31, 29 if leap_possible else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return any(_numbers(day, 1, longest[m - 1]) for m in _numbers(month, 1, 12))
