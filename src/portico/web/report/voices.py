"""Statements side by side, and what people did or asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portico.facts import Span, Statement
from portico.web.language import told as _
from portico.web.report.sheet import Bit, PlacedAction, PlacedStatement, Sheet
from portico.web.wording import capital, date_words, listed

_OPENING = "“\"«‘'„"
_CLOSING = "”\"»’'“"


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a passage.

    exact          the speaker's own words
    opens, closes  the source puts its own quotation mark there; where it does not, the page adds one
    """

    bits: tuple[Bit, ...]
    exact: bool = False
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole passage of a document, uncut, and its place there."""

    place: str
    range: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    speaker: tuple[Bit, ...]
    who: tuple[Bit, ...]
    letter: str
    on: str
    direct: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A rally, a suit, a demand. passages: where the document tells of it."""

    kind: str
    when: str
    place: tuple[Bit, ...]
    organiser: tuple[Bit, ...]
    target: tuple[Bit, ...]
    demand: tuple[Bit, ...]
    letter: str
    passages: tuple[Passage, ...]


def voices(sheets: Sequence[Sheet]) -> tuple[Voice, ...]:
    """Every statement, whole, all alike: by the organisation that the speaker stands for, then by the speaker."""
    said = [(sheet, placed) for sheet in sheets for placed in sheet.statements]
    return tuple(_voice(sheet, placed) for sheet, placed in sorted(said, key=lambda each: _by_name(each[1].statement)))


def acts(sheets: Sequence[Sheet]) -> tuple[Act, ...]:
    """Every action that the sources tell of, dated ones first."""
    done = [(sheet, placed) for sheet in sheets for placed in sheet.actions]
    return tuple(
        _act(sheet, placed)
        for sheet, placed in sorted(done, key=lambda each: (each[1].action.date or "Z", each[1].action.time or "Z"))
    )


def _by_name(statement: Statement) -> tuple[str, str]:
    organisation = (statement.organisation or statement.speaker or "").casefold().removeprefix("the ")
    return organisation, (statement.speaker or "").casefold()


def _voice(sheet: Sheet, placed: PlacedStatement) -> Voice:
    said, on = placed.statement, sheet.source.published_on
    unnamed = _("%(role)s, unnamed") % {"role": said.role} if said.role else _("Speaker unnamed")
    role = said.role if said.speaker else None
    return Voice(
        speaker=sheet.free(said.speaker or capital(unnamed)),
        who=sheet.free(listed((role and capital(role), said.organisation))),
        letter=sheet.letter,
        on=date_words(on) if on else "",
        direct=said.kind == "direct",
        passages=_passages(sheet, placed.places, said.quotes),
    )


def _act(sheet: Sheet, placed: PlacedAction) -> Act:
    act = placed.action
    told = (date_words(act.date, weekday=True) if act.date else None, act.time)
    return Act(
        kind=capital(_(act.kind.replace("_", " "))),
        when=listed(told),
        place=sheet.free(act.place or ""),
        organiser=sheet.free(act.organiser or ""),
        target=sheet.free(act.target or ""),
        demand=sheet.free(act.demand or ""),
        letter=sheet.letter,
        passages=_passages(sheet, placed.places, ()),
    )


def _passages(sheet: Sheet, places: Sequence[tuple[str, Span]], quotes: Sequence[Span]) -> tuple[Passage, ...]:
    if sheet.source.text is None:
        return ()
    text, exact = sheet.source.text, _joined(quotes)
    first = {span.start: place for place, span in reversed(places)}
    return tuple(
        Passage(first[span.start], f"{span.start}–{span.end}", _parts(sheet, text, _with_marks(text, span), exact))
        for span in _joined(span for _, span in places)
    )


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same words once, in order: spans that overlap are one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _parts(sheet: Sheet, text: str, passage: Span, quotes: Sequence[Span]) -> tuple[Part, ...]:
    """The passage, split where the speaker's own words begin and end."""
    parts, at = [], passage.start
    for quote in quotes:
        start, end = max(at, quote.start), min(quote.end, passage.end)
        if start >= end:
            continue
        parts.append(Part(sheet.words(Span(at, start)) if at < start else ()))
        parts.append(
            Part(
                sheet.words(Span(start, end)),
                exact=True,
                opens=_any_of(_OPENING, text[max(passage.start, start - 1) : start + 1]),
                closes=_any_of(_CLOSING, text[end - 1 : min(passage.end, end + 2)]),
            )
        )
        at = end
    parts.append(Part(sheet.words(Span(at, passage.end)) if at < passage.end else ()))
    return tuple(part for part in parts if part.bits)


def _with_marks(text: str, span: Span) -> Span:
    """The passage with the quotation marks that stand just outside it."""
    opens = _any_of(_OPENING, text[max(0, span.start - 1) : span.start])
    closes = _any_of(_CLOSING, text[span.end : span.end + 1])
    return Span(span.start - opens, span.end + closes)


def _any_of(marks: str, words: str) -> bool:
    return any(mark in words for mark in marks)
