"""Checking a record against itself: the log's hashes, the originals, the projections; checkpoints and bundles."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.db import DatabaseError

from portico.custody import (
    Checkpoint,
    Entry,
    Frontier,
    LockedError,
    Log,
    Logged,
    Problem,
    Report,
    sign_checkpoint,
    verify,
    write_bundle,
)
from portico.store import behind, log, originals, projections
from portico.store.erasure import replaced_payloads
from portico.store.errors import RecordError, in_plain_words
from portico.store.models import Checkpoint as CheckpointRow
from portico.store.models import Entry as EntryRow
from portico.store.models import Received, Salt
from portico.store.opened import Opened
from portico.store.payloads import DocumentReceived
from portico.store.sealing import open_document_words
from portico.store.values import Rebuilt
from portico.store.view import View

_AT_ONCE = 2000


def check(opened: Opened) -> Report:
    """Computes every hash of the log again, and compares originals and replaced payloads with what the log says."""
    with in_plain_words(opened.folder):
        replaced, problems = _replaced(opened)
        tree, of_head = _head(opened)
        problems += of_head
        report = verify(_log(opened, replaced, tree))
        if report.ok and not problems:
            problems = [*_replaced_problems(opened, replaced), *_original_problems(opened)]
    return replace(report, problems=(*report.problems, *problems))


def _head(opened: Opened) -> tuple[Frontier | None, list[Problem]]:
    try:
        return log.frontier(opened.databases.record), []
    except (DatabaseError, ValueError, TypeError):
        return None, [Problem(None, "the head of the log cannot be read")]


def _log(opened: Opened, replaced: dict[int, str], tree: Frontier | None) -> Log:
    return Log(
        entries=_logged(opened, replaced),
        checkpoints=_notes(opened),
        keys=[opened.identity.log_key],
        size=tree.size if tree else None,
        root=tree.root if tree else None,
        erased=replaced,
    )


def _replaced(opened: Opened) -> tuple[dict[int, str], list[Problem]]:
    try:
        erasures = EntryRow.objects.using(opened.databases.record).filter(type="person_erased").order_by("sequence")
        return replaced_payloads(map(log.read, erasures)), []
    except Exception:  # noqa: BLE001  (what was changed may be anything; the entry itself is named by the hashes)
        return {}, [Problem(None, "an entry of an erasure cannot be read")]


def _logged(opened: Opened, replaced: dict[int, str]) -> Iterator[Logged]:
    salts = dict(_salts(opened.databases.keyring))
    for row in _rows(opened.databases.record):
        if row is None:
            yield Logged(Entry(sequence=-1, at="", actor="", type="", subject="", commitment=b"", leaf=b""))
            continue
        entry = Entry(
            sequence=row.sequence,
            at=row.at,
            actor=row.actor,
            type=row.type,
            subject=row.subject,
            commitment=_bytes(row.commitment),
            leaf=_bytes(row.leaf),
        )
        if row.sequence in replaced:
            yield Logged(entry)
        else:
            yield Logged(entry, _bytes(row.payload), salts.get(row.sequence))


def _bytes(stored: object) -> bytes:
    """A damaged database may give a number or a text where bytes belong: then no bytes, which fit nothing."""
    return bytes(stored) if isinstance(stored, bytes | memoryview) else b""


def _salts(keyring: str) -> Iterator[tuple[int, bytes]]:
    rows = Salt.objects.using(keyring).values_list("sequence", "salt")
    return ((number, _bytes(salt)) for number, salt in rows.iterator(chunk_size=_AT_ONCE))


def _rows(alias: str) -> Iterator[EntryRow | None]:
    """The entries in order; None for one that the database cannot give."""
    numbers = list(EntryRow.objects.using(alias).order_by("sequence").values_list("sequence", flat=True))
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        rows = EntryRow.objects.using(alias).filter(sequence__gte=some[0], sequence__lte=some[-1]).order_by("sequence")
        try:
            yield from list(rows)
        except (DatabaseError, ValueError, OverflowError):
            yield from (_row(alias, number) for number in some)


def _row(alias: str, number: int) -> EntryRow | None:
    try:
        found: EntryRow | None = EntryRow.objects.using(alias).filter(sequence=number).first()
    except (DatabaseError, ValueError, OverflowError):
        return None
    return found


def _notes(opened: Opened) -> list[str]:
    rows = CheckpointRow.objects.using(opened.databases.record).order_by("size")
    return list(rows.values_list("note", flat=True))


def _replaced_problems(opened: Opened, replaced: dict[int, str]) -> Iterator[Problem]:
    rows = EntryRow.objects.using(opened.databases.record).filter(sequence__in=list(replaced))
    for row in rows:
        if hashlib.sha256(_bytes(row.payload)).hexdigest() != replaced[row.sequence]:
            yield Problem(row.sequence, "what an erasure left of the payload was changed")


def _original_problems(opened: Opened) -> Iterator[Problem]:
    """Documents whose bytes or text are not those that the log names; sealed ones as far as the key is here."""
    view = opened.view()
    rows = {row.entry: row for row in view.held(Received) if not (row.erased or row.original_removed)}
    there = set(originals.names(opened.folder))
    for number, entry in view.entries_of(rows.values()).items():
        assert isinstance(entry.payload, DocumentReceived)
        known = open_document_words(entry.payload, view.opener)
        for name, digest, what in _expected_files(rows[number].source, known):
            if name not in there:
                yield Problem(number, "a file of the document is missing")
            elif digest is not None and not _is_kept(opened, view, name, digest, private=bool(rows[number].key)):
                yield Problem(number, what)


def _expected_files(source: str, known: DocumentReceived | None) -> Iterator[tuple[str, str | None, str]]:
    """The files of a document: name, sha256 of what is in it (None: it is locked), what to say if it is not."""
    yield source, source if known else None, "the original is not the one that was received"
    if known and known.text != source:
        yield source + originals.TEXT, known.text, "the text is not the one that was read"


def _is_kept(opened: Opened, view: View, name: str, digest: str, *, private: bool) -> bool:
    try:
        kept = originals.read(opened.folder, name, view.opener, private=private)
    except LockedError:
        return False
    return kept is not None and hashlib.sha256(kept).hexdigest() == digest


def sign(opened: Opened) -> str:
    """Signs the log as it stands and keeps the note. The same size again gives the same note."""
    if opened.key is None:
        raise _needs_key(opened, "sign a checkpoint")
    with opened.writing():
        tree = log.frontier(opened.databases.record, for_update=True)
        known = CheckpointRow.objects.using(opened.databases.record).filter(size=tree.size).first()
        if known is not None:
            return str(known.note)
        note = sign_checkpoint(Checkpoint(opened.identity.origin, tree.size, tree.root), opened.key.signing)
        CheckpointRow.objects.using(opened.databases.record).create(size=tree.size, note=note)
    return note


def export_bundle(opened: Opened, folder: Path) -> Report:
    """The log for someone who trusts neither us nor our software; what is guarded stays ciphertext. See custody."""
    if opened.key is None:
        raise _needs_key(opened, "sign a bundle")
    with in_plain_words(opened.folder):
        replaced, _ = _replaced(opened)
        tree = log.frontier(opened.databases.record)
        return write_bundle(folder, _log(opened, replaced, tree), origin=opened.identity.origin, key=opened.key)


def _needs_key(opened: Opened, what: str) -> RecordError:
    return RecordError(
        opened.folder,
        f"the record's key file is needed to {what}",
        "Nothing was written.",
        "Set PORTICO_KEY_FILE to where it is.",
    )


def rebuild(opened: Opened) -> Rebuilt:
    """Makes every projection again from the log alone, in one transaction, and compares canonical bytes."""
    alias = opened.databases.record
    with opened.writing():
        behind.catch_up(opened.databases)
        before = projections.dump(alias)
        projections.rebuild(opened.databases)
        after = projections.dump(alias)
        size = log.frontier(alias).size
    return Rebuilt(
        equal=before == after,
        entries=size,
        rows=sum(lines.count(b"\n") for lines in after.values()),
        digest=_digest(after.values()),
        differing=tuple(name for name in after if before[name] != after[name]),
    )


def _digest(dumps: Iterable[bytes]) -> str:
    return hashlib.sha256(b"\0".join(dumps)).hexdigest()
