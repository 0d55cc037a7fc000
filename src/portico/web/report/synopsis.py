"""The synopsis: facts down, sources across, in the words of the sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from portico.facts import MASKED, SourcedClaim, Status
from portico.web.language import told as _
from portico.web.report.facts import NumberedFact
from portico.web.report.sheet import Bit, PlacedClaim, Sheet
from portico.web.wording import STATUS_CLASS, STATUS_WORDS, any_words, claim_words, values_words, voice_words


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source and where they stand. target: the words in the document, or the note if they are withheld."""

    target: str
    bits: tuple[Bit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What one source says of a fact, by one voice.

    value  what it says in code; empty where that is the value of the whole row, or no more than its own words
    """

    value: tuple[Bit, ...]
    words: tuple[Quoted, ...]
    by: tuple[Bit, ...]
    alleged: bool


@dataclass(frozen=True, slots=True)
class Cell:
    letter: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    number: int
    label: str
    status: str
    status_words: str
    values: tuple[tuple[Bit, ...], ...]
    cells: tuple[Cell, ...]


def synopsis(facts: Sequence[NumberedFact], sheets: Sequence[Sheet]) -> tuple[Row, ...]:
    """A row for each fact, said or not: silence is shown as carefully as speech."""
    return tuple(_row(fact, sheets) for fact in facts)


def _row(fact: NumberedFact, sheets: Sequence[Sheet]) -> Row:
    state = fact.state
    values = values_words(state)
    standing = {told.id for told in state.claims}
    return Row(
        number=fact.number,
        label=fact.label,
        status=STATUS_CLASS[state.status],
        status_words=_(STATUS_WORDS[state.status]),
        values=tuple(_shown(sheets[0], fact, value) for value in values) if sheets else (),
        cells=tuple(Cell(sheet.letter, _sayings(sheet, fact, standing, any_words(values))) for sheet in sheets),
    )


def _sayings(sheet: Sheet, fact: NumberedFact, standing: set[str], row_value: str) -> tuple[Saying, ...]:
    """One for each value and voice, so that three words for one thing are one saying."""
    placed = [each for each in sheet.claims if each.fact == fact and each.told.id in standing]
    grouped: dict[tuple[str, str | None, bool], list[PlacedClaim]] = {}
    for each in placed:
        grouped.setdefault(_voice(each.told), []).append(each)
    return tuple(
        _saying(sheet, fact, same, "" if said == row_value and fact.state.status is not Status.DISPUTED else said)
        for (said, *_), same in grouped.items()
    )


def _saying(sheet: Sheet, fact: NumberedFact, same: Sequence[PlacedClaim], said: str) -> Saying:
    claim, words = same[0].told.claim, tuple(quoted for each in same for quoted in _quoted(sheet, each))
    told = any(said.casefold() in "".join(bit.text for bit in quoted.bits).casefold() for quoted in words)
    return Saying(
        value=() if told and fact.state.status is not Status.DISPUTED else _shown(sheet, fact, said),
        words=words,
        by=sheet.free(voice_words(claim.asserted_by or "")),
        alleged=claim.hedge == "alleged",
    )


def _shown(sheet: Sheet, fact: NumberedFact, words: str) -> tuple[Bit, ...]:
    """A value as it may be seen: one that the record itself keeps back is named by its kind."""
    return (Bit(masked=fact.label.lower()),) if words == MASKED else sheet.free(words)


def _voice(told: SourcedClaim) -> tuple[str, str | None, bool]:
    return claim_words(told.claim), told.claim.asserted_by, told.claim.hedge == "alleged"


def _quoted(sheet: Sheet, placed: PlacedClaim) -> list[Quoted]:
    if sheet.source.text is None or not placed.places:
        return [Quoted(placed.note, ())]
    return [Quoted(place, sheet.words(span)) for place, span in placed.places]
