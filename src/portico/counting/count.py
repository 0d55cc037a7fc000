"""Count incidents under a definition, by cells, with a lower and an upper figure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portico.counting.conditions import Conditions, Narrowed, conditions_of, confirmed, narrow
from portico.counting.definition import Definition, find_definition
from portico.counting.outcomes import DIMENSIONS, Told, cell_of, ground_of, outcomes_of, read_ground
from portico.counting.rows import Counted, row, rows
from portico.counting.table import NotTold, Open, Table
from portico.facts import (
    ATTRIBUTES,
    DateError,
    FactState,
    IncidentState,
    PartialDate,
    PorticoError,
    Truth,
    Verification,
)

_TIME = {"month": "months as 2019-05", "year": "years as 2019"}


class CountError(PorticoError):
    """A count was asked for by, or where, something that does not exist."""

    exit_status = 2

    def __init__(self, asked: str, found: str, there_are: Sequence[str]) -> None:
        self.asked, self.found, self.there_are = asked, found, tuple(there_are)
        super().__init__(f"{asked}: {found!r} is not known. Nothing was counted. There are: {', '.join(there_are)}.")


def count(
    definition: Definition | str,
    incidents: Iterable[IncidentState],
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str | Sequence[str]] | None = None,
    as_of: datetime | None = None,
) -> Table:
    """How many incidents, or people, count under the definition.

    definition  one, or the id of one that comes with Portico
    incidents   as they stood at `as_of`: the caller folds what was held then (`portico.record.as_of`); each id once
    by          of DIMENSIONS: a row for each cell that somebody reports
    where       dimension → the cell, or several of which any will do; a courthouse by id or name
    as_of       written on the table; None = as the record stands

    The lower figure of a cell holds what certainly counts and certainly falls in it; the upper one what may. An
    incident of which nobody tells the dimension is in the upper figure of every row that it may belong to. Raises
    CountError (exit status 2) for an unknown dimension, code or month, and DefinitionError for an unknown definition.
    """
    if isinstance(definition, str):
        definition = find_definition(definition)
    looked_at = tuple({each.id: each for each in incidents}.values())
    names = _courthouse_names(looked_at) if "courthouse" in {*by, *(where or ())} else {}
    asked = _asked(where or {}, names)
    _check_dimensions("count by", by)
    conditions = conditions_of(definition, asked)
    look = _Look(definition, conditions, by)
    found = [each for state in looked_at if (each := look.at(state)) is not None]
    counted = [each.counted for each in found]
    made = rows(tuple(by), counted, conditions)
    cells = {cell for each in made for cell in each.cells} | set(asked.get("courthouse", ()))
    return Table(
        definition=definition.id,
        version=definition.version,
        name=definition.name,
        meaning=definition.meaning,
        unit=definition.unit,
        as_of=as_of,
        by=tuple(by),
        where=asked,
        total=row((), [(each, each.certain) for each in counted]),
        rows=made,
        base=len(looked_at),
        open=_open(found),
        not_told=_not_told(tuple(by), found),
        labels={cell: name for cell, name in names.items() if cell in cells},
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """An incident that counts or may, with what leaves it open."""

    counted: Counted
    left_open: tuple[tuple[str, str], ...]
    number_told: bool


class _Look:
    """Looks at incidents under one definition. Most tell the same of a fact as another did: that is asked once."""

    def __init__(self, definition: Definition, conditions: Conditions, by: Sequence[str]) -> None:
        self._definition = definition
        self._conditions = conditions
        self._grounds = tuple(dict.fromkeys((*conditions, *map(ground_of, by))))
        self._confirmed = {each: confirmed(definition.least_verification, each) for each in Verification}
        self._asked: dict[tuple[str, tuple[Told, ...]], Narrowed] = {}

    def at(self, state: IncidentState) -> _Found | None:
        """The incident as far as it counts; None if it does not."""
        confirmation = self._confirmed[state.verification]
        if confirmation is Truth.FALSE:
            return None
        facts = {fact.attribute: fact for fact in state.facts}
        grounds: dict[str, Narrowed] = {}
        for ground in self._grounds:
            narrowed = grounds[ground] = self._narrowed(ground, read_ground(ground, facts))
            if narrowed.counts is Truth.FALSE:
                return None
        unconfirmed = () if confirmation is Truth.TRUE else (("verification", state.verification.value),)
        # What counts for certain leaves nothing open, neither its confirmation nor any ground.
        left_open = (*unconfirmed, *(question for each in grounds.values() for question in each.left_open))
        least, most, told = _units(self._definition, facts.get("people_arrested"))
        return _Found(Counted(state.id, not left_open, least, most, grounds), left_open, told)

    def _narrowed(self, ground: str, told: tuple[Told, ...]) -> Narrowed:
        key = ground, told
        if key not in self._asked:
            self._asked[key] = narrow(outcomes_of(ground, told), self._conditions.get(ground, ()))
        return self._asked[key]


def _units(definition: Definition, people: FactState | None) -> tuple[int, int, bool]:
    """The least and most it stands for, and whether somebody tells the number."""
    if definition.unit == "events":
        return 1, 1, True
    numbers = [int(each) for each in people.values] if people else []
    not_said = definition.people_when_not_said or 0
    return min(numbers, default=not_said), max(numbers, default=not_said), bool(numbers)


def _open(found: Sequence[_Found]) -> tuple[Open, ...]:
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in found:
        for question in each.left_open:
            ids[question].append(each.counted.id)
    made = (Open(attribute=name, status=status, incidents=tuple(each)) for (name, status), each in ids.items())
    return tuple(sorted(made, key=lambda each: (-len(each.incidents), each.attribute, each.status)))


def _not_told(by: Sequence[str], found: Sequence[_Found]) -> tuple[NotTold, ...]:
    ids = {
        dimension: tuple(each.counted.id for each in found if not _tells(each.counted, dimension)) for dimension in by
    }
    ids["people_arrested"] = tuple(each.counted.id for each in found if not each.number_told)
    return tuple(NotTold(attribute=name, incidents=each) for name, each in ids.items() if each)


def _tells(counted: Counted, dimension: str) -> bool:
    told = counted.grounds[ground_of(dimension)].outcomes.told
    return any(cell_of(dimension, outcome) is not None for outcome in told)


def _courthouse_names(incidents: Iterable[IncidentState]) -> dict[str, str]:
    """Gazetteer id → the name that most incidents give the courthouse, where they are certain of both."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for each in incidents:
        ids, names = each.values("courthouse_id"), each.values("courthouse")
        if len(ids) == len(names) == 1:
            told[str(ids[0])][str(names[0])] += 1
    return {each: min(names, key=lambda name: (-names[name], name)) for each, names in sorted(told.items())}


