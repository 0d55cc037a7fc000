"""When a rule is in force: certainly, possibly or not, day by day."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from portico.facts import PartialDate, Truth, all_true, same_for_all

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One unbroken period of a rule. Days are calendar days at the courthouse; the names are those of the data.

    begins                first day in force; None = not known: every day from `earliest` on is uncertain
    begins_uncertain      whether `begins` itself is in force is not known
    earliest              from here to the day before `begins` it may have been in force
    ends                  first day no longer in force; None = no end known
    ends_uncertain        whether it was still in force on `ends` is not known
    uncertain_after       from this day on, it included, a day otherwise in force is uncertain
    again_after           from this day on, it included, an ended rule may be in force again
    """

    begins: date | None
    begins_uncertain: bool = False
    earliest: date | None = None
    ends: date | None = None
    ends_uncertain: bool = False
    uncertain_after: date | None = None
    again_after: date | None = None

    def in_force(self, day: date) -> Truth:
        started, ended = self._started(day), self._ended(day)
        now = all_true((started, ~ended))
        if now is Truth.TRUE and self.uncertain_after and day >= self.uncertain_after:
            return Truth.UNKNOWN
        may_be_again = self.again_after is not None and day >= self.again_after
        if now is Truth.FALSE and ended is Truth.TRUE and may_be_again:
            return Truth.UNKNOWN
        return now

    def _started(self, day: date) -> Truth:
        if self.begins and day >= self.begins:
            return Truth.UNKNOWN if day == self.begins and self.begins_uncertain else Truth.TRUE
        return Truth.UNKNOWN if self.earliest and day >= self.earliest else Truth.FALSE

    def _ended(self, day: date) -> Truth:
        if self.ends is None or day < self.ends:
            return Truth.FALSE
        return Truth.UNKNOWN if day == self.ends and self.ends_uncertain else Truth.TRUE

    @property
    def first(self) -> date:
        """The first day on which it may have been in force."""
        return min(day for day in (self.earliest, self.begins) if day)

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which the answer may change: each day named, and the one after it."""
        named = (self.begins, self.earliest, self.ends, self.uncertain_after, self.again_after)
        return tuple(sorted({day for each in named if each for day in (each, each + _DAY)}))


@lru_cache(maxsize=2048)
def telling_days(possible: tuple[PartialDate, ...], turns: tuple[date, ...]) -> tuple[date, ...]:
    """Days that answer for all the possible ones: at least one from each stretch between two turns that any may be.

    turns  sorted days on which an answer may change; between two of them every day has the same answer
    Every possible day counts: of a year, all its days; of a masked year, those of every year that fits.
    """
    return tuple(sorted({day for each in possible for day in _telling(each, turns)}))


def _telling(possible: PartialDate, turns: tuple[date, ...]) -> Iterable[date]:
    first, last = possible.first, possible.last
    by_stretch = {bisect_right(turns, day): day for day in (first, last)}
    # Only between the outermost turns do the days differ; before and after, one day stands for all.
    day, end = (max(first, turns[0]), min(last, turns[-1])) if turns else (last, first)
    while day <= end:
        if possible.may_be(day):
            by_stretch.setdefault(bisect_right(turns, day), day)
        day += _DAY
    return by_stretch.values()


def in_force_on(period: Period, days: Iterable[date]) -> Truth:
    """Whether it was in force on a day that is one of several: of none (an unknown day) unknown."""
    return same_for_all(period.in_force(day) for day in days)
