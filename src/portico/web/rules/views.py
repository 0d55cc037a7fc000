"""The rules: check, call the rooms, choose a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portico.facts import ATTRIBUTES, IncidentState, PartialDate
from portico.policy import (
    Case,
    InForce,
    Place,
    Rule,
    UnknownRuleError,
    case_of_incident,
    evaluate,
    rule,
    rules_at,
    rules_in_force,
)
from portico.web.access.permissions import visible
from portico.web.access.viewer import viewer_of
from portico.web.desk.parts import page_or_part
from portico.web.desk.records import record_of
from portico.web.gathering import dossier_of
from portico.web.incidents.listing import rows
from portico.web.periods import period_words
from portico.web.report.page import page
from portico.web.rules.answering import Known, note_of, recordable
from portico.web.rules.asked import DayForm, asked
from portico.web.rules.forms import WHENCE, Knowing
from portico.web.rules.supposing import questions, supposed_of, supposing, unknown_day
from portico.web.rules.timeline import timeline
from portico.web.statements.answers import demands_met_by
from portico.web.wording import spaced


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule in force on a day asked for. certain False: perhaps. also: on the other day too."""

    rule: Rule
    period: str
    certain: bool
    also: bool


def day(request: HttpRequest) -> HttpResponse:
    """The rules in force at a courthouse on a day, beside those of another day, and all of them over the years."""
    form = DayForm(request.GET or None)
    shown: dict[str, object] = {"form": form}
    if request.GET and form.is_valid():
        shown.update(_answered(**form.cleaned_data))
    response = page_or_part(request, "rules/day.html", "rules/_day.html", shown)
    response.status_code = 422 if form.errors else 200
    return response


def rule_page(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule in plain words, with its period, its citations and how sure our reading of it is."""
    try:
        found = rule(rule_id)
    except UnknownRuleError as error:
        raise Http404(str(error)) from error
    answered = demands_met_by(record_of(request), viewer_of(request), found.id)
    shown = {"rule": found, "period": period_words(found.period), "answered": answered}
    return render(request, "rules/rule.html", shown)


def incident_page(request: HttpRequest, incident: str) -> HttpResponse:
    """What each provision in force says of an incident, and what the open ones lack.

    Answers that are supposed stand in the address alone: nothing is recorded, and a heading says so.
    """
    record, state = record_of(request), _state(request, incident)
    case = case_of_incident(state)
    supposed = supposed_of(request.GET.dict())
    result = evaluate(supposing(case, supposed))
    shown = {
        "state": state,
        "page": page(dossier_of(record, [state], state, result=result)),
        "questions": questions(case, result, supposed),
        "supposed": {spaced(name): spaced(value) for name, value in supposed.items()},
        "unknown_day": unknown_day(case),
        "facts_at": reverse("incidents:incident", args=[incident]),
        "query": urlencode(supposed),
    }
    return page_or_part(request, "rules/incident.html", "rules/_incident.html", shown)


def record_known(request: HttpRequest, incident: str) -> HttpResponse:
    """Records what somebody knows of the open questions: a note of theirs, linked with the incident.

    What was supposed on the page before is chosen already; what no code can say is named, and not recorded.
    """
    state = _state(request, incident)
    supposed = supposed_of(request.GET.dict())
    form = Knowing(request.POST or None, facts=_asked_of(case_of_incident(state), supposed), initial=supposed)
    if request.method == "POST" and form.is_valid():
        _keep(request, state, form)
        return redirect(f"{reverse('rules:incident', args=[incident])}?recorded=yes")
    shown = {
        "state": state,
        "title": rows([state])[0].title,
        "form": form,
        "unsaid": {spaced(fact): spaced(value) for fact, value in supposed.items() if value not in recordable(fact)},
    }
    return render(request, "rules/record.html", shown, status=422 if form.errors else 200)


def _asked_of(case: Case, supposed: Mapping[str, str]) -> list[str]:
    """The facts that a form asks for: those supposed, those that are open, and those that a note told before."""
    told = [each for each in case.facts.known if each in ATTRIBUTES and not ATTRIBUTES[each].of_event]
    return list(dict.fromkeys(each for each in (*supposed, *evaluate(case).ask_next, *told) if recordable(each)))


def _keep(request: HttpRequest, state: IncidentState, form: Knowing) -> None:
    """Adds the note and links it. The same said twice is once."""
    told, record, actor = form.cleaned_data, record_of(request), request.user.actor
    known = Known(
        incident=state.id,
        answers=form.answers,
        whence=str(WHENCE[told["whence"]]),
        how=told["how"],
        on=timezone.now().date(),
    )
    added = record.add(*note_of(known, actor=actor), actor=actor)
    record.link(state.id, added.accounts[0], actor=actor)
    messages.success(request, _("Recorded as your note. The findings below use it, and name it as their source."))


def _state(request: HttpRequest, incident: str) -> IncidentState:
    """The incident, if this viewer may know of it; else it is not there."""
    state = record_of(request).incident(incident)
    if state is None or not visible(viewer_of(request), [state]):
        raise Http404(incident)
    return state


def _answered(courthouse: str, state: str, day: date, compare: date | None) -> dict[str, object]:
    where = asked(courthouse, state or None, day)
    if where.place is None:
        return {"where": where}
    days = [day, *([compare] if compare else [])]
    in_force = {each: rules_in_force(where.place, PartialDate.of(each)) for each in days}
    return {
        "where": where,
        "day": day,
        "columns": [(each, _columns(in_force[each], [in_force[o] for o in days if o != each])) for each in days],
        "timeline": timeline(rules_at(_any_day(where.place)), days, timezone.now().date()),
    }


def _columns(rules: InForce, others: Sequence[InForce]) -> tuple[Shown, ...]:
    elsewhere = {each.id for other in others for each in other.rules}
    certain = {each.id for each in rules.certain}
    return tuple(
        Shown(each, period_words(each.period), each.id in certain, not others or each.id in elsewhere)
        for each in rules.rules
    )


def _any_day(place: Place) -> Place:
    return Place(state=place.state, county=place.county, court_system=place.court_system, building=place.building)
