"""Sources: whom a text names as saying something. None is the text's own voice."""

import re
from collections.abc import Iterator

from portico.facts import Claim
from portico.reading.claims import claim
from portico.reading.cues import Hit
from portico.reading.posts import source_of_post
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
_REACH, _REACH_OF_SEVERAL, _REACH_BACK = 3, 2, 8


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
    """Whom the text names as source of the event: beside its words, else whom it named last before, else its author."""
    seen: dict[str, tuple[str, int, int]] = {}
    for line in _beside(telling):
        for who, start, end in speakers(telling.scene, line):
            if start < end:
                seen.setdefault(who.lower(), (who, start, end))
    for who, start, end in telling.scene.kept("source of the post", source_of_post):
        seen.setdefault(who.lower(), (who, start, end))
    for who, start, end in seen.values() or _named_before(telling):
        yield claim("asserted_by", who, (start, end))


def _beside(telling: Telling) -> tuple[Line, ...]:
    """The event's own sentences and what follows; where a text tells of several, no further than their paragraphs."""
    if telling.alone:
        near = telling.nearest(_REACH)
    else:
        blocks = {line.block for line in telling.mention_lines}
        rest = [line for line in telling.around(_REACH_OF_SEVERAL) if line.block in blocks]
        near = tuple(dict.fromkeys((*telling.nearest(_REACH_OF_SEVERAL), *rest)))
    return tuple(line for line in near if line.kind not in ("title", "caption"))


def _named_before(telling: Telling) -> tuple[tuple[str, int, int], ...]:
    first = telling.event.first.line.number
    matter = telling.event.first.matter
    begins = matter.start if matter and not telling.alone else 0
    for line in reversed(telling.scene.lines[max(begins, first - _REACH_BACK) : first]):
        found = [one for one in speakers(telling.scene, line) if one[1] < one[2]]
        if found and line.kind not in ("title", "caption"):
            return tuple(found[:2])
    return ()
