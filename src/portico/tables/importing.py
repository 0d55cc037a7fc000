"""Imports: files of tables → typed rows as Parquet, whole or not at all, the same bytes however often."""

import fcntl
import hashlib
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import polars as pl

from portico.facts import identify
from portico.tables.errors import TableError, Where
from portico.tables.header import Found, find_tables
from portico.tables.opening import open_table
from portico.tables.profile import Profile, find_profile
from portico.tables.report import FileReport, ImportReport, StoredFile, TableReport
from portico.tables.rows import KnownByColumn, TableReader
from portico.tables.sheets import TableFile

IMPORTER = "portico-tables/1"
"""Raised with every change that changes a stored row or byte."""

_ROWS_IN_A_PART = 400_000
_ROWS_IN_A_GROUP = 131_072
_STAGED = ".staged"
_REPORTS = "imports"


def import_table(
    paths: Sequence[Path | str],
    profile: Profile | str,
    out_folder: Path | str,
    *,
    dry_run: bool = False,
    progress: Callable[[str, int], None] = lambda name, rows: None,
) -> ImportReport:
    """Import files into a folder of tables.

    progress  told the file's name and how many of its rows are read
    All or nothing: the report, written last, is what makes the rows count (`stored_tables`); a run that is killed
    leaves nothing that counts, and run again gives the same bytes. Imported twice is imported once.
    Raises TableError and ProfileError; then nothing was stored.
    """
    chosen = find_profile(profile) if isinstance(profile, str) else profile
    out = Path(out_folder)
    files = _opened(paths)
    if chosen.into != "tables":
        raise TableError(
            "wrong_profile",
            Where(file=files[0].name),
            f"the profile {chosen.id} makes accounts for the record, not tables",
            "Read it with read_reports, or `portico import` into a record.",
        )
    if dry_run:
        return replace(_read(files, chosen, None, progress), dry_run=True)
    with _alone(out):
        if before := _report_of(out / _REPORTS / f"{_import_id(files, chosen)}.json"):
            return replace(before, already=True)
        staged = out / _STAGED
        _clear(staged)
        try:
            report = _read(files, chosen, staged, progress)
            _commit(report, staged, out)
        finally:
            _clear(staged)
    return report


def _read(
    files: Sequence[TableFile], profile: Profile, staged: Path | None, progress: Callable[[str, int], None]
) -> ImportReport:
    """Read every file, two at a time, writing rows to the staged folder if there is one."""
    found = [find_tables(file, profile) for file in files]
    job = _Job(profile=profile, staged=staged, progress=progress)
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        read = list(pool.map(job.run, files, found))
    for file, _ in read:
        if not any(table.rows_stored for table in file.tables):
            raise _nothing_stored(file)
    return ImportReport(
        id=_import_id(files, profile),
        profile=profile.id,
        profile_version=profile.version,
        fingerprint=profile.fingerprint,
        importer=IMPORTER,
        files=tuple(each for each, _ in read),
        stored=tuple(part for _, parts in read for part in parts),
        notes=(*profile.notes, *(note for table in profile.tables for note in table.notes)),
    )


