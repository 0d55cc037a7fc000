"""Figures over every incident, from the columns of the folded ones; the same as counting them one by one.

What a question only asks about (a zone, say, where nothing is counted by zone) is settled once for each way in which
incidents tell it; the database then puts together the incidents that fall in the same cells, and `portico.counting`
sees one of each, with every rule of its own. So a hundred thousand are counted in the time that it takes to read their
columns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
from django.db import connections
from django.db.models import Q, QuerySet

from portico.counting import Definition, Row, Table, count, find_definition
from portico.facts import ATTRIBUTES, FactState, IncidentState, Verification
from portico.store import finding, folding
from portico.store.models import Folded, Several
from portico.store.values import Figure, Figures

Where = Mapping[str, str | Sequence[str]]
Otherwise = Mapping[str, IncidentState | None]
_CODED = ("kind", "zone", "agency")
_LISTS = {"kind": "kinds", "zone": "zones", "agency": "agencies"}
_PLAIN = frozenset({"month", "year", "state"})
_UNPLAIN = (folding.SEVERAL, "#")
_COLUMN_OF = {"month": "month", "year": "month", "state": "state", "county": "county", **{n: n for n in _CODED}}


def figures(
    alias: str, definition: Definition | str, by: Sequence[str], where: Where, *, otherwise: Otherwise
) -> Figures:
    """The figures that `portico.counting.count` gives for every incident, without the incidents behind them.

    otherwise  incidents that may not be counted as they stand: as they may be, None = not at all
    """
    if isinstance(definition, str):
        definition = find_definition(definition)
    asked = count(definition, (), by=by, where=where)  # raises for a dimension or a cell that is none
    if otherwise:
        rows = Folded.objects.using(alias).exclude(incident__in=sorted(otherwise))
        states = (*_states(rows.iterator()), *filter(None, otherwise.values()))
        return _one_by_one(count(definition, states, by=by, where=where))
    if all(name in _COLUMN_OF for name in (*by, *where)) and not _has_a_long_dispute(alias):
        return _Question(alias, definition, tuple(by), where).answer(asked)
    return _one_by_one(count(definition, _states(Folded.objects.using(alias).iterator()), by=by, where=where))


def _has_a_long_dispute(alias: str) -> bool:
    """Whether an incident's column could not hold what its accounts say: then the columns are not enough."""
    return bool(Several.objects.using(alias).filter(attribute=folding.TOO_LONG).exists())


def behind(
    alias: str, definition: Definition | str, cells: Mapping[str, str], where: Where, *, otherwise: Otherwise
) -> Row:
    """One row of a count with the incidents behind it. cells: dimension → cell, as a row of figures has them."""
    if isinstance(definition, str):
        definition = find_definition(definition)
    question = _Question(alias, definition, (), {**where, **cells})
    rows = question.candidates(cells).exclude(incident__in=sorted(otherwise)).order_by("number")
    states = [*_states(rows), *filter(None, otherwise.values())]
    table = count(definition, states, by=tuple(cells), where=where)
    row = table.total if not cells else next((r for r in table.rows if r.cells == tuple(cells.values())), None)
    # Of a month that nobody tells there is a row only between others; who may fall there is told by asking for it.
    return row or count(definition, states, where={**where, **cells}).total


def _states(rows: Iterable[Folded]) -> Iterator[IncidentState]:
    return (
        IncidentState(
            id=row.incident,
            accounts=(),
            sources=(),
            facts=folding.decoded(bytes(row.facts)),
            verification=Verification(row.verification),
        )
        for row in rows
    )


def _one_by_one(table: Table) -> Figures:
    return _figures(
        table,
        total=Figure(cells=(), lower=table.total.lower, upper=table.total.upper),
        rows=[Figure(cells=row.cells, lower=row.lower, upper=row.upper) for row in table.rows],
        base=table.base,
        left_open={(each.attribute, each.status): len(each.incidents) for each in table.open},
        not_told={each.attribute: len(each.incidents) for each in table.not_told},
    )


