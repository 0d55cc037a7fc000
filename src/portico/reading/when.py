"""When: the day of an event, as far as its sentences make it certain."""

import re
from collections.abc import Iterator

from portico.facts import Claim
from portico.reading.claims import claim
from portico.reading.date_words import find_times
from portico.reading.dates import DateMention
from portico.reading.telling import Telling

_HAPPENED = re.compile(r"\b(?:happened|took place|occurred|was made)(?: early| late)?(?: on)? $")
_REACH, _FAR_REACH = 3, 6


def date_claims(telling: Telling) -> Iterator[Claim]:
    told = telling.event.day if telling.event.day and telling.event.day.value else None
    found = _expressly(telling) or told or _of_setting(telling) or _beside(telling)
    if found and found.value:
        yield claim("date", found.value.edtf, (found.start, found.end))


def _expressly(telling: Telling) -> DateMention | None:
    """ "It happened Wednesday": goes before a day that only stands in the same sentence."""
    for line in telling.nearest(2):
        for date in telling.scene.dates(line):
            if date.value and _HAPPENED.search(telling.scene.text, max(line.start, date.start - 30), date.start):
                return date
    return None


def _of_setting(telling: Telling) -> DateMention | None:
    """The day with which its stretch of the text begins, where several events have each their own."""
    day = telling.event.first.setting_day
    return day if day and day.value and day.start < telling.event.first.cue.start else None


def _beside(telling: Telling) -> DateMention | None:
    """A date of the event's own sentences, else the nearest of those beside them; a day before a month or year."""
    reach = telling.nearest(_FAR_REACH if telling.alone else _REACH)
    dates = [d for line in reach for d in telling.scene.dates(line) if d.value and d.role == "event"]
    days = [d for d in dates if d.value and d.value.precision == "day"]
    return next(iter((*days, *dates)), None) or _given_as_day(telling) or _of_the_log(telling)


def _given_as_day(telling: Telling) -> DateMention | None:
    """A day said with "on" may be the event's even beside words of another act ("an order of removal … on May 14")."""
    for line in telling.mention_lines:
        for date in telling.scene.dates(line):
            before = telling.scene.text[max(0, date.start - 4) : date.start]
            if date.role == "other" and date.value and date.value.precision == "day" and before.endswith(" on "):
                return date
    return None


def _of_the_log(telling: Telling) -> DateMention | None:
    """The day that heads a log or a note: its entries are of that day."""
    if telling.event.first.line.kind != "note":
        return None
    head = (d for line in telling.scene.lines[:6] for d in telling.scene.dates(line))
    return next(
        (d for d in head if d.value and d.value.precision == "day" and d.role in ("event", "publication")), None
    )


def time_claims(telling: Telling) -> Iterator[Claim]:
    """The time of day nearest the words of the event; in a log, the time that the note begins with.

    Beside the event's own sentences, only one that tells what became of the person.
    """
    for line in telling.nearest(2):
        if line in telling.mention_lines or telling.scene.hits("custody", line):
            start = telling.scene.text.rfind("\n", 0, line.start) + 1 if line.kind == "note" else line.start
            found = sorted(find_times(telling.scene.text, start, line.end), key=lambda one: _far(telling, one[0]))
            if found:
                yield claim("time", found[0][2], found[0][:2])
                return


def _far(telling: Telling, place: int) -> int:
    return min(abs(place - mention.cue.start) for mention in telling.event.mentions)
