"""Incidents that tell the same of all that a question asks, put together by the database from their columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from django.db import connections

from portico.counting import Definition
from portico.facts import IncidentState
from portico.store import finding, folding
from portico.store.grounds import PLACES, Cells, Ground, Settled, Where, settle
from portico.store.many import in_parts
from portico.store.models import Folded

_TEXTS = ("verification", "kind", "zone", "agency", "county", "state", "month", "first_day", "last_day")
_NUMBERS = ("people_least", "people_most")
# An index begins with the state: each is looked up in it, instead of every incident's read.
_STATES = """WITH RECURSIVE told(state) AS (
    SELECT MIN(state) FROM store_folded
    UNION ALL SELECT (SELECT MIN(state) FROM store_folded WHERE state > told.state) FROM told WHERE state IS NOT NULL
) SELECT state FROM told WHERE state IS NOT NULL"""
_OPEN_DAY = f"first_day IS NULL OR substr(month, 1, 1) = '{folding.SEVERAL}'"


class Otherwise:
    """The incidents that may not be counted as they stand: their numbers, and rows of them as they may be."""

    def __init__(self, alias: str, otherwise: Mapping[str, IncidentState | None]) -> None:
        self.numbers = finding.numbers(alias, list(otherwise)) if otherwise else []
        self.rows = [_row(state) for state in otherwise.values() if state is not None]

    @property
    def has_a_long_one(self) -> bool:
        return any(folding.TOO_LONG in row.values() for row in self.rows)

    def told(self, column: str) -> set[str]:
        return {str(row[column]) for row in self.rows}


def _row(state: IncidentState) -> dict[str, object]:
    """The columns that a count reads, as the folded incident would have them."""
    facts = folding.briefly(claim for fact in state.facts for claim in fact.claims)
    at = folding.Standing(
        number=0,
        incident=state.id,
        changed=0,
        verification=state.verification.value,
        tellers=len(state.accounts),
        reports=len(state.sources),
        undecided=0,
    )
    row = dict(zip(folding.COLUMNS, folding.row(at, facts), strict=True))
    return {name: row[name] for name in (*_TEXTS, *_NUMBERS)}


class Group(NamedTuple):
    """Incidents that tell the same of every ground. A tuple, because a count makes thousands of them.

    ways             how they tell each ground, in the order of the grounds
    day              the first of their days
    least, most      units: of those that are certain, of all
    number_not_told  of how many nobody tells how many people were taken
    left_open        how many each question leaves open, in the order of the questions
    """

    ways: tuple[Cells, ...]
    day: str | None
    least: int
    most: int
    incidents: int
    number_not_told: int
    left_open: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, as far as the columns answer it.

    settled  column → what each way of telling it answers, of those that no ground is made of
    grounds  by whose columns the incidents are put together
    """

    alias: str
    definition: Definition
    where: Where
    settled: Mapping[str, Settled]
    grounds: Sequence[Ground]
    otherwise: Otherwise

    @property
    def questions(self) -> list[tuple[str, str]]:
        """What can be left open: attribute and status."""
        return [question for each in self.settled.values() for question in each.left_open]

    def groups(self) -> list[Group]:
        """Every group of which an incident may count, as far as the columns can say it."""
        found: list[tuple[Any, ...]] = []
        places = self._places()
        with connections[self.alias].cursor() as cursor:
            for some in (None, *in_parts(self.otherwise.rows)):
                cursor.execute(*self._sql(places, some))
                found += cursor.fetchall()
        ends = list(accumulate((len(ground.columns) for ground in self.grounds), initial=0))
        return [_group(row, ends) for row in found if row[ends[-1] + 3]]

    def _places(self) -> dict[str, Settled]:
        """The states and counties that may be what is asked for, of those that somebody tells in any spelling."""
        listed = {"state": self.definition.states, "county": self.definition.counties}
        named = [name for name in PLACES if listed[name] or name in self.where]
        return {name: settle(self.definition, self.where, name, self._spelled(name)) for name in named}

    def _spelled(self, column: str) -> list[str]:
        """Every way in which a column tells it."""
        if column == "state":
            with connections[self.alias].cursor() as cursor:
                cursor.execute(_STATES)
                told = {state for (state,) in cursor.fetchall()}
        else:
            told = set(Folded.objects.using(self.alias).order_by().values_list(column, flat=True).distinct())
        return sorted(told | self.otherwise.told(column))

    def _sql(
        self, places: Mapping[str, Settled], rows: Sequence[Mapping[str, object]] | None
    ) -> tuple[str, list[object]]:
        """rows: to group instead of the incidents as they stand."""
        sql = _Sql()
        named = sql.rows(rows) if rows else ""
        keys = [self._key(column) for ground in self.grounds for column in ground.columns]
        sums = self._sums(sql)
        where = [sql.among(name, each.counting, each.ways) for name, each in self.settled.items()]
        # Of a hundred thousand, those of one state are grouped in a tenth of the time.
        where += [sql.among(name, tuple(dict.fromkeys(each.counting)), each.ways) for name, each in places.items()]
        where += [*self._period(sql), *self._days(sql)]
        if self.otherwise.numbers and not rows:
            where.append(f"number NOT IN ({', '.join(map(str, self.otherwise.numbers))})")
        told = f"FROM {'named' if rows else 'store_folded'} WHERE {' AND '.join(where)}"
        return f"{named}{_grouped(keys, sums, told)}", sql.values

    def _sums(self, sql: "_Sql") -> list[str]:
        not_said = self.definition.people_when_not_said or 0
        people = self.definition.unit == "people"
        # Verification first: few are confirmed, and of the others nothing more is asked.
        settled = sorted(self.settled.items(), key=lambda each: each[0] != "verification")
        certain = sql.all_among((name, each.true, each.counting) for name, each in settled)
        sums = [
            _sum(certain, f"COALESCE(people_least, {not_said:d})" if people else "1"),
            f"SUM(COALESCE(people_most, {not_said:d}))" if people else "COUNT(*)",
            "COUNT(*)",
            _sum("people_least IS NULL", "1") if people else "0",
        ]
        return sums + [
            f"COUNT(CASE WHEN {sql.among(name, ways, each.counting)} THEN 1 END)"
            for name, each in self.settled.items()
            for ways in each.left_open.values()
        ]

    def _key(self, column: str) -> str:
        if column != "month" or not (self.definition.start or self.definition.before):
            return column
        # A day of the period is certain to lie there; of a month that is all that is told, it may be another's.
        return "CASE WHEN month = '' OR first_day = last_day THEN month ELSE '#' || month END"

    def _period(self, sql: "_Sql") -> list[str]:
        """Leaves out what certainly was on a day outside the period, so that a group lies on one side of its ends."""
        found = []
        if self.definition.start:
            found.append(f"({_OPEN_DAY} OR last_day >= {sql.value(self.definition.start.isoformat())})")
        if self.definition.before:
            found.append(f"({_OPEN_DAY} OR first_day < {sql.value(self.definition.before.isoformat())})")
        return found

    def _days(self, sql: "_Sql") -> Iterator[str]:
        """Leaves out what certainly was in no month or year that is asked for."""
        for name, cells in self.where.items():
            if name in ("month", "year") and cells:
                told = (cells,) if isinstance(cells, str) else cells
                spans = [
                    f"(first_day <= {sql.value(last_of(each))} AND last_day >= {sql.value(each)})" for each in told
                ]
                yield f"({_OPEN_DAY} OR {' OR '.join(spans)})"


