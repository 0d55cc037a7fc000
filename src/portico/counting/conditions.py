"""Whether an incident counts: the conditions of the definition and of the question, put to each possible outcome."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from portico.counting.definition import Definition
from portico.counting.outcomes import Outcomes, ground_of, is_in
from portico.facts import PartialDate, Truth, Verification, all_true, any_true, same_for_all, truth

_LADDER = (Verification.REPORTED, Verification.CORROBORATED, Verification.VERIFIED)


class Condition(Protocol):
    """Something an outcome must be for the incident to count. Hashable."""

    @property
    def attribute(self) -> str:
        """What an open answer is put down to."""

    def holds(self, outcome: str) -> Truth: ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """The outcome must fall in one of these cells."""

    dimension: str
    cells: tuple[str, ...]

    @property
    def attribute(self) -> str:
        return "date" if ground_of(self.dimension) == "date" else self.dimension

    def holds(self, outcome: str) -> Truth:
        return any_true(is_in(self.dimension, outcome, cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Within:
    """The day must lie in the period: `first` and `last` count too."""

    first: date
    last: date
    attribute: str = "date"

    def holds(self, outcome: str) -> Truth:
        return _between(PartialDate(outcome), self.first, self.last)


Conditions = Mapping[str, tuple[Condition, ...]]


def conditions_of(definition: Definition, where: Mapping[str, tuple[str, ...]]) -> Conditions:
    """Ground → what it must be. Those of one ground are put to each outcome together: no day is in two years."""
    found: dict[str, list[Condition]] = defaultdict(list)
    listed = (("kind", definition.kinds), ("agency", definition.agencies), ("zone", definition.zones))
    named = (("state", definition.states), ("county", definition.counties), *where.items())
    for dimension, cells in (*listed, *named):
        if cells and not isinstance(cells, str):
            found[ground_of(dimension)].append(OneOf(dimension, cells))
    if definition.start or definition.before:
        last = definition.before - timedelta(days=1) if definition.before else date.max
        found["date"].append(Within(definition.start or date.min, last))
    return {ground: tuple(each) for ground, each in found.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Narrowed:
    """The outcomes of one ground with which an incident counts. Two are equal only if they are the same one.

    counts     TRUE if it does whatever turns out, FALSE if it cannot
    passing    the outcomes with which it does or may
    left_open  what leaves it open, and how that stands: ("zone", "disputed")
    """

    outcomes: Outcomes
    counts: Truth
    passing: tuple[str, ...]
    left_open: tuple[tuple[str, str], ...]


def narrow(outcomes: Outcomes, conditions: tuple[Condition, ...]) -> Narrowed:
    """Put every condition of a ground to each of its outcomes."""
    answers = {outcome: all_true(condition.holds(outcome) for condition in conditions) for outcome in outcomes.possible}
    counts = same_for_all(answers.values())
    passing = tuple(outcome for outcome, answer in answers.items() if answer is not Truth.FALSE)
    undecided = (
        condition.attribute
        for condition in (conditions if counts is Truth.UNKNOWN else ())
        if same_for_all(condition.holds(outcome) for outcome in outcomes.possible) is Truth.UNKNOWN
    )
    left_open = tuple((attribute, outcomes.stands) for attribute in dict.fromkeys(undecided))
    return Narrowed(outcomes, counts, passing, left_open)


def confirmed(least: Verification, found: Verification) -> Truth:
    """A refuted report never counts; one that is not yet confirmed far enough, or could not be settled, may."""
    if found is Verification.REFUTED:
        return Truth.FALSE
    enough = found in _LADDER and _LADDER.index(found) >= _LADDER.index(least)
    return Truth.TRUE if enough else Truth.UNKNOWN


@lru_cache(maxsize=8192)
def _between(told: PartialDate, first: date, last: date) -> Truth:
    if told.day:
        return truth(first <= told.day <= last)
    if first <= told.first and told.last <= last:
        return Truth.TRUE
    return Truth.UNKNOWN if _some_day(told, first, last) else Truth.FALSE


def _some_day(told: PartialDate, first: date, last: date) -> bool:
    begin, end = max(first, told.first), min(last, told.last)
    # Any day and month comes round within eight years, the longest time between two leap days.
    days = min((end - begin).days + 1, 8 * 366)
    return any(told.may_be(begin + timedelta(days=number)) for number in range(days))
