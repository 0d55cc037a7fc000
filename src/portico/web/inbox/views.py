"""The inbox: check, call, choose a template. Everything that is added is a proposal until somebody decides."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portico.facts import PorticoError
from portico.store import Choice, Record
from portico.web.access.viewer import viewer_of
from portico.web.consent.calls import consents_of_call
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of
from portico.web.inbox.alike import Found, alike_to
from portico.web.inbox.forms import Calling, Pasting, Uploading
from portico.web.inbox.listing import listed, may_be_known
from portico.web.inbox.models import Aside, Draft, Upload
from portico.web.inbox.receiving import Taken, call_of, call_taken, send, text_taken
from portico.web.inbox.sent import sent_lately
from portico.web.inbox.undoing import last_act, remember, undo_last
from portico.web.inbox.waiting import SHOWS, arrived
from portico.web.read.claims import is_guarded
from portico.web.worker import queue

_ON_A_PAGE = 25
_COMPARED = 20_000  # characters of a text that are compared while it is typed
_FORMS = {"text": Pasting, "call": Calling}


def listing(request: HttpRequest) -> HttpResponse:
    """What came in; what needs a person first."""
    asked = request.GET.get("show", SHOWS[0])
    show = asked if asked in SHOWS else SHOWS[0]
    counts = {each: arrived(request, each).total for each in SHOWS}
    page = Paginator(range(counts[show]), _ON_A_PAGE).get_page(request.GET.get("page"))
    offset = (page.number - 1) * _ON_A_PAGE
    values = {
        "page": page,
        "lines": listed(request, arrived(request, show, offset=offset, limit=_ON_A_PAGE).rows),
        "show": show,
        "tabs": [{"name": each, "words": words, "count": counts[each]} for each, words in _tabs().items()],
        **_sent(request),
        "last_act": last_act(request),
    }
    return page_or_part(request, "inbox/list.html", "inbox/_list.html", values)


def near(request: HttpRequest) -> HttpResponse:
    """Which documents of a page may be of another event. Asked once the page is there: comparing takes longer."""
    sources = request.GET.getlist("source")[:_ON_A_PAGE]
    return render(request, "inbox/_near.html", {"sources": may_be_known(request, sources)})


def _tabs() -> dict[str, str]:
    return dict(zip(SHOWS, (_("Needs a person"), _("Set aside"), _("Decided"), _("All")), strict=True))


def text(request: HttpRequest) -> HttpResponse:
    """Paste a text."""
    return _take(request, "text")


def call(request: HttpRequest) -> HttpResponse:
    """Take a call."""
    return _take(request, "call")


def _take(request: HttpRequest, kind: str) -> HttpResponse:
    form, found = _form(request, kind), Found()
    if request.method == "POST" and form.is_valid():
        taken = _taken(request, kind, form)
        if taken is not None:
            found = alike_to(request, taken)
            if _has_seen(request, found):
                return _add(request, kind, taken)
    values = {**_shown(request, kind, form, found), "asked": request.method == "POST" and not form.errors}
    return render(request, f"inbox/{kind}.html", values, status=422 if form.errors else 200)


def _form(request: HttpRequest, kind: str) -> forms.Form:
    if request.method == "POST":
        return _FORMS[kind](request.POST)
    return _FORMS[kind](initial=Draft.kept(request.user, kind))


def _taken(request: HttpRequest, kind: str, form: forms.Form) -> Taken | None:
    """The document that the form makes. What the readers refuse stands at the form, which keeps what was typed."""
    told = form.cleaned_data
    try:
        if kind == "text":
            return text_taken(**{name: told[name] for name in Pasting.base_fields})
        return call_taken(call_of(told, at=timezone.now()), actor=request.user.actor)
    except PorticoError as problem:
        form.add_error("words", str(problem))
        return None


def _has_seen(request: HttpRequest, found: Found) -> bool:
    """Whether everything that is like it was on the page already when the form was sent."""
    seen = request.POST.get("seen", "").split()
    return not found.held and all(each.incident in seen for each in found.alike)


def _add(request: HttpRequest, kind: str, taken: Taken) -> HttpResponse:
    record = record_of(request)
    added = record.add(*taken, actor=request.user.actor)
    for consent in consents_of_call(request.POST.get("may_use", ""), timezone.now().date()):
        record.record_consent(added.source, consent, actor=request.user.actor)
    Draft.drop(request.user, kind)
    same = request.POST.get("same_as", "")
    if same and added.accounts and _may_link(request, record, same):
        record.link(same, added.accounts[0], actor=request.user.actor, reason=None)
    messages.success(request, _("Kept, and read. Decide about the claims that were found."))
    return redirect("read:document", added.source)


def _may_link(request: HttpRequest, record: Record, incident: str) -> bool:
    state = record.incident(incident)
    return state is not None and viewer_of(request).hidden.isdisjoint(state.accounts)


def alike(request: HttpRequest, kind: str) -> HttpResponse:
    """What the record has that is like the words being typed. Keeps them as a draft, too."""
    if kind not in _FORMS:
        raise Http404
    typed = {name: request.POST.get(name, "") for name in _FORMS[kind].base_fields}
    Draft.keep(request.user, kind, typed)
    form = _FORMS[kind]({**typed, "words": typed["words"][:_COMPARED]})
    found = Found()
    if form.is_valid() and (taken := _taken(request, kind, form)) is not None:
        found = alike_to(request, taken)
    return render(request, "inbox/_alike.html", _shown(request, kind, form, found))


def _shown(request: HttpRequest, kind: str, form: forms.Form, found: Found) -> dict[str, object]:
    place = form.resolved if isinstance(form, Calling) else None
    same = request.POST.get("same_as", "")
    return {"form": form, "found": found, "kind": kind, "place": place, "same_as": same}


def files(request: HttpRequest) -> HttpResponse:
    """Upload files: sealed and hashed first; the worker reads them."""
    form = Uploading(request.POST, request.FILES) if request.method == "POST" else Uploading()
    if request.method == "POST" and form.is_valid():
        sending = send(form.received, private=form.cleaned_data["private"], by=request.user)
        queue.put("inbox.read", sending.pk, by=request.user)
        return redirect("inbox:list")
    return render(request, "inbox/files.html", {"form": form}, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> HttpResponse:
    """Files that are being read, and what became of them; when all are done, for htmx the page around it again."""
    values = _sent(request)
    answer = page_or_part(request, "inbox/sent.html", "inbox/_sent.html", values)
    if not values["is_under_way"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _sent(request: HttpRequest) -> dict[str, object]:
    sendings = sent_lately(request.user)
    return {"sendings": sendings, "is_under_way": any(each.is_under_way for each in sendings)}


def again(request: HttpRequest, number: int) -> HttpResponse:
    """Reads a file again that could not be read."""
    sending = get_object_or_404(Upload, pk=number).send_again(by=request.user)
    queue.put("inbox.read", sending.pk, by=request.user)
    return redirect("inbox:list")


def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a file away that never came into the record."""
    upload = get_object_or_404(Upload, pk=number)
    if upload.sending and queue.is_busy("inbox.read", upload.sending.pk):
        messages.info(request, _("It is being read just now. Take it away when that has ended."))
        return redirect("inbox:list")
    upload.delete()
    messages.success(request, _("The file was taken away. It never was in the record."))
    return redirect("inbox:list")


