"""Taking a file of reports in: look at it, rehearse it, add its rows, take them back. The worker does it."""

import os
import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Literal

from django.utils import timezone

from portico.facts import PorticoError, Reading, Text
from portico.reading import Document
from portico.store import Record
from portico.web.imports.apart import Asked, RowsTold, Told, ask, few_collections
from portico.web.imports.mapping import SheetMapping
from portico.web.imports.models import CHECKED, MAPPED, TAKEN, TAKING, UNDONE, Import, SavedMapping, TakenPart
from portico.web.worker import queue
from portico.web.worker.steps import Steps

PARTS_AT_ONCE = 60
"""In each transaction: three thousand rows. What a kill can cost, in time and not in rows."""

_LOOK_SECONDS = 0.5


class HeldAlreadyError(PorticoError):
    """The record has the file by another way than this import."""


def look(steps: Steps) -> None:
    """Proposes what the columns tell; where a mapping for these headings is kept, rehearses with it at once."""
    one = Import.objects.get(pk=steps.job.subject)
    steps.step("opening")
    with _asked(one, "guess") as answers:
        mapping = next(told.guessed for told in answers if told.guessed)
    known = _known(one, mapping)
    one.keep(mapping.like(known) if known else mapping)
    one.state = MAPPED
    one.save(update_fields=["mapping", "saved", "state"])
    if known and not any(mapping.like(known).wrong()):
        check(steps)


def _known(one: Import, mapping: SheetMapping) -> SheetMapping | None:
    """What is known of the same headings: from the file that this one corrects, else from a mapping that was kept."""
    before = one.like.sheet if one.like else None
    if before and before.form == mapping.form:
        return before
    one.saved = SavedMapping.objects.filter(form=mapping.form).order_by("-at").first()
    return one.saved.sheet if one.saved else None


def check(steps: Steps) -> None:
    """Reads every row and writes none: the report is what would happen."""
    one = Import.objects.get(pk=steps.job.subject)
    with _asked(one, "check") as answers:
        for told in answers:
            steps.step("checking", told.looked_at)
            if told.report:
                one.keep(told.report)
    one.state = CHECKED
    one.save(update_fields=["report", "state"])


def take(steps: Steps) -> None:
    """Adds the rows as proposals, some thousand in each transaction, all one batch; goes on where it was stopped."""
    one = Import.objects.get(pk=steps.job.subject)
    with steps.record() as record:
        if one.state != TAKING:
            if record.document(one.sha256) is not None:
                raise HeldAlreadyError(
                    f"{one.file_name}: the record has this file already. Nothing was added. "
                    "Take its import back first, if it is to come in differently."
                )
            one.state, one.batch = TAKING, f"b-{secrets.token_hex(8)}"
            one.save(update_fields=["state", "batch"])
        _add(steps, one, record)
        # Lists and figures follow many new rows at the next question: the worker asks it, so that nobody waits.
        steps.step("listing", one.rows, one.rows)
        record.find_incidents(limit=1)
    one.state, one.ended = TAKEN, timezone.now()
    one.save(update_fields=["state", "ended"])
    one.pieces.all().delete()


def _add(steps: Steps, one: Import, record: Record) -> None:
    report = one.told
    assert report is not None  # it was checked
    total = report.ready + (report.partly if one.keep_partly else 0)
    with _asked(one, "take") as answers, few_collections():
        for chunk in _chunks(answers):
            steps.step("adding", one.rows, total)
            documents = [_read(one, part) for part in chunk]
            list(record.add_all(documents, actor=steps.job.actor, batch=one.batch, at_once=len(chunk), listed=True))
            _note(one, chunk)
        steps.step("adding", one.rows, total)


def _chunks(answers: Iterable[Told]) -> Iterator[list[RowsTold]]:
    chunk: list[RowsTold] = []
    for told in answers:
        if told.rows:
            chunk.append(told.rows)
        if len(chunk) == PARTS_AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _read(one: Import, rows: RowsTold) -> tuple[Document, Reading]:
    original = one.content() if rows.of_file else rows.text.encode("utf-8", "surrogatepass")
    return Document(id=rows.reading.id, source=rows.source, text=Text(rows.text), original=original), rows.reading


def _note(one: Import, chunk: list[RowsTold]) -> None:
    """What is in now. Between the record's commit and this one a kill costs nothing: the same parts again are once."""
    TakenPart.objects.bulk_create(
        [
            TakenPart(of=one, number=one.parts + at, source=part.source.sha256, accounts=len(part.reading.accounts))
            for at, part in enumerate(chunk)
        ],
        ignore_conflicts=True,
    )
    one.parts += len(chunk)
    one.rows += sum(len(part.reading.accounts) for part in chunk)
    one.save(update_fields=["parts", "rows"])


def undo(steps: Steps) -> None:
    """Takes the whole batch back; what was there before, and what people decided elsewhere, stays."""
    one = Import.objects.get(pk=steps.job.subject)
    steps.step("undoing")
    while queue.is_busy("imports.take", one.pk):
        time.sleep(_LOOK_SECONDS)  # it was told to stop: another worker may be in its last step
        steps.step("undoing")
    with steps.record() as record:
        if record.document(one.sha256) is not None:
            record.undo(one.batch, actor=steps.job.actor)
    one.state, one.ended = UNDONE, timezone.now()
    one.save(update_fields=["state", "ended"])
    one.pieces.all().delete()


@contextmanager
def _asked(one: Import, what: Literal["guess", "check", "take"]) -> Iterator[Iterator[Told]]:
    """What the reader of the file answers; it ends with the block."""
    with _plain_file(one) as (path, descriptor):
        asked = Asked(
            what=what,
            path=path,
            name=one.file_name,
            called=f"sheet-{one.sha256[:12]}",
            mapping=one.sheet,
            corrected=one.corrected.cells,
            keep_partly=one.keep_partly or what != "take",
            done=one.parts,
        )
        with closing(ask(asked, descriptor)) as answers:
            yield answers


@contextmanager
def _plain_file(one: Import) -> Iterator[tuple[str, int]]:
    """The file for its reader: without a name, and where the system can do that in memory and not on a disk."""
    descriptor = os.memfd_create("sheet") if hasattr(os, "memfd_create") else _nameless()
    try:
        with os.fdopen(os.dup(descriptor), "wb") as out:
            out.writelines(one.chunks())
        yield f"/dev/fd/{descriptor}", descriptor
    finally:
        os.close(descriptor)


def _nameless() -> int:
    with tempfile.TemporaryFile(prefix="portico-sheet-") as out:
        return os.dup(out.fileno())
