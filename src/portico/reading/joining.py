"""Joining: which mentions tell of one event. One event in four texts is not alone in its text.

Two mentions are of one event unless something speaks against it: another day, another court, another name, another
number or gender, an arrest against a mere visit, or words such as "the month before".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from portico.places import CourtMention
from portico.reading.cues import load_words
from portico.reading.dates import DateMention
from portico.reading.mentions import Kind, Mention
from portico.reading.persons import PersonPhrase
from portico.reading.scene import Line, Scene

T = TypeVar("T", DateMention, CourtMention)

_RUNS_ON = 4
# A mention is compared with so many events before it, so that a list of a thousand stays linear.
_KEPT = 30
_RETOLD = frozenset({"title", "caption"})


@dataclass(slots=True)
class Event:
    """The mentions of one event, in the order of the text, and what sets it apart from others."""

    mentions: list[Mention]
    day: DateMention | None = None
    running: DateMention | None = None
    court: CourtMention | None = None
    persons: list[PersonPhrase] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """An arrest goes before an attempt, an attempt before a visit."""
        kinds = {mention.kind for mention in self.mentions}
        order: tuple[Kind, ...] = ("arrest", "attempted_arrest", "sighting")
        return next((kind for kind in order if kind in kinds), "sighting")

    @property
    def first(self) -> Mention:
        return self.mentions[0]

    def takes(self, mention: Mention, day: DateMention | None, court: CourtMention | None) -> None:
        self.mentions.append(mention)
        self.day, self.court = self.day or day, self.court or court
        if mention.person:
            self.persons.append(mention.person)


def join(scene: Scene, mentions: tuple[Mention, ...]) -> tuple[Event, ...]:
    """The events of a text, in the order in which it begins to tell them.

    A headline and a caption tell again what the story tells: they make an event only where the story makes none.
    """
    events: list[Event] = []
    told = [mention for mention in mentions if mention.line.kind not in _RETOLD]
    for mention in told or mentions:
        _place(scene, events, mention)
    if not events:
        # Nothing tells of it closely: what tells of it from afar ("she is held in Dover") is all there is.
        for mention in told or mentions:
            _place(scene, events, replace(mention, weak=False))
    for mention in mentions if told else ():
        if mention.line.kind in _RETOLD:
            _retell(scene, events, mention)
    return tuple(events)


def _place(scene: Scene, events: list[Event], mention: Mention) -> None:
    day, court = day_of(scene, mention) or mention.day, court_of(scene, mention)
    fitting = [event for event in reversed(events[-_KEPT:]) if not _conflict(scene, event, mention, day, court)]
    if fitting:
        _nearest(fitting, mention).takes(mention, day, court)
    elif not mention.weak and mention.kind != "nobody":
        event = Event([], running=_running_day(scene, mention.line))
        event.takes(mention, day, court)
        events.append(event)


def _running_day(scene: Scene, line: Line) -> DateMention | None:
    """The day that the sentences right before have given: "On May 2 I stood up with her. … They took her."""
    for earlier in reversed(scene.lines[max(0, line.number - _RUNS_ON) : line.number]):
        days = [d for d in scene.dates(earlier) if d.role == "event" and d.value and d.value.precision == "day"]
        if days:
            return days[-1]
    return None


def _before(event: Event, mention: Mention) -> DateMention | None:
    """The running day of an event counts against what another paragraph tells of a day of its own."""
    return event.running if event.first.line.block != mention.line.block else None


def _nearest(fitting: list[Event], mention: Mention) -> Event:
    """The event of the same name, else the one told last."""
    name = mention.person.name if mention.person else None
    if name:
        for event in fitting:
            if any(person.name and same_name(person.name, name) for person in event.persons):
                return event
    return fitting[0]


def _retell(scene: Scene, events: list[Event], mention: Mention) -> None:
    day, court = day_of(scene, mention), court_of(scene, mention)
    fitting = [event for event in events[:_KEPT] if not _conflict(scene, event, mention, day, court)]
    if len(fitting) == 1 or (fitting and len(events) == 1):
        fitting[0].takes(mention, day, court)


def _conflict(
    scene: Scene, event: Event, mention: Mention, day: DateMention | None, court: CourtMention | None
) -> bool:
    if mention.apart or _other_day(event.day or _before(event, mention), day) or _other_court(event.court, court):
        return True
    if mention.kind == "nobody":
        return event.kind == "arrest" and not _same_block(event, mention)
    if _other_person(event, mention.person):
        return True
    if _other_kind(event, mention, day):
        return True
    return _begins_another(scene, event, mention)


def _other_day(one: DateMention | None, other: DateMention | None) -> bool:
    if one is None or other is None or one.value is None or other.value is None:
        # Two weekdays without a date are two days all the same.
        return bool(
            one and other and one.weekday is not None and other.weekday is not None and one.weekday != other.weekday
        )
    return not one.value.may_equal(other.value)


def same_court(one: CourtMention, other: CourtMention) -> bool:
    """Whether two mentions may be of one court: nothing speaks against it, and they share a row or a place."""
    shared = {row.id for row in one.candidates} & {row.id for row in other.candidates}
    same_area = any(a and a == b for a, b in ((one.county, other.county), (one.city, other.city)))
    return bool(shared) or (not _other_court(one, other) and same_area)


