"""Published figures: what somebody printed of these tables, where, and which definition should give the same.

A data file for each source; see `published/README.md`.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import msgspec
import yaml

from portico.counting.definition import DefinitionError, TableDefinition, table_definitions

Cells = Mapping[tuple[str, ...], int]
"""Cells in words → how many."""


class Fingerprint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures too many to write down: how many cells above nothing, their sum, the SHA-256 of their sorted lines.

    total, sha256   None = not printed
    """

    cells: int
    total: int | None = None
    sha256: str | None = None

    @classmethod
    def of(cls, cells: Cells) -> "Fingerprint":
        """Of cells in any order; those of nothing are left out."""
        lines = sorted("|".join((*key, str(count))) for key, count in cells.items() if count)
        digest = hashlib.sha256(("\n".join(lines) + "\n").encode()).hexdigest()
        return cls(len(lines), sum(cells.values()), digest)


class OwnTotals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Totals that the publisher put into the same tables: the column adds up, by the words of another.

    written  words of that column → the cell that they stand for
    """

    table: str
    column: str
    by: str
    written: Mapping[str, str]

    def definition(self) -> TableDefinition:
        """The definition that adds them up."""
        return TableDefinition(
            id=self.table,
            source="table",
            name=self.table,
            version="1",
            meaning="The publisher's own totals.",
            unit="as printed",
            table=self.table,
            adds_up=self.column,
        )


class PublishedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file that the publisher put out and Portico does not carry; `portico reproduce --published DIR` finds it.

    count   its column of figures, beside the columns `keys`
    codes   instead, in a list of codes: the column that stands for the first attribute counted by; "NA" is none
    only    column → the words with which a row is used; every row if left out
    """

    name: str
    sha256: str
    delimiter: str = ","
    keys: tuple[str, ...]
    count: str | None = None
    codes: str | None = None
    only: Mapping[str, tuple[str, ...]] = {}


class Explained(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why figures differ, and what must hold for the reason to explain them.

    rows   the differences add up to the rows in these cells, less those that are in no cell in print either
    moved  the sums are equal: rows stand in another cell
    """

    because: str
    rows: Mapping[str, tuple[str, ...]] = {}
    moved: bool = False


class PublishedFigure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One figure, or one table of figures. Exactly one of total, cells, fingerprint and own says what was printed.

    says   in our words what was printed
    cells  cell, or cells with | between → the figure; of: what is printed as their total, which they may fall short of
    """

    id: str
    says: str
    definition: str
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = {}
    total: int | None = None
    cells: Mapping[str, int] | None = None
    of: int | None = None
    fingerprint: Fingerprint | None = None
    own: OwnTotals | None = None
    file: PublishedFile | None = None
    explained: Explained | None = None


class Publication(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A source of figures: its title, who put it out, where we read it and when."""

    title: str
    publisher: str
    address: str
    read_on: date
    figures: tuple[PublishedFigure, ...]


@lru_cache(maxsize=1)
def publications() -> tuple[Publication, ...]:
    """The publications that come with Portico. Raises DefinitionError if a file of them cannot be used."""
    folder = files("portico.counting") / "published"
    named = sorted((item for item in folder.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)
    return tuple(_read(item.read_bytes(), item.name) for item in named)


def load_publication(path: Path) -> Publication:
    """Figures of one's own to compare with. Raises DefinitionError, naming the place in the file."""
    return _read(path.read_bytes(), path.name)


def _read(content: bytes, name: str) -> Publication:
    try:
        told = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
        made = msgspec.convert(told, Publication)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise DefinitionError(name, " ".join(str(error).split()), "Correct the file and try again.") from error
    for figure in made.figures:
        told_how = [each for each in (figure.total, figure.cells, figure.fingerprint, figure.own) if each is not None]
        if len(told_how) != 1:
            raise DefinitionError(name, f"{figure.id}: give one of total, cells, fingerprint, own", "Correct the file.")
        if figure.definition not in table_definitions():
            there = ", ".join(table_definitions())
            raise DefinitionError(name, f"{figure.id}: no definition {figure.definition!r}", f"There are: {there}.")
    return made
