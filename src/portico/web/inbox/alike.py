"""What is being typed, compared with the record: the same text already there, and events that it may be of."""

from dataclasses import dataclass

from django.http import HttpRequest

from portico.web.access.viewer import viewer_of
from portico.web.desk.records import record_of
from portico.web.inbox.receiving import Taken
from portico.web.matching.near import Near, as_account, near
from portico.web.matching.pairs import event_words, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An event that it may be of. said: why, and why not."""

    near: Near
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]

    @property
    def incident(self) -> str:
        return self.near.incident.id

    @property
    def sources(self) -> int:
        return len(self.near.incident.sources)

    @property
    def words(self) -> str:
        """When and where, as it is folded."""
        return event_words(self.near.incident)


@dataclass(frozen=True, slots=True)
class Found:
    """held: hash of the document, if the record has the same words already."""

    alike: tuple[Alike, ...] = ()
    held: str = ""

    @property
    def names(self) -> str:
        """As the form carries them: those that the person has seen."""
        return " ".join(each.incident for each in self.alike)


def alike_to(request: HttpRequest, taken: Taken) -> Found:
    """What the record has that is like a document."""
    document, reading = taken
    record, viewer = record_of(request), viewer_of(request)
    source = document.source.sha256
    is_held = source not in viewer.hidden_sources and record.document(source) is not None
    accounts = reading.accounts[:1]
    found = near(record, viewer, accounts[0], most=3) if accounts else ()
    return Found(tuple(_alike(each, taken) for each in found), source if is_held else "")


def _alike(each: Near, taken: Taken) -> Alike:
    one, other = taken[1].accounts[0], as_account(each.incident.facts)
    told = [(said(reason, one, other), reason.supports) for reason in each.reasons]
    return Alike(
        near=each,
        supporting=tuple(words for words, supports in told if supports),
        opposing=tuple(words for words, supports in told if not supports),
    )
