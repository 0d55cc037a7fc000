"""Statements side by side, and what people did or asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from portico.facts import Span, Statement
from portico.web.report.sheet import Bit, PlacedAction, PlacedStatement, Sheet
from portico.web.wording import capital, date_words

_OPENING = "“\"«‘'„"
_CLOSING = "”\"»’'“"


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a passage. exact: the speaker's own words; marked: quotation marks have to be added around them."""

    bits: tuple[Bit, ...]
    exact: bool = False
    marked: bool = False


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
    unnamed = f"{said.role}, unnamed" if said.role else "Speaker unnamed"
    role = said.role if said.speaker else None
    return Voice(
        speaker=sheet.free(said.speaker or capital(unnamed)),
        who=sheet.free(", ".join(filter(None, (role and capital(role), said.organisation)))),
        letter=sheet.letter,
        on=date_words(on) if on else "",
        direct=said.kind == "direct",
        passages=_passages(sheet, placed.places, said.quotes),
    )


def _act(sheet: Sheet, placed: PlacedAction) -> Act:
    act = placed.action
    told = (date_words(act.date, weekday=True) if act.date else None, act.time)
    return Act(
        kind=capital(act.kind.replace("_", " ")),
        when=", ".join(filter(None, told)),
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
    text = sheet.source.text
    return tuple(
        Passage(place, f"{span.start}–{span.end}", _parts(sheet, text, _with_marks(text, span), quotes))
        for place, span in places
    )


def _parts(sheet: Sheet, text: str, passage: Span, quotes: Sequence[Span]) -> tuple[Part, ...]:
    """The passage, split where the speaker's own words begin and end; overlapping quotations are one."""
    parts, at = [], passage.start
    for quote in sorted(quotes):
        start, end = max(at, quote.start), min(quote.end, passage.end)
        if start >= end:
            continue
        parts.append(Part(sheet.words(Span(at, start)) if at < start else ()))
        parts.append(Part(sheet.words(Span(start, end)), exact=True, marked=not _opens(text, start)))
        at = end
    parts.append(Part(sheet.words(Span(at, passage.end)) if at < passage.end else ()))
    return tuple(part for part in parts if part.bits)


def _with_marks(text: str, span: Span) -> Span:
    """The passage with the quotation marks that stand just outside it."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    opens, closes = before in _OPENING and before != "", after in _CLOSING and after != ""
    return Span(span.start - opens, span.end + closes)


def _opens(text: str, start: int) -> bool:
    """Whether the quotation brings its own marks: just before it, or as its first character."""
    return any(character in _OPENING for character in (text[start - 1 : start], text[start : start + 1]) if character)
