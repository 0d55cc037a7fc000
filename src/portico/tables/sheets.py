"""Sheets: what every kind of file is read into before a profile looks at it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import polars as pl

OPENING = 400
"""How many rows are looked at for a header."""

Texts = Sequence[str | None]


class WrongRow(NamedTuple):
    """A row that cannot be read as one of the table, and why."""

    row: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a sheet, in order.

    frame   one column of texts for each position asked for, named by it
    rows    the row number of each, as a spreadsheet shows it
    whole   the same rows with every column
    wrong   rows left out because they have more or fewer cells than the header
    blank   how many rows without any cell were passed over
    beyond  how many cells stand to the right of the header's last one
    """

    frame: pl.DataFrame
    rows: pl.Series
    whole: Callable[[], pl.DataFrame]
    wrong: tuple[WrongRow, ...] = ()
    blank: int = 0
    beyond: int = 0


class Reads(Protocol):
    """Reads the rows under a header: its row number, how many cells it has, and which of them are wanted."""

    def __call__(self, header_row: int, width: int, wanted: Sequence[int]) -> Iterator[Chunk]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a file.

    name     "" in a delimited file, which has one
    opening  its first rows, up to 400
    chunks   the rows under a header
    """

    name: str
    opening: Sequence[Texts]
    chunks: Reads


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A file of tables as received.

    sha256   of its bytes
    reader   what read it, for the report
    notes    what had to be guessed or passed over to read it, in words
    """

    name: str
    sha256: str
    size: int
    reader: str
    sheets: tuple[Sheet, ...]
    notes: list[str] = field(default_factory=list)
