"""Row reports: what became of every row and every cell of an import."""

from dataclasses import dataclass
from datetime import date
from typing import Self

import msgspec

from portico.tables.columns import Sample


def _without(plain: object, name: str) -> object:
    """Plain values without what stands under a name, however deep."""
    if isinstance(plain, dict):
        return {key: _without(each, name) for key, each in plain.items() if key != name}
    return [_without(each, name) for each in plain] if isinstance(plain, list | tuple) else plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """How often something happened, why, and the first few times."""

    reason: str
    count: int
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReport:
    """The cells of one column that were stored, by what they are.

    says_nothing  not one cell holds a value
    unmapped      values whose words a mapping gives no code, so that no claim was made of them
    """

    attribute: str
    heading: str
    value: int
    redacted: int
    blank: int
    sentinel: int
    unreadable: int
    altered: tuple[Because, ...] = ()
    unreadable_because: tuple[Because, ...] = ()
    unmapped: tuple[Because, ...] = ()
    blank_means: str | None = None
    recorded_from: str | None = None
    says_nothing: bool = False
    always: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedColumn:
    """A column that is not stored, and how many cells of it were passed over."""

    heading: str
    because: str
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReport:
    """One table of one sheet. rows_in = rows_stored + the rows rejected + blank_rows."""

    table: str
    sheet: str
    header_row: int
    rows_in: int
    rows_stored: int
    blank_rows: int
    rejected: tuple[Because, ...]
    columns: tuple[ColumnReport, ...]
    dropped: tuple[DroppedColumn, ...]
    absent: tuple[str, ...]
    first_day: date | None
    last_day: date | None

    @property
    def rows_rejected(self) -> int:
        return sum(each.count for each in self.rejected)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """One file: what it is, what read it, and its tables. passed_over: sheets that hold no table of the profile."""

    name: str
    sha256: str
    size: int
    reader: str
    tables: tuple[TableReport, ...]
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One Parquet file, by its path in the folder of tables."""

    path: str
    table: str
    source: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What one import did, or with dry_run would do. The same import has the same report, to the byte.

    id        from the files, the profile and the version of the importer
    already   it was imported before: nothing was written
    """

    id: str
    profile: str
    profile_version: int
    fingerprint: str
    importer: str
    files: tuple[FileReport, ...]
    stored: tuple[StoredFile, ...] = ()
    notes: tuple[str, ...] = ()
    dry_run: bool = False
    already: bool = False

    @property
    def tables(self) -> tuple[TableReport, ...]:
        return tuple(table for file in self.files for table in file.tables)

    @property
    def rows_in(self) -> int:
        return sum(table.rows_in for table in self.tables)

    @property
    def rows_stored(self) -> int:
        return sum(table.rows_stored for table in self.tables)

    @property
    def rows_rejected(self) -> int:
        return sum(table.rows_rejected for table in self.tables)

    @property
    def cells_altered(self) -> int:
        """Cells whose value is not what is written, such as one with spaces taken out."""
        return sum(each.count for table in self.tables for column in table.columns for each in column.altered)

    def without_samples(self) -> Self:
        """The same numbers and reasons, no cell quoted."""
        plain = msgspec.to_builtins(self)
        return msgspec.convert(_without(plain, "samples"), type(self))

    @property
    def needs_a_person(self) -> bool:
        """Whether rows were rejected, or cells could not be read."""
        return bool(self.rows_rejected) or any(column.unreadable for each in self.tables for column in each.columns)

    def to_json(self) -> dict[str, object]:
        """For `--json` and the log: plain values, with the totals."""
        plain: dict[str, object] = msgspec.to_builtins(self)
        return plain | {
            "rows_in": self.rows_in,
            "rows_stored": self.rows_stored,
            "rows_rejected": self.rows_rejected,
            "needs_a_person": self.needs_a_person,
        }
