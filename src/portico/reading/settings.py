"""Settings: the stretches of a text that tell of one day, one entry of a log, or one matter after another.

Whoever tells of several events says where each begins: by its day, its hour, its number, or with "the month before".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portico.reading.cues import Hit
from portico.reading.dates import DateMention
from portico.reading.scene import Line, Scene

_ENTRY = re.compile(
    r"(?:[-•*]\s*)?(?:\d{1,2}[:.]\d{2}\b|[0-2]\d[0-5]\d\b|\d{1,2}/\d{1,2}(?:/\d{2,4})?\b)",
)
_NUMBERED = re.compile(r"\d{1,2}[.)/]\s")
_HEADED = re.compile(
    r"(?:No\. ?\d|#\d|(?:Entry|Incident|Case|Item) \d|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*$)",
    re.MULTILINE,
)
_SILENT = frozenset({"title", "caption", "furniture", "dateline"})
_ENTRY_LENGTH, _LONGEST = 6, 16
_NEAR_START = 12


@dataclass(frozen=True, slots=True)
class Setting:
    """A run of sentences, at most sixteen of them.

    day    the day that it tells of, if it gives one
    apart  begins with words that set it apart from what stands before: a day of its own, an entry's number, "another"
    """

    lines: tuple[Line, ...]
    day: DateMention | None = None
    apart: bool = False


def settings_of(scene: Scene) -> tuple[Setting, ...]:
    """The settings of a text, in order; together they hold the beginning of each, and no sentence twice."""
    return tuple(_settings(scene))


def _settings(scene: Scene) -> Iterator[Setting]:
    run: list[Line] = []
    day: DateMention | None = None
    parted = False
    for line in scene.lines:
        if line.kind in _SILENT:
            continue
        own = _day(scene, line)
        other = own is not None and day is not None and _differs(day, own)
        begins = _begins(scene, line)
        if run and (other or begins):
            yield _setting(scene, run, day, parted)
            run, day, parted = [], None, other or begins == "matter"
        run.append(line)
        day = day or own
    if run:
        yield _setting(scene, run, day, parted)


def _setting(scene: Scene, run: list[Line], day: DateMention | None, parted: bool) -> Setting:
    """An entry that brings in somebody new is apart too: the hours of one event do not."""
    lines = tuple(run[:_LONGEST])
    entry = _begins(scene, lines[0]) == "entry" and _brings_somebody(scene, lines[:_ENTRY_LENGTH])
    return Setting(lines, day, parted or entry)


def _begins(scene: Scene, line: Line) -> Literal["matter", "entry"] | None:
    """Whether a sentence begins another matter ("the month before", a heading), or an entry with its hour or number."""
    if any(_turns(scene, line, hit) for hit in scene.hits("another", line)):
        return "matter"
    if not _at_line_start(scene.text, line.start):
        return None
    if _HEADED.match(scene.text, line.start, line.end):
        return "matter"
    if _NUMBERED.match(scene.text, line.start, line.end) and _day(scene, line):
        return "entry"
    return "entry" if _ENTRY.match(scene.text, line.start, line.end) else None


def _turns(scene: Scene, line: Line, hit: Hit) -> bool:
    """ "The month before" turns to another matter at the head of a sentence; "another man" wherever it stands."""
    return hit.start - line.start <= _NEAR_START or scene.text[hit.start : hit.end].lower().startswith("another")


def _brings_somebody(scene: Scene, lines: tuple[Line, ...]) -> bool:
    nouns = (p for line in lines for p in scene.persons(line) if p.form == "noun" and p.indefinite and p.count)
    return any(scene.text[p.end : p.end + 1] not in ("'", "’") for p in nouns)


def _at_line_start(text: str, place: int) -> bool:
    while place and text[place - 1] != "\n" and text[place - 1].isspace():
        place -= 1
    return not place or text[place - 1] == "\n"


def _day(scene: Scene, line: Line) -> DateMention | None:
    days = [d for d in scene.dates(line) if d.role == "event" and (d.value or d.weekday is not None)]
    return next((d for d in days if d.value and d.value.precision == "day"), days[0] if days else None)


def _differs(one: DateMention, other: DateMention) -> bool:
    if one.value and other.value:
        return not one.value.may_equal(other.value)
    return one.weekday is not None and other.weekday is not None and one.weekday != other.weekday
