"""A count: for each cell a lower and an upper figure, with the incidents behind both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One cell, or the total.

    cells     one for each dimension counted by; none in the total
    lower     what counts however the open questions are answered
    upper     what counts if they are all answered so; a bound, not an error margin
    certain   ids of the incidents that count for certain in this cell
    possible  ids of those that may count here, and are not certain to
    """

    cells: tuple[str, ...]
    lower: int
    upper: int
    certain: tuple[str, ...]
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What leaves incidents open under the definition: settle it, and the two figures come closer.

    status  disputed, unknown (not told), left_open (told less exactly than is asked), or the verification reached
    """

    attribute: str
    status: str
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """A dimension of the count that no source tells of, in these of the incidents that count or may count."""

    attribute: str
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A figure that can be cited: what was counted, as of when, over what, and what is not known. JSON-able.

    definition, version, name, meaning, unit   of the definition
    as_of     the instant whose knowledge was counted; None = what the record holds now
    by        dimensions of the rows
    where     dimension → the cells that were asked for
    total     over incidents, not over rows: one that may fall in three cells is in the upper figure of each
    rows      a row for each cell that somebody reports, in order of the vocabulary, of time or of the alphabet
    base      how many incidents were looked at
    open      what leaves incidents open, the most frequent first
    not_told  dimensions and, with unit people, numbers that nobody tells
    labels    of cells that are gazetteer ids: the courthouse's name, as told
    """

    definition: str
    version: str
    name: str
    meaning: str
    unit: Literal["events", "people"]
    as_of: datetime | None
    by: tuple[str, ...]
    where: dict[str, tuple[str, ...]]
    total: Row
    rows: tuple[Row, ...]
    base: int
    open: tuple[Open, ...]
    not_told: tuple[NotTold, ...]
    labels: dict[str, str]
