"""Signs: a text that tells of no taking in so many words, but of paper asked for or counsel turned back.

The largest class of what a list of verbs misses. One event at most is proposed from signs, and only in a text that
names a court and an agency, and explains none of it away.
"""

from portico.reading.cues import Hit
from portico.reading.mentions import Kind, Mention
from portico.reading.scene import Line, Scene

_SIGNS = ("warrant", "identified", "counsel", "force_used", "plain_clothes", "staff", "judge_informed")
_LEAST = 4
_AGENCIES = frozenset({"ice", "cbp", "hsi", "immigration", "federal_unspecified"})
_EXPLAINED = frozenset({"rule", "home", "work", "road", "office", "handover", "not_agency", "question"})
_SILENT = frozenset({"title", "caption", "furniture", "dateline"})


def by_signs(scene: Scene) -> tuple[Mention, ...]:
    """The event that signs speak of: none, or one mention at the first of them."""
    lines = [line for line in scene.lines if line.kind not in _SILENT]
    if not _may_be_told(scene, lines):
        return ()
    found = [(line, hit, file) for file in _SIGNS for line in lines for hit in scene.hits(file, line)]
    if not found or _weight(scene, lines, {file for _, _, file in found}) < _LEAST:
        return ()
    line, hit, _ = min(found, key=lambda sign: sign[1].start)
    cue = Hit(hit.cue, "by signs", hit.start, hit.end)
    return (Mention(kind=_kind(scene, lines), line=line, cue=cue, person=next(iter(scene.persons(line)), None)),)


def _weight(scene: Scene, lines: list[Line], files: set[str]) -> int:
    """Two for each kind of sign, one each for a zone, a day, a person and a case."""
    zone = any(scene.hits("zone", line) for line in lines)
    day = any(date.role == "event" for line in lines for date in scene.dates(line))
    person = any(scene.persons(line) for line in lines)
    case = any(scene.hits(file, line) for file in ("role", "proceeding") for line in lines)
    return 2 * len(files) + zone + day + person + case


def _may_be_told(scene: Scene, lines: list[Line]) -> bool:
    if not any(scene.courts(line) for line in scene.lines):
        return False
    if not any(_AGENCIES & scene.values("agency", line) for line in scene.lines):
        return False
    return not any(_EXPLAINED & scene.values("not_an_incident", line) for line in lines)


def _kind(scene: Scene, lines: list[Line]) -> Kind:
    nobody = any("nobody" in scene.values("sighting", line) for line in lines)
    sought = any(scene.hits("attempt", line) for line in lines)
    return "arrest" if not nobody else "attempted_arrest" if sought else "sighting"
