"""Accounts: what a text tells of arrests, attempts and visits at courthouses, one account for each event.

The steps: mentions in each sentence → joined into events → those at a court, by an agency → for each the claims, the
words nearest the event first. Another proposer of accounts may stand beside this one if it returns the same type.
"""

from collections.abc import Iterator, Sequence

from portico.facts import Account, Claim
from portico.reading.claims import claim, cue_name
from portico.reading.how import custody_claims, rare_claims
from portico.reading.incidents import Incident, incidents
from portico.reading.joining import Event, join, lines_of
from portico.reading.mentions import Mention, find_mentions
from portico.reading.passage import Passage
from portico.reading.scene import Scene
from portico.reading.signs import by_signs, matters_of, with_matters
from portico.reading.sources import assertion_claims
from portico.reading.speech import Utterance, utterances
from portico.reading.telling import Telling
from portico.reading.when import date_claims, time_claims
from portico.reading.where import place_claims, zone_claims
from portico.reading.who import agency_claims, people_claims, person_claims, proceeding_claims, role_claims


def find_accounts(passage: Passage, heard: Sequence[Utterance] | None = None) -> tuple[Account, ...]:
    """The accounts of a text, in the order in which it begins to tell them.

    heard  who is reported to speak in it, if the caller has found that already
    """
    scene = Scene(passage, utterances(passage) if heard is None else heard)
    matters = matters_of(scene)
    told = with_matters(matters, find_mentions(scene))
    events = join(scene, tuple(sorted((*told, *by_signs(scene, matters, told)), key=lambda one: one.line.number)))
    found = incidents(_tellings(scene, events))
    if len(found) < len(events):
        # What proved to be no incident keeps no sentences from those that are.
        found = incidents(_tellings(scene, tuple(one.telling.event for one in found)))
    return tuple(Account(claims=tuple(_claims(incident))) for incident in found)


def _tellings(scene: Scene, events: tuple[Event, ...]) -> list[Telling]:
    """Each event with its sentences, and the mentions of all by sentence."""
    told: dict[int, tuple[Mention, ...]] = {}
    for event in events:
        for mention in event.mentions:
            told[mention.line.number] = (*told.get(mention.line.number, ()), mention)
    dealt = zip(events, lines_of(scene, events), strict=True)
    return [Telling(scene, event, lines, len(events) == 1, told) for event, lines in dealt]


def _claims(incident: Incident) -> Iterator[Claim]:
    telling = incident.telling
    yield _kind(incident)
    yield from date_claims(telling)
    yield from time_claims(telling)
    yield from place_claims(incident.place)
    yield from zone_claims(telling)
    yield from agency_claims(telling) if incident.kind != "other_enforcement" else incident.police()
    yield from people_claims(telling, incident.kind)
    yield from person_claims(telling)
    proceeding = next(proceeding_claims(telling, incident.place), None)
    yield from role_claims(telling, proceeding)
    if proceeding:
        yield proceeding
    yield from rare_claims(telling)
    yield from custody_claims(telling)
    yield from assertion_claims(telling)


def _kind(incident: Incident) -> Claim:
    """The kind rests on the words of the event; where none tell it, on all the signs, and no one cue stands for it."""
    first = incident.telling.event.first
    if first.rests_on:
        return claim("kind", incident.kind, *first.rests_on)
    return claim("kind", incident.kind, (first.cue.start, first.cue.end), cue=cue_name(_file(incident), first.cue))


def _file(incident: Incident) -> str:
    return "arrest" if incident.telling.event.first.kind == "arrest" else "attempt"
