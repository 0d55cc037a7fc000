"""Dates in running text, resolved as far as text and caller make them certain.

Source of the conventions: a bare weekday counts back from the day of publication; a year that is left out is the one
that publication, a neighbouring date or the weekday fixes; otherwise it stays unknown (`XXXX-11-28`).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from portico.facts import DateError, PartialDate
from portico.reading.cues import Hit, load_cues
from portico.reading.date_words import DATE, MONTHS, NUMBERS, WEEKDAYS, find_times
from portico.reading.layout import Block
from portico.reading.reckoning import (
    Anchor,
    anchor_of,
    days_in,
    full_year,
    month_before,
    month_of_last_week,
    weekday_near,
    weekday_of_last_week,
    year_by_weekday,
    year_for_day,
    year_for_month,
)

__all__ = ["DateMention", "Role", "find_dates", "find_times", "publication_date"]

Role = Literal["event", "publication", "update", "other", "future"]

_BESIDE = "counted from the date before it"
_NOT_A_DATE = re.compile(r"[1-4]/[2-9]")
_SENTENCE_BEFORE = 90
_AFTER = 30
_CLAUSE = re.compile(r"(?<![ap]\.m)[.!?;:]\s(?=[\"“‘(]?[A-Z])|[\n—–]|,\s(?=[\"“]?(?:and|but|while|when|after|who)\s)")


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a day, month or year.

    value  as far as it is certain; None where the words say too little ("Tuesday", and no day of publication)
    how    how the value was reached, in plain words for `--explain`
    role   event: nothing near it says otherwise; publication, update: of the page; future: still to come when written;
           other: a removal, a charge, a later hearing, the edge of a period
    """

    start: int
    end: int
    value: PartialDate | None
    how: str
    role: Role = "event"
    weekday: int | None = None


def find_dates(text: str, published_on: PartialDate | None = None) -> tuple[DateMention, ...]:
    """Every date in the text, in order, none overlapping another.

    published_on  what weekdays and missing years are counted from; its year may be masked
    """
    found = [match for match in DATE.finditer(text) if not _is_fraction(text, match)]
    years = _years(found)
    anchor = anchor_of(published_on, _weekday_written(text, published_on, found))
    resolver = _Resolver(text, anchor, years, {year for _, year in years})
    return _counted_from_event(tuple(resolver.mention(match) for match in found), published_on)


def publication_date(text: str, blocks: Sequence[Block]) -> PartialDate | None:
    """The day that the text gives itself at its head: in a dateline or title, never from an update stamp."""
    found: list[DateMention] = []
    for block in blocks[:12]:
        if block.kind in ("prose", "quotation", "note") and block.end - block.start > 90:
            break
        found += find_dates(text[block.start : block.end])
    days = [m for m in found if m.value and m.value.precision == "day" and m.role != "update"]
    first = next((m for m in days if m.role == "publication"), days[0] if days else None)
    return first.value if first else None


