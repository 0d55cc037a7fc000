"""A document opened for reading: its words, its accounts, how they stand decided, and what other sources tell."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from portico.facts import IncidentState, SourcedClaim
from portico.store import Record, StoredAccount, StoredDecision, StoredDocument
from portico.web.access.acts import Act
from portico.web.access.permissions import may
from portico.web.access.viewer import viewer_of
from portico.web.desk.records import best_record, record_of
from portico.web.dossier import letter
from portico.web.masks import GuardedWords, Mask, guarded_words, masks
from portico.web.read.passages import passage
from portico.web.report.sheet import Bit, masked_bits

_MOST_SOURCES = 12
"""Of how many other sources of an event the words are fetched; of the others only what they say in code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDocument:
    """What a page about one document needs.

    whole      guarded words are open in this session
    accounts   by id, in the order of the text
    decisions  by claim
    states     by account: its event, if this viewer may know of the whole of it and others tell of it too
    others     the other documents of those events, by their hash
    """

    document: StoredDocument
    whole: bool
    accounts: Mapping[str, StoredAccount]
    decisions: Mapping[str, StoredDecision]
    states: Mapping[str, IncidentState]
    others: Mapping[str, StoredDocument]
    guarded: GuardedWords

    @property
    def source(self) -> str:
        return self.document.source.sha256

    @property
    def text(self) -> str | None:
        return self.document.text

    def text_of(self, source: str) -> str | None:
        """The words of this document or of another of its events; None when they are not at hand."""
        found = self.document if source == self.source else self.others.get(source)
        return found.text if found else None

    def masks(self, source: str) -> tuple[Mask, ...]:
        """What of the words of this document, or of another of its events, is not shown in this session."""
        text = self.text_of(source)
        if self.whole or text is None:
            return ()
        here = (claim for account in self.accounts.values() for claim in account.told)
        beside = (claim for state in self.states.values() for fact in state.facts for claim in fact.claims)
        return masks(text, (each for each in (*here, *beside) if each.source == source), self.guarded)

    def shown(self, words: str) -> tuple[Bit, ...]:
        """Words from elsewhere than this text, as this session may see them."""
        return masked_bits(words, self.guarded)

    def quoted(self, told: SourcedClaim) -> tuple[Bit, ...]:
        """The first words that a claim rests on, wherever they stand."""
        text = self.text_of(told.source)
        if text is None or not told.claim.spans:
            return ()
        return passage(text, min(told.claim.spans), self.masks(told.source))

    def letter_of(self, account: str, source: str) -> str:
        """The letter of a source in the event of an account."""
        state = self.states.get(account)
        return letter(state.sources.index(source)) if state and source in state.sources else "A"


def open_for_reading(request: HttpRequest, source: str) -> OpenDocument:
    """The document as this session may see it. Raises Http404 when there is none that this viewer may know of."""
    viewer = viewer_of(request)
    if source in viewer.hidden_sources or record_of(request).document(source) is None:
        raise Http404
    record = best_record(request, source)
    found = record.document(source)
    if found is None:
        raise Http404
    accounts = record.told_by(source)
    states = {name: state for name, each in accounts.items() if (state := _state(request, record, each)) is not None}
    others = _others(record, source, states)
    whole = viewer.unlocked and may(viewer, Act.OPEN_GUARDED)
    return OpenDocument(
        document=found,
        whole=whole,
        accounts=accounts,
        decisions=record.decisions(accounts),
        states=states,
        others=others,
        guarded=GuardedWords() if whole else _guarded(found, accounts, states, others),
    )


def _state(request: HttpRequest, record: Record, account: StoredAccount) -> IncidentState | None:
    state = record.incident(account.incident)
    if state is None or len(state.accounts) < 2:
        return None
    return state if may(viewer_of(request), Act.LOOK, accounts=state.accounts) else None


def _others(record: Record, source: str, states: Mapping[str, IncidentState]) -> dict[str, StoredDocument]:
    names = dict.fromkeys(each for state in states.values() for each in state.sources[:_MOST_SOURCES])
    found = {name: record.document(name) for name in names if name != source}
    return {name: each for name, each in found.items() if each is not None}


def _guarded(
    found: StoredDocument,
    accounts: Mapping[str, StoredAccount],
    states: Mapping[str, IncidentState],
    others: Mapping[str, StoredDocument],
) -> GuardedWords:
    """What one source tells of somebody's name is masked in all of them."""
    beside = (claim for state in states.values() for fact in state.facts for claim in fact.claims)
    texts = {name: each.text for name, each in others.items()} | {found.source.sha256: found.text}
    told = (claim for account in accounts.values() for claim in account.told)
    return guarded_words((texts.get(each.source), each) for each in (*told, *beside))
