"""Statements and actions: check, call, choose a template."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portico.web.access.viewer import viewer_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of
from portico.web.statements.planned import calendar_of
from portico.web.statements.shown import acts, speakers

_ON_A_PAGE = 25


def said(request: HttpRequest) -> HttpResponse:
    """Every speaker's statements over time, whole, all alike."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("who", "about")}
    found = speakers(record_of(request), viewer_of(request), **asked)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    return page_or_part(request, "statements/said.html", "statements/_said.html", {"page": page, **asked})


def actions(request: HttpRequest) -> HttpResponse:
    """Rallies, suits, directives: when, by whom, what they ask of whom."""
    found = acts(record_of(request), viewer_of(request))
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "statements/actions.html", {"page": page})


def calendar(request: HttpRequest) -> HttpResponse:
    """The actions whose day is known, for a calendar."""
    found = acts(record_of(request), viewer_of(request))
    response = HttpResponse(calendar_of(found, timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="actions.ics"'
    return response
