"""Decisions of people: about a claim, a link, an incident, a whole batch. Each is an entry; none overwrites another."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from portico.facts import DateError, PartialDate, Value, Verification, check_value
from portico.store import said
from portico.store.errors import ClaimChanged, RecordRefused
from portico.store.ids import account_of, earliest_of, incident_id
from portico.store.keyring import new_id
from portico.store.log import Draft
from portico.store.models import Received
from portico.store.opened import Opened
from portico.store.payloads import (
    DECIDED,
    AccountsKeptApart,
    AccountsLinked,
    AccountUnlinked,
    Box,
    ClaimDecided,
    Decision,
    Given,
    ImportUndone,
    IncidentVerified,
    is_guarded,
    is_plain,
)
from portico.store.sealing import seal_given
from portico.store.standing import decisions
from portico.store.values import Choice, StoredAccount, StoredDecision
from portico.store.view import View

_NUMBERS = frozenset({"people_arrested", "age"})


def decide(opened: Opened, choices: Sequence[Choice], *, actor: str) -> str | None:
    """Each of these decisions, as one batch: its id, None when all of it stood so already.

    Raises ClaimChanged, and writes none of them, if somebody else decided about one meanwhile.
    """
    with _deciding(opened) as view:
        batch = new_id("b", opened.random)
        told = _accounts_of(view, choices)
        stand = decisions(view, told)
        drafts = [draft for each in choices if (draft := _decision(opened, each, told, stand, batch)) is not None]
        opened.append(drafts, actor)
        return batch if drafts else None


def _accounts_of(view: View, choices: Sequence[Choice]) -> dict[str, StoredAccount]:
    named = (account_of(each.claim) for each in choices)
    return view.accounts(told__in=sorted({name[0] for name in named if name}))


def _decision(
    opened: Opened,
    choice: Choice,
    told: Mapping[str, StoredAccount],
    stand: Mapping[str, StoredDecision],
    batch: str,
) -> Draft | None:
    """The entry of one decision; None if it stands so already: the same twice is once."""
    account, attribute = _claim(opened, told, choice.claim)
    value = _checked(opened, choice.decision, attribute, choice.value)
    if value is not None and account.erased and is_guarded(attribute):
        raise RecordRefused(opened.folder, "the person was erased", "Only coded facts can still be corrected.")
    if account.decided.get(choice.claim) == choice.decision and choice.decision != "correct":
        return None
    before = stand.get(choice.claim)
    if choice.seen is not None and choice.seen != (before.changed if before else 0):
        raise ClaimChanged(opened.folder, choice.claim)
    is_clear = (
        value is not None
        and not is_guarded(attribute)
        and (not _is_private(opened, account) or is_plain(attribute, value))
    )
    given = Given(value=None if is_clear else value, reason=choice.reason)
    payload = ClaimDecided(
        batch=batch,
        claim=choice.claim,
        account=account.id,
        decision=choice.decision,
        attribute=attribute,
        value=value if is_clear else None,
        box=_sealed(opened, given, [account], choice.claim),
        spans=choice.spans if value is not None else (),
    )
    return Draft(DECIDED[choice.decision], choice.claim, payload)


def link(opened: Opened, one: str, other: str, *, actor: str, reason: str | None) -> str:
    """Two accounts or incidents tell of one event, and so do those already linked with either. Its id."""
    with _deciding(opened) as view:
        first, second = _account(opened, view, one), _account(opened, view, other)
        if first.incident == second.incident:
            return first.incident
        payload = AccountsLinked(
            batch=new_id("b", opened.random),
            accounts=(first.id, second.id),
            box=_sealed(opened, Given(reason=reason), [first, second], first.id),
        )
        opened.append([Draft("accounts_linked", first.id, payload)], actor)
        return opened.view().accounts(told=first.id)[first.id].incident


def keep_apart(opened: Opened, one: str, other: str, *, actor: str, reason: str | None) -> None:
    """Two accounts tell of different events; the same twice is once."""
    with _deciding(opened) as view:
        first, second = _account(opened, view, one), _account(opened, view, other)
        if first.incident == second.incident:
            raise RecordRefused(opened.folder, f"{one} and {other} are one event", "Unlink one of them first.")
        if view.apart([first.id], with_any=[second.id]):
            return
        payload = AccountsKeptApart(
            batch=new_id("b", opened.random),
            accounts=(first.id, second.id),
            box=_sealed(opened, Given(reason=reason), [first, second], first.id),
        )
        opened.append([Draft("accounts_kept_apart", first.id, payload)], actor)


def unlink(opened: Opened, account: str, *, actor: str, reason: str | None) -> str:
    """An account tells of an event of its own after all; nothing happens if it stands alone. The event's id."""
    with _deciding(opened) as view:
        one = _account(opened, view, account)
        if len(view.accounts_of(one.incident)) == 1:
            return one.incident
        payload = AccountUnlinked(
            batch=new_id("b", opened.random),
            account=one.id,
            box=_sealed(opened, Given(reason=reason), [one], one.id),
        )
        opened.append([Draft("accounts_unlinked", one.id, payload)], actor)
        return incident_id(one.id)


