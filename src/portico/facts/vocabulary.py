"""The coded vocabulary: every attribute, its values, its class of data and its label. Printed as `docs/vocabulary.md`.

The order is the order of facts on every page; lists never sort it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class DataClass(Enum):
    """How a value is kept: in clear and counted; encrypted per person; opened only by responders."""

    CLEAR = "clear"
    GUARDED = "guarded"
    SEALED = "sealed"


MASKED = "[guarded]"
"""Stands where a guarded word would: the key is not there, or was destroyed."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One kind of fact.

    values        the codes it may take, in order; empty = free (a name, a number, a date)
    data_class    how its values are kept
    label         what a page calls it
    of_event      one of the facts of an event that are folded and compared (the matrix of sources)
    """

    name: str
    label: str
    data_class: DataClass
    values: tuple[str, ...] = ()
    of_event: bool = False


_CLEAR, _GUARDED, _SEALED = DataClass.CLEAR, DataClass.GUARDED, DataClass.SEALED
_YES_NO = ("yes", "no")


def _event(name: str, label: str, *values: str) -> Attribute:
    return Attribute(name, label, _CLEAR, values, of_event=True)


def _guarded(name: str, label: str) -> Attribute:
    return Attribute(name, label, _GUARDED)


def _asked(name: str, label: str, *values: str) -> Attribute:
    return Attribute(name, label, _CLEAR, values or _YES_NO)


# What rules turn on and sources seldom tell: a person who is asked says so. Each has the name and the values of the
# legal fact that it answers; `policy/data/vocabulary.yaml` says what is meant. Not among them: what an agency says of
# somebody's crimes or immigration status, for which there is no field.
_ASKED = (
    _asked("target_status", "Whether they came for this person", "targeted", "collateral"),
    _asked(
        "warrant_reviewed_by",
        "Who in the court looked at the warrant",
        *("judge", "court_attorney", "designated_judicial_officer", "judicial_marshal", "court_security", "nobody"),
    ),
    _asked("warrant_filed_in_advance", "Warrant filed beforehand"),
    _asked("journey", "On the way", "going_to", "present", "returning_from", "not_attending"),
    _asked("proceeding_stage", "Where the hearing stood", "before", "during", "after"),
    _asked("attending_good_faith", "There in good faith"),
    _asked("nonpublic_exit_used", "Left by a way that is not public"),
    _asked("agents_identified_to_court_staff", "Identified to court staff"),
    _asked("coordinated_with_court_security", "Together with court security"),
    _asked("supervisor_approval", "Approved by a supervisor"),
    _asked("agency_counsel_consulted", "The agency’s lawyers asked"),
    _asked("credible_information", "Knew the person would be there"),
    _asked("leave_of_court", "Allowed by the court"),
    _asked("extraordinary_circumstances", "Extraordinary circumstances"),
    _asked("immediate_public_safety", "Public safety at stake at once"),
    _asked("national_security", "National security"),
    _asked("imminent_harm", "Imminent risk of harm"),
    _asked("hot_pursuit", "Hot pursuit"),
    _asked("evidence_destruction", "Evidence about to be destroyed"),
    _asked("no_safe_alternative_and_approved", "No safe place elsewhere, and approved"),
    _asked("poses_threat_or_interferes", "Threatened or stood in the way"),
    _asked("in_criminal_custody", "Brought by jailers"),
)

_ATTRIBUTES = (
    _event("kind", "What happened", "arrest", "attempted_arrest", "sighting", "other_enforcement"),
    _event("date", "Date"),
    _event("time", "Time"),
    _event("courthouse", "Courthouse"),
    Attribute("courthouse_id", "Courthouse (gazetteer)", _CLEAR),
    Attribute("county", "County", _CLEAR),
    Attribute("city", "City", _CLEAR),
    Attribute("state", "State", _CLEAR),
    Attribute(
        "court_system",
        "Court system",
        _CLEAR,
        ("ny_ucs", "ny_town_village", "state_or_local", "federal_article_iii", "eoir"),
    ),
    Attribute(
        "court_kind", "Kind of court", _CLEAR, ("criminal", "family", "civil", "traffic", "immigration", "mixed")
    ),
    _event(
        "zone",
        "Where in the building",
        *("courtroom", "hallway", "lobby", "elevator", "nonpublic_area", "inside_unspecified"),
        *("entrance", "parking", "street_vicinity", "outside_unspecified"),
    ),
    _event("agency", "Agency", "ice", "hsi", "cbp", "federal_unspecified", "local_police", "other"),
    _event("people_arrested", "People taken"),
    _event(
        "role",
        "The person’s role",
        *("defendant", "victim", "witness", "family", "litigant", "attorney", "bystander"),
    ),
    _event(
        "proceeding",
        "Proceeding",
        *("criminal", "domestic_violence", "family", "traffic", "civil", "immigration", "other"),
    ),
    _event("warrant", "Warrant", "judicial", "administrative", "none_shown"),
    _event("plain_clothes", "Plain clothes", *_YES_NO),
    _event("identified", "Identified to the person", *_YES_NO),
    _event("face_covered", "Faces covered", *_YES_NO),
    _event("force_used", "Force on the person", *_YES_NO),
    _event("counsel_access", "Access to counsel", "given", "denied", "interrupted"),
    _event("attorney_told", "Attorney told", *_YES_NO),
    _event("judge_informed", "Judge informed", *_YES_NO),
    _event("administration_told", "Court administration told", *_YES_NO),
    _event("court_staff", "Court staff", "assisted", "obstructed", "neither", "informed"),
    _event("purpose_stated", "Purpose stated to staff", *_YES_NO),
    _event("visit_recorded", "Visit recorded", *_YES_NO),
    _event("report_filed", "Court’s report filed", *_YES_NO),
    _event("custody_outcome", "Custody", "taken", "released", "not_taken", "transferred"),
    Attribute("custody_place", "Place of custody", _CLEAR),
    *_ASKED,
    Attribute("asserted_by", "Who says so", _CLEAR),
    _guarded("name", "Name"),
    _guarded("alias", "Other name"),
    _guarded("age", "Age"),
    Attribute("gender", "Gender", _GUARDED, ("male", "female", "other")),
    _guarded("nationality", "Nationality"),
    _guarded("language", "Language"),
    _guarded("a_number", "A-number"),
    _guarded("contact", "Contact"),
    _guarded("docket", "Docket number"),
    _guarded("narrative", "Narrative"),
    _guarded("outcome", "Outcome"),
    _guarded("officer_name", "Officer’s name"),
    Attribute("hotline_report", "Hotline report", _SEALED),
    Attribute("attorney_note", "Attorney’s note", _SEALED),
)

ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType({each.name: each for each in _ATTRIBUTES})
EVENT_ATTRIBUTES: tuple[str, ...] = tuple(each.name for each in _ATTRIBUTES if each.of_event)
PERSON_ATTRIBUTES: tuple[str, ...] = ("name", "alias", "age", "gender", "role")

ACTION_KINDS = ("rally", "walkout", "march", "lawsuit", "letter", "legislation", "other")
HEDGES = ("alleged", "denied")


def check_value(attribute: str, value: object) -> None:
    """Raises ValueError if the attribute is unknown, or the value is none of its codes. A bug, not a person's error."""
    if attribute not in ATTRIBUTES:
        raise ValueError(f"{attribute!r} is not in the vocabulary")
    codes = ATTRIBUTES[attribute].values
    if codes and value not in codes:
        raise ValueError(f"{attribute}: a value is none of {', '.join(codes)}")
