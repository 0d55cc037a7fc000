"""From a reading to payloads with what is guarded under keys, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from portico.facts import Account, Claim, Reading, Source, from_json, to_json
from portico.store.keyring import Opener, Sealer, binding
from portico.store.payloads import (
    AccountProposed,
    Box,
    ClaimDecided,
    DocumentReceived,
    DocumentWords,
    Given,
    Payload,
    hidden,
    is_guarded,
    masked_action,
    masked_claim,
    masked_source,
    masked_statement,
    masked_statistic,
)

# Free words about a person: of a private document they belong to its words, not to who the person is.
_WORDS = frozenset({"narrative", "outcome"})


def seal_document(
    reading: Reading, source: Source, name: str, *, batch: str, key: str, sealer: Sealer
) -> DocumentReceived:
    """The payload of source_received. key: subject of the document's keys if it is private, else empty."""
    if not key:
        return DocumentReceived(
            batch=batch,
            source=source,
            reader=reading.reader,
            name=name,
            text=reading.text,
            language=reading.language,
            statements=reading.statements,
            actions=reading.actions,
            statistics=reading.statistics,
        )
    words = DocumentWords(
        source=source,
        name=name,
        text=reading.text,
        statements=reading.statements,
        actions=reading.actions,
        statistics=reading.statistics,
    )
    return DocumentReceived(
        batch=batch,
        source=masked_source(source),
        reader=reading.reader,
        key=key,
        language=reading.language,
        statements=tuple(map(masked_statement, reading.statements)),
        actions=tuple(map(masked_action, reading.actions)),
        statistics=tuple(map(masked_statistic, reading.statistics)),
        box=sealer.seal(to_json(words), [key], binding("document", source.sha256)),
    )


def open_document_words(payload: DocumentReceived, opener: Opener) -> DocumentReceived | None:
    """The payload with its words in place; None if it is private and locked."""
    if not payload.key:
        return payload
    opened = opener.open(payload.box, binding("document", payload.source.sha256))
    if opened is None:
        return None
    words = from_json(opened, DocumentWords)
    return DocumentReceived(
        batch=payload.batch,
        source=words.source,
        reader=payload.reader,
        key=payload.key,
        name=words.name,
        text=words.text,
        language=payload.language,
        statements=words.statements,
        actions=words.actions,
        statistics=words.statistics,
    )


def seal_account(
    account: Account, name: str, *, source: str, position: int, batch: str, person: str, key: str, sealer: Sealer
) -> AccountProposed:
    """The payload of account_proposed. name: the account's id; person: subject of the person's keys; key: of the
    document's if private.
    """
    masked = tuple(masked_claim(claim, private=bool(key)) for claim in account.claims)
    identity: dict[str, Claim] = {}
    words: dict[str, Claim] = {}
    for place, (claim, left) in enumerate(zip(account.claims, masked, strict=True)):
        if left is not claim:
            of_person = is_guarded(claim.attribute) and not (key and claim.attribute in _WORDS)
            (identity if of_person else words)[str(place)] = claim
    return AccountProposed(
        batch=batch,
        source=source,
        position=position,
        person=person,
        claims=masked,
        person_box=_boxed(identity, [person], "person", name, sealer),
        words_box=_boxed(words, [key, person], "account", name, sealer),
    )


def _boxed(claims: Mapping[str, Claim], subjects: list[str], table: str, name: str, sealer: Sealer) -> Box | None:
    return sealer.seal(to_json(claims), subjects, binding(table, name)) if claims else None


def open_account(account: str, payload: AccountProposed, opener: Opener) -> Account:
    """The account as proposed; claims whose keys are not there stay masked."""
    claims = dict(enumerate(payload.claims))
    for box, table in ((payload.person_box, "person"), (payload.words_box, "account")):
        opened = opener.open(box, binding(table, account))
        if opened is not None:
            claims.update(from_json(opened, dict[int, Claim]))
    return Account(claims=tuple(claims.values()))


def seal_given(given: Given, subjects: Iterable[str], about: str, sealer: Sealer) -> Box | None:
    """What a person typed, under the keys of those it may tell of; None if nothing was typed."""
    if given == Given():
        return None
    return sealer.seal(to_json(given), list(filter(None, subjects)), binding("given", about))


def open_given(box: Box | None, about: str, opener: Opener) -> Given | None:
    """What a person typed; None if nothing, or locked."""
    opened = opener.open(box, binding("given", about))
    return None if opened is None else from_json(opened, Given)


def boxes_of(payload: object) -> Iterable[Box]:
    """The boxes of a payload."""
    names = ("box", "person_box", "words_box")
    return [box for name in names if isinstance(box := getattr(payload, name, None), Box)]


def corrected(claim: Claim, decision: ClaimDecided, given: Given | None, actor: str) -> Claim:
    """The claim as a person corrected it; its spans stay, to show what was read there, unless others were named."""
    value = decision.value if decision.value is not None else (given.value if given else None)
    if value is None:
        return hidden(claim)
    return Claim(
        attribute=claim.attribute,
        value=value,
        spans=decision.spans or claim.spans,
        asserted_by=claim.asserted_by,
        origin=f"person:{actor.removeprefix('person:')}",
    )


def without_words(payload: Payload) -> Payload:
    """What of a public document's payload names nobody: as if it were private, and locked."""
    match payload:
        case DocumentReceived():
            return replace(
                payload,
                source=masked_source(payload.source),
                name=None,
                statements=tuple(map(masked_statement, payload.statements)),
                actions=tuple(map(masked_action, payload.actions)),
                statistics=tuple(map(masked_statistic, payload.statistics)),
            )
        case AccountProposed():
            return replace(payload, claims=tuple(masked_claim(claim, private=True) for claim in payload.claims))
        case _:
            return payload
