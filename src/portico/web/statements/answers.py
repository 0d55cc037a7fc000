"""Demands and what answered them: what a person linked, and what those who were asked said or did since.

The desk proposes and never links by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from portico.facts import Action
from portico.policy import Rule, load_rules
from portico.record import SourcedStatement, may_answer, may_be
from portico.store import Record, StoredAction, StoredAnswer, StoredStatement
from portico.web.access.models import User
from portico.web.access.permissions import visible_sources
from portico.web.access.viewer import Viewer
from portico.web.periods import period_words
from portico.web.report.sheet import Bit
from portico.web.statements.shown import Act, Library, Speaker
from portico.web.wording import date_words, listed

MOST = 30
"""Things shown that may answer one demand."""

DOCUMENTS = 100
"""Documents and statements, of those that hold what somebody looks for, whose words are looked at; the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A statement, an action or a rule that answers a demand, or may.

    who       the speaker, the organiser or who made the rule
    what      the kind of an action, the name of a rule; empty for a statement
    document  that tells of it; empty for a rule, which has a page of its own
    """

    id: str
    kind: str
    who: str
    what: str
    when: str
    document: str = ""
    passages: tuple[tuple[Bit, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """An answer that a person linked: who by their name, and when (UTC)."""

    thing: Thing
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A demand as its answers show it: id of the action, who asked whom for what."""

    id: str
    by: str | None
    of: str | None
    demand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One demand: the words that tell of it, what answers it, what may."""

    asked: Asked
    when: str
    document: str
    passages: tuple[tuple[Bit, ...], ...]
    answers: tuple[Linked, ...]
    proposed: tuple[Thing, ...]


class Things:
    """The statements, actions and rules that this viewer may know of. of: in these documents; None = in all."""

    def __init__(self, record: Record, viewer: Viewer, of: Collection[str] | None = None) -> None:
        actions, statements = record.actions(of=of), record.statements(of=of)
        sources = {each.source for each in actions} | {each.source for each in statements}
        self._record, self._viewer = record, viewer
        self._days = visible_sources(viewer, record.published(sources))
        self.actions = {each.id: each for each in actions if each.source in self._days}
        self._statements = {each.id: each for each in statements if each.source in self._days}
        self._rules = {each.id: each for each in load_rules().rules}

    def knows(self, name: str) -> bool:
        return name in self._statements or name in self.actions or name in self._rules

    def shown(self, names: Iterable[str]) -> dict[str, Thing]:
        """These with their words, by id: the documents of these alone are read. What is not known is left out."""
        known = [name for name in names if self.knows(name)]
        told = [each for each in map(self._told, known) if each is not None]
        library = Library(self._record, self._viewer, {each.source for each in told})
        return {name: self._thing(name, library) for name in known}

    def asked(self, name: str) -> Asked | None:
        """The demand of an action; None where there is none."""
        action = self.actions[name].action if name in self.actions else None
        if action is None or not action.demand:
            return None
        return Asked(id=name, by=action.organiser, of=action.target, demand=action.demand)

    def proposed(self, name: str) -> Iterator[str]:
        """What those who were asked said, did or ordered since: ids, the statements first."""
        asked = self.actions[name].action
        statements = (
            SourcedStatement(
                id=each.id, source=each.source, published_on=self._days[each.source], statement=each.statement
            )
            for each in self._statements.values()
        )
        yield from may_answer(asked, statements, {each.id: each.action for each in self.actions.values()})
        yield from (each.id for each in self._rules.values() if _may_meet(asked, each))

    def saying(self, words: str) -> Iterator[str]:
        """What holds these words as it is shown here: to find a masked word would be to tell it."""
        hits = self._record.search(f"{words}*", kinds=("statement", "document"), limit=DOCUMENTS).rows
        found = {each.document for each in hits}
        told: list[StoredStatement | StoredAction] = [*self._statements.values(), *self.actions.values()]
        names = [*(each.id for each in told if each.source in found), *self._rules]
        shown = self.shown(names)
        yield from (name for name in names if words.casefold() in _shown_words(shown[name]).casefold())

    def _told(self, name: str) -> StoredStatement | StoredAction | None:
        return self._statements.get(name) or self.actions.get(name)

    def _thing(self, name: str, library: Library) -> Thing:
        match self._told(name):
            case StoredStatement() as told:
                return _statement(told, library, self._days[told.source])
            case StoredAction() as told:
                return _action(told, library)
        return _rule(self._rules[name])


def _statement(told: StoredStatement, library: Library, day: str | None) -> Thing:
    said = told.statement
    return Thing(
        id=told.id,
        kind="statement",
        who=listed((said.speaker, said.organisation)) or _("Speaker unnamed"),
        what="",
        when=date_words(day) if day else "",
        document=library.name(told.source),
        passages=library.passages(told.source, said.quotes or said.spans),
    )


def _action(told: StoredAction, library: Library) -> Thing:
    return Thing(
        id=told.id,
        kind="action",
        who=told.action.organiser or _("organiser not said"),
        what=told.action.kind,
        when=date_words(told.action.date) if told.action.date else "",
        document=library.name(told.source),
        passages=library.passages(told.source, told.action.spans),
    )


def _rule(rule: Rule) -> Thing:
    return Thing(id=rule.id, kind="rule", who=rule.issuing_body, what=rule.name, when=period_words(rule.period))


def _may_meet(asked: Action, rule: Rule) -> bool:
    begins = rule.period.earliest or rule.period.begins
    if not asked.target or begins is None or begins.isoformat() < (asked.date or ""):
        return False
    return may_be(asked.target, rule.issuing_body)


def _shown_words(thing: Thing) -> str:
    words = ("".join(bit.text for bit in bits) for bits in thing.passages)
    return "\n".join((thing.who, thing.what, thing.document, *words))


def demand_of(record: Record, viewer: Viewer, action: str, words: str = "") -> Demand | None:
    """One demand with its answers, and what may answer it: by itself, or by the words that somebody looks for.

    None when there is no such demand, or not for this viewer.
    """
    things = Things(record, viewer)
    asked = things.asked(action)
    if asked is None:
        return None
    answers = _linked(things, [each for each in record.demand_answers() if each.action == action])[action]
    out = {action, *(each.thing.id for each in answers)}
    found = [name for name in (things.saying(words) if words else things.proposed(action)) if name not in out]
    told = things.shown([action])[action]
    return Demand(
        asked=asked,
        when=told.when,
        document=told.document,
        passages=told.passages,
        answers=answers,
        proposed=tuple(things.shown(found[:MOST]).values()),
    )


def _linked(things: Things, answers: Sequence[StoredAnswer]) -> Mapping[str, tuple[Linked, ...]]:
    """By action the answers that are shown to this viewer, in the order in which they were linked."""
    names = dict(User.objects.filter(actor__in={each.actor for each in answers}).values_list("actor", "name"))
    shown, linked = things.shown(each.answer for each in answers), defaultdict[str, tuple[Linked, ...]](tuple)
    for each in answers:
        if each.answer in shown:
            by = names.get(each.actor, each.actor)
            linked[each.action] += (Linked(thing=shown[each.answer], by=by, at=each.at),)
    return linked


def acts_with_answers(record: Record, viewer: Viewer, acts: Iterable[Act]) -> list[Act]:
    """These actions, each with what answers its demand and with the demands that it answers."""
    answers, asked = _both_sides(record, viewer)
    return [replace(each, answers=answers[each.id], answered=asked[each.id]) for each in acts]


def speakers_with_demands(record: Record, viewer: Viewer, speakers: Iterable[Speaker]) -> list[Speaker]:
    """These speakers, each statement with the demands that it answers."""
    _answers, asked = _both_sides(record, viewer)
    return [
        replace(each, said=tuple(replace(said, answered=asked[said.id]) for said in each.said)) for each in speakers
    ]


def demands_met_by(record: Record, viewer: Viewer, answer: str) -> tuple[Asked, ...]:
    """The demands that people say this statement, action or rule answers."""
    return _both_sides(record, viewer)[1][answer]


def _both_sides(
    record: Record, viewer: Viewer
) -> tuple[Mapping[str, tuple[Linked, ...]], Mapping[str, tuple[Asked, ...]]]:
    """By demand what answers it, and by answer the demands: of what this viewer may know of."""
    stored = record.demand_answers()
    sources = {each.action_source for each in stored} | {each.answer_source for each in stored if each.answer_source}
    things = Things(record, viewer, of=sources)
    asked = defaultdict[str, tuple[Asked, ...]](tuple)
    for each in stored:
        if (demand := things.asked(each.action)) is not None:
            asked[each.answer] += (demand,)
    return _linked(things, stored), asked
