"""Statements and actions: check, call, choose a template."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portico.web.access.viewer import viewer_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of
from portico.web.inbox.undoing import last_act, remember
from portico.web.statements.answers import Demand, Things, acts_with_answers, demand_of, speakers_with_demands
from portico.web.statements.planned import calendar_of
from portico.web.statements.shown import acts, acts_with_words, speakers, with_words

_ON_A_PAGE = 25


def said(request: HttpRequest) -> HttpResponse:
    """Every speaker's statements over time, whole, all alike."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("who", "about")}
    found = speakers(record_of(request), viewer_of(request), **asked)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    shown = with_words(record_of(request), viewer_of(request), page.object_list)
    page.object_list = speakers_with_demands(record_of(request), viewer_of(request), shown)
    return page_or_part(request, "statements/said.html", "statements/_said.html", {"page": page, **asked})


def actions(request: HttpRequest) -> HttpResponse:
    """Rallies, suits, directives: when, by whom, what they ask of whom."""
    found = acts(record_of(request), viewer_of(request))
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    shown = acts_with_words(record_of(request), viewer_of(request), page.object_list)
    page.object_list = acts_with_answers(record_of(request), viewer_of(request), shown)
    return render(request, "statements/actions.html", {"page": page})


def demand(request: HttpRequest, action: str) -> HttpResponse:
    """One demand: what people say answered it, and what may have."""
    words = request.GET.get("words", "")[:100].strip()
    shown = {"demand": _demand(request, action, words), "words": words, "last_act": last_act(request)}
    return page_or_part(request, "statements/demand.html", "statements/_may_answer.html", shown)


def answer(request: HttpRequest, action: str) -> HttpResponse:
    """Links what answered a demand; the same again is once."""
    named = request.POST.get("answer", "")
    record, viewer = record_of(request), viewer_of(request)
    if _demand(request, action).asked.id == named or not Things(record, viewer).knows(named):
        raise Http404
    batch = record.answer_demand(action, named, actor=request.user.actor)
    if batch is not None:
        remember(request, _("Linked as an answer."), batch=batch)
    return redirect("statements:demand", action)


def take_back(request: HttpRequest, action: str) -> HttpResponse:
    """What was linked does not answer it after all. The log keeps both."""
    named = request.POST.get("answer", "")
    shown = {each.thing.id for each in _demand(request, action).answers}
    record = record_of(request)
    for each in record.demand_answers():
        if (each.action, each.answer) == (action, named) and named in shown:
            record.undo(each.batch, actor=request.user.actor)
            messages.success(request, _("Taken back: it no longer stands as an answer."))
    return redirect("statements:demand", action)


def _demand(request: HttpRequest, action: str, words: str = "") -> Demand:
    """Raises Http404 for one that is not there, or not for this viewer."""
    found = demand_of(record_of(request), viewer_of(request), action, words)
    if found is None:
        raise Http404
    return found


def calendar(request: HttpRequest) -> HttpResponse:
    """The actions whose day is known, for a calendar."""
    found = acts(record_of(request), viewer_of(request))
    response = HttpResponse(calendar_of(found, timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="actions.ics"'
    return response
