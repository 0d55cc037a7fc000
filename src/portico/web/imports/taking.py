"""Taking a file of reports in: look at it, rehearse it, add its rows, take them back. The worker does it."""

import gc
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.utils import timezone

from portico.facts import PorticoError, Reading
from portico.reading import Document
from portico.store import Record
from portico.tables import Part, ReportParts, TableError, guess_mapping, open_table
from portico.web.imports.counting import Counting
from portico.web.imports.mapping import SheetMapping
from portico.web.imports.models import CHECKED, MAPPED, TAKEN, TAKING, UNDONE, Import, SavedMapping, TakenPart
from portico.web.imports.profiles import mapping_of, profile_of
from portico.web.worker import queue
from portico.web.worker.models import UNDER_WAY
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
    with _plain_file(one) as path, _named(one):
        guess = guess_mapping(path)
    mapping = mapping_of(guess, f"sheet-{one.sha256[:12]}")
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
    counting = Counting()
    with _parts(one, keep_partly=True) as parts, _few_collections():
        for number, part in enumerate(parts):
            if number % PARTS_AT_ONCE == 0:
                steps.step("checking", counting.looked_at)
            counting.add(part)
        one.keep(counting.report(parts.report))
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
    content, report = one.content(), one.told
    assert report is not None  # it was checked
    total = report.ready + (report.partly if one.keep_partly else 0)
    with _parts(one, keep_partly=one.keep_partly) as parts, _few_collections():
        coming = islice(parts, one.parts, None)
        while chunk := list(islice(coming, PARTS_AT_ONCE)):
            steps.step("adding", one.rows, total)
            documents = [_read(part, content) for part in chunk]
            list(record.add_all(documents, actor=steps.job.actor, batch=one.batch, at_once=len(chunk)))
            _note(one, chunk)
        steps.step("adding", one.rows, total)


def _read(part: Part, content: bytes) -> tuple[Document, Reading]:
    original = content if part.original is None else part.original
    return Document(id=part.reading.id, source=part.source, text=part.text, original=original), part.reading


def _note(one: Import, chunk: list[Part]) -> None:
    """What is in now. Between the record's commit and this one a kill costs nothing: the same parts again are once."""
    TakenPart.objects.bulk_create(
        [
            TakenPart(of=one, number=one.parts + at, source=part.source.sha256, accounts=len(part.rows))
            for at, part in enumerate(chunk)
        ],
        ignore_conflicts=True,
    )
    one.parts += len(chunk)
    one.rows += sum(len(part.rows) for part in chunk)
    one.save(update_fields=["parts", "rows"])


def undo(steps: Steps) -> None:
    """Takes the whole batch back; what was there before, and what people decided elsewhere, stays."""
    one = Import.objects.get(pk=steps.job.subject)
    steps.step("undoing")
    while queue.of("imports.take", one.pk).filter(state__in=UNDER_WAY).exists():
        time.sleep(_LOOK_SECONDS)  # it was told to stop: another worker may be in its last step
        steps.step("undoing")
    with steps.record() as record:
        if record.document(one.sha256) is not None:
            record.undo(one.batch, actor=steps.job.actor)
    one.state, one.ended = UNDONE, timezone.now()
    one.save(update_fields=["state", "ended"])
    one.pieces.all().delete()


@contextmanager
def _parts(one: Import, *, keep_partly: bool) -> Iterator[ReportParts]:
    mapping = one.sheet
    assert mapping is not None  # a person saw it
    with _plain_file(one) as path, _named(one):
        file = replace(open_table(path), name=one.file_name)
        yield ReportParts(file, profile_of(mapping), skip_wrong=not keep_partly)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Looks for unreachable objects seldom: rows make none, and looking takes a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(500_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _named(one: Import) -> Iterator[None]:
    """Errors name the file as its owner does."""
    try:
        yield
    except TableError as problem:
        where = replace(problem.where, file=one.file_name)
        raise TableError(problem.kind, where, problem.problem, problem.do, safe=problem.safe) from None


@contextmanager
def _plain_file(one: Import) -> Iterator[Path]:
    """The file for the readers, in memory and not on a disk where the system can do that."""
    content = one.content()
    if hasattr(os, "memfd_create") and Path("/proc/self/fd").is_dir():
        descriptor = os.memfd_create("sheet")
        try:
            with os.fdopen(os.dup(descriptor), "wb") as out:
                out.write(content)
            yield Path(f"/proc/self/fd/{descriptor}")
        finally:
            os.close(descriptor)
        return
    with tempfile.NamedTemporaryFile(prefix="portico-sheet-") as out:
        out.write(content)
        out.flush()
        yield Path(out.name)
