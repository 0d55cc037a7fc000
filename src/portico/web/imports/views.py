"""Imports: check, call, choose a template. Nothing is in the record before a person has seen what would happen."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portico.facts import IncidentState
from portico.store import IncidentRow
from portico.web.access.acts import Act
from portico.web.access.models import User
from portico.web.access.permissions import may, visible
from portico.web.access.viewer import viewer_of
from portico.web.desk.records import record_of
from portico.web.imports.cells import CorrectedCell, Corrections
from portico.web.imports.forms import Cells, ColumnRow, Columns, Saving, SheetFile, Words
from portico.web.imports.mapping import MappedColumn, SheetMapping
from portico.web.imports.models import CHECKED, MAPPED, NEW, TAKEN, TAKING, UNDONE, Import, SavedMapping
from portico.web.imports.report import lines
from portico.web.incidents.listing import rows as incident_rows
from portico.web.numbers.rows import inert
from portico.web.worker import queue
from portico.web.worker.shown import shown

_ON_A_PAGE = 25
_CELLS_SHOWN = 50


def state_words(one: Import) -> str:
    """How far an import is, in words."""
    return {
        NEW: _("not looked at yet"),
        MAPPED: _("its columns wait for you"),
        CHECKED: _("checked; nothing is in the record yet"),
        TAKING: _("partly in the record"),
        TAKEN: _("in the record"),
        UNDONE: _("taken back"),
    }[one.state]


def listing(request: HttpRequest) -> HttpResponse:
    """Every import, the newest first."""
    page = Paginator(Import.objects.order_by("-pk"), _ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(each, state_words(each)) for each in page]
    values = {"page": page, "lines": lines, "mappings": SavedMapping.objects.order_by("name")}
    return render(request, "imports/list.html", values)


def new(request: HttpRequest) -> HttpResponse:
    """A file: hashed and sealed first; the worker looks into it. The same file twice is once."""
    form = SheetFile(request.POST, request.FILES) if request.method == "POST" else SheetFile()
    if request.method == "POST" and form.is_valid():
        one = Import.seal(form.file_name, form.cleaned_data["sheet"].chunks(), by=request.user)
        before = Import.objects.filter(sha256=one.sha256, pk__lt=one.pk).exclude(state=UNDONE).first()
        if before is not None:
            one.delete()
            messages.info(request, _("This very file is here already: nothing of the second copy was kept."))
            return redirect("imports:one", before.pk)
        _replace(one, form.cleaned_data.get("like"))
        queue.put("imports.look", one.pk, by=request.user)
        return redirect("imports:one", one.pk)
    return render(request, "imports/new.html", {"form": form}, status=422 if form.errors else 200)


def _replace(one: Import, like: int | None) -> None:
    """A corrected file takes what was said of the columns of the one before."""
    one.like = Import.objects.filter(pk=like, state__in=(MAPPED, CHECKED)).first() if like else None
    if one.like:
        one.save(update_fields=["like"])


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One import: what is being done, what would happen, what became of it."""
    found = get_object_or_404(Import, pk=number)
    job = queue.of("imports.", number).first()
    report, sheet = found.told, found.sheet
    shown_cells = Paginator(report.wrong if report else (), _CELLS_SHOWN).get_page(request.GET.get("cells"))
    may_correct = found.state == CHECKED and sheet is not None
    controls = Cells(sheet, shown_cells.object_list, found.corrected) if may_correct else None
    values = {
        "one": found,
        "state": state_words(found),
        "each": shown(job) if job and job.state != "done" else None,
        "report": report,
        "sheet": sheet,
        "cells": shown_cells,
        "controls": controls,
        "cell_lines": [(each, controls[each.key] if controls else "") for each in shown_cells],
        "corrected": _corrected(found),
        "words": Words(sheet, report.unknown) if sheet and report else None,
        "saving": Saving(),
        "gone": found.state == TAKEN and record_of(request).document(found.sha256) is None,
    }
    return render(request, "imports/one.html", values)


