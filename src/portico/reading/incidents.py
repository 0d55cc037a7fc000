"""Incidents: which events are arrests, attempts or visits at a courthouse by an agency, and which are not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from portico.facts import Claim
from portico.reading.claims import claim, cue_name
from portico.reading.cues import Hit
from portico.reading.joining import court_of, day_of
from portico.reading.mentions import AFAR, BY_SIGNS, Mention
from portico.reading.scene import Line, Scene
from portico.reading.telling import Telling
from portico.reading.where import Place, place_of

IncidentKind = Literal["arrest", "attempted_arrest", "sighting", "other_enforcement"]
_IMMIGRATION = frozenset({"ice", "cbp", "hsi", "immigration", "federal_unspecified"})
_VAGUE = re.compile(
    r"\b(?:someone|somebody|an? (?:person|individual|immigrant|migrant|client|defendant))$", re.IGNORECASE
)
_FEDERAL = re.compile(r"marshal|fbi|dea\b", re.IGNORECASE)
_ARRESTED = re.compile(r"\barrest", re.IGNORECASE)
_SHORT = 40
_LONGEST = 16
_SAID_TWICE = 2
_BESIDE, _FAR = 30, 6
_CLOSE = frozenset({"courtroom", "hallway", "lobby", "entrance"})
_HANDOVER = frozenset({"handover", "office"})
_ELSEWHERE = _HANDOVER | {"home", "work", "road"}
_LET_GO = frozenset({"left-without", "let-go"})
_POLICE = frozenset({"local_police", "other", "guards"})


@dataclass(frozen=True, slots=True)
class Incident:
    """An event at a court: its kind, the court of it, and the words that name police where police acted."""

    telling: Telling
    kind: IncidentKind
    place: Place | None
    actor: Hit | None = None

    def police(self) -> Iterator[Claim]:
        if self.actor:
            words = self.telling.scene.text[self.actor.start : self.actor.end]
            value = "other" if self.actor.value == "other" or _FEDERAL.search(words) else "local_police"
            file = "agency" if self.actor.value in _POLICE else "other_officers"
            yield claim("agency", value, (self.actor.start, self.actor.end), cue=cue_name(file, self.actor))


def incidents(tellings: Sequence[Telling]) -> tuple[Incident, ...]:
    found = [incident for telling in tellings if (incident := _incident(telling))]
    counts: dict[IncidentKind, list[int]] = {}
    for one in found:
        counts.setdefault(one.kind, []).append(_count(one))
    all_told = {kind: (len(each), sum(each)) for kind, each in counts.items()}
    return tuple(one for one in found if not _is_total_of_others(_count(one), *all_told[one.kind]))


def _incident(telling: Telling) -> Incident | None:
    scene = telling.scene
    if not _is_somebody(telling) or not _is_at_court(telling) or _is_elsewhere(telling) or _is_made_up(scene):
        return None
    place, acted = place_of(telling), _police(telling)
    if acted:
        return Incident(telling, "other_enforcement", place, acted)
    return None if _is_untrue(telling) else _by_agency(telling, place)


def _by_agency(telling: Telling, place: Place | None) -> Incident | None:
    """The agency's, where the text names it beside the event or it was in immigration court; else that of police."""
    acting = [hit for line in telling.mention_lines for hit in telling.scene.hits("agency", line)]
    anywhere = _has_officers(telling) or telling.event.first.cue.value == BY_SIGNS
    near = () if anywhere else telling.around(telling.reach(4))
    beside = frozenset(hit.value for line in near for hit in telling.scene.hits("agency", line))
    around = telling.scene.anywhere("agency") if anywhere else beside
    police = next((hit for hit in acting if hit.value in _POLICE), None)
    if _is_not_the_agency(telling) or (police and _is_denied(telling)):
        police = police or next((hit for _, hit in telling.hits("agency") if hit.value in _POLICE), None)
    elif around & _IMMIGRATION or (place and place.court.court_system == "eoir"):
        return Incident(telling, telling.event.kind, place)  # type: ignore[arg-type]
    return Incident(telling, "other_enforcement", place, police) if police else None


def _has_officers(telling: Telling) -> bool:
    """Whether the event's own words show officers; who they are, the text may have said far before."""
    return any(telling.scene.hits("officers", line) for line in telling.mention_lines)


def _is_made_up(scene: Scene) -> bool:
    """About a book, a play, an exercise or a time long past: two words of the kind say so, or one plainly."""
    return scene.times("doubt", "made_up") > 0 or any(
        scene.times("doubt", value) >= _SAID_TWICE for value in ("fiction", "drill", "past")
    )


def _is_untrue(telling: Telling) -> bool:
    """Said outright to be false, or doubted more than once, in the sentences that are the event's."""
    told = [hit.value for line in telling.lines for hit in telling.scene.hits("doubt", line)]
    return "flatly_untrue" in told or told.count("untrue") >= _SAID_TWICE


def _police(telling: Telling) -> Hit | None:
    """Words by which police, deputies or marshals do what the event's own words tell, and no agency beside them."""
    scene = telling.scene
    for mention in telling.event.mentions:
        immigration = [hit for hit in scene.hits("agency", mention.line) if hit.value in _IMMIGRATION]
        for hit in scene.hits("other_officers", mention.line):
            beside = hit.start - _BESIDE <= mention.cue.start <= hit.end + _BESIDE
            between = any(min(hit.start, mention.cue.start) <= one.start <= mention.cue.end for one in immigration)
            if hit.value == "police_acted" and beside and not between:
                return hit
    return None


