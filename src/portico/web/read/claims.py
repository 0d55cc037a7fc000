"""The claims of a document in rows to decide: numbered in the order of the text, with what others say of the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portico.facts import ATTRIBUTES, MASKED, Claim, DataClass, IncidentState, SourcedClaim, Status
from portico.store import StoredAccount
from portico.web.inbox.waiting import kind_words
from portico.web.language import told as _
from portico.web.read.comparing import buildings_of, may_both_be, says_same
from portico.web.read.opened import OpenDocument
from portico.web.report.sheet import Bit
from portico.web.wording import claim_words, voice_words

_FROM_THE_PLACE = frozenset({"courthouse_id", "county", "city", "state", "court_system", "court_kind"})
"""What the gazetteer adds to a courthouse that is named: decided with it, where both rest on the same words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What another claim says of the same fact.

    number   of a claim in this document, 0 in another
    same     it says just that; differs: both cannot be so; neither: in other words, or less exactly
    """

    letter: str
    name: str
    source: str
    claim: str
    number: int
    value: tuple[Bit, ...]
    by: tuple[Bit, ...]
    quote: tuple[Bit, ...]
    same: bool
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim to decide.

    number    on the page, from 1
    told      as it was read; `now` as it stands, None when it is rejected
    along     (label, words) of the claims that follow from the place and are decided with it
    claims    ids of all that a decision is about, its own first
    seen      `StoredDecision.changed` of each of them
    hidden    its value is guarded and locked in this session
    undoable  its decision can be taken back without any other
    status    of its fact in the event, None if nobody else tells of the event
    """

    number: int
    told: SourcedClaim
    now: Claim | None
    label: str
    value: tuple[Bit, ...]
    before: tuple[Bit, ...]
    by: tuple[Bit, ...]
    quote: tuple[Bit, ...]
    along: tuple[tuple[str, tuple[Bit, ...]], ...]
    along_attributes: tuple[str, ...]
    claims: tuple[str, ...]
    seen: tuple[int, ...]
    hidden: bool
    decision: str
    actor: str
    who: str
    at: datetime | None
    reason: tuple[Bit, ...]
    undoable: bool
    status: Status | None
    others: tuple[Said, ...]

    @property
    def id(self) -> str:
        return self.told.id

    @property
    def attribute(self) -> str:
        return self.told.claim.attribute

    @property
    def agreeing(self) -> tuple[Said, ...]:
        return tuple(each for each in self.others if each.same)

    @property
    def otherwise(self) -> tuple[Said, ...]:
        """Those that differ, and those that say it in other words or less exactly."""
        return tuple(each for each in self.others if not each.same)

    @property
    def is_guarded(self) -> bool:
        return is_guarded(self.attribute)

    @property
    def differs(self) -> bool:
        return any(each.differs for each in self.others)

    @property
    def seen_words(self) -> str:
        """As a form carries it."""
        return ",".join(map(str, self.seen))


@dataclass(frozen=True, slots=True)
class _Group:
    account: StoredAccount
    first: SourcedClaim
    along: tuple[SourcedClaim, ...]


def rows_of(opened: OpenDocument, names: Mapping[str, str]) -> tuple[Row, ...]:
    """Every claim of the document, in the order of the text, account by account.

    names  colleagues by their pseudonyms in the log
    """
    groups = [group for account in opened.accounts.values() for group in _groups(account)]
    numbers = {group.first.id: number for number, group in enumerate(groups, start=1)}
    return tuple(_row(opened, group, numbers, names) for group in groups)


def _groups(account: StoredAccount) -> Iterator[_Group]:
    places = {each.claim.spans: each.id for each in account.told if each.claim.attribute == "courthouse"}

    def leads(each: SourcedClaim) -> bool:
        return each.claim.attribute in _FROM_THE_PLACE and each.claim.spans in places

    for each in sorted((each for each in account.told if not leads(each)), key=_order):
        is_place = places.get(each.claim.spans) == each.id
        along = tuple(other for other in account.told if is_place and leads(other) and _rest_on_same(each, other))
        yield _Group(account, each, along)


def _rest_on_same(one: SourcedClaim, other: SourcedClaim) -> bool:
    return one.claim.spans == other.claim.spans


def _order(told: SourcedClaim) -> tuple[int, int, str]:
    """By the first place in the text, the shorter first; claims without words last."""
    spans = sorted(told.claim.spans)
    return (spans[0].start, spans[0].end, told.id) if spans else (2**63, 0, told.id)


