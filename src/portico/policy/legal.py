"""From an incident as reported to the terms that rules turn on, each with the claims it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portico.facts import ATTRIBUTES, FactState, IncidentState, PartialDate, SourcedClaim
from portico.places import Courthouse, load_gazetteer
from portico.policy.loading import load_rules
from portico.policy.place import Place
from portico.policy.reported import Codes, ReportedTable
from portico.policy.vocabulary import Answer, Known


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFacts:
    """What is known, in legal terms.

    known   legal fact → its possible values: one, or several when the reports leave it open or disagree
    claims  legal fact → every claim of the sources that it was read from; a fact that a person gave has none
    """

    known: Known = field(default_factory=dict)
    claims: Mapping[str, tuple[SourcedClaim, ...]] = field(default_factory=dict)


def legal_facts(state: IncidentState, table: ReportedTable | None = None) -> LegalFacts:
    """What a folded incident says in legal terms, by the table `data/reported_to_legal.yaml`.

    Nothing is narrowed: a disputed fact is one of all the values reported, and a value that a source denies leaves
    every other possible. A fact told only in codes that say nothing of it in law (no warrant shown) stays unknown.
    """
    told = {attribute: _possible(state.fact(attribute)) for attribute in ATTRIBUTES if ATTRIBUTES[attribute].values}
    codes: Codes = {name: found for name, found in told.items() if found}
    if "court_kind" not in codes:
        codes = {**codes, "court_kind": _court_kinds(state)}
    known: dict[str, tuple[Answer, ...]] = {}
    claims: dict[str, tuple[SourcedClaim, ...]] = {}
    for each in (table or load_rules().reported).translations:
        answers = each.answers(codes)
        if answers:
            known[each.legal] = answers
            claims[each.legal] = tuple(claim for name in each.reads for claim in _behind(state, name))
    return LegalFacts(known=known, claims=claims)


def place_of(state: IncidentState) -> Place:
    """Where and when an incident was, as far as its claims tell.

    The courthouse decides county, state and court system; several possible courthouses leave several possible values.
    Without one the claims about county, state and court system stand; what nobody tells is unknown.
    """
    courthouses = _courthouses(state)
    dates = tuple(PartialDate(str(value)) for value in state.values("date"))

    def told(attribute: str) -> tuple[str, ...] | None:
        found = [getattr(each, attribute) for each in courthouses] or [str(v) for v in state.values(attribute)]
        return tuple(dict.fromkeys(found)) or None

    return Place(
        date=dates or None,
        state=told("state"),
        county=told("county"),
        court_system=told("court_system"),
        building=tuple(str(value) for value in state.values("courthouse_id")) or None,
    )


def _possible(fact: FactState) -> tuple[str, ...]:
    """The codes still possible. A value that somebody denies opens all the others: nobody outvotes anybody."""
    denied = {value for each in fact.claims if each.claim.hedge == "denied" for value in each.claim.possible}
    if denied.intersection(fact.values):
        return ATTRIBUTES[fact.attribute].values
    return tuple(str(value) for value in fact.values)


def _behind(state: IncidentState, attribute: str) -> Iterator[SourcedClaim]:
    """The claims of an attribute; those of the courthouse where the kind of court was looked up by it."""
    yield from state.fact(attribute).claims
    if attribute == "court_kind" and not state.values("court_kind"):
        yield from state.fact("courthouse_id").claims


def _courthouses(state: IncidentState) -> tuple[Courthouse, ...]:
    """The possible courthouses; none when one of the ids is not in the gazetteer, for then any may be meant."""
    found = [load_gazetteer().by_id(str(value)) for value in state.values("courthouse_id")]
    return tuple(each for each in found if each) if all(found) else ()


def _court_kinds(state: IncidentState) -> tuple[str, ...]:
    kinds = [each.court_kind for each in _courthouses(state)]
    return tuple(dict.fromkeys(kind for kind in kinds if kind)) if all(kinds) else ()