def _is_not_the_agency(telling: Telling) -> bool:
    return any(
        "not_agency" in telling.scene.values("not_an_incident", line) for line in telling.around(telling.reach(3))
    )


def _is_elsewhere(telling: Telling) -> bool:
    return _is_handover(telling) or _is_unrelated(telling)


def _is_unrelated(telling: Telling) -> bool:
    """Whether the text says, beside the event, that the person was not at the court or had no business there."""
    beside = telling.around(_SHORT if telling.alone else 1)
    return any("unrelated" in telling.scene.values("not_an_incident", line) for line in beside)


def _is_handover(telling: Telling) -> bool:
    """At a jail or the agency's own office, by words beside the event that no court stands beside."""
    afar = all(mention.cue.value in AFAR | {"noun"} for mention in telling.event.mentions)
    let_go = all(mention.cue.cue.id in _LET_GO for mention in telling.event.mentions)
    beside, marks = (telling.around(_FAR), _ELSEWHERE) if afar else (telling.around(2), _HANDOVER)
    if let_go:
        # Whoever was let go had been taken where the words beside it say.
        beside, marks = telling.around(3), _ELSEWHERE | {"place", "jail"}
    if not any(marks & telling.scene.values("not_an_incident", line) for line in beside):
        return False
    return not any(_names_court(telling.scene, line) for line in telling.mention_lines)


def _names_court(scene: Scene, line: Line) -> bool:
    return any(not court.generic for court in scene.courts(line))


def _is_somebody(telling: Telling) -> bool:
    """Somebody in particular, once: "someone taken at a court" and "the immigrants arrested" are talk of a practice."""
    return any(_is_particular(telling, mention) for mention in telling.event.mentions)


def _is_particular(telling: Telling, mention: Mention) -> bool:
    person = mention.person
    day, court = day_of(telling.scene, mention), court_of(telling.scene, mention)
    if mention.kind == "sighting":
        beside = telling.scene.lines if telling.alone and len(telling.scene.lines) <= _SHORT else telling.around(1)
        told = any(_has_day(telling.scene, line) for line in beside) and any(map(telling.scene.courts, beside))
        if not telling.alone and any(telling.scene.hits("zone", line) for line in beside) and _is_dated(telling):
            return True
        return bool(day or court) and told
    if person is None and mention.cue.value == BY_SIGNS and _is_dated(telling):
        return True
    if person is None or (person.form == "noun" and person.count is None):
        return bool(day and court) or (telling.alone and person is None and _is_told_closely(telling, mention))
    if person.form == "noun" and _VAGUE.search(telling.scene.text, person.start, person.end):
        return bool(day)
    return True


def _is_dated(telling: Telling) -> bool:
    """A stretch with a day of its own in a text that names a court, where nobody marches, sues or legislates."""
    acts = any(telling.scene.hits("actions", line) for line in telling.around(3))
    return telling.event.first.setting_day is not None and telling.scene.names_court and not acts


def _is_told_closely(telling: Telling, mention: Mention) -> bool:
    """In a short text about one event, a named court with a zone or a day suffices, whoever it was."""
    scene = telling.scene
    if len(scene.lines) > _SHORT or not (scene.names_court or scene.shows_court):
        return False
    if any("total" in scene.values("not_an_incident", line) for line in scene.lines):
        return False
    zone = any(scene.hits("zone", line) for line in telling.around(2))
    return zone or any(_has_day(scene, line) for line in scene.lines)


def _has_day(scene: Scene, line: Line) -> bool:
    return any(date.value and date.role == "event" for date in scene.dates(line))


def _is_at_court(telling: Telling) -> bool:
    """A court in the event's own sentences, near them or in their matter; in a short text of one event, anywhere."""
    near = (*telling.around(6 if telling.alone else 4), *_matter_before(telling))
    if any(telling.scene.courts(line) for line in near):
        return True
    if telling.scene.shows_court:
        return telling.alone or any(telling.scene.hits("court_life", line) for line in near)
    told_in = any(_CLOSE & telling.scene.values("zone", line) for line in telling.mention_lines)
    if told_in and telling.scene.names_court:
        return True
    zone = any(telling.scene.hits("zone", line) for line in telling.around(1))
    if zone and len(telling.scene.court_names) == 1:
        return True
    short = telling.alone and len(telling.scene.lines) <= _SHORT
    return short and any(telling.scene.courts(line) for line in telling.scene.lines)


def _matter_before(telling: Telling) -> tuple[Line, ...]:
    """The sentences from where the event's matter begins up to its first words, sixteen at most."""
    first = telling.event.first
    begins = first.matter.start if first.matter else first.line.number
    return telling.scene.lines[max(begins, first.line.number - _LONGEST) : first.line.number]


def _is_denied(telling: Telling) -> bool:
    """Whether the agency says it arrested nobody there, or the text that it was not the agency."""
    for line in telling.nearest(telling.reach(8)):
        nobody = "nobody" in telling.scene.values("sighting", line) or "negated" in telling.scene.values(
            "not_an_incident", line
        )
        spoken_by = telling.scene.values("agency", line) & {"ice", "cbp", "hsi"}
        if nobody and spoken_by and _ARRESTED.search(telling.scene.text, line.start, line.end):
            return True
    return False


def _is_total_of_others(count: int, events: int, people: int) -> bool:
    """A group total equal to the sum of the other events of its kind, two at least, is their total and no event."""
    return events > 2 and count > 1 and count == people - count


def _count(incident: Incident) -> int:
    """How many an event took, as far as it is told; 0 where it is not."""
    return max((p.count for p in incident.telling.event.persons if p.count), default=0)
