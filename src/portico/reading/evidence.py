"""Evidence: for each claim of a reading, the words that speak for the same value elsewhere, and those for another.

The reader keeps what it chose. What it could have chosen is found again here, by the same cues, dates, courts and
names, so that a person can see the rivals and a confidence can count them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from portico.facts import Account, Claim, PartialDate, Reading, Span, Text, Value
from portico.reading.cues import Cue, CueSet, cue_files, load_cues
from portico.reading.layout import Kind
from portico.reading.passage import Passage
from portico.reading.phrases import load_phrases

_REACH = 100
_KINDS = {"arrest": "arrest", "attempt": "attempted_arrest", "sighting": "sighting"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words that could have given a value of one attribute.

    value  the code, date or name that they stand for; None where they say too little
    cue    "file/id" where a cue found them
    note   what speaks against them from the start, in plain words
    """

    value: Value | None
    span: Span
    cue: str | None = None
    note: str | None = None


class Evidence:
    """One text with one reading of it. Everything is found when first asked for, and kept."""

    def __init__(self, reading: Reading, text: Text) -> None:
        self.reading = reading
        self.passage = Passage(text, reading.published_on)
        self._hits: dict[str, tuple[Candidate, ...]] = {}

    def candidates(self, account: Account, claim: Claim) -> tuple[Candidate, ...]:
        """The places that could have given the claim's attribute, in order; the claim's own words among them.

        Of a long text, those within so many sentences of the event that the whole stays linear.
        """
        found = self._candidates(claim)
        if len(self._starts) <= 2 * _REACH:
            return found
        first, last = self._around(account)
        return found[bisect_left(found, first, key=_start) : bisect_left(found, last, key=_start)]

    def _candidates(self, claim: Claim) -> tuple[Candidate, ...]:
        if claim.attribute == "kind":
            return self._kinds
        name = cue_file(claim.cue)
        if name:
            return self._of_file(name)
        if claim.attribute == "date":
            return self._dates
        if claim.attribute == "courthouse":
            return self._courts
        return self._people if claim.attribute == "name" else ()

    def _around(self, account: Account) -> tuple[int, int]:
        """Where the reach around an account's event begins and ends in the text."""
        events = [self.sentence(span.start) for claim in account.about("kind") for span in claim.spans] or [0]
        first, last = max(0, min(events) - _REACH), max(events) + _REACH
        end = self._starts[last] if last < len(self._starts) else len(self.passage.text.content)
        return self._starts[first], end

    def sentence(self, place: int) -> int:
        """Number of the sentence in which a place stands, or of the last one before it."""
        return max(0, bisect_right(self._starts, place) - 1)

    def section(self, place: int) -> Kind:
        """What kind of block a place stands in."""
        return self.passage.blocks[max(0, bisect_right(self._section_starts, place) - 1)].kind

    def distance(self, account: Account, span: Span) -> int:
        """Sentences between some words and the words of the account's event."""
        events = [each for claim in account.about("kind") for each in claim.spans]
        mine = self.sentence(span.start)
        return min((abs(mine - self.sentence(each.start)) for each in events), default=0)

    def used_by(self, attribute: str, span: Span) -> tuple[int, ...]:
        """Numbers, from 1, of the accounts with a claim of the attribute on exactly these words."""
        return tuple(self._users.get((attribute, span), ()))

    @cached_property
    def _users(self) -> dict[tuple[str, Span], list[int]]:
        users: dict[tuple[str, Span], list[int]] = {}
        for number, account in enumerate(self.reading.accounts, start=1):
            for claim in account.claims:
                for span in claim.spans:
                    users.setdefault((claim.attribute, span), []).append(number)
        return users

    @cached_property
    def _section_starts(self) -> list[int]:
        return [block.start for block in self.passage.blocks]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for in_block in self.passage.sentences for sentence in in_block]

    def _of_file(self, name: str) -> tuple[Candidate, ...]:
        if name not in self._hits:
            self._hits[name] = tuple(self._hits_of(load_cues(name)))
        return self._hits[name]

    def _hits_of(self, cues: CueSet) -> Iterator[Candidate]:
        for block in self.passage.blocks:
            for hit in cues.find(self.passage.text.content, block.start, block.end):
                yield Candidate(value=hit.value, span=Span(hit.start, hit.end), cue=f"{cues.name}/{hit.cue.id}")

    @cached_property
    def _kinds(self) -> tuple[Candidate, ...]:
        """Words of arrests, attempts and visits, and those that tell of something else that sounds like one."""
        told = [
            replace(each, value=_KINDS[file], note="says that nobody was taken" if each.value == "nobody" else None)
            for file in _KINDS
            for each in self._of_file(file)
        ]
        other = [replace(each, value=None, note=_means(each.cue)) for each in self._of_file("not_an_incident")]
        return tuple(sorted((*told, *other), key=lambda each: each.span))

    @cached_property
    def _dates(self) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                value=date.value.edtf if date.value else None,
                span=Span(date.start, date.end),
                note=load_phrases("found_by", "role_of_date").get(date.role),
            )
            for date in self.passage.dates
        )

    @cached_property
    def _courts(self) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(value=court.name, span=Span(court.start, court.end))
            for court in self.passage.courts
            if not court.generic
        )

    @cached_property
    def _people(self) -> tuple[Candidate, ...]:
        mentions = sorted((start, end, person) for person in self.passage.people for start, end in person.mentions)
        return tuple(
            Candidate(
                value=person.name, span=Span(start, end), note=f"is called {person.role}" if person.role else None
            )
            for start, end, person in mentions
        )

    def how_dated(self, claim: Claim) -> str | None:
        """How a date was reached, in plain words."""
        here = {span.start for span in claim.spans}
        value = PartialDate(str(claim.value))
        return next((d.how for d in self.passage.dates if d.start in here and d.value == value), None)


def _start(candidate: Candidate) -> int:
    return candidate.span.start


def cue_of(name: str | None) -> Cue | None:
    """The cue that a claim names as "file/id"; None for a claim without one."""
    if name is None:
        return None
    _, _, wanted = name.partition("/")
    files = dict.fromkeys((*filter(None, [cue_file(name)]), *_files()))
    return next((cue for file in files for cue in load_cues(file).cues if cue.id == wanted), None)


def _means(name: str | None) -> str | None:
    cue = cue_of(name)
    return cue.means if cue else None


def cue_file(name: str | None) -> str | None:
    """The cue file of "file/id"; None if there is no such file."""
    file = (name or "").partition("/")[0]
    return file if file in _files() else None


@cache
def _files() -> tuple[str, ...]:
    return cue_files()