def _corrected(found: Import) -> list[tuple[CorrectedCell, str, datetime]]:
    """What people corrected, with the name of each and when."""
    said = found.corrected.cells
    names = dict(User.objects.filter(actor__in={each.by for each in said}).values_list("actor", "name"))
    return [(each, names.get(each.by, each.by), datetime.fromisoformat(each.at)) for each in said]


def columns(request: HttpRequest, number: int) -> HttpResponse:
    """What each column tells: proposed, corrected here, then checked row by row."""
    found = get_object_or_404(Import, pk=number)
    sheet = found.sheet
    if sheet is None or found.state not in (MAPPED, CHECKED) or queue.is_busy("imports.", number):
        return redirect("imports:one", number)
    asked = Columns(sheet, request.POST if request.method == "POST" else None)
    problems = [*asked.problems()] if request.method == "POST" else []
    if request.method == "POST" and not problems:
        return _checked_again(request, found, asked.said())
    values = {"one": found, "rows": _column_rows(request, found, asked), "problems": problems}
    return render(request, "imports/columns.html", values, status=422 if problems else 200)


def _checked_again(request: HttpRequest, found: Import, said: SheetMapping) -> HttpResponse:
    found.keep(said)
    found.state = MAPPED
    found.save(update_fields=["mapping", "state"])
    queue.put("imports.check", found.pk, by=request.user)
    return redirect("imports:one", found.pk)


def _column_rows(request: HttpRequest, found: Import, asked: Columns) -> list[ColumnRow]:
    """The lines of the page. Words of guarded columns are shown in an unlocked session only, and those of columns that
    nobody has spoken for to whoever brought the file.
    """
    viewer = viewer_of(request)
    unlocked = viewer.unlocked and may(viewer, Act.OPEN_GUARDED)
    own = found.by_id == request.user.pk

    def samples(column: MappedColumn) -> tuple[str, ...]:
        open_to_them = unlocked or (not column.is_guarded and (bool(column.attribute) or own))
        return column.samples if open_to_them else ()

    if unlocked and any(column.is_guarded and column.samples for column in asked.mapping.columns):
        record_of(request).note_read([found.sha256], actor=request.user.actor, shown="imports:columns")
    pairs = zip(asked.mapping.columns, asked.forms, strict=True)
    return [ColumnRow(column, form, samples(column)) for column, form in pairs]


def words(request: HttpRequest, number: int) -> HttpResponse:
    """Gives words of cells their codes, then checks again."""
    found = get_object_or_404(Import, pk=number, state=CHECKED)
    if queue.is_busy("imports.", number):
        return redirect("imports:one", number)
    sheet, report = found.sheet, found.told
    form = Words(sheet, report.unknown if report else (), request.POST)
    if form.is_valid() and form.said():
        return _checked_again(request, found, sheet.knowing(form.said()))
    messages.info(request, _("No word was given a code."))
    return redirect("imports:one", number)


def cells(request: HttpRequest, number: int) -> HttpResponse:
    """Says what single cells should have, or takes that back; then checks again. The file stays as it came."""
    found = get_object_or_404(Import, pk=number, state=CHECKED)
    if queue.is_busy("imports.", number):
        messages.info(request, _("It is being checked just now. Nothing was corrected: look at what that says first."))
        return redirect("imports:one", number)
    with transaction.atomic():
        corrected = Import.objects.select_for_update().get(pk=number).corrected
        if back := request.POST.get("back"):
            said = corrected.without(back)
        else:
            said = corrected.with_more(_said_of_cells(request, found, corrected))
        if said == corrected:
            messages.info(request, _("No cell was corrected."))
            return redirect("imports:one", number)
        found.keep(said)
        found.save(update_fields=["corrections"])
    return _checked_again(request, found, found.sheet)


def _said_of_cells(request: HttpRequest, found: Import, corrected: Corrections) -> Iterator[CorrectedCell]:
    sheet, report = found.sheet, found.told
    if sheet is None or report is None:
        return
    sent = [each for each in report.wrong if Cells.is_about(each, request.POST)]
    form = Cells(sheet, sent, corrected, request.POST)
    if not form.is_valid():
        return
    before = {each.key: each for each in corrected.cells}
    guarded = {each.heading for each in sheet.columns if each.is_guarded}
    for key, says in form.said().items():
        if key in before and before[key].says == says:
            continue
        wrong = form.wrong[key]
        yield CorrectedCell(
            sheet=wrong.sheet,
            row=wrong.row,
            column=wrong.column,
            was=before[key].was if key in before else wrong.text,
            says=says,
            by=request.user.actor,
            at=timezone.now().isoformat(timespec="seconds"),
            is_guarded=wrong.column in guarded,
        )


