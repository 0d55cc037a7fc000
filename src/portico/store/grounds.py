"""What a question asks of time, of a place or of a code, settled once for each way in which incidents tell it.

A ground is what one question can settle: a date, a place, a code. Incidents that tell it alike fall alike, so each way
of telling it is put to `portico.counting` once, as an incident that tells nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from portico.counting import Definition, Row, Table, count
from portico.facts import ATTRIBUTES, FactState, IncidentState, Verification
from portico.store import folding

Where = Mapping[str, str | Sequence[str]]
Cells = tuple[str, ...]

CODED = ("kind", "zone", "agency")
PLACES = ("state", "county")
COLUMN_OF = {"month": "month", "year": "month", "state": "state", "county": "county", **{name: name for name in CODED}}
"""Dimension → the column of `Folded` that tells it: what can be counted by without looking at each incident."""

_LISTS = {"kind": "kinds", "zone": "zones", "agency": "agencies"}
_GROUND_OF = {"month": "date", "year": "date", "state": "place", "county": "place"}


def ground_of(name: str) -> str:
    """The ground that a dimension is of."""
    return _GROUND_OF.get(name, name)


@dataclass(frozen=True, slots=True)
class Settled:
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


class Fall(NamedTuple):
    """Where what tells a ground in one way falls.

    certain  that it counts, as far as this ground is asked about
    settled  and that it falls in its only cell
    cells    of the dimensions on this ground, in the order in which they were asked for
    """

    certain: bool
    settled: bool
    cells: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class Ground:
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

    def _cells(self, row: Row) -> Cells:
        return row.cells[: len(self.by)]

    def falls(self, table: Table, ways: Sequence[Cells]) -> dict[Cells, Fall]:
        """Of what counts or may, by how it tells this ground."""
        rows = table.rows if self.by else (table.total,)
        certain = frozenset(table.total.certain)
        settled = frozenset(name for row in rows for name in row.certain)
        cells: dict[str, list[Cells]] = {name: [] for name in (*table.total.certain, *table.total.possible)}
        for row in rows:
            for name in (*row.certain, *row.possible):
                cells[name].append(self._cells(row))
        return {ways[int(name)]: Fall(name in certain, name in settled, tuple(found)) for name, found in cells.items()}


@dataclass(frozen=True, slots=True)
class Fallen:
    """One ground of a figure, counted."""

    ground: Ground
    table: Table
    ways: tuple[Cells, ...]
    falls: Mapping[Cells, Fall]

    def incidents(self, names: Iterable[str], many: Mapping[Cells, int]) -> int:
        """How many incidents tell it in these ways. many: how many tell it in each"""
        return sum(many[self.ways[int(name)]] for name in names)


def fallen(ground: Ground, days: Mapping[Cells, str | None]) -> Fallen:
    """A ground, counted. days: a day of those who tell it so."""
    table, ways = ground.count(days), tuple(days)
    return Fallen(ground, table, ways, ground.falls(table, ways))


def together(found: Sequence[Fall]) -> Fall:
    """Where what falls so on every ground falls."""
    certain, settled, cells = found[0] if found else Fall(True, True, ((),))
    for also_certain, also_settled, others in found[1:]:
        certain, settled = certain and also_certain, settled and also_settled
        cells = tuple([cell + other for cell in cells for other in others])
    return Fall(certain, settled, cells)


def asks_code(definition: Definition, where: Where, name: str) -> bool:
    """Whether anything is asked of a code."""
    return getattr(definition, _LISTS[name]) != "any" or name in where


def of_ground(definition: Definition, ground: str) -> Definition:
    """The definition with what it asks of one ground alone."""
    bare = _bare(definition, *(each for each in CODED if each != ground))
    if ground == "date":
        return msgspec.structs.replace(bare, start=definition.start, before=definition.before)
    if ground == "place":
        return msgspec.structs.replace(bare, states=definition.states, counties=definition.counties)
    return bare


def settle(definition: Definition, where: Where, column: str, ways: Iterable[str]) -> Settled:
    """What the question says to each way of telling a code, a state or a county, if nothing else is told."""
    told = list(ways)
    ground = ground_of(column)
    states = [_state(way, [folding.fact_of(column, way)]) for way in told]
    asked = {name: cells for name, cells in where.items() if ground_of(name) == ground}
    return _settled(told, count(of_ground(definition, ground), states, where=asked))


def settle_code(definition: Definition, where: Where, name: str, disputes: Iterable[str]) -> Settled:
    """What the question says to each code, to nothing told, and to each dispute there is."""
    return settle(definition, where, name, dict.fromkeys(("", *ATTRIBUTES[name].values, *disputes)))


def settle_verification(definition: Definition) -> Settled:
    """What it says to each state of verification."""
    states = [_state(each.value, [], each) for each in Verification]
    asked = msgspec.structs.replace(_bare(definition, *CODED), least_verification=definition.least_verification)
    return _settled([each.value for each in Verification], count(asked, states))


def _settled(ways: Iterable[str], table: Table) -> Settled:
    """From a count of one state for each way, which is its id."""
    left_open = {(each.attribute, each.status): each.incidents for each in table.open}
    return Settled(tuple(ways), table.total.certain, left_open)


def _bare(definition: Definition, *names: str) -> Definition:
    """The definition without what it asks of these codes, of time and place, and of verification."""
    anything: dict[str, Any] = {_LISTS[name]: "any" for name in names}
    nowhere: dict[str, Any] = {"start": None, "before": None, "states": (), "counties": ()}
    return msgspec.structs.replace(definition, least_verification=Verification.REPORTED, **nowhere, **anything)


def _date(month: str, day: str | None) -> FactState | None:
    """The fact behind a group's month: a day of it, or what is told where that is no day."""
    if not month.startswith((folding.SEVERAL, "#")):
        return folding.fact_of("date", day or "") if month else None
    return folding.fact_of("date", month.removeprefix("#"))


def _state(
    name: str, facts: Iterable[FactState | None], verification: Verification = Verification.VERIFIED
) -> IncidentState:
    told = tuple(fact for fact in facts if fact is not None)
    return IncidentState(id=name, accounts=(), sources=(), facts=told, verification=verification)
