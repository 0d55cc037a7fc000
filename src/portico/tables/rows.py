"""Rows: the rows under one header → typed frames, with a count of everything that became of them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from portico.facts import ATTRIBUTES, DataClass
from portico.tables.cell import CellState, judge
from portico.tables.columns import ColumnReader, Known, Sample, Tally
from portico.tables.header import Found
from portico.tables.report import Because, ColumnReport, DroppedColumn, TableReport
from portico.tables.sheets import Chunk

KnownByColumn = defaultdict[str, Known]

HEADER_AGAIN = "the header again"
BEYOND = "right of the header's last cell"
NOTE = "words in one cell that are no value of its column: a title or a note, not a row"


@dataclass(slots=True)
class TableReader:
    """Reads one table of one sheet.

    file   sha256 of the file, stored with every row
    known  judgements of texts met before, by column
    """

    found: Found
    file: str
    known: KnownByColumn = field(default_factory=lambda: defaultdict(dict))
    readers: list[ColumnReader] = field(init=False)
    stored: int = 0
    blank: int = 0
    beyond: int = 0
    rejected: dict[str, Tally] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = self.found
        self.readers = [
            ColumnReader(
                name,
                found.headings[name],
                column,
                found.sheet.name,
                _is_guarded(column.fact),
                self.known[f"{found.table.name}.{name}"],
            )
            for name, column in found.table.columns.items()
            if name in found.kept
        ]

    def frames(self) -> Iterator[pl.DataFrame]:
        """The typed rows, in order, in pieces of bounded size."""
        found = self.found
        for chunk in found.sheet.chunks(found.row, found.width, list(found.kept.values())):
            frame, rows, ends = self._kept(chunk)
            if frame.height:
                yield self._typed(frame, rows)
            if ends:
                return

    def _typed(self, frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        kept = self.found.kept
        read = [each for reader in self.readers for each in reader.read(frame[str(kept[reader.name])], rows)]
        typed = pl.DataFrame(
            [
                pl.repeat(self.file, len(rows), dtype=pl.String, eager=True).alias("file"),
                pl.repeat(self.found.sheet.name or None, len(rows), dtype=pl.String, eager=True).alias("sheet"),
                rows.alias("row"),
                *read,
            ]
        )
        self.stored += typed.height
        day = self.found.table.day
        if day is None or day not in kept:
            return typed
        typed.insert_column(3, typed[day].cast(pl.Date).alias("day"))
        first, last = typed.select(pl.col("day").min(), pl.col("day").max().alias("last")).row(0)
        self.days += [each for each in (first, last) if each is not None]
        return typed

    def _kept(self, chunk: Chunk) -> tuple[pl.DataFrame, pl.Series, bool]:
        """The rows that are rows, and whether the table ends here."""
        for row, reason, text in chunk.wrong:
            self._reject(reason, row, None if self._guards else text)
        self.blank += chunk.blank
        frame, rows = chunk.frame, chunk.rows
        if self.found.table.until_blank:
            frame, rows, ends = self._until_blank(chunk)
            chunk = Chunk(frame, rows, lambda: frame)
        else:
            ends = False
            self.beyond += chunk.beyond
        out = self._no_rows(chunk)
        if out:
            good = pl.repeat(True, frame.height, dtype=pl.Boolean, eager=True).scatter(out, False)
            frame, rows = frame.filter(good), rows.filter(good)
        return frame, rows, ends

    def _until_blank(self, chunk: Chunk) -> tuple[pl.DataFrame, pl.Series, bool]:
        empty = _filled(chunk.frame) == 0
        rows = chunk.rows
        gap = next((at for at in range(1, len(rows)) if rows[at] != rows[at - 1] + 1), len(rows))
        if len(rows) and rows[0] != self.found.row + 1:
            gap = 0
        end = min([gap, *empty.arg_true().to_list()])
        return chunk.frame[:end], rows[:end], end < chunk.frame.height

    def _no_rows(self, chunk: Chunk) -> list[int]:
        """Positions of what stands between the rows: blank lines, the header again, notes."""
        few = _almost_empty(chunk.frame)
        again = self._headers(chunk.frame)
        if few.is_empty() and again.is_empty():
            return []
        whole = chunk.whole()[few]
        out = [at for at, row in zip(few, whole.rows(), strict=True) if self._is_no_row(row, chunk.rows[at])]
        for at in again:
            self._reject(HEADER_AGAIN, chunk.rows[at], None)
        return [*out, *again]

    def _is_no_row(self, row: tuple[str | None, ...], number: int) -> bool:
        there = [(at, text) for at, text in enumerate(row) if text and text.strip()]
        if not there:
            self.blank += 1
            return True
        if len(there) > 1 or self.found.width < 2:
            return False
        (at, text) = there[0]
        columns = {position: name for name, position in self.found.kept.items()}
        if at in columns and judge(text, self.found.table.columns[columns[at]]).state is CellState.UNREADABLE:
            self._reject(NOTE, number, None if self._guards else text[:200])
            return True
        return False

    def _headers(self, frame: pl.DataFrame) -> pl.Series:
        """Positions of rows that repeat the header: every column holds its heading."""
        matches = pl.repeat(True, frame.height, dtype=pl.Boolean, eager=True)
        for reader in self.readers[:3]:
            column = pl.col(str(self.found.kept[reader.name]))
            matches &= frame.select((column == reader.heading).fill_null(False)).to_series()
            if not matches.any():
                break
        return matches.arg_true()

    @property
    def _guards(self) -> bool:
        return any(reader.guarded for reader in self.readers)

    def _reject(self, reason: str, row: int, text: str | None) -> None:
        self.rejected.setdefault(reason, Tally()).add(1, Sample(self.found.sheet.name, row, None, text))

    def report(self) -> TableReport:
        """What became of the rows, once all are read."""
        found, rejected = self.found, _because(self.rejected)
        rows_in = self.stored + self.blank + sum(each.count for each in rejected)
        return TableReport(
            table=found.table.name,
            sheet=found.sheet.name,
            header_row=found.row,
            rows_in=rows_in,
            rows_stored=self.stored,
            blank_rows=self.blank,
            rejected=rejected,
            columns=tuple(map(_column_report, self.readers)),
            dropped=(
                *(DroppedColumn(heading=h, because=why, cells=self.stored) for h, why in found.dropped.items()),
                *(DroppedColumn(heading=h, because="not in the profile", cells=self.stored) for h in found.unknown),
                *([DroppedColumn(heading="", because=BEYOND, cells=self.beyond)] if self.beyond else []),
            ),
            absent=found.absent,
            first_day=min(self.days, default=None),
            last_day=max(self.days, default=None),
        )


def _column_report(reader: ColumnReader) -> ColumnReport:
    tallies, states = reader.tallies, reader.tallies.states
    always = next(iter(tallies.only), None) if len(tallies.only) == 1 else None
    return ColumnReport(
        attribute=reader.name,
        heading=reader.heading,
        value=states[CellState.VALUE],
        redacted=states[CellState.REDACTED],
        blank=states[CellState.BLANK],
        sentinel=states[CellState.SENTINEL],
        unreadable=states[CellState.UNREADABLE],
        altered=_because(tallies.altered),
        unreadable_because=_because(tallies.unreadable),
        blank_means=reader.column.blank,
        recorded_from=reader.column.recorded_from,
        says_nothing=any(states.values()) and not states[CellState.VALUE],
        always=None if reader.guarded else always,
    )


def _because(tallies: dict[str, Tally]) -> tuple[Because, ...]:
    return tuple(
        Because(reason=reason, count=each.count, samples=tuple(each.samples))
        for reason, each in sorted(tallies.items(), key=lambda item: (-item[1].count, item[0]))
    )


def _is_guarded(fact: str | None) -> bool:
    return fact is not None and ATTRIBUTES[fact].data_class is not DataClass.CLEAR


def _almost_empty(frame: pl.DataFrame) -> pl.Series:
    """Positions of the rows with at most one cell."""
    if sum(column.null_count() == 0 for column in frame) > 1:
        return pl.Series([], dtype=pl.UInt32)  # two columns are full: no row is almost empty
    return (_filled(frame) <= 1).arg_true()


def _filled(frame: pl.DataFrame) -> pl.Series:
    """How many cells of each row hold something."""
    return frame.select(pl.sum_horizontal(pl.all().is_not_null().cast(pl.UInt32))).to_series()
