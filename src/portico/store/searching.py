"""Searching: what a person types → the things that hold it, places first, then best first, with the words marked."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

from portico.places import Courthouse, load_gazetteer
from portico.store import finding, index
from portico.store.many import columns_of
from portico.store.models import Passage, Told
from portico.store.terms import BEGIN, END, Found, Only, Term, terms_of, words_in
from portico.store.values import IncidentFilter, Kind, Page, SearchHit

KINDS: tuple[Kind, ...] = ("incident", "account", "statement", "document", "place")
_PUBLISHED = frozenset({"document", "statement"})
_MARKED = re.compile(f"{BEGIN}([^{END}]*){END}")


def search(
    alias: str,
    typed: str,
    *,
    kinds: Collection[Kind],
    asked: IncidentFilter,
    without: Collection[str] = (),
    offset: int,
    limit: int,
) -> Page[SearchHit]:
    """One page of what holds the words, and how many there are. without: accounts, see `_hidden`."""
    terms = terms_of(typed)
    if all(term.without for term in terms):
        return Page(rows=(), total=0, offset=offset)
    places = _places(terms, asked) if "place" in kinds else ()
    here = places[offset : offset + limit]
    if frozenset(kinds) == {"place"}:
        return Page(rows=here, total=len(places), offset=offset)
    only = replace(_only(alias, frozenset(kinds), asked), without=_hidden(alias, without))
    look = index.look(alias, terms, only)
    found = look.best(max(0, offset - len(places)), limit - len(here))
    total = look.count() if offset or len(here) + len(found) == limit else len(found)
    return Page(rows=(*here, *_hits(alias, found, frozenset(kinds))), total=len(places) + total, offset=offset)


def _only(alias: str, kinds: frozenset[Kind], asked: IncidentFilter) -> Only:
    """The passages of these kinds that fit the filter.

    Courthouse, county, state and verification are an incident's: where one is asked for, only incidents and their
    accounts are found. Days are of the event, or of publication.
    """
    if asked == IncidentFilter() and kinds >= {"incident", "account", "statement", "document"}:
        return Only()
    passages, parts = Passage.objects.using(alias), []
    events = finding.chosen(alias, asked) if asked != IncidentFilter() else None
    of_days = IncidentFilter(since=asked.since, until=asked.until)
    if "incident" in kinds:
        parts.append(passages.filter(kind="incident") if events is None else events)
    if "account" in kinds:
        accounts = passages.filter(kind="account")
        parts.append(accounts if events is None else accounts.filter(event__in=events.values("number")))
    if asked == of_days and not kinds.isdisjoint(_PUBLISHED):
        published = passages.filter(kind__in=kinds & _PUBLISHED)
        parts.append(published.filter(finding.within(asked.since, asked.until, "day", "day")))
    if "document" in kinds and "incident" not in kinds and asked == IncidentFilter():
        parts.append(passages.filter(kind="incident").exclude(document=""))
    made = [part.order_by().values("number").query.get_compiler(alias).as_sql() for part in parts]
    if not made:
        return Only("SELECT number FROM store_passage WHERE 1 = 0")
    return Only(" UNION ALL ".join(sql for sql, _ in made), tuple(value for _, values in made for value in values))


def _hidden(alias: str, accounts: Collection[str]) -> tuple[int, ...]:
    """The passages of the incidents that these accounts tell of, and of their documents."""
    passages = Passage.objects.using(alias)
    told = columns_of(Told.objects.using(alias), "told", accounts, "source")
    documents = set(told)
    hidden = set(columns_of(passages, "event", finding.told_by(alias, accounts), "number"))
    return tuple(sorted(hidden.union(columns_of(passages.exclude(document=""), "document", documents, "number"))))


def _hits(alias: str, found: Sequence[Found], kinds: frozenset[Kind]) -> list[SearchHit]:
    rows = {row.number: row for row in Passage.objects.using(alias).filter(number__in=[e.number for e in found])}
    events = {row.event for row in rows.values() if row.kind == "account"}
    named = dict(Passage.objects.using(alias).filter(number__in=events).values_list("number", "thing"))
    return [_hit(each, rows[each.number], named, kinds) for each in found]


def _hit(found: Found, row: Passage, named: dict[int, str], kinds: frozenset[Kind]) -> SearchHit:
    as_document = row.kind == "incident" and "incident" not in kinds
    incident = row.thing if row.kind == "incident" else named.get(row.event)
    return SearchHit(
        kind="document" if as_document else row.kind,
        id=row.document if as_document else row.thing,
        title=_marked(found.title),
        snippet=_marked(found.snippet),
        incident=incident,
        document=row.document or None,
        rank=found.rank,
    )


def _marked(words: str) -> tuple[tuple[str, bool], ...]:
    """Words with marks → pieces.

    >>> _marked("the \\x02judge\\x03 said")
    (('the ', False), ('judge', True), (' said', False))
    """
    pieces = _MARKED.split(words)
    return tuple((piece, bool(place % 2)) for place, piece in enumerate(pieces) if piece)


def _places(terms: Sequence[Term], asked: IncidentFilter) -> tuple[SearchHit, ...]:
    """The courthouses whose names, cities or counties hold every term, those with the fewest other words first."""
    if asked != IncidentFilter(state=asked.state, county=asked.county, courthouse=asked.courthouse):
        return ()
    scored = ((_score(terms, row), row) for row in load_gazetteer().courthouses if _is_asked_for(row, asked))
    ordered = sorted(((score, row) for score, row in scored if score), key=lambda each: (-each[0], each[1].id))
    return tuple(
        SearchHit(
            kind="place",
            id=row.id,
            title=((row.name, False),),
            snippet=((", ".join(filter(None, (row.city, row.county, row.state))), False),),
            incident=None,
            document=None,
            rank=score,
        )
        for score, row in ordered
    )


def _is_asked_for(row: Courthouse, asked: IncidentFilter) -> bool:
    return (
        (not asked.state or row.state in asked.state)
        and (not asked.county or row.county in asked.county)
        and (not asked.courthouse or row.id in asked.courthouse)
    )


def _score(terms: Sequence[Term], row: Courthouse) -> float:
    """How much of one of its names the terms make up; 0 when a term is in none."""
    wanted = [(_said(term), term.without) for term in terms]
    best = 0.0
    for words in _spelled_out().get(row.id, ()):
        if all((said in words) is not without for said, without in wanted):
            best = max(best, sum(len(said) for said, without in wanted if not without) / len(words))
    return best


@cache
def _spelled_out() -> Mapping[str, tuple[str, ...]]:
    """Each courthouse's names with its city and county, word by word."""
    return {
        row.id: tuple(
            f" {' '.join(words_in(f'{name} {row.city or str()} {row.county}'.casefold()))} " for name in row.spellings
        )
        for row in load_gazetteer().courthouses
    }


def _said(term: Term) -> str:
    words = f" {' '.join(term.words).casefold()}"
    return words if term.begins else f"{words} "
