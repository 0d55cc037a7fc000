"""Consent and retention: check, call the record, choose a template. A person records, and a person decides to erase."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portico.record import due_since
from portico.store import Due, Record, StoredAccount, StoredConsent
from portico.web.access.models import User
from portico.web.access.viewer import viewer_of
from portico.web.consent.forms import OnDay, Saying, today
from portico.web.consent.shown import Line, accounts_of, line, said_words
from portico.web.desk.records import best_record, record_of

_ON_A_PAGE = 50


def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody about whom something was said, the last first."""
    record = record_of(request)
    said = sorted(record.consents(), key=lambda each: each.at, reverse=True)
    accounts = accounts_of(record, list(dict.fromkeys(each.subject for each in said)))
    shown = Paginator(_visible(request, accounts, said), _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "consent/list.html", {"page": shown, "lines": _lines(request, shown.object_list, said)})


def one(request: HttpRequest, subject: str) -> HttpResponse:
    """One person or document: what they allow, every time they said so, and a form for what they say now."""
    accounts = accounts_of(record_of(request), [subject]).get(subject, [])
    if not accounts or not _may_know(request, subject, accounts):
        raise Http404(subject)
    form = Saying(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _record(request, subject, form)
        return redirect(f"{reverse('consent:subject', args=[subject])}?recorded=yes")
    record = best_record(request, subject)
    said = record.consents(subject)
    entries = [each for each in record.history(subject) if each.type == "consent_recorded"]
    names = dict(User.objects.values_list("actor", "name"))
    shown = {
        "line": _line(record, subject, said),
        "since": due_since(each.consent for each in said),
        "today": today(),
        "history": [(each, said_words(each), names.get(each.actor, each.actor)) for each in reversed(entries)],
        "form": form,
        "sources": tuple(dict.fromkeys(each.source for each in accounts)),
    }
    return render(request, "consent/subject.html", shown, status=422 if form.errors else 200)


def due(request: HttpRequest) -> HttpResponse:
    """Whose names nothing keeps: what ended it, and the way to what erasing would reach. Nothing erases by itself."""
    form = OnDay(request.GET or None)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today()
    record = record_of(request)
    accounts = accounts_of(record, [each.subject for each in record.due(on)])
    falls = [each for each in record.due(on) if _may_know(request, each.subject, accounts.get(each.subject, []))]
    shown = Paginator(falls, _ON_A_PAGE).get_page(request.GET.get("page"))
    values = {
        "form": form if form.is_bound else OnDay(initial={"on": on}),
        "on": on,
        "later": on + timedelta(days=30),
        "page": shown,
        "lines": _due_lines(request, shown.object_list),
    }
    return render(request, "consent/due.html", values, status=422 if form.errors else 200)


def _record(request: HttpRequest, subject: str, form: Saying) -> None:
    record = record_of(request)
    record.record_consent(subject, form.consent, actor=request.user.actor, how=form.cleaned_data["how"] or None)
    messages.success(request, _("Recorded. The log keeps what they said before, too."))
    since = due_since(each.consent for each in record.consents(subject))
    if since is not None and since <= today():
        messages.warning(request, _("Nothing keeps who they are any more: they stand among those due for erasing."))


def _may_know(request: HttpRequest, subject: str, accounts: Sequence[StoredAccount]) -> bool:
    viewer = viewer_of(request)
    hidden = viewer.hidden.intersection(each.id for each in accounts)
    return not hidden and subject not in viewer.hidden_sources


def _visible(
    request: HttpRequest, accounts: dict[str, list[StoredAccount]], said: Sequence[StoredConsent]
) -> list[str]:
    named = dict.fromkeys(each.subject for each in said)
    return [each for each in named if _may_know(request, each, accounts.get(each, []))]


def _lines(request: HttpRequest, subjects: Sequence[str], said: Sequence[StoredConsent]) -> list[Line]:
    """With names where this session may see them; the log says whose were opened."""
    accounts = accounts_of(best_record(request, *subjects) if subjects else record_of(request), subjects)
    by_subject: dict[str, list[StoredConsent]] = {}
    for each in said:
        by_subject.setdefault(each.subject, []).append(each)
    return [line(each, accounts.get(each, []), by_subject.get(each, []), today()) for each in subjects]


def _due_lines(request: HttpRequest, falls: Sequence[Due]) -> list[tuple[Line, Due]]:
    said = [each for one in falls for each in one.consents]
    return list(zip(_lines(request, [each.subject for each in falls], said), falls, strict=True))


def _line(record: Record, subject: str, said: Sequence[StoredConsent]) -> Line:
    return line(subject, accounts_of(record, [subject]).get(subject, []), said, today())
