"""A count over imported tables: for each cell how many rows, their share and its base, and whether it is a floor."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

State = Literal["value", "blank", "redacted", "sentinel", "unreadable", "absent", "not_known"]
"""What a cell is. absent: the file has no such column; not_known: a landmark from which the place is not sure."""

STATES: tuple[State, ...] = ("value", "blank", "redacted", "sentinel", "unreadable", "absent", "not_known")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row of figures: a value, or what stands in place of one.

    >>> Cell("2018").words, Cell(None, "redacted").words
    ('2018', '(redacted)')
    """

    value: str | None
    state: State = "value"

    @property
    def words(self) -> str:
        """As a question may ask for it: what is no value stands in brackets."""
        return self.value if self.value is not None else f"({self.state.replace('_', ' ')})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many rows fall in the cells.

    share     percent, of `base`; None where that is nothing
    at_least  a floor: the cells say where, and most rows do not
    """

    cells: tuple[Cell, ...]
    count: int
    base: int
    share: float | None
    at_least: bool

    @classmethod
    def of(cls, base: int, count: int, cells: tuple[Cell, ...] = (), *, at_least: bool) -> Self:
        """A figure with its share."""
        share = round(100 * count / base, 4) if base else None
        return cls(cells=cells, count=count, base=base, share=share, at_least=at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabulation:
    """A figure that can be cited. JSON-able.

    definition, version, name, meaning, unit, caveats, duplicates   of the definition
    table     "profile/table"
    by        attributes of the rows
    where     attribute → the cells that were asked for, beside those of the definition
    total     its base is all rows of the table
    rows      their base is the total; blank, redacted and unreadable cells have rows of their own
    files     stored files that were counted, by name
    labels    of cells that are ids of the gazetteer: the courthouse's name
    """

    definition: str
    version: str
    name: str
    meaning: str
    unit: str
    caveats: tuple[str, ...]
    duplicates: str
    table: str
    by: tuple[str, ...]
    where: dict[str, tuple[str, ...]]
    total: Figure
    rows: tuple[Figure, ...]
    files: tuple[str, ...]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRows:
    """The Parquet files that hold what is counted.

    rows    the rows of the table
    places  the landmarks in them, placed: place, area, state_told, label, courthouse_id, courthouse, county, state
    judged  which rows count under the definition's duplicate rule: file, sheet, row, counts
    """

    rows: tuple[Path, ...]
    places: tuple[Path, ...] = ()
    judged: tuple[Path, ...] = ()
