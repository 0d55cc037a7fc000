"""How: warrant, dress, identification, force, counsel, judge, staff. Rare facts, only from words that say so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portico.facts import Claim, Hedge
from portico.reading.claims import claim, cue_name
from portico.reading.cues import Hit
from portico.reading.scene import Line
from portico.reading.sources import source_of
from portico.reading.telling import Telling


@dataclass(frozen=True, slots=True)
class Rare:
    """A cue file, the attribute its values are of, and how many sentences from the event it may stand."""

    file: str
    attribute: str
    reach: int


RARE = (
    Rare("warrant", "warrant", 6),
    Rare("plain_clothes", "plain_clothes", 5),
    Rare("identified", "identified", 6),
    Rare("force_used", "force_used", 6),
    Rare("judge_informed", "judge_informed", 8),
    Rare("counsel", "counsel_access", 8),
    Rare("staff", "court_staff", 8),
)
_BEFOREHAND = 8
_UNSURE = re.compile(
    r"\b(?:not sure|unsure|can[’']?t (?:say|tell)|could(?: not|n[’']t) (?:say|tell) (?:if|whether)|hard to tell)\b"
)
_FLAT = frozenset({"title", "caption"})


def rare_claims(telling: Telling) -> Iterator[Claim]:
    """Every value that is told, in the order of the text: sources that differ make rival claims."""
    for rare in RARE:
        seen: set[tuple[str, str | None]] = set()
        for line, hit in sorted(telling.hits(rare.file, telling.reach(rare.reach)), key=lambda found: found[1].start):
            if line.kind in _FLAT or _UNSURE.search(telling.scene.text, line.start, line.end):
                continue
            one = _claim(telling, rare, line, hit)
            key = (str(one.value), one.asserted_by)
            if key not in seen:
                seen.add(key)
                yield one
    yield from _beforehand(telling)


def _claim(telling: Telling, rare: Rare, line: Line, hit: Hit) -> Claim:
    if hit.value == "denied_by_no_one":
        return _make(telling, rare, "denied", line, hit, hedge="denied")
    return _make(telling, rare, hit.value, line, hit)


def _make(telling: Telling, rare: Rare, value: str, line: Line, hit: Hit, *, hedge: Hedge | None = None) -> Claim:
    return claim(
        rare.attribute,
        value,
        (hit.start, hit.end),
        cue=cue_name(rare.file, hit),
        asserted_by=source_of(telling.scene, line),
        hedge=hedge,
    )


def _beforehand(telling: Telling) -> Iterator[Claim]:
    seen: set[str] = set()
    for line, hit in telling.hits("beforehand", telling.reach(_BEFOREHAND)):
        if hit.value not in seen and line.kind not in _FLAT:
            seen.add(hit.value)
            yield _make(telling, Rare("beforehand", hit.value, _BEFOREHAND), "yes", line, hit)


def custody_claims(telling: Telling) -> Iterator[Claim]:
    """What became of the person, told nearest the event."""
    if hit := telling.first("custody", telling.reach(3)):
        yield claim("custody_outcome", hit.value, (hit.start, hit.end), cue=cue_name("custody", hit))
