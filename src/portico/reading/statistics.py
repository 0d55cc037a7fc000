"""Statistics: numbers of courthouse arrests or of affected courts over a period or an area. No crowds, no one event."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portico.facts import Statistic
from portico.reading.counts import (
    buildings_go_on,
    goes_on,
    is_age,
    is_kept,
    is_last_of_list,
    is_named,
    is_numbered,
    is_row,
    is_taken,
    is_whole,
    label_of,
)
from portico.reading.cues import Hit, load_cues
from portico.reading.layout import Block
from portico.reading.numbers import Number, numbers_in
from portico.reading.passage import Passage

_ARREST = re.compile(
    r"\b(?:arrest|detain|detention|apprehen|seiz|taken|took|led (?:out|off|away)|grabbed|picked up|visits?\b|trips?\b)",
    re.IGNORECASE,
)
_COURT = re.compile(r"\bcourt", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:percent\b|per cent\b|%)")
_VERB_BEFORE = re.compile(
    r"\b(?:arrested|detained|seized|led off|picked up|taken|apprehended)(?: at least| about| some| more than)? $"
)
_STREET = re.compile(r" (?:[NSEW]\.? )?[A-Z]\w+ (?:St|Ave|Street|Avenue|Road|Boulevard|Plaza|Place|Drive)\b")
_TWICE = re.compile(r"\btwice\b(?=[^.;]{0,60}\b(?:detain|arrest|seiz)\w*)", re.IGNORECASE)
_OFFICERS = re.compile(r"\b(?:agents?|officers?|ICE|immigration|federal)\b")
_BESIDE = 3
_ONE_OF_THOSE = re.compile(r" of those\b")
_LIST_GOES_ON = re.compile(r"\s*(?:[,.;)]|and\b|$)")
_YEARS = range(1900, 2101)
_APART = ("caption", "furniture", "dateline")
_ALIKE = 12
_HEADING = 60
_NAMES_OF_A_LIST = 2


@dataclass(frozen=True)
class _Setting:
    """A sentence and what its words, and those of its paragraph, make of the numbers in it; each is found when asked.

    about   in the story, not in its title
    listed  in a paragraph that counts arrests at courts, or after a count or its heading
    """

    passage: Passage
    start: int
    end: int
    about: bool
    listed: bool

    @cached_property
    def periods(self) -> tuple[Hit, ...]:
        return load_cues("periods").find(self.passage.text.content, self.start, self.end)

    @cached_property
    def kept(self) -> bool:
        return load_cues("counting").has(self.passage.text.content, self.start, self.end)

    @cached_property
    def arrests(self) -> bool:
        return _ARREST.search(self.passage.text.content, self.start, self.end) is not None

    @cached_property
    def elsewhere(self) -> bool:
        text = self.passage.text.content
        away = load_cues("elsewhere").has(text, self.start, self.end)
        return away and not _COURT.search(text, self.start, self.end)

    @cached_property
    def one_day(self) -> bool:
        dates = (d for d in self.passage.dates_between(self.start, self.end) if d.role == "event")
        return any(d.weekday is not None or (d.value and d.value.precision == "day") for d in dates)

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
    text, running, headed = passage.text.content, False, False
    told = [(n, block) for n, block in enumerate(passage.blocks) if block.kind not in _APART]
    if not any(_COURT.search(text, block.start, block.end) for _, block in told):
        return
    for number, block in told:
        counted = running or _is_counted(text, block)
        heads = block.end - block.start <= _HEADING and load_cues("counting").has(text, block.start, block.end)
        headed = headed or _is_heading(text, block)
        running = running or (counted and _is_list(passage, block))
        for start, end in passage.sentences_of(number):
            listed = counted or running or headed
            setting = _Setting(passage, start, end, about=block.kind != "title", listed=listed)
            mine = list(_in_sentence(passage, setting, running=running))
            yield from mine
            running = running or bool(mine) or heads or _counts_on(setting, counted=counted)


def _counts_on(setting: _Setting, *, counted: bool) -> bool:
    """Whether what follows a sentence without a count may still be one: it tells that arrests at courts are counted."""
    return (counted or setting.kept) and setting.arrests and not setting.elsewhere


def _is_counted(text: str, block: Block) -> bool:
    """Whether a paragraph says anywhere that what it counts are arrests at courts."""
    return (
        load_cues("counting").has(text, block.start, block.end)
        and _COURT.search(text, block.start, block.end) is not None
        and _ARREST.search(text, block.start, block.end) is not None
    )


def _in_sentence(passage: Passage, setting: _Setting, *, running: bool) -> Iterator[Statistic]:
    """Numbers that count arrests; after one, the bare numbers beside it count too ("31, against 44")."""
    if not setting.about:
        return
    text = passage.text.content
    numbers = [*numbers_in(text, setting.start, setting.end), *_twice(text, setting)]
    if not numbers or setting.elsewhere:
        return
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


def _is_list(passage: Passage, block: Block) -> bool:
    """Whether a paragraph gives several names with a number each: "Kent 12, Ashby 9"."""
    text = passage.text.content
    named = [
        number
        for number in numbers_in(text, block.start, block.end)
        if is_named(text[max(block.start, number.start - 40) : number.start])
        and _LIST_GOES_ON.match(text, number.end, block.end)
    ]
    return len(named) >= _NAMES_OF_A_LIST


def _is_heading(text: str, block: Block) -> bool:
    """Whether a short line says that arrests at courts are counted under it: "Courthouse arrests by county"."""
    words = text[block.start : block.end].rstrip()
    return (
        len(words) <= _HEADING
        and not words.endswith((".", "?", "!", "”", '"'))
        and _COURT.search(words) is not None
        and "arrests" in words.lower()
    )


def _is_something_else(passage: Passage, number: Number, setting: _Setting) -> bool:
    """A date, a year, an age, an address, a room's number, the whole of a part, another's exact words."""
    text = passage.text.content
    inside = any(d.start <= number.start < d.end for d in passage.dates_between(setting.start, setting.end))
    quoted = any(start <= number.start < end for start, end in passage.quotes_between(setting.start, setting.end))
    year = number.value in _YEARS and text[number.start : number.end].isdigit() and number.end - number.start == 4
    age = any(0 <= number.start - end <= _BESIDE for _, end, _ in passage.people_between(setting.start, number.start))
    before = text[max(setting.start, number.start - 60) : number.start]
    age = age or is_age(text, number.start, before)
    other = is_numbered(before) or is_whole(before) or (number.value == 1 and not _is_one(text, number, before))
    return inside or quoted or year or age or other or _STREET.match(text, number.end) is not None


def _is_one(text: str, number: Number, before: str) -> bool:
    """Whether "one" is a number here."""
    after = _LIST_GOES_ON.match(text, number.end) is not None
    return _ONE_OF_THOSE.match(text, number.end) is not None or (after and is_last_of_list(before))


def _counted(text: str, number: Number, setting: _Setting, *, running: bool) -> str | None:
    """What the number counts, when it is a count; None when it is not."""
    place = number.end + 1 if text[number.end : number.end + 1] in (" ", ":") else number.end
    thing = load_cues("counted").at(text, place + (text[place : place + 1] == " "), setting.end)
    if thing and (counts := _is_count(text, number, thing, setting, running=running)) is not None:
        return text[thing.start : thing.end] if counts else None
    if _PERCENT.match(text, number.end):
        return "percent" if running or (setting.arrests and setting.counted) else None
    return _bare(text, number, setting, running=running)


def _bare(text: str, number: Number, setting: _Setting, *, running: bool) -> str | None:
    """What a number without a noun counts: it goes on with a count, stands in a table or a list, or is somebody's."""
    before, stop = text[max(setting.start, number.start - 110) : number.start], setting.end + 1
    line = _line(text, number)
    row = (running or setting.listed) and is_row(line, text, number.end, len(text))
    if row or (running and goes_on(before, text, number.end, stop)):
        return "arrests"
    if (setting.listed or setting.arrests) and is_kept(before, text, number.end, stop):
        return "arrests"
    taken = _VERB_BEFORE.search(before) and setting.kept
    return "people" if setting.periods and (taken or is_taken(text, number.end, stop)) else None


