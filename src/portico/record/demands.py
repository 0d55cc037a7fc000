"""Demands: what was asked of whom, by whom, and what a person linked as the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from portico.facts import Action, Demand


def demands(actions: Mapping[str, Action]) -> tuple[Demand, ...]:
    """The demand of each action that makes one, by id of the action, in the order given. None is answered yet."""
    return tuple(
        Demand(action=action_id, by=action.organiser, of=action.target, demand=action.demand, spans=action.spans)
        for action_id, action in actions.items()
        if action.demand
    )


def answered(demand: Demand, by: Iterable[str]) -> Demand:
    """The demand with what a person linked as an answer: ids of statements, actions or rules. Each is linked once."""
    return replace(demand, answered_by=tuple(dict.fromkeys((*demand.answered_by, *by))))


def unanswered(asked: Iterable[Demand]) -> tuple[Demand, ...]:
    """Those without an answer in the record. That is not the same as without an answer."""
    return tuple(demand for demand in asked if not demand.answered_by)