def accept(request: HttpRequest) -> HttpResponse:
    """Accepts every open claim of the chosen documents. Guarded ones are left: nobody has seen them here."""
    record = record_of(request)
    claims = [claim for source in _chosen(request) for claim in _open_claims(record, source)]
    batch = record.decide_all(
        [Choice(claim=each, decision="accept", seen=0) for each in claims], actor=request.user.actor
    )
    if batch:
        said = ngettext("%(n)d claim accepted.", "%(n)d claims accepted.", len(claims)) % {"n": len(claims)}
        remember(request, said, batch=batch)
    return redirect("inbox:list")


def _open_claims(record: Record, source: str) -> Iterable[str]:
    told = record.told_by(source)
    stand = record.decisions(told)
    for account in told.values():
        for each in account.told:
            if each.id not in stand and not is_guarded(each.claim.attribute):
                yield each.id


def aside(request: HttpRequest) -> HttpResponse:
    """Sets the chosen documents aside, or takes them up again."""
    chosen = _chosen(request)
    if request.POST.get("back"):
        Aside.objects.filter(source__in=chosen).delete()
        return redirect("inbox:list")
    new = [each for each in chosen if not Aside.objects.filter(source=each).exists()]
    Aside.objects.bulk_create([Aside(source=each, by=request.user) for each in new], ignore_conflicts=True)
    if new:
        said = ngettext("%(n)d document set aside.", "%(n)d documents set aside.", len(new)) % {"n": len(new)}
        remember(request, said, aside=new)
    return redirect("inbox:list")


def _chosen(request: HttpRequest) -> list[str]:
    """The chosen documents that this viewer may know of and the record has."""
    record, hidden = record_of(request), viewer_of(request).hidden_sources
    # The button of one line is about that line, whatever is chosen beside it.
    only = [each for each in (request.POST.get("only"), request.POST.get("back")) if each and each != "chosen"]
    named = dict.fromkeys(only or request.POST.getlist("source"))
    return [each for each in named if each not in hidden and record.document(each) is not None]


def undo(request: HttpRequest) -> HttpResponse:
    """Takes back the last thing that was done in this session."""
    number = request.POST.get("number", "")
    if number.isdecimal() and undo_last(request, int(number)):
        messages.success(request, _("Undone."))
    else:
        messages.info(request, _("Nothing was undone: it was undone already, or something else was done since."))
    there = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}):
        there = "inbox:list"
    return redirect(there)
