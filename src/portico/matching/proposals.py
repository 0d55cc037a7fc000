"""Proposals: which other accounts may tell of the same event, each scored, with its reasons. Never a decision."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from portico.facts import Account
from portico.matching.blocks import Blocks
from portico.matching.evidence import Reason, reasons
from portico.matching.telling import Telling, read_account
from portico.matching.weights import Weights, shipped_weights


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another account that may tell of the same event.

    score    0 to 1, an order and not odds: see `data/README.md`
    reasons  for and against, place and time first
    """

    other: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two accounts that may tell of one event; `one` came first."""

    one: str
    other: str
    score: float
    reasons: tuple[Reason, ...]


def propose(
    account: Account,
    others: Mapping[str, Account],
    *,
    apart: Collection[str] = (),
    least: float | None = None,
    weights: Weights | None = None,
) -> tuple[Proposal, ...]:
    """The accounts among the others that may tell of the same event, the highest score first.

    others   id → account; those of the same document should be left out: a text tells two events as two accounts
    apart    ids that a person has decided to keep apart from this one: never proposed again
    least    the lowest score to propose; None = the weights' own threshold
    """
    weights = weights or shipped_weights()
    telling = read_account(account, weights.common_court_words)
    scored = (
        Proposal(other, *_score(telling, read_account(its, weights.common_court_words), weights))
        for other, its in others.items()
        if other not in apart
    )
    found = [each for each in scored if each.score >= (weights.propose_at if least is None else least)]
    return tuple(sorted(found, key=lambda each: (-each.score, each.other)))


def propose_all(
    accounts: Mapping[str, Account],
    *,
    sources: Mapping[str, str] | None = None,
    apart: Collection[frozenset[str]] = (),
    least: float | None = None,
    weights: Weights | None = None,
) -> tuple[ProposedPair, ...]:
    """Every pair that may be of one event, the highest score first. Compares only what has place and time in common.

    sources  account id → source: two accounts of one source are not proposed
    apart    pairs of ids that a person has decided to keep apart

    A pair whose place words, month and names have nothing in common is never compared, however much else agrees.
    """
    weights = weights or shipped_weights()
    least = weights.propose_at if least is None else least
    tellings = {each: read_account(account, weights.common_court_words) for each, account in accounts.items()}
    pairs = _pairs(tellings, sources or {}, frozenset(apart))
    scored = (ProposedPair(a, b, *_score(tellings[a], tellings[b], weights)) for a, b in pairs)
    found = [each for each in scored if each.score >= least]
    return tuple(sorted(found, key=lambda each: (-each.score, each.one, each.other)))


def _pairs(
    tellings: Mapping[str, Telling], sources: Mapping[str, str], apart: frozenset[frozenset[str]]
) -> Iterable[tuple[str, str]]:
    """Pairs to compare: each account with those before it that share a block."""
    blocks = Blocks()
    for later, telling in tellings.items():
        for earlier in blocks.near(telling):
            one_source = later in sources and sources[later] == sources.get(earlier)
            if not one_source and frozenset((earlier, later)) not in apart:
                yield earlier, later
        blocks.add(later, telling)


def _score(one: Telling, other: Telling, weights: Weights) -> tuple[float, tuple[Reason, ...]]:
    why = reasons(one, other, weights)
    total = weights.start + math.fsum(each.weight for each in why)
    return 1 / (1 + math.exp(-total)), why
