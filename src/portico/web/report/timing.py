"""Which time of day in a source goes with which of its claims about notice, counsel and custody."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from portico.facts import Claim, Span
from portico.web.report.clock import ClockTime, clock_times, told_time
from portico.web.report.documents import paragraphs
from portico.web.report.sheet import PlacedClaim, Sheet

COLUMNS = ("notice", "counsel", "custody")
"""Who was told; whether counsel could speak; the taking. They stand side by side, in this order."""

_TELLS_OF = {
    "notice": ("administration_told", "judge_informed", "attorney_told"),
    "counsel": ("counsel_access",),
    "custody": ("time", "kind", "custody_outcome", "zone"),
}
_CLAUSE_ENDS = re.compile(r"[.!?][”\"’)]*\s+(?=[\W\d]?[A-Z])|[:;]\s+|\n\s*\n")
_BULLETS = " \t-–*•"


class ClaimTimes:
    """Which time each claim of one source goes with: one in its own clause, else the one that heads its line."""

    def __init__(self, sheet: Sheet) -> None:
        text = sheet.source.text or ""
        self._claims = sheet.claims
        self._clauses = _clauses(text)
        times = clock_times(text)
        self._lines, self._heads = _headed_lines(text, times)
        heading = set(self._heads)
        self._within = [time for time in times if time not in heading]
        self._within_spans = [time.span for time in self._within]

    def of(self, column: str) -> list[tuple[PlacedClaim, ClockTime | None]]:
        """The claims of a column. Of custody only timed ones, of the kind that says most exactly when.

        A source that tells of no arrest, or only denies it, gives no time of custody.
        """
        by_attribute = {
            attribute: [(placed, self._time(placed)) for placed in self._claims if placed.fact.attribute == attribute]
            for attribute in _TELLS_OF[column]
        }
        if column != "custody":
            return _once([each for found in by_attribute.values() for each in found])
        if not any(told.attribute == "kind" and told.value == "arrest" for told in self._said()):
            return []
        timed = ([each for each in found if each[1]] for found in by_attribute.values())
        return _once(next(filter(None, timed), []))

    def clause(self, span: Span) -> Span:
        """The sentence, or the part of it, in which the span begins."""
        return next(iter(self._clauses[_touched(self._clauses, span)]), span)

    def _said(self) -> Iterable[Claim]:
        return (placed.told.claim for placed in self._claims if placed.told.claim.hedge != "denied")

    def _time(self, placed: PlacedClaim) -> ClockTime | None:
        if placed.told.claim.hedge == "denied" and placed.fact.attribute in _TELLS_OF["custody"]:
            return None
        for _, span in placed.places:
            found = self._beside(span)
            if found:
                return found
        if placed.fact.attribute == "time":
            return told_time(str(placed.told.claim.value), placed.places[0][1] if placed.places else Span(0, 0))
        return None

    def _beside(self, span: Span) -> ClockTime | None:
        """The nearest time in the clause, else the time at the head of the line."""
        near = self._within[_touched(self._within_spans, self.clause(span))]
        heads = self._heads[_touched(self._lines, span)]
        return min(near, key=lambda time: abs(time.span.start - span.start)) if near else next(iter(heads), None)


def _touched(spans: Sequence[Span], span: Span) -> slice:
    """Which of some disjoint spans, in order, overlap this one."""
    first = bisect_right(spans, span.start, key=lambda each: each.end)
    return slice(first, bisect_left(spans, span.end, lo=first, key=lambda each: each.start))


def _clauses(text: str) -> tuple[Span, ...]:
    """Sentences, and their parts at a colon or semicolon: "told her at 9:30: agents are downstairs" is two."""
    edges = [0, *(found.end() for found in _CLAUSE_ENDS.finditer(text)), len(text)]
    stretches = ((start, start + len(text[start:end].rstrip())) for start, end in pairwise(edges))
    return tuple(Span(start, end) for start, end in stretches if start < end)


def _headed_lines(text: str, times: Sequence[ClockTime]) -> tuple[list[Span], list[ClockTime]]:
    """The lines of a note that begin with a time, each up to the next such line or the end of its paragraph."""
    heads = [
        time for time in times if not text[text.rfind("\n", 0, time.span.start) + 1 : time.span.start].strip(_BULLETS)
    ]
    ends = [paragraph.end for paragraph in paragraphs(text)]
    following = [*(time.span.start for time in heads), len(text)][1:]
    lines = [
        Span(time.span.start, min([after, *ends[bisect_right(ends, time.span.start) :][:1]]))
        for time, after in zip(heads, following, strict=True)
    ]
    return lines, heads


def _once(found: Iterable[tuple[PlacedClaim, ClockTime | None]]) -> list[tuple[PlacedClaim, ClockTime | None]]:
    """The same minute for the same fact, or the same words without one, is listed once."""
    seen: dict[object, tuple[PlacedClaim, ClockTime | None]] = {}
    for placed, time in found:
        key = (placed.fact.number, time.words if time else placed.places[:1] and placed.places[0][1])
        seen.setdefault(key, (placed, time))
    return list(seen.values())