def _nothing_stored(file: FileReport) -> TableError:
    """An import that stores nothing is a mistake, however well it went."""
    reasons = [f"{each.count} rejected: {each.reason}" for table in file.tables for each in table.rejected]
    blank = sum(table.blank_rows for table in file.tables)
    said = "; ".join([*reasons, *([f"{blank} blank"] if blank else [])]) or "there is no row under its header"
    row = file.tables[0].header_row
    return TableError(
        "no_rows",
        Where(file=file.name, sheet=file.tables[0].sheet or None, row=row),
        f"the header is there, but no row could be stored ({said})",
        "Look at the rows under the header: a quotation that is not closed takes all after it into one cell.",
    )


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """One import at a time into a folder; a lock of a process that is gone is no lock."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TableError(
                "busy",
                Where(file=str(out.name)),
                "another import into this folder is running",
                "Wait until it has ended, then import again.",
            ) from None
        yield


def stored_tables(out_folder: Path | str, profile: str, table: str | None = None) -> tuple[Path, ...]:
    """The Parquet files that count: those of finished imports; of a file imported with several versions, the newest."""
    newest: dict[str, tuple[int, str, list[StoredFile]]] = {}
    for report in import_reports(out_folder):
        if report.profile == profile:
            for file in report.files:
                parts = [part for part in report.stored if part.source == file.sha256]
                rank = (report.profile_version, report.fingerprint, parts)
                newest[file.sha256] = max(newest.get(file.sha256, rank), rank, key=lambda each: each[:2])
    parts = [part for _, _, each in newest.values() for part in each if table in (None, part.table)]
    return tuple(Path(out_folder) / part.path for part in sorted(parts, key=lambda part: part.path))


def import_reports(out_folder: Path | str) -> tuple[ImportReport, ...]:
    """The reports of all finished imports, by id."""
    read = (_report_of(path) for path in sorted((Path(out_folder) / _REPORTS).glob("*.json")))
    return tuple(report for report in read if report)


def undo_import(out_folder: Path | str, import_id: str) -> ImportReport:
    """Take an import back: its report first, then the rows that no other import needs. Returns the report."""
    out = Path(out_folder)
    path = out / _REPORTS / f"{import_id}.json"
    report = _report_of(path)
    if report is None:
        raise TableError(
            "unknown_import",
            Where(file=import_id),
            "there is no finished import of this id",
            "`import_reports` lists them.",
            safe="Nothing was changed.",
        )
    path.unlink()
    needed = {part.path for each in import_reports(out) for part in each.stored}
    for part in report.stored:
        if part.path not in needed:
            (out / part.path).unlink(missing_ok=True)
    for folder in {(out / part.path).parent for part in report.stored}:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return report


def _opened(paths: Sequence[Path | str]) -> list[TableFile]:
    """The files, each once, in order of their hash: the order they are named in changes nothing."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        by_hash = {file.sha256: file for file in pool.map(open_table, paths)}
    if not by_hash:
        raise TableError("missing", Where(file="no file"), "no file was named", "Name at least one file.")
    return [by_hash[digest] for digest in sorted(by_hash)]


def _import_id(files: Sequence[TableFile], profile: Profile) -> str:
    return identify("import", IMPORTER, profile.fingerprint, [file.sha256 for file in files])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What the files of one import share. staged: where the rows are written first; None in a dry run."""

    profile: Profile
    staged: Path | None
    progress: Callable[[str, int], None]
    known: KnownByColumn = field(default_factory=lambda: defaultdict(dict))

    def run(self, file: TableFile, found: Sequence[Found]) -> tuple[FileReport, list[StoredFile]]:
        """Read one file and write its rows."""
        parts: list[StoredFile] = []
        reports: list[TableReport] = []
        for name in dict.fromkeys(each.table.name for each in found):
            readers = [TableReader(each, file.sha256, self.known) for each in found if each.table.name == name]
            frames = _told((frame for reader in readers for frame in reader.frames()), file.name, self.progress)
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
        return report, parts if self.staged else []

    def _write(self, file: TableFile, table: str, number: int, part: pl.DataFrame) -> StoredFile:
        chosen = self.profile
        folder = f"{chosen.id}/{file.sha256[:16]}.{chosen.version}-{chosen.fingerprint[:8]}"
        path = f"{folder}/{table}-{number:04d}.parquet"
        digest = written(part, self.staged / path) if self.staged else ""
        return StoredFile(path=path, table=table, source=file.sha256, rows=part.height, sha256=digest)


def _told(frames: Iterator[pl.DataFrame], name: str, progress: Callable[[str, int], None]) -> Iterator[pl.DataFrame]:
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
            yield pl.concat(_alike(held), rechunk=True)
            held, rows = [], 0
    if held:
        yield pl.concat(_alike(held), rechunk=True)


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
    digest = _to_disk(beside)
    beside.replace(path)
    return digest


def _to_disk(path: Path) -> str:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _commit(report: ImportReport, staged: Path, out: Path) -> None:
    """Move the rows in, then the report. A file there already is the same: its name comes from what is in it."""
    for part in report.stored:
        target = out / part.path
        target.parent.mkdir(parents=True, exist_ok=True)
        (staged / part.path).replace(target)
    written = staged / "report.json"
    written.write_bytes(msgspec.json.format(msgspec.json.encode(report, order="sorted"), indent=1))
    _to_disk(written)
    final = out / _REPORTS / f"{report.id}.json"
    final.parent.mkdir(exist_ok=True)
    written.replace(final)
    _clear(staged)


def _clear(staged: Path) -> None:
    if staged.exists():
        shutil.rmtree(staged)


def _report_of(path: Path) -> ImportReport | None:
    """The report of a finished import whose files are all there; None if there is none."""
    try:
        report = msgspec.json.decode(path.read_bytes(), type=ImportReport)
    except FileNotFoundError:
        return None
    out = path.parent.parent
    return report if all((out / part.path).exists() for part in report.stored) else None