def _line(text: str, number: Number) -> str:
    """What stands before a number on its line, with the end of the line before."""
    return text[max(text.rfind("\n", 0, number.start), number.start - 120, 0) : number.start]


def _is_count(text: str, number: Number, thing: Hit, setting: _Setting, *, running: bool) -> bool | None:
    """Whether the thing after a number makes it a count; None when the words around the number must say.

    Arrests of several people on one day are an event; those over a period, or counted by somebody, are a count.
    """
    if thing.value == "part":
        return True if running or (setting.arrests and thing.end - thing.start > _ALIKE) else None
    if setting.one_day and not setting.kept:
        return False
    arrests, periods = setting.arrests or running, bool(setting.periods)
    officers = setting.arrests or _OFFICERS.search(text, setting.start, setting.end) is not None
    needed = {
        "buildings": (setting.arrests and setting.counted)
        or (running and buildings_go_on(text, thing.end, setting.end)),
        "people": (arrests and (periods or (setting.kept and running))) or (setting.kept and periods),
        "vague": (officers and setting.counted) or (running and (officers or setting.kept)),
        "those counted": setting.kept and periods,
    }
    return needed.get(thing.value, setting.counted or running)


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
    label = label_of(_line(passage.text.content, number))
    beside = [name for start, name in named if label and number.start - len(label) - 8 <= start < number.start]
    if label:
        return beside[-1] if beside else label
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
