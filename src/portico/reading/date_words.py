"""How dates and times of day are written in reports, notes and court papers: the expressions only, no arithmetic."""

import re
from collections.abc import Iterator

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = "|".join(NUMBERS) + r"|an?|\d{1,2}"

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
_WEEKDAY = (
    r"(?:(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day"
    r"|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY|(?:Mon|Tues?|Weds?|Thurs?|Thur|Fri|Sat|Sun)\b\.?)"
)
_PART = r"(?:\s+(?:mornings?|afternoon|evening|night))?"
_YEAR = r"(?:19|20)\d\d"

_MAY_BEGIN = r"""(?=\d
    | [JjLl](?i:an|u[nl]|ast|ate) | [FfDd](?i:e[bc]|ri|our|ive|rom|uring) | [MmNn](?i:a|on|id|ov|ext|ine)
    | [SsEe](?i:ep|at|un|ix|even|ince|ar|ight) | [TtWw](?i:ue|hu|ed|his|he\s+[dfnp]|o[dnm]|wo|hr|en)
    | [Aa](?i:pr|ug|n?\s+[dwmy]|nd\s*[jfmasond]) | [IiOo](?i:[nf]\s*[jfmasond12]|ct|ne)
    | [BbUuYy](?i:y|ack|ntil|e)
)"""
"""The first letters of whatever `DATE` finds: most words of a text are passed over by them."""

DATE = re.compile(
    rf"""(?<![\w/$.-]){_MAY_BEGIN}(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)
    | (?:(?P<w1>{_WEEKDAY}),?\s+)?(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:|%)
        (?:,?\s+(?P<y1>{_YEAR}))?
    | (?:(?P<w2>{_WEEKDAY}),?\s+(?:the\s+)?)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day)?\s+(?:of\s+)?(?P<m2>{_MONTH})
        (?:,?\s+(?P<y2>{_YEAR}|\d\d(?=\s*(?:\n|$|[A-Z]{{3}}))))?
    | (?:(?P<w3>{_WEEKDAY}),?\s+)?(?P<m3>\d{{1,2}})/(?P<d3>\d{{1,2}})(?:/(?P<y3>{_YEAR}|\d\d))?(?![\d/])
    | (?P<d9>\d{{1,2}})(?P<m9>[A-Z]{{3}})(?P<y9>\d\d)
    | (?P<m4>{_MONTH})(?:\s+of|,)?\s+(?P<y4>{_YEAR})
    | (?P<mod>[Ll]ast|[Tt]his|[Tt]his\s+past|[Nn]ext|[Tt]he\s+following)\s+(?P<w5>{_WEEKDAY}){_PART}
    | (?P<w6>{_WEEKDAY})(?:s\b)?{_PART}(?P<lastweek>\s+(?:of\s+)?last\s+week|,\s+last\s+week)?
    | (?P<today>(?i:today|this\s+(?:morning|afternoon|evening)|tonight|earlier\s+today))
    | (?P<yesterday>(?i:yesterday|last\s+night))
    | (?P<tomorrow>(?i:tomorrow))
    | (?P<dayafter>(?i:the\s+(?:next|following)\s+(?:day|morning|afternoon)|the\s+day\s+after|(?:a|one)\s+day\s+later))
    | (?P<daybefore>(?i:the\s+(?:day|night)\s+before|(?:a|one)\s+day\s+earlier|the\s+previous\s+day))
    | (?P<ago>(?:(?i:{_NUMBER}))\s+(?P<unit>day|week|month|year)s?\s+ago)
    | (?P<later>(?:(?i:{_NUMBER}))\s+(?P<step>day|week)s?\s+(?P<dir>later|after\s+that|on|earlier|before))(?=[\s,.;:])
    | (?P<period>(?i:last|this|earlier\s+this|next)\s+(?P<span>week|month|year))
    | (?i:in|of|last|this|early|late|mid-?|during|since|by|until|back\s+in|and|through|from)\s*
        (?P<m7>{_MONTH})(?!\s+\d|\s+of\s+\d|,\s+{_YEAR})(?=[\s,.;:)’'"”—–]|$)
    | (?:(?:[Ii]n|[Oo]f|[Ss]ince|[Dd]uring|year)\s+)(?P<y8>{_YEAR})(?![\w-]|/\d)
    )(?!\w)""",
    re.VERBOSE,
)
_TIME = re.compile(
    r"(?<![\w/.$:-])(?:(?P<noon>[Nn]oon|[Mm]idnight)|(?P<h>\d{1,2})(?::(?P<m>\d{2}))?(?:\s*(?P<half>[AaPp]\.?\s?[Mm]\b\.?))?)(?![\w%/:-])"
)


def find_times(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Times of day between two places, as start, end and HH:MM. Only those with a.m., p.m., noon or a colon."""
    for match in _TIME.finditer(text, start, end):
        if match["noon"]:
            yield match.start(), match.end(), "12:00" if match["noon"].lower() == "noon" else "00:00"
            continue
        hour, minute = int(match["h"]), int(match["m"] or 0)
        half = (match["half"] or "").lower().replace(".", "")[:1]
        if hour > 23 or minute > 59 or not (match["m"] or half):
            continue
        hour = hour % 12 + 12 * (half == "p") if half and hour <= 12 else hour
        yield match.start(), match.end(), f"{hour:02d}:{minute:02d}"
