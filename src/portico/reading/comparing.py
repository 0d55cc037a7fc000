"""Comparing a reading with an answer: what was missed, made up, wrong, silent or overfilled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from portico.reading.answers import FIELDS, FROM_GAZETTEER, Acted, Answer, Counted, Field, Said, Told
from portico.reading.pairing import (
    Pairs,
    agrees,
    paired_actions,
    paired_events,
    paired_numbers,
    paired_statements,
    several,
)

Kind = Literal["missed", "made up", "wrong", "silent", "overfilled"]
KINDS: tuple[Kind, ...] = ("missed", "made up", "wrong", "silent", "overfilled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One difference between a reading and an answer.

    kind   missed or made up (a whole thing); wrong, silent or overfilled (a field of an event that both tell of)
    what   "incident", "statement", "action", "statistic", or the field
    found  what the reading says, wanted what the answer says, as words; None where that side says nothing
    event  number of the reading's account, from 0, where the miss is about one
    """

    kind: Kind
    what: str
    found: str | None = None
    wanted: str | None = None
    event: int | None = None


def compare(found: Answer, wanted: Answer) -> tuple[Miss, ...]:
    """Every difference, events first, then statements, actions and numbers."""
    said = paired_statements(found.statements, wanted.statements)
    acted = paired_actions(found.actions, wanted.actions)
    counted = paired_numbers(found.statistics, wanted.statistics)
    return (
        *_events(found.incidents, wanted.incidents),
        *_unpaired("statement", said, [*map(_speaker, found.statements)], [*map(_speaker, wanted.statements)]),
        *_unpaired("action", acted, [*map(_action, found.actions)], [*map(_action, wanted.actions)]),
        *_unpaired("statistic", counted, [*map(_number, found.statistics)], [*map(_number, wanted.statistics)]),
    )


def _events(found: Sequence[Told], wanted: Sequence[Told]) -> Iterator[Miss]:
    pairs = paired_events(found, wanted)
    for number, event in enumerate(found):
        if number in pairs:
            yield from _fields(number, event, wanted[pairs[number]])
        else:
            yield Miss(kind="made up", what="incident", found=_event(event), event=number)
    for number, event in enumerate(wanted):
        if number not in pairs.values() and not event.optional:
            yield Miss(kind="missed", what="incident", wanted=_event(event))


def _fields(number: int, found: Told, wanted: Told) -> Iterator[Miss]:
    for name in FIELDS:
        mine, its = found.value(name), wanted.value(name)
        kind = _fault(name, mine, its)
        if kind:
            yield Miss(kind=kind, what=name, found=_shown(mine), wanted=_shown(its), event=number)


def _fault(name: str, found: Field | None, wanted: Field | None) -> Kind | None:
    if wanted is None:
        return "overfilled" if found is not None and name not in FROM_GAZETTEER else None
    if found is None:
        return "silent"
    return None if agrees(name, found, wanted) else "wrong"


def _unpaired(what: str, pairs: Pairs, found: Sequence[str], wanted: Sequence[str]) -> Iterator[Miss]:
    for number, words in enumerate(found):
        if number not in pairs:
            yield Miss(kind="made up", what=what, found=words)
    for number, words in enumerate(wanted):
        if number not in pairs.values():
            yield Miss(kind="missed", what=what, wanted=words)


def _shown(value: Field | None) -> str | None:
    return None if value is None else "; ".join(several(value))


def _event(event: Told) -> str:
    told = (event.kind, event.value("date"), event.courthouse, event.value("name"))
    return ", ".join(str(each) for each in told if each)


def _speaker(said: Said) -> str:
    return ", ".join(filter(None, [said.speaker, said.organisation])) or "not named"


def _action(acted: Acted) -> str:
    day = acted.date.value if acted.date else None
    return ", ".join(filter(None, [acted.kind, day, acted.organiser, acted.place]))


def _number(counted: Counted) -> str:
    value = "not said" if counted.value is None else f"{counted.value:g}"
    return f"{value} {counted.what or ''}".strip()
