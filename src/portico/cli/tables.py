"""Tables into a record: rows beside it, accounts in it, and last the entry of the log that says so.

Killed anywhere and run again, it ends as if it had not been: rows count by their report, a document twice is once, and
the entry comes last.
"""

import hashlib
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from portico.facts import Reading
from portico.reading import Document
from portico.tables import (
    Files,
    ImportReport,
    Profile,
    ReportParts,
    accounts_of,
    ambiguous_landmarks,
    import_table,
    keep_report,
    open_table,
    report_digest,
    report_on,
)

if TYPE_CHECKING:
    from portico.store import Record

Told = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did. accounts: proposed for the record; waiting: landmarks that a person must place."""

    report: ImportReport
    accounts: int = 0
    waiting: int = 0

    def to_json(self) -> dict[str, object]:
        return self.report.to_json() | {"accounts": self.accounts, "landmarks_waiting": self.waiting}


def rehearsed(files: Sequence[Path], profile: Profile, progress: Told, on: Files | None) -> Imported:
    """What an import would do; writes nothing."""
    if profile.into == "accounts":
        report, accounts = _reports_read(files, profile)
        return Imported(report=replace(report, dry_run=True), accounts=accounts)
    nowhere = Path("nowhere")  # a rehearsal has no folder
    return Imported(report=import_table(files, profile, nowhere, dry_run=True, progress=progress, on=on))


def imported(args: Namespace, profile: Profile, progress: Told, on: Files | None) -> Imported:
    """The import, done. Raises TableError, and then nothing of it is there."""
    from portico.cli.records import opened
    from portico.engines.tabulated import place_ahead

    tables = args.record.absolute() / "tables"
    with opened(args, create=True) as record:
        if profile.into == "accounts":
            return _reports(record, tables, args.files, profile, args.actor)
        report = import_table(args.files, profile, tables, progress=progress, on=on)
        place_ahead(tables, profile.id, record.answers())
        accounts = _add(record, _rows_at_courts(tables, args.files, profile, record), report, args.actor)
        new = _note(record, tables, report, args.actor)
        waiting = len(ambiguous_landmarks(tables, record.answers())) if _tells(profile) else 0
    return Imported(report=replace(report, already=not new), accounts=accounts, waiting=waiting)


def _tells(profile: Profile) -> list[str]:
    """The tables whose rows tell of events."""
    return [table.name for table in profile.tables if table.tells]


def _rows_at_courts(
    tables: Path, files: Sequence[Path], profile: Profile, record: "Record"
) -> Iterator[tuple[Document, Reading]]:
    """Each file whose rows name courts, as a document of these rows; those that a person placed as others."""
    originals = _by_hash(files)
    for name in _tells(profile):
        for told in accounts_of(tables, profile, name, answers=record.answers(), only=originals):
            if not told.reading.accounts:
                continue
            original = originals[told.source.sha256].read_bytes() if told.original is None else told.original
            yield Document(id=told.reading.id, source=told.source, text=told.text, original=original), told.reading


def _by_hash(files: Sequence[Path]) -> Mapping[str, Path]:
    hashed = {}
    for path in files:
        with path.open("rb") as file:
            hashed[hashlib.file_digest(file, "sha256").hexdigest()] = path
    return hashed


def _reports(record: "Record", tables: Path, files: Sequence[Path], mapping: Profile, actor: str) -> Imported:
    report, _ = _reports_read(files, mapping)  # a file that breaks off is refused before its first row is in the record
    accounts = _add(record, _parts(files, mapping), report, actor)
    keep_report(report, tables)
    return Imported(report=replace(report, already=not _note(record, tables, report, actor)), accounts=accounts)


def _reports_read(files: Sequence[Path], mapping: Profile) -> tuple[ImportReport, int]:
    """The report of these sheets, and how many accounts they make."""
    read, accounts = {}, 0
    for path in files:
        parts = ReportParts(open_table(path), mapping)
        accounts += sum(len(part.reading.accounts) for part in parts)
        read[parts.report.sha256] = parts.report
    return report_on([read[digest] for digest in sorted(read)], mapping), accounts


def _parts(files: Sequence[Path], mapping: Profile) -> Iterator[tuple[Document, Reading]]:
    for path in files:
        for part in ReportParts(open_table(path), mapping):
            original = path.read_bytes() if part.original is None else part.original
            yield Document(id=part.reading.id, source=part.source, text=part.text, original=original), part.reading


def _add(record: "Record", read: Iterator[tuple[Document, Reading]], report: ImportReport, actor: str) -> int:
    return sum(len(each.accounts) for each in record.add_all(read, actor=actor, batch=report.id))


def _note(record: "Record", tables: Path, report: ImportReport, actor: str) -> bool:
    """The entry that says the import is done; False if it was."""
    from portico.store import TableImport

    digest = report_digest(tables, report.id)
    assert digest is not None  # kept before
    done = TableImport(
        id=report.id,
        profile=report.profile,
        version=report.profile_version,
        fingerprint=report.fingerprint,
        importer=report.importer,
        files=tuple(file.sha256 for file in report.files),
        report=digest,
        rows_in=report.rows_in,
        rows_stored=report.rows_stored,
        rows_rejected=report.rows_rejected,
        altered=report.cells_altered,
    )
    return record.note_import(done, actor=actor)
