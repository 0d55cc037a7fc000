"""Mentions: the places in a text that tell of an arrest, an attempt or a visit at a court, one by one."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from portico.reading.cues import Hit
from portico.reading.dates import DateMention
from portico.reading.persons import PersonPhrase
from portico.reading.scene import Line, Scene

Kind = Literal["arrest", "attempted_arrest", "sighting", "nobody"]

_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|got|gets|get|him|her|them|somebody|someone)\s+(?:(?:\w+ly|then|also|later|just|first|soon|both|all|again|instead|last)\s+){0,2}$",
    re.IGNORECASE,
)
_ACTIVE_BEFORE = re.compile(
    r"\b(?:has|have|had|who|agents?|officers?|deput(?:y|ies)|detectives?|ICE|police|they|he|she|it|agency|enforcement|men|patrol)\s+(?:(?:\w+ly|then|also|later|just|had|have|has)\s+){0,2}$",
    re.IGNORECASE,
)
_REDUCED_AFTER = re.compile(
    r"\s*(?:$|[,.;:)“”\"]|(?:by|at|in|on|outside|inside|near|while|when|as|after|before|this|last|for|from|without|under|over|and|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today)\b)",
)
_POSSESSED = re.compile(
    r"\s+(?!(?:into|to|by|at|in|on|out|outside|away|from|down|up|off|and|before|after|as|when|through|past|without|with)\b)[a-z]"
)
_FAR_BEFORE, _FAR_AFTER = 220, 90
BY_SIGNS = "by signs"
AFAR = frozenset({"afterwards", "gone", BY_SIGNS})
"""Words that tell of an arrest from afar: what became of the person, or that somebody is no longer there."""

NEGATED = frozenset({"negated"})
TALK = frozenset({"rule", "total", "question", "charge"})
ELSEWHERE = frozenset({"home", "jail", "work", "road", "office", "place"})
_NEAR = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that tell of one event.

    line    the sentence
    cue     the words of taking, trying or being there
    person  who was taken or sought, where the sentence says
    apart   told in a setting of its own, which sets it apart from every other event
    day     of its setting, where that is apart from the others
    matter       numbers of the sentences that go on with the same matter, where the text tells of several
    rests_on     by signs: the words of the signs
    setting_day  of its setting, apart or not
    weak    an arrest spoken of ("her arrest"), which belongs to an event told elsewhere and makes none by itself
    """

    kind: Kind
    line: Line
    cue: Hit
    person: PersonPhrase | None = None
    weak: bool = False
    apart: bool = False
    day: DateMention | None = None
    setting_day: DateMention | None = None
    matter: range | None = None
    rests_on: tuple[tuple[int, int], ...] = ()


def find_mentions(scene: Scene) -> tuple[Mention, ...]:
    """Every mention, in the order of the text; those that a rule, a total or another place explains are left out."""
    lines = (line for line in scene.lines if line.kind != "furniture")
    return tuple(one for line in lines for one in _in_line(scene, line) if not _is_explained(scene, one))


def explained(scene: Scene, why: Collection[str]) -> frozenset[int]:
    """Numbers of the sentences whose words of taking are explained away by one of these values of "not an incident"."""
    prose = (line for line in scene.lines if line.kind != "furniture")
    lines = (line for line in prose if not scene.values("not_an_incident", line).isdisjoint(why))
    told = ((line, one) for line in lines for one in _in_line(scene, line) if one.cue.value not in AFAR)
    return frozenset(line.number for line, one in told if _is_explained(scene, one))


def _in_line(scene: Scene, line: Line) -> Iterator[Mention]:
    hits = scene.hits("arrest", line)
    attempts = scene.hits("attempt", line)
    found = [_presence(scene, line, hit) for hit in (*attempts, *scene.hits("sighting", line))]
    found += [_arrest(scene, line, hit) for hit in hits if not _inside(hit, attempts) and _counts(scene, line, hit)]
    yield from sorted(found, key=lambda one: one.cue.start)


def _inside(hit: Hit, wider: tuple[Hit, ...]) -> bool:
    """Whether words of arrest are part of words of an attempt: "tried to arrest", "kept them from taking her"."""
    return any(other.start < hit.end and hit.start < other.end for other in wider)


