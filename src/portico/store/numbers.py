"""Figures over every incident, from the columns of the folded ones; the same as counting them one by one.

Everything that a question asks about (a zone, a month, a place) is settled once for each way in which incidents tell
it, by `portico.counting`, with every rule of its own. The database puts together the incidents that tell the same, and
each group of them falls where all that it tells may fall. So a hundred thousand are counted in the time that it takes
to read their columns. What may not be counted as it stands is grouped in the same way, from rows that are written
nowhere: a refusal costs the figure no more than the incidents it reaches.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain, pairwise, product
from operator import contains
from typing import Any, NamedTuple

import msgspec
from django.db import connections
from django.db.models import Q, QuerySet

from portico.counting import Definition, Row, Table, count, find_definition
from portico.facts import ATTRIBUTES, FactState, IncidentState, Verification
from portico.store import finding, folding
from portico.store.many import in_parts
from portico.store.models import Folded, Several
from portico.store.values import Figure, Figures

Where = Mapping[str, str | Sequence[str]]
Otherwise = Mapping[str, IncidentState | None]
_CODED = ("kind", "zone", "agency")
_LISTS = {"kind": "kinds", "zone": "zones", "agency": "agencies"}
_COLUMN_OF = {"month": "month", "year": "month", "state": "state", "county": "county", **{n: n for n in _CODED}}
_GROUND_OF = {"month": "date", "year": "date", "state": "place", "county": "place"}
_TEXTS = ("verification", *_CODED, "county", "state", "month", "first_day", "last_day")
_NUMBERS = ("people_least", "people_most")

Cells = tuple[str, ...]


def figures(
    alias: str, definition: Definition | str, by: Sequence[str], where: Where, *, otherwise: Otherwise
) -> Figures:
    """The figures that `portico.counting.count` gives for every incident, without the incidents behind them.

    otherwise  incidents that may not be counted as they stand: as they may be, None = not at all
    """
    if isinstance(definition, str):
        definition = find_definition(definition)
    asked = count(definition, (), by=by, where=where)  # raises for a dimension or a cell that is none
    changed = _Otherwise(alias, otherwise)
    if all(name in _COLUMN_OF for name in (*by, *where)) and not (_has_a_long_dispute(alias) or changed.has_a_long_one):
        return _Question(alias, definition, tuple(by), where, changed).answer(asked)
    rows = Folded.objects.using(alias).exclude(number__in=changed.numbers)
    states = (*_states(rows.iterator()), *filter(None, otherwise.values()))
    return _one_by_one(count(definition, states, by=by, where=where))


class _Otherwise:
    """The incidents that may not be counted as they stand: their numbers, and rows of them as they may be."""

    def __init__(self, alias: str, otherwise: Otherwise) -> None:
        self.numbers = finding.numbers(alias, list(otherwise)) if otherwise else []
        self.rows = [_row(state) for state in otherwise.values() if state is not None]

    @property
    def has_a_long_one(self) -> bool:
        return any(folding.TOO_LONG in row.values() for row in self.rows)


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


def _has_a_long_dispute(alias: str) -> bool:
    """Whether an incident's column could not hold what its accounts say: then the columns are not enough."""
    return bool(Several.objects.using(alias).filter(attribute=folding.TOO_LONG).exists())


def behind(
    alias: str, definition: Definition | str, cells: Mapping[str, str], where: Where, *, otherwise: Otherwise
) -> Row:
    """One row of a count with the incidents behind it. cells: dimension → cell, as a row of figures has them."""
    if isinstance(definition, str):
        definition = find_definition(definition)
    question = _Question(alias, definition, (), {**where, **cells}, _Otherwise(alias, {}))
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


