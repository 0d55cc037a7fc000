"""Proposals of a language model: its answer, as text → what of it stands in the document; the rest is dropped.

Nothing that the model writes is taken on trust: `proposal_check` says what a proposal must stand up to. A statement,
an action or a number stands or falls as a whole with its quotation; of an event, each claim does by itself, but an
event without a kind is none.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import msgspec

from portico.facts import Account, Action, Claim, PorticoError, Statement, Statistic
from portico.reading.document import Document
from portico.reading.passage import Passage
from portico.reading.proposal_check import (
    NotTakenError,
    coded,
    day,
    has_number,
    hedge_of,
    of_gazetteer,
    placed,
    words_of_text,
)
from portico.reading.proposer import Dropped, Proposals

R = TypeVar("R")
T = TypeVar("T")

_MOST = 200
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_SHOWN = 60

Words = str | None


class ProposalError(PorticoError):
    """The answer as a whole cannot be used."""

    def __init__(self, document: str, origin: str, what: str) -> None:
        super().__init__(
            f"{document}: the answer of {origin} cannot be used: {what}. Nothing of it was taken; the reading by the "
            "rules stands as it is. Ask again, or try another model."
        )


@dataclass(frozen=True, slots=True)
class _Claim:
    attribute: str
    value: str | int | float | bool | None = None
    quote: Words = None
    asserted_by: Words = None
    hedge: Words = None


@dataclass(frozen=True, slots=True)
class _Incident:
    claims: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    speaker: Words = None
    organisation: Words = None
    role: Words = None
    kind: Words = None
    quote: Words = None


@dataclass(frozen=True, slots=True)
class _Action:
    kind: Literal["rally", "walkout", "march", "lawsuit", "letter", "legislation", "other"]
    organiser: Words = None
    date: Words = None
    place: Words = None
    target: Words = None
    demand: Words = None
    quote: Words = None


@dataclass(frozen=True, slots=True)
class _Statistic:
    value: int | float
    what: Words = None
    place: Words = None
    period: Words = None
    source: Words = None
    quote: Words = None


def proposals_of(answer: str, document: Document, origin: str) -> Proposals:
    """What of a model's answer stands in the document.

    answer  what the model wrote; one JSON object, words around it are left aside
    origin  "model:<name>"; marks every claim
    Raises ProposalError when the answer holds no object of the form that was asked for.
    """
    content = _object(answer, document.id, origin)
    check = _Check(Passage.of(document), origin)
    return Proposals(
        origin=origin,
        accounts=tuple(_each(check, content, "incidents", _Incident, _account)),
        statements=tuple(_each(check, content, "statements", _Statement, _statement)),
        actions=tuple(_each(check, content, "actions", _Action, _action)),
        statistics=tuple(_each(check, content, "statistics", _Statistic, _statistic)),
        dropped=tuple(check.dropped),
    )


def _object(answer: str, document: str, origin: str) -> Mapping[str, object]:
    found = _OBJECT.search(answer)
    if found is None:
        raise ProposalError(document, origin, "it holds no JSON object")
    try:
        content = msgspec.json.decode(found[0].encode("utf-8", "replace"), type=dict[str, object])
    except (msgspec.DecodeError, RecursionError) as problem:
        raise ProposalError(document, origin, f"it is not JSON ({problem})") from problem
    if not {"incidents", "statements", "actions", "statistics"} & set(content):
        raise ProposalError(document, origin, "it has none of the lists that were asked for")
    return content


@dataclass(slots=True)
class _Check:
    """One answer being checked; what is dropped gathers here.

    near  where the words of the event stand: of words that stand twice, the nearest are meant
    """

    passage: Passage
    origin: str
    near: int = 0
    dropped: list[Dropped] = field(default_factory=list)

    def drop(self, what: str, why: object) -> None:
        # The model's words go to a terminal: nothing but what can be printed.
        plain = "".join(letter if letter.isprintable() else " " for letter in what)
        self.dropped.append(Dropped(plain[:_SHOWN], str(why)))


def _each(
    check: _Check, content: Mapping[str, object], name: str, form: type[R], made: Callable[[_Check, R], T]
) -> Iterator[T]:
    """The things of one list that stand up to the check."""
    rows = content.get(name)
    if rows is None:
        return
    if not isinstance(rows, list):
        check.drop(name, "is not a list")
        return
    if len(rows) > _MOST:
        check.drop(name, f"has more than {_MOST} entries; the rest is left aside")
    for row in rows[:_MOST]:
        try:
            yield made(check, msgspec.convert(row, form))
        except msgspec.ValidationError as problem:
            check.drop(name, f"not of the form asked for ({problem})")
        except NotTakenError as problem:
            check.drop(f"{name}: {_first_words(row)}", problem)


def _first_words(row: object) -> str:
    held = row.values() if isinstance(row, dict) else ()
    return ", ".join(str(value) for value in held if isinstance(value, str | int))


def _account(check: _Check, raw: _Incident) -> Account:
    kind = next((row for row in raw.claims if isinstance(row, dict) and row.get("attribute") == "kind"), {})
    check.near = placed(check.passage, str(kind.get("quote") or "")).start
    claims = list(dict.fromkeys(_each(check, {"claims": list(raw.claims)}, "claims", _Claim, _claim)))
    claims.sort(key=lambda claim: claim.attribute != "kind")
    if not claims or claims[0].attribute != "kind":
        raise NotTakenError("an event without a kind whose words stand in the text")
    places = [
        known for claim in claims if claim.attribute == "courthouse" for known in of_gazetteer(check.passage, claim)
    ]
    return Account(claims=(*claims, *places))


def _claim(check: _Check, raw: _Claim) -> Claim:
    span = placed(check.passage, raw.quote, check.near)
    return Claim(
        attribute=raw.attribute,
        value=coded(check.passage, raw.attribute, raw.value, span),
        spans=(span,),
        asserted_by=words_of_text(check.passage, raw.asserted_by, "one who says so"),
        hedge=hedge_of(raw.hedge),
        origin=check.origin,
    )


def _statement(check: _Check, raw: _Statement) -> Statement:
    span = placed(check.passage, raw.quote)
    who = [words_of_text(check.passage, each, "speaker") for each in (raw.speaker, raw.organisation)]
    if not any(who):
        raise NotTakenError("nobody is named who says it")
    quotes = [check.passage.text.span(start, end) for start, end in check.passage.quotes_over(span.start, span.end)]
    return Statement(
        speaker=who[0],
        organisation=who[1],
        role=words_of_text(check.passage, raw.role, "role"),
        kind="direct" if quotes else "indirect",
        spans=(span,),
        quotes=tuple(quotes),
    )


def _action(check: _Check, raw: _Action) -> Action:
    span = placed(check.passage, raw.quote)
    words = {name: getattr(raw, name) for name in ("organiser", "place", "target", "demand")}
    return Action(
        kind=raw.kind,
        spans=(span,),
        date=day(check.passage, raw.date, span) if raw.date else None,
        **{name: words_of_text(check.passage, said, name) for name, said in words.items()},
    )


def _statistic(check: _Check, raw: _Statistic) -> Statistic:
    span = placed(check.passage, raw.quote)
    if not has_number(check.passage, raw.value, span):
        raise NotTakenError("the quoted words hold no such number")
    words = {name: getattr(raw, name) for name in ("what", "place", "period", "source")}
    return Statistic(
        value=raw.value,
        spans=(span,),
        **{name: words_of_text(check.passage, said, name) for name, said in words.items()},
    )
