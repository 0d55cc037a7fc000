"""The arithmetic of dates as people write them: years left out, weekdays, "yesterday", "last month".

Everything is counted from what the text or its caller makes certain; what cannot be counted stays unknown.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portico.facts import PartialDate

_WEEK = timedelta(days=7)
_LONG_PAST = 300
"""Days. A day and month without a year that lie further back are more likely just ahead ("Dec. 9" on Dec. 2)."""

_PRACTICE = range(2017, 2021), range(2025, 2100)
"""Years in which the agency made courthouse arrests as a practice: from 2017 until a memorandum of the Department of
Homeland Security restricted them on 27 April 2021, and again since it was rescinded on 21 January 2025. Used only where
a text gives weekday, day and month but no year at all: the year is taken if it alone fits, else it stays unknown."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a text is counted from.

    day    the day of publication as far as known; its year may be only a stand-in
    exact  False: the year of `day` is a stand-in, and what is counted from it gets a masked year
    """

    day: date
    exact: bool = True

    def shifted(self, days: int) -> PartialDate:
        return self.written(self.day + timedelta(days=days))

    def written(self, day: date) -> PartialDate:
        return PartialDate.of(day) if self.exact else PartialDate(f"XXXX-{day:%m-%d}")


def anchor_of(published_on: PartialDate | None, weekday: int | None = None) -> Anchor | None:
    """The anchor that a day of publication gives; None if not even day and month are known."""
    if published_on is None or published_on.precision != "day":
        return None
    if published_on.day:
        return Anchor(published_on.day)
    month_day = published_on.edtf[5:]
    if not published_on.edtf.startswith("XXXX") or "X" in month_day:
        return None
    fitting = (y for y in range(2025, 1990, -1) if _day(y, *_parts(month_day), weekday))
    year = next(fitting, None)
    found = _day(year, *_parts(month_day), weekday) if year else None
    return Anchor(found, exact=False) if found else None


def weekday_near(anchor: Anchor, weekday: int, *, ahead: bool) -> PartialDate:
    """The last such weekday up to the day of publication, or the next one after it."""
    if ahead:
        return anchor.shifted((weekday - anchor.day.weekday() - 1) % 7 + 1)
    return anchor.shifted(-((anchor.day.weekday() - weekday) % 7))


def weekday_of_last_week(anchor: Anchor, weekday: int) -> PartialDate:
    monday = anchor.day - timedelta(days=anchor.day.weekday()) - _WEEK
    return anchor.written(monday + timedelta(days=weekday))


def month_of_last_week(anchor: Anchor) -> PartialDate | None:
    """The month that the week before lies in; the year when it lies in two; None when it lies in two years."""
    monday = anchor.day - timedelta(days=anchor.day.weekday()) - _WEEK
    return same_span(anchor, monday, monday + timedelta(days=6))


def same_span(anchor: Anchor, first: date, last: date) -> PartialDate | None:
    if not anchor.exact:
        return None
    if (first.year, first.month) == (last.year, last.month):
        return PartialDate(f"{first:%Y-%m}")
    return PartialDate(f"{first:%Y}") if first.year == last.year else None


def month_before(anchor: Anchor, months: int) -> PartialDate | None:
    if not anchor.exact:
        return None
    count = anchor.day.year * 12 + anchor.day.month - 1 - months
    return PartialDate(f"{count // 12:04d}-{count % 12 + 1:02d}")


def year_for_day(anchor: Anchor, month: int, day: int, *, ahead: bool) -> PartialDate | None:
    """A day and month without a year: the last such day up to publication, or the next when the text looks ahead."""
    if not anchor.exact:
        return PartialDate(f"XXXX-{month:02d}-{day:02d}")
    around = [found for y in (-1, 0, 1) if (found := _day(anchor.day.year + y, month, day))]
    past = max((d for d in around if d <= anchor.day), default=None)
    coming = min((d for d in around if d >= anchor.day), default=None)
    if coming and (ahead or past is None or (anchor.day - past).days > _LONG_PAST):
        return PartialDate.of(coming)
    return PartialDate.of(past) if past else None


def year_for_month(anchor: Anchor, month: int, *, ahead: bool) -> PartialDate | None:
    """A month without a year: the last such month up to publication's, or the next when the text looks ahead."""
    if not anchor.exact:
        return PartialDate(f"XXXX-{month:02d}")
    year = anchor.day.year
    if ahead:
        year += month < anchor.day.month
    else:
        year -= month > anchor.day.month
    return PartialDate(f"{year:04d}-{month:02d}")


def year_by_weekday(weekday: int, month: int, day: int, near: Iterable[int]) -> PartialDate | None:
    """The year that weekday, day and month fix near a certain year; with none certain, among the practice's years."""
    years = sorted(set(near), reverse=True)
    for year in years:
        fitting = [found for y in (year, year - 1, year + 1) if (found := _day(y, month, day, weekday))]
        if fitting:
            return PartialDate.of(fitting[0])
    if years:
        return None
    first, second = _PRACTICE
    fitting = [found for y in [*first, *second[:3]] if (found := _day(y, month, day, weekday))]
    return PartialDate.of(fitting[0]) if len(fitting) == 1 else None


def full_year(written: str) -> int:
    """A year in two or four digits: two digits are of 1970–2069."""
    year = int(written)
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def days_in(month: int) -> int:
    return calendar.monthrange(2024, month)[1]


def _parts(month_day: str) -> tuple[int, int]:
    return int(month_day[:2]), int(month_day[3:])


def _day(year: int, month: int, day: int, weekday: int | None = None) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if weekday in (None, found.weekday()) else None