def save(request: HttpRequest, number: int) -> HttpResponse:
    """Keeps the mapping for the next file with the same headings."""
    found = get_object_or_404(Import, pk=number)
    form = Saving(request.POST)
    if form.is_valid() and found.sheet:
        SavedMapping.save_as(form.cleaned_data["name"], found.sheet, by=request.user)
        messages.success(request, _("Kept. The next file with these headings is checked with it at once."))
    else:
        messages.error(request, _("The mapping was not kept: give it a name."))
    return redirect("imports:one", number)


def take(request: HttpRequest, number: int) -> HttpResponse:
    """Brings the rows in, as proposals and one batch."""
    found = get_object_or_404(Import, pk=number, state__in=(CHECKED, TAKING))
    if found.state == CHECKED:
        found.keep_partly = request.POST.get("partly") == "keep"
        found.save(update_fields=["keep_partly"])
    queue.put("imports.take", found.pk, by=request.user)
    return redirect("imports:one", number)


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Takes the whole import back."""
    found = get_object_or_404(Import, pk=number, state__in=(TAKING, TAKEN))
    for job in queue.of("imports.take", number):
        queue.ask_to_stop(job)
    queue.put("imports.undo", found.pk, by=request.user)
    return redirect("imports:one", number)


def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Takes away a file of which nothing is in the record."""
    found = get_object_or_404(Import, pk=number, state__in=(NEW, MAPPED, CHECKED))
    for job in queue.of("imports.", number):
        queue.ask_to_stop(job)
    if queue.is_busy("imports.", number):
        messages.info(request, _("It is being read just now, and that ends at its next step. Then take it away."))
        return redirect("imports:one", number)
    found.delete()
    messages.success(request, _("The file was taken away. Nothing of it was in the record."))
    return redirect("imports:list")


def rows(request: HttpRequest, number: int) -> HttpResponse:
    """Only the events of this import, in the order of its rows."""
    found = get_object_or_404(Import, pk=number)
    taken = found.taken_parts.order_by("number").values_list("source", "accounts")
    parts = list(taken) if found.state != UNDONE else []
    page = Paginator(range(sum(accounts for _source, accounts in parts)), _ON_A_PAGE).get_page(request.GET.get("page"))
    values = {
        "one": found,
        "page": page,
        "rows": incident_rows(_incidents(request, _told_at(request, parts, page.object_list))),
        "total": page.paginator.count,
    }
    return render(request, "imports/rows.html", values)


def _told_at(request: HttpRequest, parts: Sequence[tuple[str, int]], wanted: range) -> list[str]:
    """The incidents of the accounts at these places of the import, each once."""
    record = record_of(request)
    first, names = 0, []
    for source, accounts in parts:
        here = range(max(first, wanted.start) - first, min(first + accounts, wanted.stop) - first)
        if here:
            names += [each.incident for each in [*record.told_by(source).values()][here.start : here.stop]]
        first += accounts
    return [*dict.fromkeys(names)]


def _incidents(request: HttpRequest, names: Sequence[str]) -> Sequence[IncidentRow | IncidentState]:
    """These incidents, without those that the viewer may not know of."""
    record, viewer = record_of(request), viewer_of(request)
    if viewer.hidden:
        return visible(viewer, [state for name in names if (state := record.incident(name))])
    there = record.incident_rows(names)
    return [there[name] for name in names if name in there]


def report(request: HttpRequest, number: int) -> HttpResponse:
    """The report as a table: every cell that could not be read. No cell of it is a formula."""
    found = get_object_or_404(Import, pk=number)
    told = found.told
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="import-{number}-report.csv"'
    csv.writer(response).writerows(map(inert, row) for row in (lines(told, found.corrected) if told else ()))
    return response
