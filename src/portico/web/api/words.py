"""Words of sources as a program may have them: what says who somebody is is blotted out, and spans still count."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from portico.facts import ATTRIBUTES, MASKED, Claim, DataClass, Source, SourcedClaim, Span, Value
from portico.store import Record, StoredAccount, StoredDecision, StoredDocument
from portico.web.api.shapes import Decided, ShownAccount, ShownClaim, ShownSource
from portico.web.masks import GuardedWords, Mask, guarded_words, masks

_BLOT = "▮"  # as search shows it
_SHORTEST = 3  # "de" or "la" stands in any address


@dataclass(frozen=True, slots=True)
class Words:
    """texts: of documents by their hash, blotted; guarded: what is blotted wherever it stands."""

    texts: Mapping[str, str]
    guarded: GuardedWords

    def quoted(self, source: str, spans: Sequence[Span]) -> tuple[str, ...]:
        """The words of each span; none of a text that is not at hand."""
        text = self.texts.get(source)
        return () if text is None else tuple(text[each.start : each.end] for each in spans)

    def free(self, words: str) -> str:
        """Words from elsewhere than a text: a speaker's name, a title."""
        return blotted(words, self.guarded.places(words))

    def value(self, value: Value) -> Value:
        return self.free(value) if isinstance(value, str) else value

    def maybe(self, words: str | None) -> str | None:
        return None if words is None else self.free(words)

    def source(self, source: Source) -> Source:
        """What is known of a document. An address that spells out a guarded word is left out."""
        return replace(
            source,
            title=self.maybe(source.title),
            byline=self.maybe(source.byline),
            publisher=self.maybe(source.publisher),
            url=None if self._is_spelled_in(source.url or "") else source.url,
        )

    def _is_spelled_in(self, url: str) -> bool:
        parts = {part for words, _kind in self.guarded.phrases for part in words.casefold().split()}
        return any(part in url.casefold() for part in parts if len(part) >= _SHORTEST)


def blotted(text: str, found: Iterable[Mask]) -> str:
    """The text, as long as it was.

    >>> blotted("He is Ismael.", [Mask(6, 12, ("name",))])
    'He is ▮▮▮▮▮▮.'
    """
    for each in found:
        text = text[: each.start] + _BLOT * (each.end - each.start) + text[each.end :]
    return text


def words_of(record: Record, documents: Mapping[str, StoredDocument], accounts: Iterable[StoredAccount]) -> Words:
    """The words of these documents. accounts: of them; what others tell of the same events is blotted, too."""
    held = {each.id: each for each in accounts}
    rows = record.incident_rows([*{each.incident for each in held.values()}])
    shared = [name for name, row in rows.items() if row.accounts > 1]
    states = [state for name in shared if (state := record.incident(name)) is not None]
    beside = record.some_documents({source for state in states for source in state.sources} - set(documents))
    texts = {name: each.text for name, each in {**documents, **beside}.items() if each.text is not None}
    here = [claim for each in held.values() for claim in (*each.told, *each.claims)]
    told = [*here, *(claim for state in states for fact in state.facts for claim in fact.claims)]
    guarded = guarded_words((texts.get(each.source), each) for each in told)
    return Words({name: _shown(texts[name], name, told, guarded) for name in documents if name in texts}, guarded)


def _shown(text: str, source: str, told: Sequence[SourcedClaim], guarded: GuardedWords) -> str:
    return blotted(text, masks(text, (each for each in told if each.source == source), guarded))


def is_guarded(claim: Claim) -> bool:
    """Whether it says who somebody is, or is hidden because it is of a private document."""
    return ATTRIBUTES[claim.attribute].data_class is not DataClass.CLEAR or MASKED in claim.possible


def shown_claim(told: SourcedClaim, words: Words, decision: StoredDecision | None) -> ShownClaim:
    """A claim as a program may have it."""
    guarded, claim = is_guarded(told.claim), told.claim
    plain = replace(
        claim,
        value=None if claim.value is None else words.value(claim.value),
        any_of=tuple(map(words.value, claim.any_of)),
        asserted_by=words.maybe(claim.asserted_by),
        cue=None,
    )
    return ShownClaim(
        id=told.id,
        account=told.account,
        source=told.source,
        attribute=claim.attribute,
        guarded=guarded,
        claim=None if guarded else plain,
        words=() if guarded else words.quoted(told.source, claim.spans),
        decided=_decided(decision, words, guarded),
        seen=decision.changed if decision else 0,
    )


def _decided(decision: StoredDecision | None, words: Words, guarded: bool) -> Decided | None:
    if decision is None:
        return None
    value = None if guarded or decision.value is None else words.value(decision.value)
    return Decided(decision=decision.decision, by=decision.actor, at=decision.at, value=value)


def shown_account(
    account: StoredAccount, words: Words, decisions: Mapping[str, StoredDecision], hidden: Collection[str] = ()
) -> ShownAccount:
    """An account. hidden: incidents that are closed to this person."""
    now = {each.id: each for each in account.claims}
    return ShownAccount(
        id=account.id,
        source=account.source,
        incident=None if account.incident in hidden else account.incident,
        claims=tuple(shown_claim(now.get(each.id, each), words, decisions.get(each.id)) for each in account.told),
    )


def shown_source(document: StoredDocument, words: Words) -> ShownSource:
    return ShownSource(
        source=words.source(document.source),
        received_at=document.received_at,
        locked=document.locked,
        erased=document.erased,
        batch=document.batch,
    )