def _asked(where: Mapping[str, str | Sequence[str]], names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What was asked for, checked; the ids of a courthouse that was asked for by its name are added."""
    _check_dimensions("where", where)
    asked = {name: (cells,) if isinstance(cells, str) else tuple(cells) for name, cells in where.items()}
    for name, cells in asked.items():
        for cell in cells:
            _check_cell(name, cell)
    if "courthouse" in asked:
        wanted = {cell.casefold() for cell in asked["courthouse"]}
        ids = (each for each, name in names.items() if name.casefold() in wanted)
        asked["courthouse"] = tuple(dict.fromkeys((*asked["courthouse"], *ids)))
    return asked


def _check_cell(dimension: str, cell: str) -> None:
    if dimension in ATTRIBUTES and ATTRIBUTES[dimension].values and cell not in ATTRIBUTES[dimension].values:
        raise CountError(f"where {dimension}", cell, ATTRIBUTES[dimension].values)
    if dimension in _TIME:
        try:
            fits = PartialDate(cell).precision == dimension and "X" not in cell
        except DateError:
            fits = False
        if not fits:
            raise CountError(f"where {dimension}", cell, [_TIME[dimension]])


def _check_dimensions(asked: str, names: Iterable[str]) -> None:
    for name in names:
        if name not in DIMENSIONS:
            raise CountError(asked, name, DIMENSIONS)
