"""Periods of rules as bars over the years: filled where a rule was certainly in force, hatched where that is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from portico.facts import Truth
from portico.policy import Period, Rule
from portico.web.periods import period_words

FIRST = date(2014, 1, 1)
"""The first day of the oldest rule of the book."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Part of a period, in percent of the whole width. certain: filled, else hatched."""

    start: float
    width: float
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """A rule and its bars. lit: in force, certainly or perhaps, on one of the days asked for."""

    rule: Rule
    period: str
    bars: tuple[Bar, ...]
    lit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Rules over time. years: (year, percent); marks: (day asked for, percent)."""

    rows: tuple[TimelineRow, ...]
    years: tuple[tuple[int, float], ...]
    marks: tuple[tuple[date, float], ...]


def timeline(rules: Sequence[Rule], days: Sequence[date], until: date) -> Timeline:
    """The rules in the order given, from the oldest rule of the book to the end of the year of `until`."""
    last = date(until.year + 1, 1, 1)
    return Timeline(
        rows=tuple(_row(rule, days, last) for rule in rules),
        years=tuple((year, _percent(date(year, 1, 1), last)) for year in range(FIRST.year, last.year, 3)),
        marks=tuple((day, _percent(day, last)) for day in days if FIRST <= day < last),
    )


def _row(rule: Rule, days: Sequence[date], last: date) -> TimelineRow:
    return TimelineRow(
        rule=rule,
        period=period_words(rule.period),
        bars=tuple(_bars(rule.period, last)),
        lit=any(rule.period.in_force(day) is not Truth.FALSE for day in days),
    )


def _bars(period: Period, last: date) -> Iterator[Bar]:
    """One bar for each unbroken stretch with one answer. A doubtful first or last day is too narrow to be seen."""
    turns = [FIRST, *(turn for turn in period.turns if FIRST < turn < last), last]
    stretches: list[tuple[date, date, Truth]] = []
    for begins, ends in pairwise(turns):
        truth = period.in_force(begins)
        if (ends - begins).days == 1:
            continue
        joins = bool(stretches) and stretches[-1][2] is truth
        stretches.append((stretches.pop()[0] if joins else begins, ends, truth))
    for begins, ends, truth in stretches:
        if truth is not Truth.FALSE:
            start = _percent(begins, last)
            yield Bar(start, round(_percent(ends, last) - start, 2), truth is Truth.TRUE)


def _percent(day: date, last: date) -> float:
    return round(100 * (day - FIRST).days / (last - FIRST).days, 2)
