"""Proposers: whoever reads a document and proposes what it tells; the rules are one, others may stand beside them.

Whatever a proposer gives has passed the same check (its words stand in the text), names its origin, and waits for a
person like the rest. What the rules say goes before what another proposes: that only fills where they are silent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from portico.facts import Account, Action, Claim, Reading, Statement, Statistic, Text
from portico.reading.answers import Answer, answer_of
from portico.reading.document import Document
from portico.reading.flat import Json, flatten
from portico.reading.pairing import paired_actions, paired_events, paired_numbers, paired_statements
from portico.reading.read import READER, read


@dataclass(frozen=True, slots=True)
class Dropped:
    """A proposal that was not taken: what it was, and why, in plain words."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What a proposer gives for one document, checked; and what did not pass the check."""

    origin: str
    accounts: tuple[Account, ...] = ()
    statements: tuple[Statement, ...] = ()
    actions: tuple[Action, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def reading(self, like: Reading) -> Reading:
        """A reading of these proposals alone, of the same document as another."""
        return replace(
            like,
            reader=self.origin,
            accounts=self.accounts,
            statements=self.statements,
            actions=self.actions,
            statistics=self.statistics,
        )


class Proposer(Protocol):
    """One way of reading. `propose` raises PorticoError, saying what to do, when it cannot."""

    @property
    def origin(self) -> str: ...

    def propose(self, document: Document) -> Proposals: ...


class Rules:
    """Portico's own reader as a proposer."""

    origin = READER

    def propose(self, document: Document) -> Proposals:
        found = read(document)
        return Proposals(
            origin=self.origin,
            accounts=found.accounts,
            statements=found.statements,
            actions=found.actions,
            statistics=found.statistics,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The rules' reading with another's proposals added.

    reading    the rules' accounts first; a claim of the other's only where the rules are silent
    own        how many statements, actions and statistics at the beginning are the rules' own
    differing  by the number of the account: claims of the other's that differ from the rules', which are not taken
    """

    reading: Reading
    origin: str
    own: tuple[int, int, int]
    differing: dict[int, tuple[Claim, ...]]
    dropped: tuple[Dropped, ...]

    def flat(self, text: Text) -> Json:
        """The flat object, with the origin of each claim, statement, action and number."""
        flat = flatten(self.reading, text)
        for incident, account in zip(_rows(flat, "incidents"), self.reading.accounts, strict=True):
            for row, claim in zip(_rows(incident, "claims"), account.claims, strict=True):
                row["origin"] = claim.origin
        for name, own in zip(("statements", "actions", "statistics"), self.own, strict=True):
            for number, row in enumerate(_rows(flat, name)):
                row["origin"] = self.reading.reader if number < own else self.origin
        return flat


def together(reading: Reading, text: Text, other: Proposals) -> Together:
    """A reading with another's proposals beside it. Pairs of events, speakers and so on are found by evidence."""
    mine, its = answer_of(flatten(reading, text)), answer_of(flatten(other.reading(reading), text))
    accounts, differing = _accounts(reading.accounts, other.accounts, mine, its)
    said = paired_statements(its.statements, mine.statements)
    acted = paired_actions(its.actions, mine.actions)
    counted = paired_numbers(its.statistics, mine.statistics)
    return Together(
        reading=replace(
            reading,
            accounts=accounts,
            statements=(*reading.statements, *(s for n, s in enumerate(other.statements) if n not in said)),
            actions=(*reading.actions, *(a for n, a in enumerate(other.actions) if n not in acted)),
            statistics=(*reading.statistics, *(s for n, s in enumerate(other.statistics) if n not in counted)),
        ),
        origin=other.origin,
        own=(len(reading.statements), len(reading.actions), len(reading.statistics)),
        differing=differing,
        dropped=other.dropped,
    )


def _accounts(
    mine: Sequence[Account], its: Sequence[Account], my_answer: Answer, its_answer: Answer
) -> tuple[tuple[Account, ...], dict[int, tuple[Claim, ...]]]:
    pairs = paired_events(my_answer.incidents, its_answer.incidents)
    joined = list(mine)
    differing = {}
    for number, other in pairs.items():
        joined[number] = _filled(mine[number], its[other])
        if found := _differing(mine[number], its[other]):
            differing[number] = found
    joined += [account for number, account in enumerate(its) if number not in pairs.values()]
    return tuple(joined), differing


def _filled(mine: Account, its: Account) -> Account:
    """The rules' account with the other's claims about what it is silent on."""
    known = {claim.attribute for claim in mine.claims}
    return Account(claims=(*mine.claims, *(claim for claim in its.claims if claim.attribute not in known)))


def _differing(mine: Account, its: Account) -> tuple[Claim, ...]:
    return tuple(
        claim
        for claim in its.claims
        if (held := mine.candidates(claim.attribute)) and not set(claim.possible) & set(held)
    )


def _rows(flat: Json, name: str) -> list[Json]:
    rows = flat[name]
    assert isinstance(rows, list)
    return rows
