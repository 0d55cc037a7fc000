"""Statistics: numbers of courthouse arrests or of affected courts over a period or an area. No crowds, no one event."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from portico.facts import Statistic
from portico.reading.cues import Hit, load_cues
from portico.reading.numbers import Number, numbers_in
from portico.reading.passage import Passage

_ARREST = re.compile(
    r"\b(?:arrest|detain|detention|apprehen|seiz|taken|took|led out|picked up|visits?\b|trips?\b)", re.IGNORECASE
)
_COURT = re.compile(r"\bcourt", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:percent\b|per cent\b|%)")
_VERB_BEFORE = re.compile(
    r"\b(?:arrested|detained|seized|led off|picked up|taken|apprehended)(?: at least| about| some| more than)? $"
)
_NAMED_BEFORE = re.compile(
    r"(?:[A-Z][\w’'-]+|suburbs|others|,)(?:,? (?:G\.A\. \d+|\([^)]{2,30}\)))?"
    r"(?: (?:add|adds|led with|followed with|with|had|has|have))?[ :.…]{1,40}$"
)
_ELLIPTIC_BEFORE = re.compile(
    r"\b(?:against|from|up from|down from|compared (?:with|to)|knew of|knows of|puts? it at|stood at|stands at"
    r"|was|were|is|has|have"
    r"|ledger has|notebook has|for \d{4} was|there were) (?:only |just |about |at least )?$"
)
_ELLIPTIC_AFTER = re.compile(
    r"\s*(?:[,.;:)]|$|\n| (?:of which|of them|of \d+|the year before|in the year|in all of|in |at |began|the same))"
)
_STREET = re.compile(r" (?:[NSEW]\.? )?[A-Z]\w+ (?:St|Ave|Street|Avenue|Road|Boulevard|Plaza|Place|Drive)\b")
_TWICE = re.compile(r"\btwice\b(?=[^.;]{0,60}\b(?:detain|arrest|seiz)\w*)", re.IGNORECASE)
_YEARS = range(1900, 2101)
_ALIKE = 12


@dataclass(frozen=True, slots=True)
class _Setting:
    """A sentence and what its words, and those of its paragraph, make of the numbers in it."""

    start: int
    end: int
    periods: tuple[Hit, ...]
    kept: bool
    about: bool
    arrests: bool
    one_day: bool

    @property
    def counted(self) -> bool:
        return self.kept or bool(self.periods)


def find_statistics(passage: Passage) -> tuple[Statistic, ...]:
    """The statistics of a text, in order; the same number of the same thing only once."""
    found: dict[tuple[float, str], Statistic] = {}
    for statistic in _all(passage):
        found.setdefault((statistic.value, statistic.place or ""), statistic)
    return tuple(found.values())


def _all(passage: Passage) -> Iterator[Statistic]:
    """Sentence by sentence; a number without a noun counts only after one with a noun, or where a count is kept."""
    text, about, running = passage.text.content, False, False
    for number, block in enumerate(passage.blocks):
        if block.kind in ("caption", "furniture", "dateline"):
            continue
        paragraph = text[block.start : block.end]
        here = bool(_COURT.search(paragraph))
        running = running and (about or here)
        for start, end in passage.sentences_of(number):
            setting = _setting(passage, start, end, about=here or about)
            mine = list(_in_sentence(passage, setting, running=running))
            if block.kind != "title":
                yield from mine
            running = running or bool(mine) or (setting.kept and setting.arrests and setting.about)
        about = here


def _setting(passage: Passage, start: int, end: int, *, about: bool) -> _Setting:
    text = passage.text.content
    dates = passage.dates_between(start, end)
    return _Setting(
        start,
        end,
        load_cues("periods").find(text, start, end),
        load_cues("counting").has(text, start, end),
        about,
        _ARREST.search(text, start, end) is not None,
        any(d.role == "event" and (d.weekday is not None or (d.value and d.value.precision == "day")) for d in dates),
    )


def _in_sentence(passage: Passage, setting: _Setting, *, running: bool) -> Iterator[Statistic]:
    """Numbers that count arrests; after one, the bare numbers beside it count too ("31, against 44")."""
    if not setting.about:
        return
    text = passage.text.content
    numbers = [*numbers_in(text, setting.start, setting.end), *_twice(text, setting)]
    for number in sorted(numbers, key=lambda each: each.start):
        if _is_something_else(passage, number, setting):
            continue
        twice = text[number.start : number.end].lower() == "twice"
        what = "detentions" if twice else _counted(text, number, setting, running=running)
        if what:
            running = True
            yield _statistic(passage, setting, number, what)


def _twice(text: str, setting: _Setting) -> Iterator[Number]:
    """ "Twice in February agents detained someone" counts two."""
    for found in _TWICE.finditer(text, setting.start, setting.end):
        if setting.periods and not setting.one_day:
            yield Number(found.start(), found.end(), 2)


def _is_something_else(passage: Passage, number: Number, setting: _Setting) -> bool:
    """A date, a year, an address, a number in another's exact words."""
    text = passage.text.content
    inside = any(d.start <= number.start < d.end for d in passage.dates_between(setting.start, setting.end))
    quoted = any(start <= number.start < end for start, end in passage.quotes_between(setting.start, setting.end))
    year = number.value in _YEARS and text[number.start : number.end].isdigit() and number.end - number.start == 4
    return inside or quoted or year or _STREET.match(text, number.end) is not None


