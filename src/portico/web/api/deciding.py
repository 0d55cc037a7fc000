"""Decisions about claims and accounts: the record's own, with the person of the token as the one who decides."""

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import Field

from portico.facts import Span, Value
from portico.store import Choice, ClaimChanged, StoredAccount
from portico.web.access.acts import Act
from portico.web.access.permissions import may
from portico.web.access.viewer import viewer_of
from portico.web.api.calls import Asked
from portico.web.api.documents import AccountId
from portico.web.api.knowing import account_of
from portico.web.api.problems import Problem, Refused, guarded, missing, wrong
from portico.web.api.shapes import Linked, ShownClaim
from portico.web.api.words import is_guarded, shown_account, words_of
from portico.web.desk.records import record_of
from portico.web.read.deciding import stands_so
from portico.web.read.finding import find_words

router = Router(tags=["decisions"])
ClaimId = Annotated[str, Path(description="Of a claim: c-…", max_length=200)]
_WHY = Field(None, max_length=2000, description="Kept with the decision; colleagues read it")


class Decision(Asked):
    """What you decide about one claim.

    value  for "correct": what holds, by the vocabulary
    words  for "correct": other words that it rests on, exactly as they stand in the document
    seen   `seen` of the claim when you looked
    """

    decision: Literal["accept", "reject", "correct"]
    seen: int = Field(ge=0)
    value: Value | None = None
    words: str | None = Field(None, min_length=1, max_length=2000)
    reason: str | None = _WHY


@router.post("/claims/{claim}/decision", url_name="decide", response=ShownClaim, operation_id="decide")
def decide(request: HttpRequest, claim: ClaimId, asked: Decision) -> ShownClaim:
    """Accepts, rejects or corrects a claim; the same again is once. Decided otherwise meanwhile: 409, with that."""
    account = _decidable(request, claim)
    choice = Choice(
        claim=claim,
        decision=asked.decision,
        value=asked.value,
        reason=asked.reason,
        spans=_spans(request, account, asked.words),
        seen=asked.seen,
    )
    record = record_of(request)
    try:
        record.decide_all([choice], actor=request.user.actor)
    except ClaimChanged as changed:
        if not stands_so((choice,), record.decisions([account.id])):
            raise _changed(changed, _claim(request, account, claim)) from None
    return _claim(request, account, claim)


class Link(Asked):
    """Two accounts. decision: they tell of one event, or they do not and are not proposed again."""

    accounts: tuple[str, str]
    decision: Literal["link", "apart"] = "link"
    reason: str | None = _WHY


@router.post("/links", url_name="links", response=Linked, operation_id="link")
def link(request: HttpRequest, asked: Link) -> Linked:
    """Links two accounts, or keeps them apart. The same again is once."""
    for each in asked.accounts:
        account_of(request, each, Act.DECIDE)
    record = record_of(request)
    act = record.link if asked.decision == "link" else record.keep_apart
    act(*asked.accounts, actor=request.user.actor, reason=asked.reason)
    return _incidents(request, asked.accounts)


class Unlink(Asked):
    reason: str | None = _WHY


@router.post("/accounts/{account}/unlink", url_name="unlink", response=Linked, operation_id="unlink")
def unlink(request: HttpRequest, account: AccountId, asked: Unlink) -> Linked:
    """An account tells of an event of its own after all. Nothing happens if it stands alone."""
    account_of(request, account, Act.DECIDE)
    record_of(request).unlink(account, actor=request.user.actor, reason=asked.reason)
    return _incidents(request, (account,))


def _incidents(request: HttpRequest, accounts: tuple[str, ...]) -> Linked:
    return Linked(incidents=tuple(account_of(request, each, Act.DECIDE).incident for each in accounts))


def _decidable(request: HttpRequest, claim: str) -> StoredAccount:
    """The account of a claim that this token may decide. Raises Refused."""
    account = account_of(request, f"a-{claim.partition('-')[2].rpartition('.')[0]}", Act.DECIDE)
    told = next((each.claim for each in account.told if each.id == claim), None)
    if told is None:
        raise missing("claim")
    if is_guarded(told) or not may(viewer_of(request), Act.DECIDE, attribute=told.attribute):
        raise guarded(told.attribute)
    return account


def _spans(request: HttpRequest, account: StoredAccount, words: str | None) -> tuple[Span, ...]:
    if words is None:
        return ()
    document = record_of(request).document(account.source)
    found = find_words(document.text, words) if document and document.text is not None else None
    if found is None:
        raise wrong({"words": ["These words are not in the document. Copy them exactly."]})
    return (found,)


def _claim(request: HttpRequest, account: StoredAccount, claim: str) -> ShownClaim:
    """The claim as it stands now."""
    record = record_of(request)
    held = record.told_by(account.source)
    words = words_of(record, record.some_documents([account.source]), held.values())
    shown = shown_account(held[account.id], words, record.decisions([account.id]))
    return next(each for each in shown.claims if each.id == claim)


def _changed(changed: ClaimChanged, now: ShownClaim) -> Refused:
    problem = Problem(code="changed", what=changed.survived, why=changed.what, next=changed.next_step, now=now)
    return Refused(409, problem)
