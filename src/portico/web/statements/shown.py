"""Statements and actions with their words, as far as a viewer may see them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portico.facts import Action, Span, Statement
from portico.record import Positions, SourcedStatement, ledger
from portico.store import Record, StoredAction, StoredDocument
from portico.web.access.permissions import visible_sources
from portico.web.access.viewer import Viewer
from portico.web.masks import GuardedWords, Mask, clipped, masks
from portico.web.report.sheet import Bit
from portico.web.wording import date_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement: when, in which document, and its words; guarded ones by their kind."""

    statement: Statement
    when: str
    document: str
    incident: str | None
    passages: tuple[tuple[Bit, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    positions: Positions
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One action, in which document, and the words that tell of it."""

    action: Action
    id: str
    when: str
    document: str
    passages: tuple[tuple[Bit, ...], ...]


class Library:
    """The documents that a viewer may see, their words masked, and the incidents that they tell of."""

    def __init__(self, record: Record, viewer: Viewer) -> None:
        self.documents: Mapping[str, StoredDocument] = visible_sources(viewer, record.documents())
        told = [each for each in record.accounts().values() if each.source in self.documents]
        self._incidents = {each.source: each.incident for each in told}
        self._claims = {
            source: [claim for each in told if each.source == source for claim in each.claims]
            for source in self.documents
        }

    def has(self, source: str) -> bool:
        return source in self.documents and self.documents[source].text is not None

    def name(self, source: str) -> str:
        kept = self.documents[source].source
        return kept.publisher or kept.title or source[:12]

    def day(self, source: str) -> str | None:
        return self.documents[source].source.published_on

    def incident(self, source: str) -> str | None:
        return self._incidents.get(source)

    def passages(self, source: str, spans: Iterable[Span]) -> tuple[tuple[Bit, ...], ...]:
        """The words of each span; what says who somebody is stands as its kind."""
        text = self.documents[source].text or ""
        hidden = masks(text, self._claims[source], GuardedWords())
        return tuple(tuple(_bits(text, span, hidden)) for span in spans)


def speakers(record: Record, library: Library, wanted: str) -> list[Speaker]:
    """Everybody who is reported to have said something, by organisation and name; `wanted` narrows by either."""
    sourced = [
        SourcedStatement(
            id=each.id, source=each.source, published_on=library.day(each.source), statement=each.statement
        )
        for each in record.statements()
        if library.has(each.source)
    ]
    return [
        Speaker(positions=each, said=tuple(_said(one, library) for one in each.statements))
        for each in ledger(sourced)
        if wanted.casefold() in f"{each.speaker or ''} {each.organisation or ''}".casefold()
    ]


def acts(stored: Iterable[StoredAction], library: Library) -> list[Act]:
    """The actions, the latest day first, undated ones last."""
    kept = [each for each in stored if library.has(each.source)]
    return [_act(each, library) for each in sorted(kept, key=lambda each: each.action.date or "", reverse=True)]


def _said(one: SourcedStatement, library: Library) -> Said:
    statement = one.statement
    return Said(
        statement=statement,
        when=date_words(one.published_on) if one.published_on else "",
        document=library.name(one.source),
        incident=library.incident(one.source),
        passages=library.passages(one.source, statement.quotes or statement.spans),
    )


def _act(stored: StoredAction, library: Library) -> Act:
    action = stored.action
    when = ", ".join(filter(None, [action.date and date_words(action.date), action.time]))
    return Act(
        action=action,
        id=stored.id,
        when=when,
        document=library.name(stored.source),
        passages=library.passages(stored.source, action.spans),
    )


def _bits(text: str, span: Span, hidden: Sequence[Mask]) -> Iterator[Bit]:
    place = span.start
    for mask in clipped(hidden, span):
        if place < mask.start:
            yield Bit(text[place : mask.start])
        yield Bit("", " and ".join(mask.kinds))
        place = mask.end
    if place < span.end:
        yield Bit(text[place : span.end])
