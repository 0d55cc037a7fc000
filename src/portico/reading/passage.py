"""A text with what every step asks of it: blocks, sentences, dates, people, bodies, quotations. Each is found once."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from portico.facts import PartialDate, Text
from portico.places import Area, CourtMention, Places, find_places
from portico.reading.dates import DateMention, find_dates, publication_date
from portico.reading.document import Document
from portico.reading.layout import Block, Sentence, blocks, sentences
from portico.reading.names import Person, find_people
from portico.reading.organisations import Organisation, find_organisations
from portico.reading.placing import between
from portico.reading.quotes import find_quotes
from portico.reading.signers import Signers, find_signers


@dataclass(frozen=True)
class Passage:
    """One text, read. Made from a document; everything in it is found when first asked for, and kept.

    given  the day of publication that the caller or the page gives, EDTF; None if neither does
    """

    text: Text
    given: str | None = None

    @classmethod
    def of(cls, document: Document) -> "Passage":
        return cls(document.text, document.source.published_on)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return blocks(self.text.content)

    @cached_property
    def sentences(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences of each block."""
        return tuple(sentences(self.text.content, block) for block in self.blocks)

    @cached_property
    def published_on(self) -> PartialDate | None:
        """The day that weekdays count back from: given, or printed at the head of the text."""
        return PartialDate(self.given) if self.given else publication_date(self.text.content, self.blocks)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        return find_dates(self.text.content, self.published_on)

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        return find_organisations(self.text.content, self.blocks)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return find_people(self.text.content, self.blocks, self.organisations)

    @cached_property
    def people_by_role(self) -> Mapping[str, Sequence[Person]]:
        """The people by each word of their roles, in small letters."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            for word in set((person.role or "").lower().split()):
                found.setdefault(word, []).append(person)
        return found

    @cached_property
    def _places(self) -> Places:
        return find_places(self.text.content)

    @property
    def courts(self) -> tuple[CourtMention, ...]:
        return self._places.courts

    @property
    def areas(self) -> tuple[Area, ...]:
        return self._places.areas

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """The exact words of others, inside the quotation marks."""
        return find_quotes(self.text.content, self.blocks)

    def sentences_of(self, block: int) -> tuple[tuple[int, int], ...]:
        return tuple((sentence.start, sentence.end) for sentence in self.sentences[block])

    @cached_property
    def signers(self) -> Signers:
        """Whose own words the whole text is; nobody's where a reporter tells it."""
        return find_signers(self.text.content, self.blocks, self.people, self.organisations, self.quotes)

    def quotes_over(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The quotations that reach into a stretch, those begun before it too."""
        first = bisect_left(self.quotes, (start, 0))
        earlier = self.quotes[first - 1 : first] if first and self.quotes[first - 1][1] > start else ()
        return earlier + self.quotes_between(start, end)

    def quotes_between(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The quotations that begin between two places."""
        return self.quotes[bisect_left(self.quotes, (start, 0)) : bisect_left(self.quotes, (end, 0))]

    def people_between(self, start: int, end: int) -> tuple[tuple[int, int, Person], ...]:
        """The mentions of people between two places, in order."""
        first, last = (bisect_left(self._mentions, place, key=itemgetter(0)) for place in (start, end))
        return self._mentions[first:last]

    @cached_property
    def _mentions(self) -> tuple[tuple[int, int, Person], ...]:
        return tuple(sorted(((s, e, p) for p in self.people for s, e in p.mentions), key=lambda mention: mention[:2]))

    def bodies_between(self, start: int, end: int) -> tuple[Organisation, ...]:
        return between(self.organisations, start, end)

    def dates_between(self, start: int, end: int) -> tuple[DateMention, ...]:
        return between(self.dates, start, end)

    def courts_between(self, start: int, end: int) -> tuple[CourtMention, ...]:
        return between(self.courts, start, end)