def _figures(
    table: Table,
    *,
    total: Figure,
    rows: Sequence[Figure],
    base: int,
    left_open: Mapping[tuple[str, str], int],
    not_told: Mapping[str, int],
) -> Figures:
    ordered = sorted(left_open.items(), key=lambda each: (-each[1], each[0]))
    return Figures(
        definition=table.definition,
        version=table.version,
        name=table.name,
        meaning=table.meaning,
        unit=table.unit,
        by=table.by,
        where=table.where,
        total=total,
        rows=tuple(rows),
        base=base,
        open=tuple((*question, number) for question, number in ordered if number),
        not_told={name: number for name, number in not_told.items() if number},
        labels=table.labels,
    )


@dataclass(frozen=True, slots=True)
class _Settled:
    """What each way of telling one thing answers.

    ways       every way there is, in a column
    true       those that settle it for certain
    left_open  attribute and status → those that leave it so
    """

    ways: tuple[str, ...]
    true: tuple[str, ...]
    left_open: Mapping[tuple[str, str], tuple[str, ...]]

    @property
    def counting(self) -> tuple[str, ...]:
        """The ways with which an incident counts or may count."""
        return (*self.true, *(way for ways in self.left_open.values() for way in ways))


def _settled(ways: Iterable[str], table: Table) -> _Settled:
    """From a count of one state for each way, which is its id."""
    left_open = {(each.attribute, each.status): each.incidents for each in table.open}
    return _Settled(tuple(ways), table.total.certain, left_open)


class _Group(NamedTuple):
    """Incidents that fall in the same cells. A tuple, because a count makes thousands of them.

    told             column → what they tell there
    day              the first of their days
    least, most      units: of those that are certain, of all
    number_not_told  of how many nobody tells how many people were taken
    left_open        how many each question leaves open, in the order of the questions
    """

    told: Mapping[str, str]
    day: str | None
    least: int
    most: int
    incidents: int
    number_not_told: int
    left_open: tuple[int, ...]

    def state(self, number: int) -> IncidentState:
        """One of them."""
        facts = (
            _date(told, self.day) if column == "month" else folding.fact_of(column, told)
            for column, told in self.told.items()
        )
        return _state(str(number), facts)

    def cells(self, by: Sequence[str]) -> tuple[str, ...]:
        """The cells of a group that tells one month and one state."""
        return tuple(self.told["month"][:4] if name == "year" else self.told[_COLUMN_OF[name]] for name in by)