def _counts(scene: Scene, line: Line, hit: Hit) -> bool:
    """Being led somewhere is an arrest only of the one who is led: "defenders walked out" is none."""
    before = scene.text[max(line.start, hit.start - 40) : hit.start]
    led = any(0 <= p.start - hit.end <= 2 and p.form != "pronoun" for p in scene.persons(line))
    if hit.value != "moved" or led:
        return True
    return _PASSIVE.search(before) is not None and _before(scene, line, hit) is not None


def _arrest(scene: Scene, line: Line, hit: Hit) -> Mention:
    side = _side(scene.text, line, hit)
    person = _before(scene, line, hit) if side in ("subject", "afterwards", "gone") else _after(scene, line, hit)
    if side == "noun" and person is None:
        person = _before(scene, line, hit)
    return Mention(kind="arrest", line=line, cue=hit, person=person, weak=_is_weak(side, person))


def _is_weak(side: str, person: PersonPhrase | None) -> bool:
    """An arrest as a thing tells of a new event only with somebody who is brought in: "the arrest of a roofer"."""
    return side in AFAR or (side == "noun" and (person is None or person.form == "pronoun"))


def _presence(scene: Scene, line: Line, hit: Hit) -> Mention:
    kind: Kind = "nobody" if hit.value == "nobody" else "sighting" if hit.value == "sighting" else "attempted_arrest"
    person = _after(scene, line, hit) if kind == "attempted_arrest" else None
    return Mention(kind=kind, line=line, cue=hit, person=person)


def _side(text: str, line: Line, hit: Hit) -> str:
    """Where the taken person stands: before the words ("subject"), after them ("object"), or with a noun."""
    if hit.value not in ("verb", "moved"):
        return hit.value
    before = text[max(line.start, hit.start - 40) : hit.start]
    if _PASSIVE.search(before):
        return "subject"
    if _ACTIVE_BEFORE.search(before):
        return "object"
    return "subject" if _REDUCED_AFTER.match(text, hit.end, line.end) else "object"


def _before(scene: Scene, line: Line, hit: Hit) -> PersonPhrase | None:
    found = [
        p
        for p in scene.persons(line)
        if p.end <= hit.start and hit.start - p.end <= _FAR_BEFORE and _may_be(scene, line, p)
    ]
    return _referent(found[-1], found) if found else None


def _after(scene: Scene, line: Line, hit: Hit) -> PersonPhrase | None:
    inside = [p for p in scene.persons(line) if hit.start < p.start < hit.end and _may_be(scene, line, p)]
    found = [p for p in scene.persons(line) if 0 <= p.start - hit.end <= _FAR_AFTER and _may_be(scene, line, p)]
    person = next(iter((*inside, *found)), None)
    earlier = [p for p in scene.persons(line) if p.end <= hit.start]
    return _referent(person, earlier) if person else None


def _referent(person: PersonPhrase, earlier: list[PersonPhrase]) -> PersonPhrase:
    """A pronoun takes the nearest noun or name before it in its sentence that it may stand for."""
    if person.form != "pronoun":
        return person
    fitting = [p for p in earlier if p.form != "pronoun" and (p.count == 1) == (person.count == 1)]
    fitting = [p for p in fitting if not (p.gender and person.gender and p.gender != person.gender)]
    return fitting[-1] if fitting else person


def _may_be(scene: Scene, line: Line, person: PersonPhrase) -> bool:
    """A possessive ("her attorney") is nobody taken."""
    if person.form == "pronoun":
        return not (
            scene.text[person.start : person.end].lower() == "her"
            and _POSSESSED.match(scene.text, person.end, line.end)
        )
    return True


def _is_explained(scene: Scene, mention: Mention) -> bool:
    if mention.kind == "nobody":
        return False
    for hit in scene.hits("not_an_incident", mention.line):
        over = hit.start < mention.cue.end and mention.cue.start < hit.end
        if hit.value in TALK | NEGATED and (over or hit.value == "total"):
            return True
        if hit.value in ELSEWHERE and not mention.weak and _is_nearer(scene, mention, hit):
            return True
    return False


def _is_nearer(scene: Scene, mention: Mention, other: Hit) -> bool:
    """Whether another place stands nearer to the words of taking, and after them, than any court of the sentence."""
    courts = scene.courts(mention.line)
    if not courts:
        return True
    after = other.start - mention.cue.end
    return 0 <= after <= _NEAR and all(court.end <= mention.cue.start or court.start > other.start for court in courts)
