"""Days and times as tables write them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

_TIME = (
    r"(?:[ T]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"(?:Z|\+00:00)?)?"
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}


def _form(day: str) -> re.Pattern[str]:
    return re.compile(day + _TIME)


FORMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "month/day/year": _form(r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>\d{4})"),
        "day/month/year": _form(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
        "year-month-day": _form(r"(?P<year>\d{4})[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})"),
        "day-month name-year": _form(r"(?P<day>\d{1,2})[ -]?(?P<month>[A-Za-z]{3})[a-z]*\.?,?[ -]?(?P<year>\d{4})"),
        "month name day, year": _form(r"(?P<month>[A-Za-z]{3})[a-z]*\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"),
    }
)
"""The forms a profile may name; each may be followed by a time of day."""

# Records of living people's arrests: a year outside is a slip or a stand-in, never a day.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class When(NamedTuple):
    """A day, the time of day if the cell has one, and what is wrong if it is none."""

    at: datetime | None
    timed: bool = False
    problem: str | None = None


def read_when(text: str, forms: Sequence[str]) -> When:
    """The day that a text means in the first form that fits.

    >>> read_when("31/11/2017", ["month/day/year"]).problem
    'not a day: read as month/day/year, the month would be 31'
    """
    problem = None
    for form in forms:
        if found := FORMS[form].fullmatch(text):
            when = _moment(found)
            if when.problem is None:
                return when
            problem = problem or f"not a day: read as {form}, {when.problem}"
    if problem is None and text.replace(".", "", 1).isdigit():
        problem = "a number, not a day: the spreadsheet lost the form of the cell"
    return When(None, problem=problem or f"not a day written as {' or '.join(forms)}")


def _moment(found: re.Match[str]) -> When:
    named = found.groupdict()
    month = int(named["month"]) if named["month"].isdigit() else _MONTHS.get(named["month"].casefold(), 0)
    year, day = int(named["year"]), int(named["day"])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return When(None, problem=f"the year would be {year}")
    if not 1 <= month <= 12:
        return When(None, problem=f"the month would be {named['month']}")
    hour = int(named["hour"] or 0)
    if half := named["half"]:
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    try:
        at = datetime(year, month, day, hour, int(named["minute"] or 0), int(named["second"] or 0))  # noqa: DTZ001
    except ValueError:
        return When(None, problem=f"month {month} of {year} has no day {day}, or the day no such hour")
    return When(at, timed=named["hour"] is not None and at.time() != datetime.min.time())


def fiscal_year(day: date) -> int:
    """The US federal fiscal year: from 1 October of the year before."""
    return day.year + (day.month >= 10)
