"""Attributes of a table: what it can be counted by and asked for, each with where it stands in the stored rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from portico.counting.definition import TableDefinition

PLACES = ("landmark_class", "courthouse", "county", "state")
TIMES = ("year", "fiscal_year", "month", "day")

Raw = str | int
"""A cell as it stands in the stored rows: a month is 201805."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute.

    value, state  SQL for the raw cell and for what it is; `r` is a row of the table, `p` its landmark, placed
    narrow        SQL in which a cell that was asked for is looked for
    raw           a cell as it is asked for → as it stands; raises ValueError if it cannot be one
    written       the other way
    in_series     years or months: those between two that are told are meant, too
    says_where    a cell of it names a place, and most rows name none: a count by it is a floor
    """

    name: str
    value: str
    state: str
    narrow: tuple[str, ...]
    raw: Callable[[str], Raw] = str.casefold
    written: Callable[[object], str] = str
    in_series: bool = False
    says_where: bool = False

    @property
    def of_place(self) -> bool:
        return self.name in PLACES


def attributes_of(definition: TableDefinition, columns: Iterable[str]) -> Mapping[str, Attribute]:
    """Every attribute of a table with these stored columns, by name, the short names of the definition too."""
    there = list(columns)
    plain = [name for name in there if f"{name}_is" in there]
    found = {name: _plain(name) for name in plain}
    found |= {short: _plain(name, short) for short, name in definition.called.items() if name in plain}
    if definition.day in plain:
        found |= {each.name: each for each in _times(definition.day)}
    if definition.landmark and (landmark := definition.landmark.column) in plain:
        named = [name for name, column in {landmark: landmark, **definition.called}.items() if column == landmark]
        found |= {name: replace(found[name], says_where=True) for name in named}
        found |= {each.name: each for each in _places(landmark)}
    return found


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def _plain(column: str, name: str | None = None) -> Attribute:
    value = f"r.{quoted(column)}"
    text = f"lower(CAST({value} AS VARCHAR))"
    return Attribute(name=name or column, value=value, state=_state(column), narrow=(text,), written=_words)


def _state(column: str) -> str:
    """What the cell is. In a file without the column nothing says what its cells are."""
    return f"coalesce(r.{quoted(f'{column}_is')}, 'absent')"


def _words(cell: object) -> str:
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)


def _times(column: str) -> Iterable[Attribute]:
    day = f"CAST(r.{quoted(column)} AS DATE)"
    told: dict[str, tuple[str, Callable[[str], Raw], Callable[[object], str]]] = {
        "year": (f"year({day})", _year, str),
        # The federal fiscal year begins on 1 October of the year before.
        "fiscal_year": (f"year({day}) + CAST(month({day}) >= 10 AS INTEGER)", _year, str),
        "month": (f"year({day}) * 100 + month({day})", _month, lambda raw: f"{str(raw)[:4]}-{str(raw)[4:]}"),
        "day": (f"CAST({day} AS VARCHAR)", str, str),
    }
    for name, (value, raw, written) in told.items():
        yield Attribute(
            name=name,
            value=value,
            state=_state(column),
            narrow=(value,),
            raw=raw,
            written=written,
            in_series=name != "day",
        )


def _year(cell: str) -> int:
    return int(cell.upper().removeprefix("FY"))


def _month(cell: str) -> int:
    year, month = cell.split("-")
    return int(year) * 100 + int(month)


def _places(landmark: str) -> Iterable[Attribute]:
    state_of = _state(landmark)
    county = "p.county || coalesce(', ' || p.state, '')"
    told = {
        "landmark_class": ("p.label", ("p.label",)),
        "courthouse": ("p.courthouse_id", ("lower(p.courthouse_id)", "lower(p.courthouse)")),
        "county": (county, (f"lower({county})", "lower(p.county)")),
        "state": ("p.state", ("lower(p.state)",)),
    }
    for name, (value, narrow) in told.items():
        state = f"CASE WHEN {state_of} = 'value' AND {value} IS NULL THEN 'not_known' ELSE {state_of} END"
        yield Attribute(name=name, value=value, state=state, narrow=narrow, says_where=True)