def set_verification(
    opened: Opened, incident: str, verification: Verification, *, actor: str, reason: str | None
) -> None:
    """Says how far people have confirmed an incident."""
    with _deciding(opened) as view:
        one = _account(opened, view, incident)
        if one.incident != incident:
            raise RecordRefused(opened.folder, f"{incident} is not an incident now", f"It is part of {one.incident}.")
        payload = IncidentVerified(
            batch=new_id("b", opened.random),
            incident=incident,
            verification=verification.value,
            box=_sealed(opened, Given(reason=reason), [one], incident),
        )
        opened.append([Draft("incident_verified", incident, payload)], actor)


def undo(opened: Opened, batch: str, *, actor: str) -> None:
    """What a batch did no longer holds; its entries stay."""
    with _deciding(opened):
        done = said.standing_of_batch(opened.databases.record, batch)
        if not done:
            raise RecordRefused(
                opened.folder, f"nothing of a batch {batch} holds", "`portico list documents` names each one's batch."
            )
        if "person_erased" in done:
            raise RecordRefused(opened.folder, "an erasure cannot be undone", "Its keys are destroyed.")
        if not done.isdisjoint(("record_read", "access_changed")):
            raise RecordRefused(opened.folder, "what was seen cannot be undone", "Change the access again instead.")
        payload = ImportUndone(batch=new_id("b", opened.random), undone=batch)
        opened.append([Draft("import_undone", batch, payload)], actor)


@contextmanager
def _deciding(opened: Opened) -> Iterator[View]:
    """One transaction, in which what is decided about does not change."""
    with opened.writing():
        yield opened.view()


def _claim(opened: Opened, told: Mapping[str, StoredAccount], claim: str) -> tuple[StoredAccount, str]:
    """The account of a claim, and its attribute."""
    named = account_of(claim)
    account = told.get(named[0]) if named else None
    if named is None or account is None or named[1] >= len(account.proposed.claims):
        raise RecordRefused(opened.folder, f"there is no claim {claim}", "`portico show ID` lists the claims.")
    return account, account.proposed.claims[named[1]].attribute


def _account(opened: Opened, view: View, name: str) -> StoredAccount:
    """The account of that id, or the earliest of the incident of that id."""
    account = earliest_of(name) if name.startswith("i-") else name
    found = view.accounts(told=account).get(account)
    if found is None:
        raise RecordRefused(
            opened.folder, f"there is no account or incident {name}", "`portico list accounts` lists them."
        )
    return found


def _checked(opened: Opened, decision: Decision, attribute: str, value: Value | None) -> Value | None:
    """The value of a correction, which the vocabulary must allow. It is not repeated in a message: it may be a name."""
    if (decision == "correct") != (value is not None):
        raise RecordRefused(
            opened.folder, "a correction needs a value, and only a correction has one", "Give the value that holds."
        )
    if value is None:
        return None
    if attribute in _NUMBERS and str(value).isdecimal():
        return int(value)
    if attribute in _NUMBERS:
        raise RecordRefused(opened.folder, f"{attribute} is a number", "Give it in digits.")
    try:
        check_value(attribute, value)
        if attribute == "date":
            PartialDate(str(value))
    except ValueError as problem:
        raise RecordRefused(opened.folder, str(problem), "Give one of these.") from None
    except DateError:
        raise RecordRefused(opened.folder, "the date cannot be", "Give it as 2017-11-28, 2017-11 or 2017.") from None
    return value


def _is_private(opened: Opened, account: StoredAccount) -> bool:
    rows = Received.objects.using(opened.databases.record).filter(until=None, source=account.source)
    return bool(rows.exclude(key="").exists())


def _document_keys(opened: Opened, account: StoredAccount) -> list[str]:
    """The subject of the keys of the account's document, if that is private and not erased."""
    rows = Received.objects.using(opened.databases.record).filter(until=None, source=account.source, erased=False)
    return list(rows.exclude(key="").values_list("key", flat=True))


def _sealed(opened: Opened, given: Given, accounts: Sequence[StoredAccount], about: str) -> Box | None:
    """What was typed, under the keys of every person and private document it may tell of.

    Erased ones get no new key: it would be destroyed too. What is typed about them alone has a key of its own.
    """
    subjects = [account.person for account in accounts if not account.erased]
    subjects += [key for account in accounts for key in _document_keys(opened, account)]
    subjects = subjects or [new_id("g", opened.random)]
    sealer = opened.sealer()
    box = seal_given(given, subjects, about, sealer)
    sealer.keep(opened.databases.keyring)
    return box
