"""Statements and actions with their words, as far as a viewer may see them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portico.facts import Action, Span, Statement
from portico.record import Positions, SourcedStatement, ledger, said_since
from portico.store import Record, StoredAccount, StoredAction, StoredDocument
from portico.web.access.permissions import visible_sources
from portico.web.access.viewer import Viewer
from portico.web.masks import GuardedWords, Mask, clipped, masks
from portico.web.report.sheet import Bit
from portico.web.wording import date_words, listed

if TYPE_CHECKING:
    from portico.web.statements.answers import Asked, Linked


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement: when, in which document, and its words; guarded ones by their kind.

    answered  the demands that it answers, see `answers`
    """

    id: str
    statement: Statement
    when: str
    document: str
    incident: str | None
    passages: tuple[tuple[Bit, ...], ...]
    answered: "tuple[Asked, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    positions: Positions
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One action, in which document, and the words that tell of it.

    said_since  how many statements of those whom it asks for something were published on its day or later
    answers     what answers its demand; answered: the demands that it answers; see `answers`
    """

    action: Action
    id: str
    when: str
    document: str
    passages: tuple[tuple[Bit, ...], ...]
    said_since: int
    answers: "tuple[Linked, ...]" = ()
    answered: "tuple[Asked, ...]" = ()


class Library:
    """The documents that statements or actions come from, as far as a viewer may see them, their words masked."""

    def __init__(self, record: Record, viewer: Viewer, sources: Collection[str]) -> None:
        self.documents: Mapping[str, StoredDocument] = visible_sources(viewer, record.some_documents(sources))
        self._told: dict[str, list[StoredAccount]] = defaultdict(list)
        for each in record.told_by(*self.documents).values():
            self._told[each.source].append(each)

    def has(self, source: str) -> bool:
        return source in self.documents and self.documents[source].text is not None

    def name(self, source: str) -> str:
        kept = self.documents[source].source
        return kept.publisher or kept.title or source[:12]

    def day(self, source: str) -> str | None:
        return self.documents[source].source.published_on

    def incident(self, source: str) -> str | None:
        return next((each.incident for each in reversed(self._told[source])), None)

    def passages(self, source: str, spans: Iterable[Span]) -> tuple[tuple[Bit, ...], ...]:
        """The words of each span; what says who somebody is stands as its kind."""
        text = self.documents[source].text or ""
        hidden = masks(text, [claim for each in self._told[source] for claim in each.claims], GuardedWords())
        return tuple(tuple(_bits(text, span, hidden)) for span in spans)


def speakers(record: Record, viewer: Viewer, *, who: str = "", about: str = "") -> list[Positions]:
    """Everybody who is reported to have said something, by organisation and name.

    who    narrows by the name of the speaker or organisation
    about  narrows to statements whose words, as they are shown here, hold these
    """
    told = [
        each
        for each in ledger(_statements(record, viewer))
        if who.casefold() in f"{each.speaker or ''} {each.organisation or ''}".casefold()
    ]
    if not about:
        return told
    library = _library(record, viewer, told)
    return [each for one in told if (each := _about(one, library, about.casefold())).statements]


def with_words(record: Record, viewer: Viewer, found: Sequence[Positions]) -> list[Speaker]:
    """Some of them with their words: the documents of these alone are read."""
    library = _library(record, viewer, found)
    return [Speaker(positions=each, said=tuple(_said(one, library) for one in each.statements)) for each in found]


def _library(record: Record, viewer: Viewer, found: Iterable[Positions]) -> Library:
    return Library(record, viewer, {one.source for each in found for one in each.statements})


def acts(record: Record, viewer: Viewer) -> list[StoredAction]:
    """The actions, the latest day first, undated ones last."""
    stored = record.actions()
    known = visible_sources(viewer, record.published({each.source for each in stored}))
    kept = [each for each in stored if each.source in known]
    return sorted(kept, key=lambda each: each.action.date or "", reverse=True)


def acts_with_words(record: Record, viewer: Viewer, found: Sequence[StoredAction]) -> list[Act]:
    """Some of them with the words that tell of them: the documents of these alone are read."""
    library = Library(record, viewer, {each.source for each in found})
    sourced = _statements(record, viewer) if any(each.action.demand for each in found) else []
    return [_act(each, library, sourced) for each in found]


def _statements(record: Record, viewer: Viewer) -> list[SourcedStatement]:
    stored = record.statements()
    days = visible_sources(viewer, record.published({each.source for each in stored}))
    return [
        SourcedStatement(id=each.id, source=each.source, published_on=days[each.source], statement=each.statement)
        for each in stored
        if each.source in days
    ]


def _about(positions: Positions, library: Library, words: str) -> Positions:
    """Only what is shown is looked at: to find a masked word would be to tell it."""
    left = (one for one in positions.statements if words in _shown_words(_said(one, library)).casefold())
    return replace(positions, statements=tuple(left))


def _shown_words(said: Said) -> str:
    return "\n".join("".join(bit.text for bit in bits) for bits in said.passages)


def _said(one: SourcedStatement, library: Library) -> Said:
    statement = one.statement
    return Said(
        id=one.id,
        statement=statement,
        when=date_words(one.published_on) if one.published_on else "",
        document=library.name(one.source),
        incident=library.incident(one.source),
        passages=library.passages(one.source, statement.quotes or statement.spans),
    )


def _act(stored: StoredAction, library: Library, statements: Sequence[SourcedStatement]) -> Act:
    action = stored.action
    when = listed((action.date and date_words(action.date), action.time))
    asked = said_since(action.target, action.date, statements) if action.target and action.demand else ()
    return Act(
        action=action,
        id=stored.id,
        when=when,
        document=library.name(stored.source),
        passages=library.passages(stored.source, action.spans),
        said_since=len(asked),
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