def _row(opened: OpenDocument, group: _Group, numbers: Mapping[str, int], names: Mapping[str, str]) -> Row:
    told, account = group.first, group.account
    now = {each.id: each.claim for each in account.claims}
    members = (told, *group.along)
    stand = [opened.decisions.get(each.id) for each in members]
    claim = now.get(told.id)
    hidden = not opened.whole and (is_guarded(told.claim.attribute) or MASKED in told.claim.possible)
    state = opened.states.get(account.id)
    made = stand[0] if stand[0] is not None and stand[0].decision else None
    return Row(
        number=numbers[told.id],
        told=told,
        now=claim,
        label=ATTRIBUTES[told.claim.attribute].label,
        value=_value(opened, claim or told.claim, hidden),
        before=_value(opened, told.claim, hidden) if claim is not None and claim != told.claim else (),
        by=opened.shown(voice_words(told.claim.asserted_by or "")),
        quote=opened.quoted(replace(told, claim=claim or told.claim)),
        along=tuple(
            (ATTRIBUTES[each.claim.attribute].label, opened.shown(claim_words(now.get(each.id, each.claim))))
            for each in group.along
        ),
        along_attributes=tuple(each.claim.attribute for each in group.along),
        claims=tuple(each.id for each in members),
        seen=tuple(each.changed if each else 0 for each in stand),
        hidden=hidden,
        decision=made.decision or "" if made else "",
        actor=made.actor if made else "",
        who=names.get(made.actor, made.actor) if made else "",
        at=made.at if made else None,
        reason=opened.shown(made.reason or "") if made else (),
        undoable=made is not None and made.together == sum(each.batch == made.batch for each in stand if each),
        status=state.fact(told.claim.attribute).status if state else None,
        others=tuple(_others(opened, told, account, numbers)),
    )


def is_guarded(attribute: str) -> bool:
    """Whether it tells who somebody is: then it is seen and decided in an unlocked session only."""
    return ATTRIBUTES[attribute].data_class is not DataClass.CLEAR


def _value(opened: OpenDocument, claim: Claim, hidden: bool) -> tuple[Bit, ...]:
    if hidden:
        return (Bit(masked=_(ATTRIBUTES[claim.attribute].label).lower()),)
    return opened.shown(claim_words(claim))


def _others(
    opened: OpenDocument, told: SourcedClaim, account: StoredAccount, numbers: Mapping[str, int]
) -> Iterator[Said]:
    """What else is said of the same fact of the event: by other sources, and by others in this text."""
    if not ATTRIBUTES[told.claim.attribute].of_event:
        return
    state = opened.states.get(account.id)
    beside: Sequence[SourcedClaim] = state.fact(told.claim.attribute).claims if state else account.claims
    for each in beside:
        if each.id == told.id or each.claim.attribute != told.claim.attribute or MASKED in each.claim.possible:
            continue
        same = says_same(each.claim, told.claim)
        if not same or each.source != told.source:
            yield _said(opened, account, each, numbers, same, differs=not same and not _may_both_be(state, told, each))


def _may_both_be(state: IncidentState | None, one: SourcedClaim, other: SourcedClaim) -> bool:
    told = state.fact("courthouse_id").claims if state else ()
    mine, its = (
        buildings_of(told_by.claim for told_by in told if told_by.account == each.account) for each in (one, other)
    )
    return may_both_be(one.claim, other.claim, mine, its)


def _said(
    opened: OpenDocument,
    account: StoredAccount,
    each: SourcedClaim,
    numbers: Mapping[str, int],
    same: bool,
    *,
    differs: bool,
) -> Said:
    return Said(
        letter=opened.letter_of(account.id, each.source),
        name=heading_of(opened, each.source),
        source=each.source,
        claim=each.id,
        number=numbers.get(each.id, 0),
        value=opened.shown(claim_words(each.claim)),
        by=opened.shown(voice_words(each.claim.asserted_by or "")),
        quote=opened.quoted(each),
        same=same,
        differs=differs,
    )


def heading_of(opened: OpenDocument, source: str) -> str:
    """A short name of a source; empty if this session may not know it."""
    found = opened.document if source == opened.source else opened.others.get(source)
    if found is None:
        return ""
    return found.source.publisher or found.source.title or kind_words(found.source)
