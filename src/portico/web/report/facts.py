"""The facts that the page numbers, in the order of the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass

from portico.facts import ATTRIBUTES, EVENT_ATTRIBUTES, DataClass, FactState, IncidentState, Status
from portico.web.language import told as _
from portico.web.masks import IDENTIFYING

_OF_THE_PLACE = ("county", "city", "state", "court_system", "court_kind", "courthouse_id")
"""What the gazetteer adds to a courthouse. On the page only where no source names the courthouse."""

_TOLD_ELSEWHERE = ("asserted_by",)
"""On the page with each claim: "according to …"."""

_UNTOLD = {name: FactState(attribute=name, status=Status.UNKNOWN) for name in ATTRIBUTES}


@dataclass(frozen=True, slots=True)
class NumberedFact:
    """A fact with its number on the page: the same in the table, the documents and the findings."""

    number: int
    state: FactState

    @property
    def attribute(self) -> str:
        return self.state.attribute

    @property
    def label(self) -> str:
        return _(ATTRIBUTES[self.state.attribute].label)


def numbered_facts(incident: IncidentState, *, show_guarded: bool = False) -> tuple[NumberedFact, ...]:
    """Every fact of an event, told or not, always with the same number; after them the others that somebody tells of.

    show_guarded  also number the guarded facts that somebody tells of
    """
    told = {fact.attribute: fact for fact in incident.facts}
    others = [name for name in ATTRIBUTES if name in told and _is_shown(name, told, show_guarded)]
    return tuple(
        NumberedFact(number, told.get(name) or _UNTOLD[name])
        for number, name in enumerate((*EVENT_ATTRIBUTES, *others), start=1)
    )


def masked_labels(incident: IncidentState) -> tuple[str, ...]:
    """What else the sources tell that the page masks: the labels alone, "name", "age"."""
    return tuple(
        _(attribute.label).lower()
        for name, attribute in ATTRIBUTES.items()
        if name in IDENTIFYING and incident.fact(name).claims
    )


def _is_shown(name: str, told: Mapping[str, FactState], show_guarded: bool) -> bool:
    attribute = ATTRIBUTES[name]
    if attribute.of_event or name in _TOLD_ELSEWHERE or not told[name].claims:
        return False
    if name in _OF_THE_PLACE:
        unnamed = told.get("courthouse", _UNTOLD["courthouse"]).status is Status.UNKNOWN
        return unnamed and name != "courthouse_id"
    return attribute.data_class is DataClass.CLEAR or (show_guarded and attribute.data_class is DataClass.GUARDED)