def _other_court(one: CourtMention | None, other: CourtMention | None) -> bool:
    """Courts differ if they share no row of the gazetteer and no distinctive word."""
    if one is None or other is None:
        return False
    rows, others = {row.id for row in one.candidates}, {row.id for row in other.candidates}
    if rows and others:
        return not rows & others
    mine, its = _distinctive(one.name), _distinctive(other.name)
    return bool(mine and its) and not mine & its


def _distinctive(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name.lower())) - load_words("court_words", "plain")


def _other_person(event: Event, person: PersonPhrase | None) -> bool:
    if person is None or not event.persons:
        return False
    known = event.persons
    if person.name and any(one.name for one in known):
        return not any(one.name and same_name(one.name, person.name) for one in known)
    return _other_number_or_gender(known, person, placeless=event.court is None)


def _other_number_or_gender(known: list[PersonPhrase], person: PersonPhrase, *, placeless: bool) -> bool:
    """Two of three, told after a total that names no court, are an event of their own."""
    first = next((one for one in known if one.form != "pronoun"), known[0])
    if first.count == 1 and person.count is not None and person.count > 1:
        return True
    if (
        first.count
        and first.count > 1
        and person.count
        and person.count < first.count
        and person.indefinite
        and placeless
    ):
        return True
    return bool(first.gender and person.gender and first.gender != person.gender)


def _other_kind(event: Event, mention: Mention, day: DateMention | None) -> bool:
    """An attempt on somebody new is not the arrest before it; a visit told beside either is part of it."""
    if mention.kind == "sighting" and event.kind == "arrest" and event.day is None and day is not None:
        return not _same_block(event, mention)
    if mention.kind == "attempted_arrest" and event.kind == "arrest":
        return mention.person is not None and is_new(mention.person) and _counts_differ(event, mention.person)
    return False


def _counts_differ(event: Event, person: PersonPhrase) -> bool:
    first = next((one for one in event.persons if one.form != "pronoun"), None)
    return (
        first is None
        or first.count != person.count
        or (first.gender or person.gender) != (person.gender or first.gender)
    )


def is_new(person: PersonPhrase) -> bool:
    """Whether the words bring somebody into the story: "a man", not "the man" or "him"."""
    return person.form == "noun" and person.indefinite


def _begins_another(scene: Scene, event: Event, mention: Mention) -> bool:
    if event.first.line.number == mention.line.number or mention.weak:
        return False
    return bool(scene.hits("another", mention.line)) and (
        mention.person is None or is_new(mention.person) or bool(mention.person.name)
    )


def _same_block(event: Event, mention: Mention) -> bool:
    return any(abs(one.line.block - mention.line.block) <= 1 for one in event.mentions)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings may be one person's: they share a word of three letters or more, or are equal."""
    if one == other:
        return True
    mine, its = (frozenset(re.findall(r"[^\W_]{3,}", name.lower())) for name in (one, other))
    return bool(mine & its)


def day_of(scene: Scene, mention: Mention) -> DateMention | None:
    """The day that the sentence gives for the event, the one nearest to its words; what is yet to come is none."""
    return _closest([d for d in scene.dates(mention.line) if d.role == "event"], mention)


def court_of(scene: Scene, mention: Mention) -> CourtMention | None:
    """The court that the sentence names, the nearest; "the courthouse" says nothing, an address less than a name."""
    named = [court for court in scene.courts(mention.line) if not court.generic]
    return _closest([court for court in named if not court.name[:1].isdigit()] or named, mention)


def _closest(found: Sequence[T], mention: Mention) -> T | None:
    return min(found, key=lambda one: max(one.start - mention.cue.end, mention.cue.start - one.end), default=None)


def lines_of(scene: Scene, events: tuple[Event, ...]) -> tuple[tuple[Line, ...], ...]:
    """The sentences of each event: from its first mention until the next event's; what stands before is the first's.

    The title is everybody's.
    """
    every = [(m.line.number, number, m.matter) for number, event in enumerate(events) for m in _of_story(event)]
    told = sorted(every, key=lambda one: one[:2])
    starts = [(_begins(told, place), number) for place, (_, number, _) in enumerate(told)]
    if not starts:
        return tuple(scene.lines for _ in events)
    owner: list[int] = []
    current, following = starts[0][1], 0
    for line in scene.lines:
        while following < len(starts) and starts[following][0] <= line.number:
            current = starts[following][1]
            following += 1
        owner.append(current)
    return _dealt(scene, events, owner)


def _of_story(event: Event) -> list[Mention]:
    return [mention for mention in event.mentions if mention.line.kind not in _RETOLD]


def _begins(told: Sequence[tuple[int, int, range | None]], place: int) -> int:
    """Where the sentences of a mention begin: with its matter, if nothing was told between."""
    line, _, matter = told[place]
    before = told[place - 1][0] if place else -1
    return matter.start if matter and before < matter.start else line


def _dealt(scene: Scene, events: tuple[Event, ...], owner: list[int]) -> tuple[tuple[Line, ...], ...]:
    """The sentences of each event: those it owns and those that tell of it beside another."""
    dealt: list[set[Line]] = [{mention.line for mention in event.mentions} for event in events]
    for line, number in zip(scene.lines, owner, strict=True):
        dealt[number].add(line)
    return tuple(tuple(sorted(lines, key=lambda line: line.number)) for lines in dealt)