def _counted(text: str, number: Number, setting: _Setting, *, running: bool) -> str | None:
    """What the number counts, when it is a count; None when it is not."""
    place = number.end + 1 if text[number.end : number.end + 1] in (" ", ":") else number.end
    thing = load_cues("counted").at(text, place + (text[place : place + 1] == " "), setting.end)
    if thing and (counts := _is_count(text, number, thing, setting, running=running)) is not None:
        return text[thing.start : thing.end] if counts else None
    if _PERCENT.match(text, number.end) and setting.arrests and (setting.periods or running):
        return "percent"
    before = text[max(setting.start, number.start - 60) : number.start]
    bare = _ELLIPTIC_AFTER.match(text, number.end, setting.end + 1) is not None
    if running and bare and (_ELLIPTIC_BEFORE.search(before) or _NAMED_BEFORE.search(before)):
        return "arrests"
    return "people" if _VERB_BEFORE.search(before) and setting.periods and setting.kept else None


def _is_count(text: str, number: Number, thing: Hit, setting: _Setting, *, running: bool) -> bool | None:
    """Whether the thing after a number makes it a count; None when the words around the number must say.

    Arrests of several people on one day are an event; those over a period, or counted by somebody, are a count.
    """
    if thing.value == "part":
        return True if running or (setting.arrests and thing.end - thing.start > _ALIKE) else None
    if setting.one_day and not setting.kept:
        return False
    if thing.value == "buildings":
        return setting.arrests and setting.counted
    if thing.value == "people":
        taken = _ARREST.search(text, setting.start, setting.end) is not None
        return taken and bool(setting.periods)
    return setting.counted or running


def _statistic(passage: Passage, setting: _Setting, number: Number, what: str) -> Statistic:
    text = passage.text.content
    period = setting.periods[0] if setting.periods else None
    return Statistic(
        value=number.value,
        spans=(passage.text.span(setting.start, setting.end),),
        what=what.strip(),
        place=_place(passage, setting, number),
        period=text[period.start : period.end].strip() if period else None,
        source=_source(passage, setting),
    )


def _place(passage: Passage, setting: _Setting, number: Number) -> str | None:
    """The first court or area named after the number in its sentence, else the last before it."""
    areas = passage.areas
    first = bisect_left(areas, setting.start, key=lambda area: area.start)
    last = bisect_left(areas, setting.end, key=lambda area: area.start)
    courts = (c for c in passage.courts_between(setting.start, setting.end) if not c.generic)
    named = sorted([*((a.start, a.name) for a in areas[first:last]), *((c.start, c.name) for c in courts)])
    later = [name for start, name in named if start >= number.end]
    earlier = [name for start, name in named if start < number.start]
    return later[0] if later else earlier[-1] if earlier else None


def _source(passage: Passage, setting: _Setting) -> str | None:
    """Who keeps or gives the number: a body or a person in the sentence; not the agency that arrests."""
    bodies = passage.bodies_between(setting.start, setting.end)
    keepers = [
        body.name for body in bodies if body.cue not in ("ice", "dhs", "hsi", "cbp") and "Court" not in body.name
    ]
    people = [person.name for _, _, person in passage.people_between(setting.start, setting.end)]
    return next(iter(keepers), None) or next(iter(people), None)
