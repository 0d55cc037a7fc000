"""From notice to custody: what each source puts at which minute, on one line for each source."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portico.facts import Span
from portico.web.report.clock import ClockTime, clock_times, told_time
from portico.web.report.documents import paragraphs
from portico.web.report.sheet import Bit, PlacedClaim, Sheet
from portico.web.wording import clock_words

COLUMNS = ("notice", "counsel", "custody")
"""Who was told; whether counsel could speak; the taking. They stand side by side, in this order."""

_TELLS_OF = {
    "notice": ("administration_told", "judge_informed", "attorney_told"),
    "counsel": ("counsel_access",),
    "custody": ("time", "kind", "custody_outcome", "zone"),
}
_STEPS = (5, 10, 15, 30, 60, 120, 240)  # minutes between two lines of the strip
_MOST_LINES = 6
_ROW, _TOP = 30, 36  # height of a source's row and middle of the first, px


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that one source puts at a time. time is None where the source gives none."""

    column: str
    letter: str
    time: ClockTime | None
    target: str
    bits: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """What stands in the strip. x and width are per cent of it, "" where there is none."""

    column: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Lane:
    letter: str
    y: int
    line: tuple[str, str] | None
    symbols: tuple[Symbol, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The drawing, and the same in words. columns: (name, moments)."""

    height: int
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    described: str
    columns: tuple[tuple[str, tuple[Moment, ...]], ...]


def strip(sheets: Sequence[Sheet]) -> Strip | None:
    """The minutes; None if no source gives a time of day for anything that counts here."""
    moments = [moment for sheet in sheets for moment in _moments(sheet)]
    timed = [moment.time for moment in moments if moment.time]
    if not timed:
        return None
    step, start, end = _axis(min(time.earliest for time in timed), max(time.latest for time in timed))
    lanes = [
        _lane(sheet.letter, _TOP + _ROW * number, [m for m in moments if m.letter == sheet.letter], start, end)
        for number, sheet in enumerate(sheets)
    ]
    return Strip(
        height=_TOP + _ROW * len(sheets) - 6,
        ticks=tuple(Tick(_share(at, start, end), clock_words(at)) for at in range(start + step, end, step)),
        lanes=tuple(lanes),
        described=" ".join(_described(sheet.letter, moments) for sheet in sheets),
        columns=tuple((column, _listed(column, moments)) for column in COLUMNS),
    )


def _moments(sheet: Sheet) -> list[Moment]:
    times = _TimesOf(sheet)
    return [
        Moment(
            column=column,
            letter=sheet.letter,
            time=time,
            target=placed.places[0][0] if placed.places and sheet.source.text is not None else placed.note,
            bits=sheet.words(placed.places[0][1]) if placed.places else (),
        )
        for column in COLUMNS
        for placed, time in times.of(column)
    ]


class _TimesOf:
    """Which time each claim of one source goes with: one in its own clause, else the one that heads its line."""

    def __init__(self, sheet: Sheet) -> None:
        text = sheet.source.text or ""
        self._claims = sheet.claims
        self._clauses = _clauses(text)
        times = clock_times(text)
        self._heads = list(_lines(text, times))
        heading = {time.span for _, time in self._heads}
        self._within = [time for time in times if time.span not in heading]

    def of(self, column: str) -> list[tuple[PlacedClaim, ClockTime | None]]:
        """The claims of a column. Of custody only timed ones, of the kind that says most exactly when."""
        by_attribute = {
            attribute: [(placed, self._time(placed)) for placed in self._claims if placed.fact.attribute == attribute]
            for attribute in _TELLS_OF[column]
        }
        if column != "custody":
            return _once([each for found in by_attribute.values() for each in found])
        timed = ([each for each in found if each[1]] for found in by_attribute.values())
        return _once(next(filter(None, timed), []))

    def _time(self, placed: PlacedClaim) -> ClockTime | None:
        if placed.fact.attribute == "zone" and placed.told.claim.hedge == "denied":
            return None
        for _, span in placed.places:
            clause = next((each for each in self._clauses if each.overlaps(span)), span)
            near = [time for time in self._within if clause.overlaps(time.span)]
            if near:
                return min(near, key=lambda time: abs(time.span.start - span.start))
            head = next((time for line, time in self._heads if line.overlaps(span)), None)
            if head:
                return head
        if placed.fact.attribute == "time":
            where = placed.places[0][1] if placed.places else Span(0, 0)
            return told_time(str(placed.told.claim.value), where)
        return None


def _clauses(text: str) -> tuple[Span, ...]:
    """Sentences, and their parts at a colon or semicolon: "told her at 9:30: agents are downstairs" is two."""
    edges = [
        0,
        *(found.end() for found in re.finditer(r"[.!?][”\"’)]*\s+(?=[\W\d]?[A-Z])|[:;]\s+|\n\s*\n", text)),
        len(text),
    ]
    return tuple(Span(start, end) for start, end in pairwise(edges) if start < end)


def _lines(text: str, times: Sequence[ClockTime]) -> Iterable[tuple[Span, ClockTime]]:
    """The lines of a note that begin with a time, each up to the next such line or the end of its paragraph."""
    heads = [
        time for time in times if not text[text.rfind("\n", 0, time.span.start) + 1 : time.span.start].strip(" \t-–*•")
    ]
    ends = [paragraph.end for paragraph in paragraphs(text)]
    for number, time in enumerate(heads):
        following = heads[number + 1].span.start if number + 1 < len(heads) else len(text)
        end = min([following, *(end for end in ends if end > time.span.start)])
        yield Span(time.span.start, end), time


def _once(found: Iterable[tuple[PlacedClaim, ClockTime | None]]) -> list[tuple[PlacedClaim, ClockTime | None]]:
    """The same minute for the same fact, or the same words without one, is listed once."""
    seen: dict[object, tuple[PlacedClaim, ClockTime | None]] = {}
    for placed, time in found:
        key = (placed.fact.number, time.words if time else placed.places[:1] and placed.places[0][1])
        seen.setdefault(key, (placed, time))
    return list(seen.values())


def _axis(earliest: int, latest: int) -> tuple[int, int, int]:
    """Minutes between two lines, and where the strip begins and ends: with room on both sides."""
    for step in _STEPS:
        start = (earliest - 3) // step * step
        end = -((-latest - 3) // step) * step
        if (end - start) // step <= _MOST_LINES:
            break
    return step, start, end


def _share(at: float, start: int, end: int) -> str:
    return f"{(at - start) / (end - start):.1%}"


def _lane(letter: str, y: int, moments: Sequence[Moment], start: int, end: int) -> Lane:
    times = [moment.time for moment in moments if moment.time]
    exact = [time.earliest for time in times if time.exact]
    line = (_share(min(exact), start, end), _share(max(exact), start, end)) if len(set(exact)) > 1 else None
    return Lane(letter, y, line, tuple(_symbol(m.column, m.time, start, end) for m in moments if m.time))


def _symbol(column: str, time: ClockTime, start: int, end: int) -> Symbol:
    width = "" if time.exact else f"{(time.latest - time.earliest) / (end - start):.1%}"
    return Symbol(column, _share(time.earliest, start, end), width)


def _described(letter: str, moments: Sequence[Moment]) -> str:
    told = [f"{m.column} {m.time.words}" for m in moments if m.letter == letter and m.time]
    return f"{letter}: {', '.join(told) if told else 'no time given'}."


def _listed(column: str, moments: Sequence[Moment]) -> tuple[Moment, ...]:
    return tuple(
        sorted(
            (moment for moment in moments if moment.column == column),
            key=lambda moment: (moment.time.earliest if moment.time else 24 * 60, moment.letter),
        )
    )
