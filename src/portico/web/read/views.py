"""Reading a document: check, decide through the record, choose a template."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portico.facts import Status
from portico.store import Choice, ClaimChanged
from portico.web.access.acts import Act
from portico.web.access.models import User
from portico.web.access.permissions import may
from portico.web.access.viewer import viewer_of
from portico.web.desk.records import Locked, record_of
from portico.web.inbox.undoing import last_act, remember
from portico.web.inbox.waiting import kind_words, next_source
from portico.web.read.claims import Row, heading_of, is_guarded, rows_of
from portico.web.read.deciding import correcting_choices, plain_choices, seen_of, stands_so
from portico.web.read.forms import Correcting, Rejecting
from portico.web.read.opened import OpenDocument, open_for_reading
from portico.web.read.text import blocks_of
from portico.web.wording import date_words, value_words


def next_document(request: HttpRequest) -> HttpResponse:
    """The next document that waits, after the one that is named; back to the inbox when none does."""
    found = next_source(request, after=request.GET.get("after", ""))
    return redirect("read:document", found) if found else redirect("inbox:list")


def document(request: HttpRequest, source: str) -> HttpResponse:
    """The document on one side, its claims on the other."""
    opened = open_for_reading(request, source)
    rows = rows_of(opened, _names())
    forms: dict[str, object] = {}
    for name, form in (("correct", Correcting), ("reject", Rejecting)):
        row = _named(rows, request.GET.get(name, ""))
        if row is not None and not row.hidden:
            forms = {"form_row": row, "form_kind": name, "form": _form(form, row, opened)}
    return _page(request, opened, rows, forms)


def decide(request: HttpRequest, source: str) -> HttpResponse:
    """Accepts, rejects or corrects one claim."""
    opened = open_for_reading(request, source)
    rows = rows_of(opened, _names())
    row = _named(rows, request.POST.get("claim", ""))
    decision = request.POST.get("decision", "")
    if row is None or decision not in ("accept", "reject", "correct"):
        raise Http404
    _may_decide(request, row)
    seen = seen_of(row, request.POST.get("seen", ""))
    form = _form(Correcting if decision == "correct" else Rejecting, row, opened, request.POST)
    if not form.is_valid():
        return _page(request, opened, rows, {"form_row": row, "form_kind": decision, "form": form}, status=422)
    if isinstance(form, Correcting):
        choices = correcting_choices(row, form, seen)
    else:
        choices = plain_choices(row, "reject" if decision == "reject" else "accept", seen, form.cleaned_data["reason"])
    return _write(request, opened, rows, row, choices)


def accept_agreed(request: HttpRequest, source: str) -> HttpResponse:
    """Accepts every open claim on which the sources of the event agree."""
    opened = open_for_reading(request, source)
    agreed = [row for row in rows_of(opened, _names()) if _agrees(row)]
    choices = [choice for row in agreed for choice in plain_choices(row, "accept", row.seen, None)]
    batch = record_of(request).decide_all(choices, actor=request.user.actor)
    if batch:
        said = ngettext("%(n)d claim accepted.", "%(n)d claims accepted.", len(agreed)) % {"n": len(agreed)}
        remember(request, said, batch=batch)
    return redirect("read:document", source)


def undo(request: HttpRequest, source: str) -> HttpResponse:
    """Takes back the decision about one claim."""
    opened = open_for_reading(request, source)
    row = _named(rows_of(opened, _names()), request.POST.get("claim", ""))
    if row is None:
        raise Http404
    _may_decide(request, row)
    if row.undoable and request.POST.get("seen") == row.seen_words:
        record_of(request).undo(opened.decisions[row.id].batch, actor=request.user.actor)
    return _back_to(source, row.id)


def _write(
    request: HttpRequest, opened: OpenDocument, rows: Sequence[Row], row: Row, choices: tuple[Choice, ...]
) -> HttpResponse:
    """Decides, unless somebody else did meanwhile: then both are shown, and the person decides again."""
    try:
        batch = record_of(request).decide_all(choices, actor=request.user.actor)
    except ClaimChanged:
        opened = open_for_reading(request, opened.source)
        if stands_so(choices, opened.decisions):
            return _onward(opened, rows, row)
        return _changed(request, opened, row.id)
    if batch:
        words = {"accept": _("Claim %(n)d accepted."), "reject": _("Claim %(n)d rejected.")}
        said = words.get(choices[0].decision, _("Claim %(n)d corrected.")) % {"n": row.number}
        remember(request, said, batch=batch)
    return _onward(opened, rows, row)


def _changed(request: HttpRequest, opened: OpenDocument, claim: str) -> HttpResponse:
    """What stands now beside what was sent. Nothing was written, and nothing is lost."""
    row = _named(rows_of(opened, _names()), claim)
    sent = {name: request.POST.get(name, "") for name in ("decision", "value", "words", "reason", "near")}
    values = {
        "opened": opened,
        "row": row,
        "sent": sent,
        "sent_value": value_words(row.attribute, sent["value"]) if row and sent["value"] else "",
        "heading": heading_of(opened, opened.source),
    }
    return render(request, "read/changed.html", values, status=409)


def _onward(opened: OpenDocument, rows: Sequence[Row], row: Row) -> HttpResponse:
    """To the next claim that is still open, after this one first."""
    still = [each for each in rows if not each.decision and not each.hidden and each.id != row.id]
    after = next((each for each in still if each.number > row.number), still[0] if still else row)
    return _back_to(opened.source, after.id, done=row.id)


def _back_to(source: str, claim: str, **more: str) -> HttpResponse:
    query = urlencode({"at": claim, **more})
    return HttpResponseRedirect(f"{reverse('read:document', args=[source])}?{query}")


def _may_decide(request: HttpRequest, row: Row) -> None:
    viewer = viewer_of(request)
    if may(viewer, Act.DECIDE, accounts=[row.told.account], attribute=row.attribute):
        return
    if is_guarded(row.attribute) and may(viewer, Act.OPEN_GUARDED):
        raise Locked
    raise PermissionDenied(row.attribute)


def _page(
    request: HttpRequest, opened: OpenDocument, rows: tuple[Row, ...], forms: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    at, done = request.GET.get("at", ""), request.GET.get("done", "")
    left = [row for row in rows if not row.decision]
    show = request.GET.get("show") or ("open" if left else "decided")
    form_row = forms.get("form_row")
    keep = {at, done, form_row.id if isinstance(form_row, Row) else ""}
    values = {
        "opened": opened,
        "heading": heading_of(opened, opened.source),
        "blocks": blocks_of(opened, rows),
        "rows": [row for row in rows if _is_shown(row, show) or row.id in keep],
        "all": rows,
        "show": show,
        "left": left,
        "locked": sum(row.hidden for row in left),
        "decided": len(rows) - len(left),
        "agreed": sum(map(_agrees, rows)),
        "at": at or (left[0].id if left and show == "open" else ""),
        "done": done,
        "kind": kind_words(opened.document.source),
        "published": date_words(opened.document.source.published_on) if opened.document.source.published_on else "",
        "last_act": last_act(request),
        **forms,
    }
    return render(request, "read/document.html", values, status=status)


def _is_shown(row: Row, show: str) -> bool:
    return show == "all" or (show == "decided") == bool(row.decision)


def _agrees(row: Row) -> bool:
    return not row.decision and not row.hidden and row.status is Status.AGREED and not row.differs


def _named(rows: Sequence[Row], claim: str) -> Row | None:
    return next((row for row in rows if row.id == claim), None)


def _form(
    kind: type[Correcting] | type[Rejecting], row: Row, opened: OpenDocument, data: Mapping[str, str] | None = None
) -> Correcting | Rejecting:
    if kind is Correcting:
        return Correcting(row, opened.text, data)
    return Rejecting(data, auto_id=f"id_{row.number}_%s")


def _names() -> Mapping[str, str]:
    """Colleagues by their pseudonyms in the log: for pages that colleagues see."""
    return dict(User.objects.values_list("actor", "name"))
