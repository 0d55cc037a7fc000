"""The dossier: everything that the page of one incident shows, put together before any page is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from portico.facts import Action, Finding, IncidentState, SourcedClaim, Statement


def letter(position: int) -> str:
    """The letter of the source that arrived at this place, counted from 0: A to Z, then AA, AB, …"""
    before, last = divmod(position, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSource:
    """One document of the incident, with what was read in it about this incident.

    letter        its name on the page, by order of arrival: see `letter`
    heading       a short name, for the head of a column: "The Kings Ledger", "Counsel’s note"
    publisher     the full name, for the head of the document; None = the heading serves
    kind          what sort of document, in words: "News story", "Statement", "Note", "E-mail answer"
    published_on  EDTF local day, None if not known
    received_at   when the record took it in (UTC instant)
    private       a note, report or call: shown only to who holds the key, and the page says so
    sha256        of its bytes, as `IncidentState.sources` and `SourcedClaim.source` name it
    url           where it was published, None if nowhere
    text          the words that spans count in; None when `withheld` says why they are not here
    withheld      why there is no text: "locked" (no key at hand) or "erased" (destroyed for good)
    language      BCP 47 code of the text, None if not recognised
    claims        the claims of this source about this incident
    """

    letter: str
    heading: str
    kind: str
    received_at: datetime
    sha256: str
    text: str | None
    publisher: str | None = None
    published_on: str | None = None
    private: bool = False
    url: str | None = None
    withheld: Literal["locked", "erased"] = "locked"
    language: str | None = None
    claims: tuple[SourcedClaim, ...] = ()
    statements: tuple[Statement, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFinding:
    """A finding with what a reader needs to follow it.

    rule_name     the rule as people call it: "Directive 1-2019"
    provision     what the provision asks, in words
    citation_url  where its text can be read, None if no public address is known
    period        when the rule was in force, in words: "17 April 2019 to now"
    rests_on      ids of the claims whose facts were read
    """

    finding: Finding
    rule_name: str
    provision: str
    period: str
    citation_url: str | None = None
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCount:
    """A figure from the whole record to which this incident belongs.

    definition    name of the counting definition
    words         what was counted, in words: "arrests at courthouses in Kings County, 2019"
    lower, upper  the figure if every open case is left out, and if every one is counted
    """

    definition: str
    words: str
    lower: int
    upper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One incident, as the record stood at one moment.

    as_of         the moment (UTC instant)
    log_size      entries in the log then
    log_root      root hash of the log then, hex
    made_with     the command that makes this page again
    sources       in order of arrival
    ask_next      (legal fact, question): what would settle the open findings, most deciding first
    fact_words    legal fact → words for it; a fact without an entry is shown by its name
    show_guarded  print the words that say who somebody is; False masks them, wherever they stand
    sample        the people and the event are invented: the page says so in its head
    """

    incident: IncidentState
    as_of: datetime
    log_size: int
    log_root: str
    made_with: str
    sources: tuple[DossierSource, ...]
    findings: tuple[DossierFinding, ...] = ()
    ask_next: tuple[tuple[str, str], ...] = ()
    fact_words: Mapping[str, str] = field(default_factory=dict)
    counts: tuple[DossierCount, ...] = ()
    show_guarded: bool = False
    sample: bool = False