class _Fall(NamedTuple):
    """Where what tells a ground in one way falls.

    certain  that it counts, as far as this ground is asked about
    settled  and that it falls in its only cell
    cells    of the dimensions on this ground, in the order in which they were asked for
    """

    certain: bool
    settled: bool
    cells: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What stands in the same columns: a month and its year, a county and its state, or a code.

    definition, by, where  what is asked of it; nothing else is
    is_series              of it alone is the figure: then nothing between the first and the last cell is left out
    """

    columns: tuple[str, ...]
    definition: Definition
    by: tuple[str, ...]
    where: Where
    is_series: bool

    def count(self, days: Mapping[Cells, str | None]) -> Table:
        """Of one state for each way of telling it; its place is its id. days: a day of those who tell it so."""
        states = [_state(str(place), self._facts(way, day)) for place, (way, day) in enumerate(days.items())]
        # Asked for twice it is no series, and gaps stay open.
        return count(self.definition, states, by=self.by * (1 if self.is_series else 2), where=self.where)

    def _facts(self, way: Cells, day: str | None) -> Iterator[FactState | None]:
        for column, told in zip(self.columns, way, strict=True):
            yield _date(told, day) if column == "month" else folding.fact_of(column, told)

    def cells(self, row: Row) -> Cells:
        return row.cells[: len(self.by)]

    def falls(self, table: Table, ways: Sequence[Cells]) -> dict[Cells, _Fall]:
        """Of what counts or may, by how it tells this ground."""
        rows = table.rows if self.by else (table.total,)
        certain = frozenset(table.total.certain)
        settled = frozenset(name for row in rows for name in row.certain)
        cells: dict[str, list[Cells]] = {name: [] for name in (*table.total.certain, *table.total.possible)}
        for row in rows:
            for name in (*row.certain, *row.possible):
                cells[name].append(self.cells(row))
        return {ways[int(name)]: _Fall(name in certain, name in settled, tuple(found)) for name, found in cells.items()}


@dataclass(frozen=True, slots=True)
class _Fallen:
    """One ground of a figure, counted."""

    ground: _Ground
    table: Table
    ways: tuple[Cells, ...]
    falls: Mapping[Cells, _Fall]

    def incidents(self, names: Iterable[str], many: Mapping[Cells, int]) -> int:
        """How many incidents tell it in these ways. many: how many tell it in each"""
        return sum(many[self.ways[int(name)]] for name in names)


class _Question:
    """One question, put to the columns."""

    def __init__(
        self, alias: str, definition: Definition, by: tuple[str, ...], where: Where, otherwise: _Otherwise
    ) -> None:
        self._alias = alias
        self._otherwise = otherwise
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
    def _grounds(self) -> list[_Ground]:
        """Those that decide which incidents fall in the same cells, the first dimension's first."""
        definition = self._definition
        named = dict.fromkeys((*self._by, *(name for name in self._where if name not in self._only_asked)))
        if definition.start or definition.before:
            named["month"] = None
        if definition.states or definition.counties:
            named["county" if definition.counties else "state"] = None
        return [self._ground(each, named) for each in dict.fromkeys(map(_ground_of, named))]

    def _ground(self, ground: str, named: Iterable[str]) -> _Ground:
        on_it = [name for name in named if _ground_of(name) == ground]
        columns = {_COLUMN_OF[name] for name in on_it} | ({"state"} if "county" in on_it else set())
        return _Ground(
            columns=tuple(sorted(columns)),
            definition=self._of(ground),
            by=tuple(name for name in self._by if name in on_it),
            where={name: cells for name, cells in self._where.items() if name in on_it},
            is_series=len(self._by) == 1,
        )

    def _of(self, ground: str) -> Definition:
        """The definition with what it asks of one ground alone."""
        bare, whole = self._bare(*(each for each in _CODED if each != ground)), self._definition
        if ground == "date":
            return msgspec.structs.replace(bare, start=whole.start, before=whole.before)
        if ground == "place":
            return msgspec.structs.replace(bare, states=whole.states, counties=whole.counties)
        return bare

    @property
    def _keys(self) -> list[str]:
        return [column for ground in self._grounds for column in ground.columns]

    def answer(self, asked: Table) -> Figures:
        """asked: the count of nothing, with what the answer says of itself."""
        groups, kept = None, self._groups()
        # What does not count makes no row: where nothing else tells a month, the undated do not fall there either.
        while groups is None or len(kept) < len(groups):
            groups = kept
            fallen = [self._fallen(place, ground, groups) for place, ground in enumerate(self._grounds)]
            falls = [each.falls for each in fallen]
            kept = [each for each in groups if all(map(contains, falls, each.ways))]
        return self._put_together(asked, groups, fallen)

    def _fallen(self, place: int, ground: _Ground, groups: Sequence[_Group]) -> _Fallen:
        days: dict[Cells, str | None] = {}
        for each in groups:
            days.setdefault(each.ways[place], each.day)
        table, ways = ground.count(days), tuple(days)
        return _Fallen(ground, table, ways, ground.falls(table, ways))

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

    def _bare(self, *names: str) -> Definition:
        """The definition without what it asks of these codes, of time and place, and of verification."""
        anything: dict[str, Any] = {_LISTS[name]: "any" for name in names}
        nowhere: dict[str, Any] = {"start": None, "before": None, "states": (), "counties": ()}
        return msgspec.structs.replace(
            self._definition, least_verification=Verification.REPORTED, **nowhere, **anything
        )

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
        told = {str(row[name]) for row in self._otherwise.rows}
        return sorted(told.union(rows.order_by().values_list(name, flat=True)) - {"", *ATTRIBUTES[name].values})

    def _groups(self) -> list[_Group]:
        found: list[tuple[Any, ...]] = []
        with connections[self._alias].cursor() as cursor:
            cursor.execute(*self._sql(None))
            found += cursor.fetchall()
            for some in in_parts(self._otherwise.rows):
                cursor.execute(*self._sql(some))
                found += cursor.fetchall()
        ends = list(accumulate((len(ground.columns) for ground in self._grounds), initial=0))
        return [_group(row, ends) for row in found if row[ends[-1] + 3]]

    def _sql(self, rows: Sequence[Mapping[str, object]] | None) -> tuple[str, list[object]]:
        """rows: to group instead of the incidents as they stand."""
        sql = _Sql()
        named = sql.rows(rows) if rows else ""
        not_said = self._definition.people_when_not_said or 0
        people = self._definition.unit == "people"
        # Verification first: few are confirmed, and of the others nothing more is asked.
        settled = sorted(self._settled.items(), key=lambda each: each[0] != "verification")
        certain = sql.all_among((name, each.true, each.counting) for name, each in settled)
        sums = [
            _sum(certain, f"COALESCE(people_least, {not_said:d})" if people else "1"),
            f"SUM(COALESCE(people_most, {not_said:d}))" if people else "COUNT(*)",
            "COUNT(*)",
            _sum("people_least IS NULL", "1") if people else "0",
        ]
        sums += [
            f"COUNT(CASE WHEN {sql.among(name, ways, each.counting)} THEN 1 END)"
            for name, each in self._settled.items()
            for ways in each.left_open.values()
        ]
        keys = [self._key(column) for column in self._keys]
        where = [sql.among(name, each.counting, each.ways) for name, each in self._settled.items()]
        where += self._period(sql)
        if self._otherwise.numbers and not rows:
            where.append(f"number NOT IN ({', '.join(map(str, self._otherwise.numbers))})")
        chosen = ", ".join([*keys, "MIN(first_day)", *sums])
        grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
        table = "named" if rows else "store_folded"
        return f"{named}SELECT {chosen} FROM {table} WHERE {' AND '.join(where)}{grouped}", sql.values  # noqa: S608

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

    def _put_together(self, asked: Table, groups: Sequence[_Group], fallen: Sequence[_Fallen]) -> Figures:
        left_open: Counter[tuple[str, str]] = Counter()
        for place, question in enumerate(self._questions):
            left_open[question] += sum(each.left_open[place] for each in groups)
        not_told = Counter(people_arrested=sum(each.number_not_told for each in groups))
        for place, one in enumerate(fallen):
            many: Counter[Cells] = Counter()
            for group in groups:
                many[group.ways[place]] += group.incidents
            for doubt in one.table.open:
                left_open[doubt.attribute, doubt.status] += one.incidents(doubt.incidents, many)
            for untold in one.table.not_told:
                if untold.attribute in self._by:
                    not_told[untold.attribute] += one.incidents(untold.incidents, many)
        total, rows = self._rows(groups, fallen)
        return _figures(asked, total=total, rows=rows, base=self._base(), left_open=left_open, not_told=not_told)

    def _base(self) -> int:
        many: int = Folded.objects.using(self._alias).count()
        return many - len(self._otherwise.numbers) + len(self._otherwise.rows)

    def _rows(self, groups: Sequence[_Group], fallen: Sequence[_Fallen]) -> tuple[Figure, list[Figure]]:
        """The total, and the row of each combination of cells into which something may fall."""
        least: Counter[Cells] = Counter()
        most: dict[Cells, int] = defaultdict(int)
        if len(self._by) == 1:
            most |= {row.cells: 0 for row in fallen[0].table.rows}
        lower = 0
        falls = [each.falls for each in fallen]
        for group in groups:
            found = [fall[way] for fall, way in zip(falls, group.ways, strict=True)]
            certain, settled, cells = found[0] if len(found) == 1 else _together(found)
            lower += group.least if certain else 0
            for cell in cells if self._by else ():
                most[cell] += group.most
            if settled and self._by:
                least[cells[0]] += group.least
        total = Figure(cells=(), lower=lower, upper=sum(each.most for each in groups))
        named = [name for each in fallen for name in each.ground.by]
        return total, _in_order(self._by, named, least, most)


