"""A pair to decide about: two accounts with what each tells, where they agree, and why they may be of one event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portico.facts import ATTRIBUTES, EVENT_ATTRIBUTES, MASKED, Account, DataClass, IncidentState, SourcedClaim, Value
from portico.matching import Reason, propose, shipped_weights
from portico.store import Record, StoredAccount, StoredDocument
from portico.web.inbox.waiting import kind_words
from portico.web.masks import GuardedWords, guarded_words, masks
from portico.web.matching.near import clear
from portico.web.read.comparing import buildings_of, may_both_be, says_same
from portico.web.read.passages import passage
from portico.web.report.sheet import Bit, masked_bits
from portico.web.wording import any_words, claim_words, listed, said_words, value_words, voice_words

_PLACE = ("county", "city", "state")
_PERSON = ("name", "alias", "age", "gender", "nationality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one account says of a fact, with the words of its text."""

    value: tuple[Bit, ...]
    by: tuple[Bit, ...]
    quote: tuple[Bit, ...]
    claim: str


@dataclass(frozen=True, slots=True)
class Line:
    """One fact in both. state: "same", "differs", "fits", "one" when only one tells it, "hidden"."""

    label: str
    one: tuple[Cell, ...]
    other: tuple[Cell, ...]
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two. beside: how many other accounts are linked with it already."""

    letter: str
    account: StoredAccount
    document: StoredDocument
    beside: int

    @property
    def heading(self) -> str:
        return self.document.source.publisher or self.document.source.title or kind_words(self.document.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two accounts side by side. score: None when they have no place and no day to compare."""

    one: Side
    other: Side
    lines: tuple[Line, ...]
    score: float | None
    reasons: tuple[tuple[str, bool], ...]

    @property
    def supporting(self) -> tuple[str, ...]:
        return tuple(said for said, supports in self.reasons if supports)

    @property
    def opposing(self) -> tuple[str, ...]:
        return tuple(said for said, supports in self.reasons if not supports)


def pair_of(record: Record, one: StoredAccount, other: StoredAccount, *, whole: bool) -> Pair:
    """Both sides, as this session may see them. whole: guarded words are open."""
    sides = tuple(_side(record, letter, each) for letter, each in (("A", one), ("B", other)))
    told = [(side.document.text, claim) for side in sides for claim in side.account.told]
    guarded = GuardedWords() if whole else guarded_words(told)
    scored = propose(clear(one.account), {other.id: clear(other.account)}, least=0.0)
    return Pair(
        one=sides[0],
        other=sides[1],
        lines=tuple(_lines(sides[0], sides[1], guarded, whole=whole)),
        score=scored[0].score if scored else None,
        reasons=tuple(
            (said(reason, one.account, other.account), reason.supports) for each in scored for reason in each.reasons
        ),
    )


def _side(record: Record, letter: str, account: StoredAccount) -> Side:
    document = record.document(account.source)
    state = record.incident(account.incident)
    assert document is not None
    return Side(letter=letter, account=account, document=document, beside=len(state.accounts) - 1 if state else 0)


def _lines(one: Side, other: Side, guarded: GuardedWords, *, whole: bool) -> Iterator[Line]:
    for name in (*EVENT_ATTRIBUTES, *_PLACE, *_PERSON):
        mine, its = (_cells(side, name, guarded, whole=whole) for side in (one, other))
        if mine or its:
            yield Line(_(ATTRIBUTES[name].label), mine, its, _compare(name, one.account.account, other.account.account))


def _cells(side: Side, attribute: str, guarded: GuardedWords, *, whole: bool) -> tuple[Cell, ...]:
    return tuple(
        _cell(side, each, guarded, whole=whole) for each in side.account.claims if each.claim.attribute == attribute
    )


def _cell(side: Side, told: SourcedClaim, guarded: GuardedWords, *, whole: bool) -> Cell:
    claim, text = told.claim, side.document.text
    hidden = not whole and (_is_guarded(claim.attribute) or MASKED in claim.possible)
    quote: tuple[Bit, ...] = ()
    if text is not None and claim.spans and not hidden:
        quote = passage(text, min(claim.spans), () if whole else masks(text, side.account.told, guarded))
    return Cell(
        value=(Bit(masked=_(ATTRIBUTES[claim.attribute].label).lower()),)
        if hidden
        else masked_bits(claim_words(claim), guarded),
        by=masked_bits(voice_words(claim.asserted_by or ""), guarded),
        quote=quote,
        claim=told.id,
    )


def _compare(attribute: str, one: Account, other: Account) -> str:
    mine, its = one.about(attribute), other.about(attribute)
    if any(MASKED in claim.possible or _is_guarded(claim.attribute) for claim in (*mine, *its)):
        return "hidden"
    if not mine or not its:
        return "one"
    if all(any(says_same(a, b) for b in its) for a in mine) and all(any(says_same(a, b) for a in mine) for b in its):
        return "same"
    buildings, others = buildings_of(one.claims), buildings_of(other.claims)
    fits = any(says_same(a, b) or may_both_be(a, b, buildings, others) for a in mine for b in its)
    return "fits" if fits else "differs"


def _is_guarded(attribute: str) -> bool:
    return ATTRIBUTES[attribute].data_class is not DataClass.CLEAR


def event_words(incident: IncidentState) -> str:
    """When and where an event was, as it is folded: "Tuesday 14 May 2019, Brooklyn Criminal Court"."""
    when, where = (_folded_words(incident, names) for names in (("date",), ("courthouse", "county", "state")))
    return listed((when, where)) or _("day and place not said")


def _folded_words(incident: IncidentState, names: Sequence[str]) -> str:
    """The first fact of these that somebody tells."""
    told = (any_words(said_words(incident.fact(name))) for name in names)
    return next(filter(None, told), "")


def said(reason: Reason, one: Account, other: Account) -> str:
    """A reason in the reader's language. What it says of a guarded fact quotes nothing."""
    comparison, _dash, attribute = reason.code.partition("_")
    # "same_courthouse" is seen of the place, whatever the two call it; only facts are told with their values.
    if comparison not in ("same", "fits", "differs") or attribute not in shipped_weights().facts:
        return _(reason.sentence)
    label = _(ATTRIBUTES[attribute].label)
    if ATTRIBUTES[attribute].data_class is not DataClass.CLEAR:
        told = {
            "same": _("%(label)s: both say the same."),
            "fits": _("%(label)s: what one says may be what the other says."),
            "differs": _("%(label)s: they differ."),
        }
        return told[comparison] % {"label": label}
    told = {
        "same": _("%(label)s: both say %(one)s."),
        "fits": _("%(label)s: %(one)s in one, %(other)s in the other; both can stand."),
        "differs": _("%(label)s: %(one)s in one, %(other)s in the other."),
    }
    return told[comparison] % {
        "label": label,
        "one": _values(attribute, one.candidates(attribute)),
        "other": _values(attribute, other.candidates(attribute)),
    }


def _values(attribute: str, values: Sequence[Value]) -> str:
    return any_words(value_words(attribute, value) for value in values)