class _Question:
    """One question, put to the columns."""

    def __init__(self, alias: str, definition: Definition, by: tuple[str, ...], where: Where) -> None:
        self._alias = alias
        self._definition = definition
        self._by = by
        self._where = where
        self._only_asked = [name for name in _CODED if name not in by and self._asks(name)]
        self._settled = {name: self._settle(name) for name in self._only_asked}
        self._settled["verification"] = self._settle_verification()
        self._questions = [question for each in self._settled.values() for question in each.left_open]

    def _asks(self, name: str) -> bool:
        return getattr(self._definition, _LISTS[name]) != "any" or name in self._where

    @cached_property
    def _keys(self) -> list[str]:
        """The columns that must be alike for incidents to fall in the same cells."""
        definition = self._definition
        columns = {_COLUMN_OF[name] for name in (*self._by, *self._where) if name not in self._only_asked}
        if definition.start or definition.before:
            columns.add("month")
        if definition.states:
            columns.add("state")
        if definition.counties or "county" in columns:
            columns |= {"county", "state"}
        return sorted(columns)

    def answer(self, asked: Table) -> Figures:
        """asked: the count of nothing, with what the answer says of itself."""
        groups = self._groups()
        seen, settled = self._seen(groups) if self._has_plain_cells else (groups, [])
        rest = {name: cells for name, cells in self._where.items() if name not in self._only_asked}
        # What was only asked about is settled, and not asked again.
        states = [each.state(number) for number, each in enumerate(seen)]
        table = count(self._without(*self._only_asked), states, by=self._by, where=rest)
        return self._put_together(asked, table, seen, settled)

    @property
    def _has_plain_cells(self) -> bool:
        """Whether a group that tells one month and one state falls in the cell of these, and in no other."""
        asked_of_cells = [name for name in self._where if name not in self._only_asked]
        return bool(self._by) and set(self._by) <= _PLAIN and not (asked_of_cells or set(self._keys) - self._columns_by)

    @property
    def _columns_by(self) -> set[str]:
        return {_COLUMN_OF[name] for name in self._by}

    def _seen(self, groups: Sequence["_Group"]) -> tuple[list["_Group"], list["_Group"]]:
        """The groups that a count must see, and those that settle themselves.

        It must see every group that leaves its cell open, and each month and state once: an open one may fall there.
        """
        known: set[str] = set()
        seen, settled = [], []
        for group in groups:
            told = group.told.values()
            # A month is never spelled like a state.
            if known.issuperset(told) and not any(not value or value[0] in _UNPLAIN for value in told):
                settled.append(group)
            else:
                seen.append(group)
                known.update(told)
        return seen, settled

    def candidates(self, cells: Mapping[str, str]) -> QuerySet:
        """The incidents that may fall in a cell, and perhaps others."""
        rows = Folded.objects.using(self._alias)
        for name, settled in self._settled.items():
            rows = rows.filter(**{f"{name}__in": [*settled.counting, folding.TOO_LONG]})
        # Who denies a day or a place leaves every other open: what is disputed may fall anywhere.
        for name, cell in cells.items():
            if name in ("month", "year"):
                dated = Q(first_day__lte=f"{cell}~", last_day__gte=cell)
                rows = rows.filter(dated | Q(month="") | Q(month__startswith=folding.SEVERAL))
            elif name in ("county", "state"):
                told = finding.may_be(self._alias, name, name, (cell.partition(", ")[0],))
                rows = rows.filter(told | Q(**{name: ""}) | Q(**{f"{name}__startswith": folding.SEVERAL}))
        return rows

    def _without(self, *names: str) -> Definition:
        """The definition without what it asks of these and of verification."""
        anything: dict[str, Any] = {_LISTS[name]: "any" for name in names}
        return msgspec.structs.replace(self._definition, least_verification=Verification.REPORTED, **anything)

    def _bare(self, *names: str) -> Definition:
        return msgspec.structs.replace(self._without(*names), start=None, before=None, states=(), counties=())

    def _settle(self, name: str) -> _Settled:
        """What the question says to each code, to nothing told, and to each dispute there is."""
        ways = ["", *ATTRIBUTES[name].values, *self._disputes(name)]
        states = [_state(way, [folding.fact_of(name, way)]) for way in ways]
        where = {name: self._where[name]} if name in self._where else {}
        return _settled(ways, count(self._bare(*(each for each in _CODED if each != name)), states, where=where))

    def _settle_verification(self) -> _Settled:
        least = self._definition.least_verification
        states = [_state(each.value, [], each) for each in Verification]
        asked = msgspec.structs.replace(self._bare(*_CODED), least_verification=least)
        return _settled([each.value for each in Verification], count(asked, states))

    def _disputes(self, name: str) -> list[str]:
        several = Several.objects.using(self._alias).filter(attribute=name)
        rows = Folded.objects.using(self._alias).filter(number__in=several.values("number"))
        return sorted(set(rows.order_by().values_list(name, flat=True)))

    def _groups(self) -> list[_Group]:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(*self._sql())
            return [self._group(row) for row in cursor.fetchall()]

    def _sql(self) -> tuple[str, list[object]]:
        sql = _Sql()
        not_said = self._definition.people_when_not_said or 0
        people = self._definition.unit == "people"
        certain = sql.all_among((name, each.true, each.counting) for name, each in self._settled.items())
        sums = [
            _sum(certain, f"COALESCE(people_least, {not_said:d})" if people else "1"),
            f"SUM(COALESCE(people_most, {not_said:d}))" if people else "COUNT(*)",
            "COUNT(*)",
            _sum("people_least IS NULL", "1") if people else "0",
        ]
        sums += [
            _sum(sql.among(name, ways, each.counting), "1")
            for name, each in self._settled.items()
            for ways in each.left_open.values()
        ]
        keys = [self._key(column) for column in self._keys]
        where = [sql.among(name, each.counting, each.ways) for name, each in self._settled.items()]
        where += self._period(sql)
        chosen = ", ".join([*keys, "MIN(first_day)", *sums])
        grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
        return f"SELECT {chosen} FROM store_folded WHERE {' AND '.join(where)}{grouped}", sql.values  # noqa: S608

    def _key(self, column: str) -> str:
        if column != "month" or not self._has_period:
            return column
        # A day of the period is certain to lie there; of a month that is all that is told, it may be another's.
        return "CASE WHEN month = '' OR first_day = last_day THEN month ELSE '#' || month END"

    @property
    def _has_period(self) -> bool:
        return bool(self._definition.start or self._definition.before)

    def _period(self, sql: "_Sql") -> list[str]:
        """Leaves out what certainly was on a day outside the period, so that a group lies on one side of its ends."""
        kept = f"first_day IS NULL OR substr(month, 1, 1) = '{folding.SEVERAL}'"
        found = []
        if self._definition.start:
            found.append(f"({kept} OR last_day >= {sql.value(self._definition.start.isoformat())})")
        if self._definition.before:
            found.append(f"({kept} OR first_day < {sql.value(self._definition.before.isoformat())})")
        return found

    def _group(self, row: Sequence[Any]) -> _Group:
        place = len(self._keys)
        day, least, most, incidents, not_told = row[place : place + 5]
        told = dict(zip(self._keys, row, strict=False))
        left_open = tuple([int(each or 0) for each in row[place + 5 :]])
        return _Group(told, day, int(least or 0), int(most or 0), incidents, int(not_told or 0), left_open)

    def _put_together(self, asked: Table, table: Table, seen: Sequence[_Group], settled: Sequence[_Group]) -> Figures:
        counted = [seen[int(name)] for name in (*table.total.certain, *table.total.possible)] + [*settled]
        left_open = {
            question: sum(each.left_open[place] for each in counted) for place, question in enumerate(self._questions)
        }
        for each in table.open:
            left_open[each.attribute, each.status] = sum(seen[int(name)].incidents for name in each.incidents)
        not_told = {
            each.attribute: sum(seen[int(name)].incidents for name in each.incidents)
            for each in table.not_told
            if each.attribute != "people_arrested"
        }
        found = [_figure(row, seen) for row in (table.total, *table.rows)]
        total, *rows = _with_settled(found, settled, self._by)
        return _figures(
            asked,
            total=total,
            rows=rows,
            base=Folded.objects.using(self._alias).count(),
            left_open=left_open,
            not_told=not_told | {"people_arrested": sum(each.number_not_told for each in counted)},
        )


