"""Sources: whom a text names as saying something. None is the text's own voice."""

import re
from collections.abc import Iterator

from portico.facts import Claim
from portico.reading.authors import authors
from portico.reading.claims import claim
from portico.reading.cues import Hit
from portico.reading.scene import Line, Scene
from portico.reading.telling import Telling

_SAYS_AFTER = re.compile(
    r",?\s(?:who \w+ (?:it|him|her|them)\s|also\s|later\s)?"
    r"(?:said|says|say|wrote|reported|recalled|show|shows|confirmed)\b"
)
_SAYS_BEFORE = re.compile(
    r"\b(?:said|says|say|according to|by the account of|(?:the )?accounts? of|in the words of|as told by|in|and)"
    r"\s(?:the |some )?$",
    re.IGNORECASE,
)
_REACH, _REACH_OF_SEVERAL = 4, 2


def source_of(scene: Scene, line: Line) -> str | None:
    """Whom the sentence names as saying it; None is the text itself."""
    return next((who for who, _, _ in speakers(scene, line)), None)


def speakers(scene: Scene, line: Line) -> Iterator[tuple[str, int, int]]:
    """Whom the sentence names as saying it: a person by name, a body by its own, others as the text calls them."""
    for utterance in scene.heard(line):
        voice = utterance.voice
        who = voice.person.name if voice.person else voice.body
        if who and voice.pronoun != "it":
            yield who, max(voice.start, line.start), min(voice.end, line.end)
        if voice.person and voice.person.organisation:
            yield voice.person.organisation, max(voice.start, line.start), min(voice.end, line.end)
    for hit in scene.hits("nameless_sources", line):
        if _is_source(scene, line, hit):
            yield scene.text[hit.start : hit.end], hit.start, hit.end


def _is_source(scene: Scene, line: Line, hit: Hit) -> bool:
    before = _SAYS_BEFORE.search(scene.text, max(line.start, hit.start - 25), hit.start)
    return before is not None or _SAYS_AFTER.match(scene.text, hit.end, line.end) is not None


def assertion_claims(telling: Telling) -> Iterator[Claim]:
    """Whom the text names as source of the event: in its sentences first, else in those beside them."""
    seen: set[str] = set()
    for line in telling.nearest(_REACH if telling.alone else _REACH_OF_SEVERAL):
        if line.kind in ("title", "caption"):
            continue
        for who, start, end in speakers(telling.scene, line):
            if who.lower() not in seen and start < end:
                seen.add(who.lower())
                yield claim("asserted_by", who, (start, end))
    for who, start, end in authors(telling.scene):
        if who.lower() not in seen:
            yield claim("asserted_by", who, (start, end))