@dataclass(slots=True)
class _Resolver:
    """Walks through the dates of a text in order: some are counted from the one before.

    years  every year written in a date, with its place; known are the same years, each once
    """

    text: str
    anchor: Anchor | None
    years: Sequence[tuple[int, int]]
    known: Set[int]
    previous: PartialDate | None = None

    def mention(self, match: re.Match[str]) -> DateMention:
        role = _role(self.text, match.start(), match.end())
        try:
            value, how = self._value(match, ahead=role == "future")
        except DateError:
            value, how = None, "no such day"
        if value and value.precision == "day" and role in ("event", "future"):
            self.previous = value
        return DateMention(match.start(), match.end(), value, how, role, _weekday(match))

    def _value(self, match: re.Match[str], *, ahead: bool) -> tuple[PartialDate | None, str]:
        number = next((n for n in "1239" if match[f"m{n}"]), None)
        if number:
            return self._day(match, number, ahead=ahead)
        if match["m7"]:
            return self._month(match, ahead=ahead)
        written = _written(match)
        if written:
            return written, "written"
        if match["dayafter"] or match["daybefore"] or match["later"]:
            return _beside(self.previous, _days_beside(match)), _BESIDE
        return self._counted(match, ahead=ahead)

    def _day(self, match: re.Match[str], number: str, *, ahead: bool) -> tuple[PartialDate | None, str]:
        month, day, year = match[f"m{number}"], int(match[f"d{number}"]), match[f"y{number}"]
        m = int(month) if month.isdigit() else _month(month) if month[:3].lower() in MONTHS else 0
        if not (1 <= m <= 12 and 1 <= day <= days_in(m)):
            return None, "no such day"
        if year:
            return PartialDate(f"{full_year(year):04d}-{m:02d}-{day:02d}"), "written"
        return self._without_year(_weekday(match), m, day, match.start(), ahead=ahead)

    def _without_year(
        self, weekday: int | None, month: int, day: int, place: int, *, ahead: bool
    ) -> tuple[PartialDate | None, str]:
        certain = {self.anchor.day.year} if self.anchor and self.anchor.exact else self.known
        if weekday is not None and (found := year_by_weekday(weekday, month, day, certain)):
            return found, "weekday, day and month fix the year"
        if self.anchor:
            return year_for_day(self.anchor, month, day, ahead=ahead), "year from the day of publication"
        if self.years and weekday is None:
            return PartialDate(f"{self._year_near(place):04d}-{month:02d}-{day:02d}"), "year from the nearest date"
        return PartialDate(f"XXXX-{month:02d}-{day:02d}"), "year unknown"

    def _month(self, match: re.Match[str], *, ahead: bool) -> tuple[PartialDate | None, str]:
        month = _month(match["m7"])
        if self.anchor:
            return year_for_month(self.anchor, month, ahead=ahead), "year from the day of publication"
        if self.years:
            return PartialDate(f"{self._year_near(match.start()):04d}-{month:02d}"), "year from the nearest date"
        return PartialDate(f"XXXX-{month:02d}"), "year unknown"

    def _year_near(self, place: int) -> int:
        """The year written last before this place; if none is, the latest in the text."""
        before = bisect_left(self.years, (place, 0))
        return self.years[before - 1][1] if before else max(self.known)

    def _counted(self, match: re.Match[str], *, ahead: bool) -> tuple[PartialDate | None, str]:
        anchor, how = self.anchor, "counted from the day of publication"
        if anchor is None:
            return None, "nothing to count from"
        if match["today"] or match["yesterday"] or match["tomorrow"]:
            return anchor.shifted(-1 if match["yesterday"] else 1 if match["tomorrow"] else 0), how
        if match["w5"] or match["w6"]:
            return self._weekday(match, anchor, ahead=ahead), how
        if match["ago"]:
            return _ago(match, anchor), how
        return _period(match, anchor), how

    def _weekday(self, match: re.Match[str], anchor: Anchor, *, ahead: bool) -> PartialDate:
        weekday = _weekday(match)
        assert weekday is not None
        if match["lastweek"]:
            return weekday_of_last_week(anchor, weekday)
        mod = (match["mod"] or "").lower()
        if mod == "last" and anchor.day.weekday() == weekday:
            return anchor.shifted(-7)
        return weekday_near(anchor, weekday, ahead=mod.startswith(("next", "the")) or (ahead and mod != "last"))


def _counted_from_event(mentions: tuple[DateMention, ...], published_on: PartialDate | None) -> tuple[DateMention, ...]:
    """Without a day of publication: a weekday still to come is the next after a day given with its weekday.

    Who writes "Tuesday, Nov. 28" writes within days of it; what "will" be on Thursday is then that week's Thursday.
    """
    given = [m for m in mentions if m.weekday is not None and m.value and m.value.day and m.role == "event"]
    if published_on is not None or not given:
        return mentions
    day = max(m.value.day for m in given if m.value and m.value.day)
    anchor = Anchor(day)
    return tuple(
        replace(m, value=weekday_near(anchor, m.weekday, ahead=True), how="counted from the event's day")
        if m.value is None and m.weekday is not None and m.role == "future"
        else m
        for m in mentions
    )


def _is_fraction(text: str, match: re.Match[str]) -> bool:
    """A message's number in a thread ("2/4"), or round the clock ("24/7"): no day."""
    return bool(match["m3"] and not match["y3"] and not match["w3"] and _NOT_A_DATE.fullmatch(match[0])) or (
        match["m3"] == "24" and match["d3"] == "7"
    )


