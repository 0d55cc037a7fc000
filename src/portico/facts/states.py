"""Incident states and findings: what the claims fold to, and what a provision says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from portico.facts.claims import Claim, Value


class Status(Enum):
    """How settled a fact is across the sources of an incident."""

    AGREED = "agreed"
    DISPUTED = "disputed"
    SINGLE_SOURCE = "single_source"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # there is one of each; that of its name is asked for in every row of a table


class Verification(Enum):
    """How far people have confirmed an incident."""

    REPORTED = "reported"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"
    REFUTED = "refuted"
    UNABLE = "unable"


class Result(Enum):
    """The answer of one provision about the reported facts. Never a verdict on anyone."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NOT_ENOUGH_KNOWN = "not_enough_known"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedClaim:
    """A claim in the record: with its id, its account and its source.

    id       permanent, from its content
    account  id of the account it belongs to
    source   sha256 of the document
    """

    id: str
    account: str
    source: str
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class FactState:
    """One fact of an incident, folded.

    values   the values still possible, in the order reported: one if agreed or from a single source,
             several if disputed or left open, none if nobody says
    claims   every claim behind it, those that deny it too
    """

    attribute: str
    status: Status
    values: tuple[Value, ...] = ()
    claims: tuple[SourcedClaim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentState:
    """An incident folded: every event attribute of the vocabulary, and those others that somebody tells of.

    accounts  ids of the accounts linked as this event, in order of arrival
    sources   sha256 of the documents, in order of arrival
    """

    id: str
    accounts: tuple[str, ...]
    sources: tuple[str, ...]
    facts: tuple[FactState, ...]
    verification: Verification = Verification.REPORTED

    def fact(self, attribute: str) -> FactState:
        """The fact; of status unknown when nobody tells of it."""
        unknown = FactState(attribute=attribute, status=Status.UNKNOWN)
        return next((fact for fact in self.facts if fact.attribute == attribute), unknown)

    def values(self, attribute: str) -> tuple[Value, ...]:
        return self.fact(attribute).values


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one provision of one rule says about the reported facts of one incident.

    in_force              whether the rule was certainly in force there that day, or possibly
    without_presumptions  the result when nothing unreported is presumed
    facts_used            legal facts that were reported and read; facts_open those of them known only as one of several
    facts_missing         legal facts the provision reads that nobody reports
    presumptions          legal fact → value presumed
    bound_actor           whose conduct the provision binds
    strength              "hard" or "soft"
    confidence            the lowest of rule, provision and deciding exception
    """

    rule: str
    provision: str
    in_force: Literal["certain", "uncertain"]
    result: Result
    without_presumptions: Result
    facts_used: tuple[str, ...]
    facts_open: tuple[str, ...]
    facts_missing: tuple[str, ...]
    presumptions: Mapping[str, str]
    bound_actor: str
    strength: str
    confidence: str
