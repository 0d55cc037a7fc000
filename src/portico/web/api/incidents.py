"""Incidents: the list that the screen has, one with everything behind it, what the rules say of it, its mark."""

from collections.abc import Mapping
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from portico.facts import ATTRIBUTES, MASKED, DataClass, FactState, IncidentState, Verification
from portico.policy import case_of_incident, evaluate
from portico.store import IncidentFilter, IncidentRow, Record, StoredDecision
from portico.web.access.acts import Act
from portico.web.access.viewer import Viewer, viewer_of
from portico.web.api.calls import Asked, Part, one_of
from portico.web.api.knowing import hidden_incidents, incident_of, left_at, part
from portico.web.api.problems import NOTHING, Problem, Refused, checked
from portico.web.api.shapes import FactInList, Findings, Incident, IncidentInList, Page, ShownFact
from portico.web.api.words import Words, shown_claim, shown_source, words_of
from portico.web.desk.records import record_of
from portico.web.incidents.forms import Filters
from portico.web.incidents.listing import filter_of

router = Router(tags=["incidents"])
_PLACES = ("courthouse_id", "county", "city", "state", "court_system", "court_kind")
IncidentId = Annotated[str, Path(description="Of an incident: i-…", max_length=200)]


class Listed(Part):
    """The filters of the list on screen."""

    kind: Annotated[str, one_of(*ATTRIBUTES["kind"].values)] = ""
    zone: Annotated[str, one_of(*ATTRIBUTES["zone"].values)] = ""
    verification: Annotated[str, one_of(*(each.value for each in Verification))] = ""
    court: str = Field("", description="A courthouse, county or state in any spelling")
    since: str = Field("", description="Local day, 2019-05-14; it counts, too")
    until: str = Field("", description="Local day; it counts, too")


@router.get("", url_name="incidents", response=Page[IncidentInList], operation_id="incidents")
def incidents(request: HttpRequest, asked: Query[Listed]) -> Page[IncidentInList]:
    """The incidents, those that came in last first. A disputed fact fits each of its values."""
    form = checked(Filters(asked.model_dump()))
    record, viewer = record_of(request), viewer_of(request)
    after = left_at(record, asked.after, f"a-{asked.after.partition('-')[2]}")
    found = _rows(record, viewer, filter_of(form), after, asked.limit + 1)
    page = part(found, asked.limit, lambda row: row.id)
    return Page(rows=tuple(map(_in_list, page.rows)), next=page.next)


@router.get("/{incident}", url_name="incident", response=Incident, operation_id="incident")
def incident(request: HttpRequest, incident: IncidentId) -> Incident:
    """One incident: each fact with its status, every claim behind it and the words that the claim rests on."""
    state = incident_of(request, incident)
    return _shown(record_of(request), state)


@router.get("/{incident}/findings", url_name="findings", response=Findings, operation_id="findings")
def findings(request: HttpRequest, incident: IncidentId) -> Findings:
    """What each provision that was in force says of the reported facts. Never a verdict on anyone."""
    result = evaluate(case_of_incident(incident_of(request, incident)))
    return Findings(
        certain=tuple(each.id for each in result.in_force.certain),
        uncertain=tuple(each.id for each in result.in_force.uncertain),
        findings=result.findings,
        ask_next=result.ask_next,
    )


class Mark(Asked):
    """How far it is confirmed. seen: what it was when you looked."""

    verification: Verification
    reason: str = Field(
        min_length=1, max_length=500, description="Who or what confirms it: a role or a document, no name"
    )
    seen: Verification


@router.post("/{incident}/mark", url_name="mark", response=Incident, operation_id="mark")
def mark(request: HttpRequest, incident: IncidentId, asked: Mark) -> Incident:
    """Says how far an incident is confirmed. The same again is once."""
    state = incident_of(request, incident, Act.VERIFY)
    record = record_of(request)
    if state.verification not in (asked.seen, asked.verification):
        raise _marked(state)
    if state.verification is not asked.verification:
        record.set_verification(incident, asked.verification, actor=request.user.actor, reason=asked.reason)
        state = incident_of(request, incident, Act.VERIFY)
    return _shown(record, state)


def _marked(state: IncidentState) -> Refused:
    why = f"Somebody marked it {state.verification.value} after you looked."
    problem = Problem(
        code="changed",
        what=NOTHING,
        why=why,
        next="Look at it as it stands, and send your mark with `seen` as it is now.",
        now=state.verification.value,
    )
    return Refused(409, problem)


def _rows(record: Record, viewer: Viewer, where: IncidentFilter, after: str | None, wanted: int) -> list[IncidentRow]:
    hidden = hidden_incidents(record, viewer)
    page = record.find_incidents(where, order="arrival", older_than=after, limit=wanted + len(hidden))
    return [row for row in page.rows if row.id not in hidden][:wanted]


def _in_list(row: IncidentRow) -> IncidentInList:
    named = (fact for fact in row.facts if ATTRIBUTES[fact.attribute].of_event or fact.attribute in _PLACES)
    return IncidentInList(
        id=row.id,
        facts=tuple(FactInList(attribute=fact.attribute, status=fact.status, values=fact.values) for fact in named),
        verification=row.verification,
        accounts=row.accounts,
        sources=row.sources,
        undecided=row.undecided,
        changed=row.changed,
    )


def _shown(record: Record, state: IncidentState) -> Incident:
    documents = record.some_documents(state.sources)
    words = words_of(record, documents, record.told_by(*state.sources).values())
    decisions = record.decisions(state.accounts)
    return Incident(
        id=state.id,
        accounts=state.accounts,
        sources=tuple(shown_source(documents[each], words) for each in state.sources),
        facts=tuple(_fact(each, words, decisions) for each in state.facts),
        verification=state.verification,
    )


def _fact(fact: FactState, words: Words, decisions: Mapping[str, StoredDecision]) -> ShownFact:
    guarded = ATTRIBUTES[fact.attribute].data_class is not DataClass.CLEAR
    return ShownFact(
        attribute=fact.attribute,
        status=fact.status,
        guarded=guarded,
        values=() if guarded else tuple(words.value(each) for each in fact.values if each != MASKED),
        claims=tuple(shown_claim(each, words, decisions.get(each.id)) for each in fact.claims),
    )
