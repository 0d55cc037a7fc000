"""Erasing: find the person, see what it would reach, then do it. Each look and each erasure is in the log."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portico.store import Record, StoredPerson
from portico.web.access.acts import Act
from portico.web.access.permissions import may
from portico.web.access.viewer import Viewer, viewer_of
from portico.web.desk.records import guarded_record

_MOST = 50


def find(request: HttpRequest) -> HttpResponse:
    """The people of the record whose name, as a source writes it, has these letters in it."""
    # Every name is read to find one, and the log says so.
    record = guarded_record(request, "people")
    asked = request.GET.get("name", "").strip()
    found = [each for each in _people(record, viewer_of(request)) if _fits(each, asked)]
    shown = {"asked": asked, "found": found[:_MOST], "more": len(found) - _MOST}
    return render(request, "erasing/find.html", shown)


def reach(request: HttpRequest, subject: str) -> HttpResponse:
    """What erasing a person or a document would reach; a POST erases."""
    record = guarded_record(request, subject)
    if not _is_visible(record, subject, viewer_of(request)):
        raise Http404
    with_originals = (request.POST or request.GET).get("originals") == "yes"
    erasure = record.erase(
        subject,
        actor=request.user.actor,
        with_originals=with_originals,
        dry_run=request.method != "POST",
    )
    shown = {"subject": subject, "erasure": erasure, "with_originals": with_originals}
    return render(request, "erasing/reach.html", shown)


def _people(record: Record, viewer: Viewer) -> list[StoredPerson]:
    return [each for each in record.people() if may(viewer, Act.LOOK, accounts=[each.account])]


def _fits(person: StoredPerson, asked: str) -> bool:
    return not asked or asked.casefold() in (person.name or "").casefold() or person.id.startswith(asked)


def _is_visible(record: Record, subject: str, viewer: Viewer) -> bool:
    """Whether there is such a person or document for this viewer. One that was erased is no longer found."""
    if any(each.kind == "document" and each.id == subject for each in record.resolve(subject)):
        return subject not in viewer.hidden_sources
    return any(each.id == subject for each in _people(record, viewer))
