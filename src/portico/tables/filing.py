"""Filing: one file of an import read, and its typed rows written as Parquet. What an engine does with each file."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from portico.tables.columns import Known
from portico.tables.header import find_tables
from portico.tables.opening import open_table
from portico.tables.profile import Profile
from portico.tables.report import FileReport, StoredFile, TableReport
from portico.tables.rows import KnownByColumn, TableReader
from portico.tables.sheets import TableFile

_ROWS_IN_A_PART = 400_000
_ROWS_IN_A_GROUP = 131_072

Filed = tuple[FileReport, tuple[StoredFile, ...]]
"""What became of one file, and what was written of it."""

Told = Callable[[str, int], None]
"""Progress: is told the name of a file and how many of its rows are read."""


def silent(name: str, rows: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileJob:
    """One file of an import: small, so that it can be sent to another process or machine that sees the same paths.

    staged  where the rows are written first; None in a dry run
    """

    path: Path
    profile: Profile
    staged: Path | None

    @property
    def name(self) -> str:
        """For messages."""
        return self.path.name

    def run(
        self, opened: TableFile | None = None, known: KnownByColumn | None = None, progress: Told = silent
    ) -> Filed:
        """Read the file and write its rows.

        opened  the file, if it is open already
        known   judgements of texts, which files read side by side may share
        """
        file = opened or open_table(self.path)
        found = find_tables(file, self.profile)
        parts: list[StoredFile] = []
        reports: list[TableReport] = []
        shared = defaultdict[str, Known](dict) if known is None else known
        for name in dict.fromkeys(each.table.name for each in found):
            readers = [TableReader(each, file.sha256, shared) for each in found if each.table.name == name]
            frames = _told((frame for reader in readers for frame in reader.frames()), file.name, progress)
            parts += [self._write(file, name, number, part) for number, part in enumerate(_parts(frames))]
            reports += [reader.report() for reader in readers]
        used = {each.sheet.name for each in found}
        report = FileReport(
            name=file.name,
            sha256=file.sha256,
            size=file.size,
            reader=file.reader,
            tables=tuple(reports),
            passed_over=tuple(sheet.name for sheet in file.sheets if sheet.name not in used),
            notes=tuple(file.notes),
        )
        return report, tuple(parts) if self.staged else ()

    def _write(self, file: TableFile, table: str, number: int, part: pl.DataFrame) -> StoredFile:
        chosen = self.profile
        folder = f"{chosen.id}/{file.sha256[:16]}.{chosen.version}-{chosen.fingerprint[:8]}"
        path = f"{folder}/{table}-{number:04d}.parquet"
        digest = written(part, self.staged / path) if self.staged else ""
        return StoredFile(path=path, table=table, source=file.sha256, rows=part.height, sha256=digest)


def _told(frames: Iterator[pl.DataFrame], name: str, progress: Told) -> Iterator[pl.DataFrame]:
    rows = 0
    for frame in frames:
        rows += frame.height
        progress(name, rows)
        yield frame


def _parts(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Frames gathered to files of some hundred thousand rows, so that memory does not grow with the table."""
    held: list[pl.DataFrame] = []
    rows = 0
    for frame in frames:
        held.append(frame)
        rows += frame.height
        if rows >= _ROWS_IN_A_PART:
            yield _joined(held)
            rows = 0
    if held:
        yield _joined(held)


def _joined(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """The frames as one, which then are no longer held."""
    joined = pl.concat(_alike(frames), rechunk=True)
    frames.clear()
    return joined


def _alike(frames: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """The frames with the same columns: two sheets of one table may lack different ones."""
    columns: dict[str, pl.DataType] = {}
    for frame in frames:
        columns |= {name: kind for name, kind in frame.schema.items() if name not in columns}
    return [
        frame.with_columns(
            pl.lit(None, dtype=kind).alias(name) for name, kind in columns.items() if name not in frame
        ).select(list(columns))
        for frame in frames
    ]


def written(frame: pl.DataFrame, path: Path) -> str:
    """Write a Parquet file whole or not at all, to the disk itself; its sha256. Equal frames give equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}")
    frame.write_parquet(
        beside, compression="zstd", compression_level=1, statistics=False, row_group_size=_ROWS_IN_A_GROUP
    )
    digest = to_disk(beside)
    beside.replace(path)
    return digest


def to_disk(path: Path) -> str:
    """Forces a file to the disk itself; its sha256."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_rows(job: FileJob) -> Filed:
    """The same as a plan, for engines. Raises TableError."""
    return job.run()
