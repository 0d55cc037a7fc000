"""Clock times in a text, as far as they are exact: "9:53", "about 9:45 a.m.", "shortly after 10 a.m.", "at noon"."""

import re
from dataclasses import dataclass

from portico.facts import Span
from portico.web.language import gettext_noop
from portico.web.language import told as _
from portico.web.wording import clock_words

_CLOCK = re.compile(
    r"(?P<nearness>\b(?:about|around|roughly|approximately|some time around|shortly after|just after|soon after|after|"
    r"shortly before|just before|nearly|almost|before)\s+)?"
    r"(?:(?<![\w:/.$])(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?(?:\s?(?P<half>[ap])\.?m\b\.?|(?<=:\d\d)(?![\w/]|:\d))"
    r"|\b(?P<word>noon|midnight)\b)",
    re.IGNORECASE,
)

_NEARNESS = {
    "": ("%(time)s", 0, 0),
    "about": (gettext_noop("about %(time)s"), -5, 5),
    "shortly after": (gettext_noop("soon after %(time)s"), 0, 10),
    "after": (gettext_noop("after %(time)s"), 0, 30),
    "shortly before": (gettext_noop("soon before %(time)s"), -10, 0),
    "before": (gettext_noop("before %(time)s"), -30, 0),
}
"""How a source hedges → how the page says it, and the minutes around the time that are drawn hatched. Our reading."""

_SAME_AS = {
    **dict.fromkeys(("around", "roughly", "approximately", "some time around"), "about"),
    **dict.fromkeys(("just after", "soon after"), "shortly after"),
    **dict.fromkeys(("just before", "nearly", "almost"), "shortly before"),
}

_FIRST_HOUR_OF_COURT = 7  # without a.m. or p.m., 7 to 12 is morning, 1 to 6 afternoon: courts sit by day


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day in a text: minutes after midnight, the same twice if exact. words: as the page says it."""

    span: Span
    earliest: int
    latest: int
    words: str

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest


def clock_times(text: str) -> tuple[ClockTime, ...]:
    """Every clock time in the text, in its order. Numbers that cannot be a time of day are none."""
    return tuple(time for found in _CLOCK.finditer(text) if (time := _time(found)))


def told_time(value: str, span: Span) -> ClockTime | None:
    """The time in a coded value "HH:MM"; None if it is none."""
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)", value)
    if not found or int(found[1]) > 23:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    return ClockTime(span, minutes, minutes, clock_words(minutes))


def _time(found: re.Match[str]) -> ClockTime | None:
    minutes = _minutes(found)
    if minutes is None:
        return None
    nearness = " ".join((found["nearness"] or "").lower().split())
    words, before, after = _NEARNESS[_SAME_AS.get(nearness, nearness)]
    earliest, latest = max(0, minutes + before), min(24 * 60 - 1, minutes + after)
    return ClockTime(Span(*found.span()), earliest, latest, _(words) % {"time": clock_words(minutes)})


def _minutes(found: re.Match[str]) -> int | None:
    if found["word"]:
        return 12 * 60 if found["word"].lower() == "noon" else 0
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    elif 1 <= hour < _FIRST_HOUR_OF_COURT and not found["hour"].startswith("0"):
        hour += 12
    return hour * 60 + minute if hour < 24 else None