def _ground_of(name: str) -> str:
    return _GROUND_OF.get(name, name)


def _group(row: tuple[Any, ...], ends: Sequence[int]) -> _Group:
    """ends: where the columns of each ground begin, and the last ends"""
    place = ends[-1]
    day, least, most, incidents, not_told = row[place : place + 5]
    ways = tuple([row[begin:end] for begin, end in pairwise(ends)])
    return _Group(ways, day, int(least or 0), int(most or 0), incidents, int(not_told or 0), row[place + 5 :])


def _together(found: Sequence[_Fall]) -> _Fall:
    """Where what falls so on every ground falls."""
    cells = tuple([tuple(chain.from_iterable(parts)) for parts in product(*(each.cells for each in found))])
    return _Fall(all(each.certain for each in found), all(each.settled for each in found), cells)


def _in_order(
    by: Sequence[str], named: Sequence[str], least: Mapping[Cells, int], most: Mapping[Cells, int]
) -> list[Figure]:
    """In the order of the vocabulary, of time and of the alphabet. named: the dimensions as the cells have them"""
    places = [named.index(name) for name in by]
    ranks = [_ranks(name, {cells[place] for cells in most}) for name, place in zip(by, places, strict=True)]
    ordered = sorted(most, key=lambda cells: [rank[cells[place]] for rank, place in zip(ranks, places, strict=True)])
    as_asked = (lambda cells: cells) if places == sorted(places) else lambda c: tuple([c[place] for place in places])
    return [Figure(cells=as_asked(cells), lower=least[cells], upper=most[cells]) for cells in ordered]


def _ranks(name: str, cells: Iterable[str]) -> dict[str, int]:
    codes = ATTRIBUTES[name].values if name in ATTRIBUTES else ()
    ordered = sorted(cells, key=lambda cell: (codes.index(cell) if cell in codes else 0, cell.casefold()))
    return {cell: place for place, cell in enumerate(ordered)}


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
