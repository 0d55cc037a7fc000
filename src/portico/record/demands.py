"""Demands: what was asked of whom, by whom, what may answer it, and what a person linked as the answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from portico.facts import Action, Demand
from portico.record.ledger import SourcedStatement, is_office, may_be, said_since


def demands(actions: Mapping[str, Action]) -> tuple[Demand, ...]:
    """The demand of each action that makes one, by id of the action, in the order given. None is answered yet."""
    return tuple(
        Demand(action=action_id, by=action.organiser, of=action.target, demand=action.demand, spans=action.spans)
        for action_id, action in actions.items()
        if action.demand
    )


def may_answer(asked: Action, statements: Iterable[SourcedStatement], actions: Mapping[str, Action]) -> tuple[str, ...]:
    """What those who were asked are reported to have said or done on its day or later: ids, statements first.

    It may answer the demand, or not: a person decides. Who was asked by office is known by the role that a text gives.
    actions: by id. Undated ones are among them.
    """
    if not asked.target:
        return ()
    told = tuple(statements)
    said = said_since(asked.target, asked.date, told)
    in_office = [each for each in told if is_office(asked.target, each.statement.role)]
    said = (*said, *(each for each in _since(asked.date, in_office) if each not in said))
    done = (
        action_id
        for action_id, each in actions.items()
        if each != asked and may_be(asked.target, each.organiser) and (each.date or "X") >= (asked.date or "")
    )
    return (*(each.id for each in said), *done)


def _since(day: str | None, statements: Iterable[SourcedStatement]) -> Iterator[SourcedStatement]:
    return (each for each in statements if (each.published_on or "X") >= (day or ""))


def answered(demand: Demand, by: Iterable[str]) -> Demand:
    """The demand with what a person linked as an answer: ids of statements, actions or rules. Each is linked once."""
    return replace(demand, answered_by=tuple(dict.fromkeys((*demand.answered_by, *by))))


def unanswered(asked: Iterable[Demand]) -> tuple[Demand, ...]:
    """Those without an answer in the record. That is not the same as without an answer."""
    return tuple(demand for demand in asked if not demand.answered_by)
