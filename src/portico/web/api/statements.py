"""Statements and actions: who said what, what was asked of whom, all alike, with the words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from portico.facts import Statement
from portico.store import StoredAction, StoredStatement
from portico.web.access.viewer import viewer_of
from portico.web.api.calls import Part
from portico.web.api.knowing import after, part
from portico.web.api.shapes import Page, ShownAction, ShownStatement
from portico.web.api.words import Words, words_of
from portico.web.desk.records import record_of

router = Router(tags=["statements"])
Told = TypeVar("Told", StoredStatement, StoredAction)


class Said(Part):
    """who: a part of the name of a speaker or an organisation."""

    who: str = Field("", max_length=100)


@router.get("/statements", url_name="statements", response=Page[ShownStatement], operation_id="statements")
def statements(request: HttpRequest, asked: Query[Said]) -> Page[ShownStatement]:
    """What people are reported to have said, what came in last first."""
    wanted = asked.who.casefold()
    told = [each for each in record_of(request).statements() if wanted in _who(each.statement)]
    page = _page(request, told, asked.after, asked.limit)
    words = _words(request, page.rows)
    shown = [_statement(each, words) for each in page.rows]
    # Whose name is blotted out is not found by it.
    return Page(rows=tuple(each for each in shown if wanted in _who(each.statement)), next=page.next)


@router.get("/actions", url_name="actions", response=Page[ShownAction], operation_id="actions")
def actions(request: HttpRequest, asked: Query[Part]) -> Page[ShownAction]:
    """Rallies, suits, directives, and what they ask of whom; what came in last first."""
    page = _page(request, record_of(request).actions(), asked.after, asked.limit)
    words, hidden = _words(request, page.rows), viewer_of(request).hidden_sources
    answers: dict[str, list[str]] = defaultdict(list)
    for each in record_of(request).demand_answers():
        if each.answer_source not in hidden:
            answers[each.action].append(each.answer)
    return Page(rows=tuple(_action(each, words, answers[each.id]) for each in page.rows), next=page.next)


def _page(request: HttpRequest, told: Sequence[Told], cursor: str, limit: int) -> Page[Told]:
    hidden = viewer_of(request).hidden_sources
    newest_first = [each for each in reversed(told) if each.source not in hidden]
    return part(after(newest_first, _name, cursor)[: limit + 1], limit, _name)


def _name(told: StoredStatement | StoredAction) -> str:
    return told.id


def _words(request: HttpRequest, told: Sequence[Told]) -> Words:
    record = record_of(request)
    sources = {each.source for each in told}
    return words_of(record, record.some_documents(sources), record.told_by(*sources).values())


def _who(statement: Statement) -> str:
    return f"{statement.speaker or ''} {statement.organisation or ''}".casefold()


def _statement(told: StoredStatement, words: Words) -> ShownStatement:
    said = told.statement
    shown = replace(
        said,
        speaker=words.maybe(said.speaker),
        organisation=words.maybe(said.organisation),
        role=words.maybe(said.role),
        about=words.maybe(said.about),
    )
    return ShownStatement(id=told.id, source=told.source, statement=shown, words=words.quoted(told.source, said.spans))


def _action(told: StoredAction, words: Words, answers: Sequence[str]) -> ShownAction:
    act = told.action
    shown = replace(
        act,
        organiser=words.maybe(act.organiser),
        place=words.maybe(act.place),
        target=words.maybe(act.target),
        demand=words.maybe(act.demand),
    )
    return ShownAction(
        id=told.id,
        source=told.source,
        action=shown,
        words=words.quoted(told.source, act.spans),
        answered_by=tuple(answers),
    )
