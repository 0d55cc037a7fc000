"""Imports: files of tables → typed rows as Parquet, whole or not at all, the same bytes however often."""

import fcntl
import hashlib
import os
import shutil
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec

from portico.facts import identify
from portico.tables.errors import TableError, Where
from portico.tables.filing import Filed, FileJob, Told, silent, to_disk
from portico.tables.header import find_tables
from portico.tables.opening import open_table
from portico.tables.profile import Profile, find_profile
from portico.tables.report import FileReport, ImportReport, StoredFile
from portico.tables.rows import KnownByColumn
from portico.tables.sheets import TableFile

IMPORTER = "portico-tables/1"
"""Raised with every change that changes a stored row or byte."""

Files = Callable[[Sequence[FileJob]], list[Filed]]
"""Reads the files of an import, wherever it is done: each job with its outcome, in order. Raises what they raise."""

_STAGED = ".staged"
_HELD_OPEN = 16  # files: each has its first 400 rows in memory, and of several hundred that is too much
_REPORTS = "imports"


def import_table(
    paths: Sequence[Path | str],
    profile: Profile | str,
    out_folder: Path | str,
    *,
    dry_run: bool = False,
    progress: Told = silent,
    on: Files | None = None,
) -> ImportReport:
    """Import files into a folder of tables.

    progress  told the file's name and how many of its rows are read
    on        what reads the files, each job by itself and in their order; None: this process, two at a time
    All or nothing: the report, written last, is what makes the rows count (`stored_tables`); a run that is killed
    leaves nothing that counts, and run again gives the same bytes. Imported twice is imported once.
    Raises TableError and ProfileError; then nothing was stored.
    """
    chosen = find_profile(profile) if isinstance(profile, str) else profile
    out = Path(out_folder)
    if chosen.into != "tables":
        raise TableError(
            "wrong_profile",
            Where(file=Path(next(iter(paths), "no file")).name),
            f"the profile {chosen.id} makes accounts for the record, not tables",
            "Read it with read_reports, or `portico import` into a record.",
        )
    files = _opened(paths, chosen)
    reading = on or _here(files.values(), progress)
    if dry_run:
        return replace(_read(files, chosen, None, reading), dry_run=True)
    named = identify("import", IMPORTER, chosen.fingerprint, list(files))
    with _alone(out):
        if before := _report_of(out / _REPORTS / f"{named}.json"):
            return replace(before, already=True)
        staged = out / _STAGED
        _clear(staged)
        try:
            report = _read(files, chosen, staged, reading)
            _commit(report, staged, out)
        finally:
            _clear(staged)
    return report


def _here(files: Iterable["_Given"], progress: Told) -> Files:
    """This process, two files at a time, some opened already."""
    opened = {file.path: file.opened for file in files}

    def run(jobs: Sequence[FileJob]) -> list[Filed]:
        known: KnownByColumn = defaultdict(dict)
        with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
            return list(pool.map(lambda job: job.run(opened[job.path], known, progress), jobs))

    return run


def _read(files: Mapping[str, "_Given"], profile: Profile, staged: Path | None, on: Files) -> ImportReport:
    """Read every file, writing rows to the staged folder if there is one."""
    read = on([FileJob(path=file.path, profile=profile, staged=staged) for file in files.values()])
    for file, _ in read:
        if not any(table.rows_stored for table in file.tables):
            raise _nothing_stored(file)
    return report_on([each for each, _ in read], profile, tuple(part for _, parts in read for part in parts))


def report_on(files: Sequence[FileReport], profile: Profile, stored: tuple[StoredFile, ...] = ()) -> ImportReport:
    """The report of one import of these files, which must be in order of their hashes."""
    return ImportReport(
        id=identify("import", IMPORTER, profile.fingerprint, [file.sha256 for file in files]),
        profile=profile.id,
        profile_version=profile.version,
        fingerprint=profile.fingerprint,
        importer=IMPORTER,
        files=tuple(files),
        stored=stored,
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


def _opened(paths: Sequence[Path | str], profile: Profile) -> dict[str, "_Given"]:
    """The files by their hash, each once, in order of it: the order they are named in changes nothing.

    Raises TableError for the first that cannot be read or does not fit the profile: before any row is.
    """
    if not paths:
        raise TableError("missing", Where(file="no file"), "no file was named", "Name at least one file.")
    given: dict[str, _Given] = {}
    for path, file in zip(paths, _opened_ahead(paths), strict=True):
        find_tables(file, profile)
        given[file.sha256] = _Given(Path(path), file if len(given) < _HELD_OPEN else None)
    return dict(sorted(given.items()))


def _opened_ahead(paths: Sequence[Path | str]) -> Iterator[TableFile]:
    """The files in order, two ahead of who takes them: all at once, their first rows would fill the memory."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        coming = deque[Future[TableFile]]()
        for path in paths:
            coming.append(pool.submit(open_table, path))
            if len(coming) > 2:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


class _Given(NamedTuple):
    """A file of the import; opened: None where it is opened again for its rows."""

    path: Path
    opened: TableFile | None


def _commit(report: ImportReport, staged: Path, out: Path) -> None:
    """Move the rows in, then the report. A file there already is the same: its name comes from what is in it."""
    for part in report.stored:
        target = out / part.path
        target.parent.mkdir(parents=True, exist_ok=True)
        (staged / part.path).replace(target)
    _write_report(report, out)


def keep_report(report: ImportReport, out_folder: Path | str) -> bool:
    """Keeps the report of an import whose rows went into the record; False if it is there already.

    Without samples: a report of private sheets may quote no cell outside the record.
    """
    out = Path(out_folder)
    with _alone(out):
        if (out / _REPORTS / f"{report.id}.json").exists():
            return False
        _write_report(report.without_samples(), out)
        return True


def report_digest(out_folder: Path | str, import_id: str) -> str | None:
    """sha256 of a kept report, for the log; None if there is none."""
    path = Path(out_folder) / _REPORTS / f"{import_id}.json"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def damage(out_folder: Path | str, import_id: str, report: str) -> Iterator[str]:
    """What of an import is not as it was left, in words. report: the digest that the log has of its report."""
    out = Path(out_folder)
    digest = report_digest(out, import_id)
    if digest != report:
        yield f"the row report of {import_id} is {'missing' if digest is None else 'not the one that was kept'}"
        return
    kept = msgspec.json.decode((out / _REPORTS / f"{import_id}.json").read_bytes(), type=ImportReport)
    for part in kept.stored:
        path = out / part.path
        if not path.is_file():
            yield f"{part.path} of {import_id} is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != part.sha256:
            yield f"{part.path} of {import_id} was changed"


def _write_report(report: ImportReport, out: Path) -> None:
    """Whole or not at all; from then on the import counts."""
    final, beside = out / _REPORTS / f"{report.id}.json", out / _STAGED / "report.json"
    final.parent.mkdir(exist_ok=True)
    beside.parent.mkdir(exist_ok=True)
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(report, order="sorted"), indent=1))
    to_disk(beside)
    beside.replace(final)
    _clear(beside.parent)


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
