"""Incidents: check, call the rooms, choose a template."""

import base64
import hashlib

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portico.facts import IncidentState, Verification
from portico.record import Purpose, suggest_verification
from portico.store import Record, RecordRefused, StoredDocument
from portico.web.access.acts import Act
from portico.web.access.models import User
from portico.web.access.permissions import may, visible
from portico.web.access.restrictions import release, restrict, teams_of
from portico.web.access.viewer import viewer_of
from portico.web.consent.story import barring, told_of
from portico.web.desk.paging import page_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import best_record, guarded_record, record_of
from portico.web.dossier import letter
from portico.web.gathering import dossier_of, telling_of
from portico.web.incidents.forms import Closing, Filters, Marking
from portico.web.incidents.listing import filter_of, found, rows
from portico.web.report import render as self_contained
from portico.web.report.page import page
from portico.web.site.headers import allow_styles
from portico.web.wording import VERIFICATION_WORDS

_ON_A_PAGE = 50
_ENDINGS = {"text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf", "message/rfc822": ".eml"}
_TOLD_FOR: tuple[Purpose, ...] = ("story", "media")


def incidents(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by what is asked."""
    form = Filters(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    read = found(record_of(request), viewer_of(request), filter_of(asked))
    shown = page_of(read, request.GET.get("page"), _ON_A_PAGE)
    values = {"form": form, "page": shown, "rows": rows(shown.object_list), "total": shown.paginator.count}
    return page_or_part(request, "incidents/list.html", "incidents/_list.html", values)


def incident_page(
    request: HttpRequest, incident: str, marking: Marking | None = None, closing: Closing | None = None
) -> HttpResponse:
    """One incident: what each source says, the documents, minutes, statements, and how far it is confirmed."""
    state = _state(request, incident)
    record = best_record(request, incident)
    guarded = record.has_key and may(viewer_of(request), Act.LOOK, attribute="name")
    dossier = telling_of(record, record.incident(incident) or state, show_guarded=guarded)
    shown = {
        "state": state,
        "page": page(dossier),
        "marking": marking or Marking(initial=dict.fromkeys(("verification", "was"), state.verification.value)),
        "suggested": suggest_verification(state),
        "papers": _papers(record, state),
        "closing": closing or Closing(),
        "closed_to": teams_of(state),
        "told_of": told_of(record_of(request), state, timezone.now().date()),
        "facts_at": "",
    }
    return render(request, "incidents/incident.html", shown, status=422 if marking or closing else 200)


def _papers(record: Record, state: IncidentState) -> list[tuple[str, StoredDocument]]:
    documents = record.some_documents(state.sources)
    return [(letter(place), documents[each]) for place, each in enumerate(state.sources)]


def history(request: HttpRequest, incident: str) -> HttpResponse:
    """Every entry of the log about an incident, its accounts and its claims. Nothing is overwritten.

    What somebody typed as a reason may name people: it is shown in an unlocked session only.
    """
    state = _state(request, incident)
    record = best_record(request, incident)
    subjects = (incident, *state.accounts)
    entries = {each.sequence: each for subject in subjects for each in record.history(subject)}
    newest_first = [entries[sequence] for sequence in sorted(entries, reverse=True)]
    shown = Paginator(newest_first, _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "incidents/history.html", {"state": state, "page": shown, "title": rows([state])[0].title})


def save(request: HttpRequest, incident: str) -> HttpResponse:
    """The incident as one self-contained page, to print or to keep. Guarded words are masked, whoever asks."""
    state = _state(request, incident)
    return _kept(request, state, f"{incident}.html" if request.GET.get("download") else "")


def save_for(request: HttpRequest, incident: str, purpose: str) -> HttpResponse:
    """The same page to leave the desk as a story or for the media: only with consent, and the log says so."""
    state = _state(request, incident)
    told_for = next((each for each in _TOLD_FOR if each == purpose), None)
    if told_for is None:
        raise Http404(purpose)
    against = barring(record_of(request), state, told_for, timezone.now().date())
    if against:
        shown = {"state": state, "title": rows([state])[0].title, "purpose": purpose, "against": against}
        return render(request, "incidents/no_consent.html", shown, status=409)
    record_of(request).note_access(f"saved_for_{purpose}", incident, actor=request.user.actor)
    return _kept(request, state, f"{incident}-{purpose}.html")


def _kept(request: HttpRequest, state: IncidentState, name: str) -> HttpResponse:
    """One self-contained page. name: of the file; empty shows it."""
    html = self_contained(dossier_of(record_of(request), [state], state))
    response = HttpResponse(html)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return allow_styles(response, _style_hashes(html))


def original(request: HttpRequest, incident: str, source: str) -> HttpResponse:
    """A document's bytes as they were received: kept as a file, never shown in place.

    Whatever it prints is in it, names too: it opens in an unlocked session only, and the log says whose it was.
    """
    state = _state(request, incident)
    if source not in state.sources:
        raise Http404(source)
    record = guarded_record(request, incident, source)
    document, content = record.document(source), record.original(source)
    if document is None or content is None:
        raise Http404(source)
    response = HttpResponse(content, content_type="application/octet-stream")
    ending = _ENDINGS.get(document.source.media_type, "")
    response["Content-Disposition"] = content_disposition_header(True, f"{source[:12]}{ending}")
    return response


def mark(request: HttpRequest, incident: str) -> HttpResponse:
    """Says how far an incident is confirmed. The same twice is once; what somebody else said meanwhile is shown first.

    was  how it stood when the form was made
    """
    now = _state(request, incident).verification
    form = Marking(request.POST)
    if form.is_valid() and form.cleaned_data["was"] not in ("", now.value):
        if form.cleaned_data["verification"] == now.value:
            return redirect(_marked(incident))
        form.data = {**form.data.dict(), "was": now.value}
        form.add_error("verification", _meanwhile(request, incident, now))
    if not form.is_valid():
        return incident_page(request, incident, marking=form)
    said = form.cleaned_data
    try:
        record_of(request).set_verification(
            incident, Verification(said["verification"]), actor=request.user.actor, reason=said["reason"]
        )
    except RecordRefused as refused:
        messages.error(request, str(refused))
        return redirect("incidents:incident", incident)
    messages.success(request, _("Saved. The log keeps who said so, and when."))
    return redirect(_marked(incident))


def close_to(request: HttpRequest, incident: str) -> HttpResponse:
    """Closes an incident to everybody but a team. Who is not in the team has seen it for the last time."""
    state, form = _state(request, incident), Closing(request.POST)
    if not form.is_valid():
        return incident_page(request, incident, closing=form)
    team = form.cleaned_data["team"]
    restrict(request, state, team)
    messages.success(request, _("Closed to all but {team}. The log says who closed it.").format(team=team))
    seen = visible(viewer_of(request), [state])
    return redirect("incidents:incident", incident) if seen else redirect("incidents:list")


def open_again(request: HttpRequest, incident: str) -> HttpResponse:
    """Everybody who may look at the record sees the incident again."""
    release(request, _state(request, incident))
    messages.success(request, _("Open again to everybody who may look at the record."))
    return redirect("incidents:incident", incident)


def _marked(incident: str) -> str:
    """The page of the incident, which then forgets what was typed."""
    return f"{reverse('incidents:incident', args=[incident])}?marked=yes"


def _meanwhile(request: HttpRequest, incident: str, now: Verification) -> str:
    entries = [each for each in record_of(request).history(incident) if each.type == "incident_verified"]
    names = dict(User.objects.values_list("actor", "name"))
    who = names.get(entries[-1].actor, entries[-1].actor) if entries else _("somebody")
    told = _("Meanwhile {who} marked it: {state}. Nothing was changed. Say so again if it still holds.")
    return told.format(who=who, state=_(VERIFICATION_WORDS[now]))


def _state(request: HttpRequest, incident: str) -> IncidentState:
    """The incident, if this viewer may know of it; else it is not there."""
    state = record_of(request).incident(incident)
    if state is None or not visible(viewer_of(request), [state]):
        raise Http404(incident)
    return state


def _style_hashes(html: str) -> list[str]:
    """The hash of the stylesheet that the page carries."""
    style = html.partition("<style>")[2].partition("</style>")[0]
    return ["sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()]