def _grouped(keys: Sequence[str], sums: Sequence[str], told: str) -> str:
    """The query for each group's keys, its first day and its sums. told: of which rows"""
    chosen = (*keys, "MIN(first_day)", *sums)
    if keys[:1] != ["month"] or "state" in keys:
        return f"SELECT {', '.join(chosen)} {told}" + (f" GROUP BY {', '.join(keys)}" if keys else "")
    # In the order of an index, which begins with state and month: to sort every row would take as long again.
    names = [f"c{place}" for place in range(len(chosen))]
    parts = ", ".join(f"{each} AS {name}" for each, name in zip(chosen, names, strict=True))
    by, (day, *adds) = names[: len(keys)], names[len(keys) :]
    together = ", ".join([*by, f"MIN({day})", *(f"SUM({each})" for each in adds)])
    told = f"(SELECT {parts} {told} GROUP BY state, {', '.join(keys)}) AS parts"
    return f"SELECT {together} FROM {told} GROUP BY {', '.join(by)}"  # noqa: S608


def last_of(cell: str) -> str:
    """What no day of a month or year comes after. Of digits, which every database puts in the same order."""
    return f"{cell}-99"


def _group(row: tuple[Any, ...], ends: Sequence[int]) -> Group:
    """ends: where the columns of each ground begin, and the last ends"""
    place = ends[-1]
    day, least, most, incidents, not_told = row[place : place + 5]
    ways = tuple([row[begin:end] for begin, end in pairwise(ends)])
    left_open = tuple(map(int, row[place + 5 :]))
    return Group(ways, day, int(least or 0), int(most or 0), int(incidents), int(not_told or 0), left_open)


@dataclass(slots=True)
class _Sql:
    """Gathers the values of a query in the order of their places."""

    values: list[object] = field(default_factory=list)

    def value(self, value: object) -> str:
        self.values.append(value)
        return "%s"

    def rows(self, rows: Sequence[Mapping[str, object]]) -> str:
        """Names a table of these rows."""
        kinds = {**dict.fromkeys(_TEXTS, "TEXT"), **dict.fromkeys(_NUMBERS, "BIGINT")}
        one = ", ".join(f"CAST(%s AS {kind})" for kind in kinds.values())
        for row in rows:
            self.values += [row[name] for name in kinds]
        return f"WITH named ({', '.join(kinds)}) AS (VALUES {', '.join([f'({one})'] * len(rows))}) "

    def all_among(self, asked: Iterable[tuple[str, Sequence[str], Sequence[str]]]) -> str:
        """That every column holds one of some. Where one cannot, nothing else need be said."""
        parts = list(asked)
        if not all(some for _, some, _ in parts):
            return "1 = 0"
        return " AND ".join(self.among(*part) for part in parts)

    def among(self, column: str, some: Sequence[str], every: Sequence[str]) -> str:
        """That a column, which holds one of `every`, holds one of some. Said by the fewer words: each costs time."""
        others = [each for each in every if each not in some]
        if not others:
            return "1 = 1"
        if not some:
            return "1 = 0"
        chosen, word = (some, "IN") if len(some) <= len(others) else (others, "NOT IN")
        return f"{column} {word} ({', '.join(map(self.value, chosen))})"


def _sum(condition: str, what: str) -> str:
    return f"SUM(CASE WHEN {condition} THEN {what} ELSE 0 END)"
