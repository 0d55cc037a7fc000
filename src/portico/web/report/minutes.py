"""From notice to custody: what each source puts at which minute, on one line for each source."""

from collections.abc import Sequence
from dataclasses import dataclass

from portico.web.language import told as _
from portico.web.report.clock import ClockTime
from portico.web.report.sheet import Bit, PlacedClaim, Sheet
from portico.web.report.timing import COLUMNS, ClaimTimes
from portico.web.wording import clock_words

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
    times = ClaimTimes(sheet)
    return [
        Moment(
            column=column,
            letter=sheet.letter,
            time=time,
            target=placed.places[0][0] if placed.places and sheet.source.text is not None else placed.note,
            bits=_words(sheet, placed, times),
        )
        for column in COLUMNS
        for placed, time in times.of(column)
    ]


def _words(sheet: Sheet, placed: PlacedClaim, times: ClaimTimes) -> tuple[Bit, ...]:
    """Of a bare time of day the whole clause: "10 a.m." alone does not say what happened then."""
    if not placed.places:
        return ()
    span = placed.places[0][1]
    return sheet.words(times.clause(span) if placed.fact.attribute == "time" else span)


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
    told = [f"{_(m.column)} {m.time.words}" for m in moments if m.letter == letter and m.time]
    return f"{letter}: {', '.join(told) if told else _('no time given')}."


def _listed(column: str, moments: Sequence[Moment]) -> tuple[Moment, ...]:
    return tuple(
        sorted(
            (moment for moment in moments if moment.column == column),
            key=lambda moment: (moment.time.earliest if moment.time else 24 * 60, moment.letter),
        )
    )
