"""Demands and what answered them: links that people made, folded from the log when they are asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from portico.store import log
from portico.store.errors import RecordRefused
from portico.store.keyring import new_id
from portico.store.log import Draft
from portico.store.models import Told
from portico.store.opened import Opened
from portico.store.payloads import DemandAnswered, DocumentReceived
from portico.store.sealing import open_document_words
from portico.store.tables import standing_entries
from portico.store.view import View

_NO_ANSWER = "`portico list statements`, `portico list actions` and `portico rules` show what there is."


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """What a person linked as the answer to a demand.

    action         id of the action that makes the demand, and its document's sha256
    answer         id of a statement, action or rule; the sha256 of its document, None for a rule
    at             UTC instant
    batch          to undo it
    """

    action: str
    action_source: str
    answer: str
    answer_source: str | None
    actor: str
    at: datetime
    batch: str


def answer_demand(opened: Opened, action: str, answer: str, *, actor: str) -> str | None:
    """Links an answer to a demand: its batch, None if it stands so already.

    Raises RecordRefused for an action that demands nothing, or an answer that is not in the record and no rule.
    """
    with opened.writing():
        if not _demands(opened.view(), action):
            raise RecordRefused(opened.folder, f"{action} is no action with a demand", _NO_ANSWER)
        if answer == action or not (_sources(opened, [answer]) or _is_rule(answer)):
            raise RecordRefused(opened.folder, f"{answer} is no statement, other action or rule", _NO_ANSWER)
        if any((each.action, each.answer) == (action, answer) for each in answers(opened)):
            return None
        payload = DemandAnswered(batch=new_id("b", opened.random), action=action, answer=answer)
        opened.append([Draft("demand_answered", action, payload)], actor)
        return payload.batch


def answers(opened: Opened) -> tuple[StoredAnswer, ...]:
    """What stands, in the order in which it was linked; of documents that were taken back nothing."""
    said = [
        (entry, entry.payload)
        for entry in standing_entries(opened, "demand_answered")
        if isinstance(entry.payload, DemandAnswered)
    ]
    sources = _sources(opened, {name for _, each in said for name in (each.action, each.answer)})
    return tuple(
        StoredAnswer(
            action=each.action,
            action_source=sources[each.action],
            answer=each.answer,
            answer_source=sources.get(each.answer),
            actor=entry.actor,
            at=log.instant(entry.at),
            batch=each.batch,
        )
        for entry, each in said
        if each.action in sources and (each.answer in sources or _is_rule(each.answer))
    )


def _demands(view: View, action: str) -> bool:
    """Whether the record holds an action of that id that asks for something, as far as can be read without the key."""
    rows = view.held(Told, kind="action", told=action)
    for row, entry in zip(rows, view.entries_of(rows).values(), strict=True):
        assert isinstance(entry.payload, DocumentReceived)
        told = open_document_words(entry.payload, view.opener) or entry.payload
        return bool(told.actions[row.position].demand)
    return False


def _sources(opened: Opened, told: Collection[str]) -> dict[str, str]:
    """Of these statements and actions, those that the record holds now: by id, the document."""
    rows = Told.objects.using(opened.databases.record).filter(until=None, kind__in=("statement", "action"))
    return dict(rows.filter(told__in=sorted(told)).values_list("told", "source"))


def _is_rule(name: str) -> bool:
    from portico.policy import load_rules  # noqa: PLC0415  (the rules take longer to load than most answers take)

    return any(each.id == name for each in load_rules().rules)
