"""Claims and accounts: what one source says, each value with the words it rests on.

"Legal Aid says counsel was denied access" is a claim; "counsel was denied access" is nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import msgspec

from portico.facts.dates import PartialDate
from portico.facts.text import Span
from portico.facts.vocabulary import check_value

Value = str | int
Hedge = Literal["alleged", "denied"]


def identify(prefix: str, *parts: object) -> str:
    """A permanent id from content: the same parts always give the same id, so that the same thing twice is one."""
    canonical = msgspec.json.encode([msgspec.to_builtins(part) for part in parts], order="sorted")
    return f"{prefix}-{hashlib.sha256(canonical).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One attribute of one event, and where a source says so.

    attribute    a name of the vocabulary (ValueError if not, or if a coded value is none of its codes)
    value        the code, number, EDTF date or words; None when only `any_of` is known
    any_of       one of these, the source leaves open which
    spans        where the words stand; at least one, save in a claim that a person made
    asserted_by  whom the text names as saying so; None = the source's own voice
    hedge        "alleged", or "denied": the named speaker says it was not so
    origin       what proposed it: the reader and its version, or "person:<id>"
    cue          the cue that the words matched, for `--explain`
    """

    attribute: str
    value: Value | None
    spans: tuple[Span, ...]
    any_of: tuple[Value, ...] = ()
    asserted_by: str | None = None
    hedge: Hedge | None = None
    origin: str = "reader"
    cue: str | None = None

    def __post_init__(self) -> None:
        # Made and read a million times: an import spends a tenth of its time here.
        attribute, possible = self.attribute, self.any_of or (self.value,)
        for value in possible:
            if value is None:
                raise ValueError(f"{attribute}: a claim needs a value")
            check_value(attribute, value)
            if attribute == "date":
                PartialDate(str(value))
        if not self.spans and not self.origin.startswith("person:"):
            raise ValueError(f"{self.attribute}: a claim that no person made needs a span")

    @property
    def possible(self) -> tuple[Value, ...]:
        """The values it leaves open: one, or several."""
        return self.any_of or (() if self.value is None else (self.value,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One source's telling of one event: its claims, grouped, in the order of the text.

    Sources may disagree inside one text: then one attribute has several claims with different `asserted_by`,
    and the account's value is the one the text puts first.
    """

    claims: tuple[Claim, ...]

    def about(self, attribute: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.attribute == attribute)

    def value(self, attribute: str) -> Value | None:
        """What the text puts first; None when it is silent, leaves it open or only denies it."""
        return next((c.value for c in self.about(attribute) if c.value is not None and c.hedge != "denied"), None)

    def candidates(self, attribute: str) -> tuple[Value, ...]:
        """Every value the account leaves possible, in the order of the text."""
        return tuple(dict.fromkeys(v for c in self.about(attribute) if c.hedge != "denied" for v in c.possible))

    @property
    def asserted_by(self) -> tuple[str, ...]:
        """Whom the text names as source of the event; empty = the reporter's own voice."""
        return tuple(dict.fromkeys(str(c.value) for c in self.about("asserted_by")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one speaker is reported to have said in one text: at most one for each speaker.

    quotes  spans of exact words; spans  the whole passages, quotations and their attribution
    """

    speaker: str | None
    organisation: str | None
    role: str | None
    kind: Literal["direct", "indirect"]
    spans: tuple[Span, ...]
    quotes: tuple[Span, ...] = ()
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A collective or official act: a rally, a walkout, a suit, a directive. date is EDTF, time is local HH:MM."""

    kind: Literal["rally", "walkout", "march", "lawsuit", "letter", "legislation", "other"]
    spans: tuple[Span, ...]
    organiser: str | None = None
    date: str | None = None
    time: str | None = None
    place: str | None = None
    target: str | None = None
    demand: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """A number of courthouse arrests or of affected courts, as a text gives it."""

    value: int | float
    spans: tuple[Span, ...]
    what: str | None = None
    place: str | None = None
    period: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Something asked of somebody, and what later answered it.

    action       id of the action that made it
    answered_by  ids of statements, actions or rules that a person linked as an answer
    """

    action: str
    by: str | None
    of: str | None
    demand: str
    spans: tuple[Span, ...]
    answered_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything read in one document.

    id        the file's name without its ending
    source    sha256 of the document
    text      sha256 of the text that the spans count in
    language  BCP 47 code as far as recognised ("en"), None if not
    """

    id: str
    source: str
    text: str
    published_on: str | None
    reader: str
    language: str | None = None
    accounts: tuple[Account, ...] = ()
    statements: tuple[Statement, ...] = ()
    actions: tuple[Action, ...] = ()
    statistics: tuple[Statistic, ...] = ()


def spans_of(items: Iterable[Claim | Statement | Action | Statistic]) -> tuple[Span, ...]:
    """Every text span that the items rest on, in the order of the text."""
    return tuple(sorted({span for item in items for span in item.spans}))