def _years(found: Sequence[re.Match[str]]) -> tuple[tuple[int, int], ...]:
    """Every year that the text writes in a date, with its place."""
    written = (
        (m, m["iso"][:4] if m["iso"] else m["y1"] or m["y2"] or m["y3"] or m["y4"] or m["y8"] or m["y9"]) for m in found
    )
    return tuple((m.start(), full_year(year)) for m, year in written if year)


def _weekday_written(text: str, published_on: PartialDate | None, found: Sequence[re.Match[str]]) -> int | None:
    """The weekday that the text writes beside a day of publication whose year is unknown."""
    if published_on is None or published_on.day:
        return None
    same = (m for m in found if (m["m1"] or m["m2"] or m["m3"]) and _weekday(m) is not None)
    alone = _Resolver(text, None, (), frozenset())
    return next((_weekday(m) for m in same if alone.mention(m).value == published_on), None)


def _role(text: str, start: int, end: int) -> Role:
    """What the date is of, from the words of its clause; nearest before it first, then just after it."""
    before = text[max(0, start - _SENTENCE_BEFORE) : start]
    cut = max((stop.end() for stop in _CLAUSE.finditer(before)), default=0)
    roles = load_cues("date_roles")
    hits = [hit for hit in roles.find(text, start - len(before) + cut, start) if _reaches(hit, text, start, end)]
    if hits:
        return _as_role(hits[-1].value)
    after = roles.first(text, end, min(len(text), end + _AFTER))
    return "future" if after and after.value == "future" and after.start - end < 3 else "event"


def _reaches(hit: Hit, text: str, start: int, end: int) -> bool:
    """A word like "since" speaks of the date only right before it; "since Thursday" tells when something happened."""
    if hit.cue.id not in _BESIDE_ONLY:
        return True
    since_a_day = text[hit.start : hit.end].lower() == "since" and text[start:end].lower().endswith(_DAYS)
    return len(text[hit.end : start].split()) < 2 and not since_a_day


_BESIDE_ONLY = ("period", "deadline", "saying")
_DAYS = ("day", "morning", "afternoon", "evening")


def _as_role(value: str) -> Role:
    roles: tuple[Role, ...] = ("event", "publication", "update", "other", "future")
    return next(role for role in roles if role == value)


def _written(match: re.Match[str]) -> PartialDate | None:
    """A date that needs no counting: in digits, a month with its year, or a year."""
    if match["m4"]:
        return PartialDate(f"{match['y4']}-{_month(match['m4']):02d}")
    digits = match["iso"] or match["y8"]
    return PartialDate(digits) if digits else None


def _days_beside(match: re.Match[str]) -> int:
    if match["later"]:
        days = _count(match["later"]) * (7 if match["step"] == "week" else 1)
        return -days if match["dir"] in ("earlier", "before") else days
    return 1 if match["dayafter"] else -1


def _month(word: str) -> int:
    return MONTHS.index(word[:3].lower()) + 1


def _weekday(match: re.Match[str]) -> int | None:
    word = match["w1"] or match["w2"] or match["w3"] or match["w5"] or match["w6"]
    return WEEKDAYS.index(word[:3].lower()) if word else None


def _beside(previous: PartialDate | None, days: int) -> PartialDate | None:
    anchor = anchor_of(previous)
    return anchor.written(anchor.day + timedelta(days=days)) if anchor else None


def _ago(match: re.Match[str], anchor: Anchor) -> PartialDate | None:
    count = _count(match["ago"])
    if match["unit"] == "day":
        return anchor.shifted(-count)
    if match["unit"] == "year":
        return PartialDate(f"{anchor.day.year - count:04d}") if anchor.exact else None
    if match["unit"] == "month":
        return month_before(anchor, count)
    return PartialDate(f"{anchor.day - timedelta(days=7 * count):%Y-%m}") if anchor.exact else None


def _count(words: str) -> int:
    word = words.split(maxsplit=1)[0].lower()
    return int(word) if word.isdigit() else NUMBERS.index(word) + 1 if word in NUMBERS else 1


def _period(match: re.Match[str], anchor: Anchor) -> PartialDate | None:
    last = match["period"].lower().startswith("last")
    if match["period"].lower().startswith("next") or not anchor.exact:
        return None
    if match["span"] == "week":
        return month_of_last_week(anchor) if last else PartialDate(f"{anchor.day:%Y-%m}")
    if match["span"] == "month":
        return month_before(anchor, 1 if last else 0)
    return PartialDate(f"{anchor.day.year - last:04d}")
