"""Parts: a sheet of reports → pieces of some rows each, so that a million rows take no more memory than a thousand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from portico.facts import Account, Reading, Source, Text
from portico.tables.accounts import RowPlace, media_type
from portico.tables.correcting import CorrectedCells
from portico.tables.errors import TableError, Where
from portico.tables.header import find_tables
from portico.tables.importing import IMPORTER
from portico.tables.profile import Profile
from portico.tables.report import FileReport, TableReport
from portico.tables.rows import TableReader
from portico.tables.sheets import TableFile
from portico.tables.telling import Teller
from portico.tables.telling_rows import Cells, RowTeller, WrongCell

ROWS_IN_A_PART = 50
"""A document that a person can still read through; a million rows are twenty thousand of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some rows of a file, as the record takes them: a source, its text, a reading with one account a row.

    original   the bytes of the source; None in the first part, whose source is the file itself. Those of a later part
               are its text: a line that names the file by its hash and where the rows stand, then a line for each
    rows       where each account stands, in the same order
    looked_at  how many rows were looked at for it
    wrong      cells that could not be read, those of rows that were skipped among them
    """

    source: Source
    text: Text
    reading: Reading
    original: bytes | None
    rows: tuple[RowPlace, ...]
    looked_at: int
    wrong: tuple[WrongCell, ...]


@dataclass(slots=True)
class ReportParts:
    """The parts of a file of reports in order; the same file and mapping give the same parts.

    skip_wrong  a row with a cell that could not be read makes no account; else it tells what its other cells tell
    corrected   what people say instead of some cells
    `report` says what became of every row, once all parts are taken.
    Raises TableError and ProfileError while parts are taken.
    """

    file: TableFile
    mapping: Profile
    skip_wrong: bool = False
    corrected: CorrectedCells = field(default_factory=dict)
    rows_each: int = ROWS_IN_A_PART
    published_on: str | None = None
    tables: list[TableReport] = field(default_factory=list)

    def __iter__(self) -> Iterator[Part]:
        if self.mapping.into != "accounts":
            raise _no_accounts(self.file, self.mapping)
        part = _Growing(self)
        for teller, row, cells in self._rows():
            part.add(teller, row, cells)
            if part.is_full:
                yield part.closed()
                part = _Growing(self, is_first=False)
        if part.is_first or part.looked_at:
            yield part.closed()

    def _rows(self) -> Iterator[tuple[RowTeller, int, Cells]]:
        for found in find_tables(self.file, self.mapping):
            origin = Teller(f"tables:{self.mapping.id}@{self.mapping.version}")
            teller = RowTeller(found, origin, self.skip_wrong, self.corrected)
            reader = TableReader(found, self.file.sha256)
            for frame in reader.frames():
                for row, cells in teller.rows(frame):
                    yield teller, row, cells
            self.tables.append(teller.completed(reader.report()))

    @property
    def report(self) -> FileReport:
        """What became of the rows of the tables that were read whole."""
        file = self.file
        return FileReport(
            name=file.name,
            sha256=file.sha256,
            size=file.size,
            reader=file.reader,
            tables=tuple(self.tables),
            notes=tuple(file.notes),
        )


@dataclass(slots=True)
class _Growing:
    """The part that the next row goes into."""

    of: ReportParts
    is_first: bool = True
    lines: list[str] = field(default_factory=list)
    length: int = 0
    accounts: list[Account] = field(default_factory=list)
    rows: list[RowPlace] = field(default_factory=list)
    wrong: list[WrongCell] = field(default_factory=list)
    looked_at: int = 0

    @property
    def is_full(self) -> bool:
        """Rows that make no account are looked at without end otherwise."""
        most = self.of.rows_each
        return len(self.accounts) >= most or self.looked_at >= 20 * most

    def add(self, teller: RowTeller, row: int, cells: Cells) -> None:
        sheet, file = teller.found.sheet.name, self.of.file.sha256
        if not self.looked_at and not self.is_first:
            self._take(f"{file}, {f'sheet {sheet}, ' if sheet else ''}from row {row}")
        told = teller.tell(row, cells, self.length)
        self.looked_at += 1
        self.wrong += told.wrong
        if told.claims:
            self.accounts.append(Account(claims=tuple(told.claims)))
            self.rows.append(RowPlace(file=file, sheet=sheet, row=row))
            self._take(told.line)

    def _take(self, line: str) -> None:
        self.lines.append(line)
        self.length += len(line) + 1

    def closed(self) -> Part:
        file, text = self.of.file, Text("\n".join(self.lines))
        original = None if self.is_first else text.content.encode("utf-8", "surrogatepass")
        source = (
            Source(sha256=file.sha256, media_type=media_type(file.name), size=file.size, private=True)
            if original is None
            else Source(sha256=text.sha256, media_type="text/plain", size=len(original), private=True)
        )
        reading = Reading(
            id=file.name.partition(".")[0],
            source=source.sha256,
            text=text.sha256,
            published_on=self.of.published_on,
            reader=IMPORTER,
            accounts=tuple(self.accounts),
        )
        return Part(
            source=source,
            text=text,
            reading=reading,
            original=original,
            rows=tuple(self.rows),
            looked_at=self.looked_at,
            wrong=tuple(self.wrong),
        )


def _no_accounts(file: TableFile, mapping: Profile) -> TableError:
    return TableError(
        "wrong_profile",
        Where(file=file.name),
        f"the profile {mapping.id} stores tables, it makes no accounts of reports",
        "Import it with import_table, or name a mapping that makes accounts.",
    )