def _figure(row: Row, seen: Sequence[_Group]) -> Figure:
    return Figure(
        cells=row.cells,
        lower=sum(seen[int(name)].least for name in row.certain),
        upper=sum(seen[int(name)].most for name in (*row.certain, *row.possible)),
    )


def _with_settled(found: Sequence[Figure], settled: Sequence[_Group], by: Sequence[str]) -> list[Figure]:
    """The figures with those of groups that settle themselves, in order of time and of the alphabet."""
    if not settled:
        return list(found)
    least = {each.cells: each.lower for each in found}
    most = {each.cells: each.upper for each in found}
    for group in settled:
        cells = group.cells(by)
        least[cells] = least.get(cells, 0) + group.least
        most[cells] = most.get(cells, 0) + group.most
    least[()] += sum(group.least for group in settled)
    most[()] += sum(group.most for group in settled)
    ordered = sorted(most, key=lambda cells: [cell.casefold() for cell in cells])
    return [Figure(cells=cells, lower=least[cells], upper=most[cells]) for cells in ordered]


@dataclass(slots=True)
class _Sql:
    """Gathers the values of a query in the order of their places."""

    values: list[object] = field(default_factory=list)

    def value(self, value: object) -> str:
        self.values.append(value)
        return "%s"

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


def _date(month: str, day: str | None) -> FactState | None:
    """The fact behind a group's month: a day of it, or what is told where that is no day."""
    if not month.startswith((folding.SEVERAL, "#")):
        return folding.fact_of("date", day or "") if month else None
    told = month.removeprefix("#")
    return folding.fact_of("date", told)


def _state(
    name: str, facts: Iterable[FactState | None], verification: Verification = Verification.VERIFIED
) -> IncidentState:
    told = tuple(fact for fact in facts if fact is not None)
    return IncidentState(id=name, accounts=(), sources=(), facts=told, verification=verification)
