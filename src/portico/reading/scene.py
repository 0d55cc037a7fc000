"""The scene: what the steps that find accounts ask of a text, sentence by sentence."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Protocol, TypeVar, cast

from portico.places import Area, CourtMention
from portico.reading.cues import Hit, load_cues, load_words
from portico.reading.dates import DateMention
from portico.reading.layout import Kind
from portico.reading.names import Person
from portico.reading.passage import Passage
from portico.reading.persons import Gender, PersonPhrase, person_phrases
from portico.reading.speech import Utterance
from portico.reading.unlisted import unlisted_names

_NO_PLACE_BEFORE = re.compile(
    r"\b(?:issued by|signed by|ordered by|filed in|according to|judge (?:in|of|at)|order of"
    r"|(?:was|were) (?:not|never|nowhere near) (?:at|in|near))\s+(?:an?|the)?\s*$",
    re.IGNORECASE,
)


_WAYS = 2


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=_Placed)
K = TypeVar("K")


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A sentence, with its number in the text and the kind and number of its block."""

    start: int
    end: int
    number: int
    block: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of somebody by name.

    official   introduced by an office, or as somebody's lawyer or spokesman: not the person whom an arrest concerns
    speaks     heard in the text
    listed     found as a person by the name finder; False: only the sentence shows it
    """

    start: int
    end: int
    name: str
    gender: Gender | None = None
    official: bool = False
    speaks: bool = False
    listed: bool = True
    age: int | None = None


class Scene:
    """A read text. Everything is looked up once and then kept, so that the whole stays linear in the text."""

    def __init__(self, passage: Passage, heard: Sequence[Utterance]) -> None:
        self.text, self.published_on = passage.text.content, passage.published_on
        self.lines = _lines(passage)
        self._paragraphs = _paragraphs(self.lines)
        self._names = self._by_line(_names(passage, self.lines, heard))
        self._dates, self._areas = self._by_line(passage.dates), self._by_line(passage.areas)
        places = [c for c in passage.courts if not _NO_PLACE_BEFORE.search(self.text, max(0, c.start - 30), c.start)]
        self._courts = self._by_line(places)
        self.signers = _signers(passage)
        # What a signer says is the whole text; it is kept as the signer’s, not as said in one sentence.
        blocks = passage.blocks
        self._heard = self._by_line([u for u in heard if u.end <= blocks[u.block].end])
        self._persons: dict[int, tuple[PersonPhrase, ...]] = {}
        self._kept: dict[str, object] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._hits: dict[str, dict[int, tuple[Hit, ...]]] = {}

    def hits(self, cues: str, line: Line) -> tuple[Hit, ...]:
        """The hits of a cue file in a sentence."""
        if cues not in self._hits:
            self._hits[cues] = self._look_up(cues)
        return self._hits[cues].get(line.number, ())

    def _look_up(self, cues: str) -> dict[int, tuple[Hit, ...]]:
        """The hits of a cue file by the number of the sentence in which each begins; none reaches over a paragraph."""
        found: dict[int, list[Hit]] = {}
        for hit in load_cues(cues).find_in(self.text, self._paragraphs):
            line = self.line_at(hit.start)
            if hit.start < line.end:
                found.setdefault(line.number, []).append(hit)
        return {number: tuple(hits) for number, hits in found.items()}

    def _by_line(self, placed: Sequence[T]) -> tuple[tuple[T, ...], ...]:
        """The things of each line, by where they begin."""
        found: list[list[T]] = [[] for _ in self.lines]
        for one in placed:
            number = bisect_left(self._starts, one.start + 1) - 1
            if number >= 0 and one.start < self.lines[number].end:
                found[number].append(one)
        return tuple(map(tuple, found))

    def kept(self, name: str, find: Callable[["Scene"], K]) -> K:
        """What a step finds in the whole text, found once."""
        if name not in self._kept:
            self._kept[name] = find(self)
        return cast(K, self._kept[name])

    def times(self, cues: str, value: str) -> int:
        """How often words of one value stand in the text."""
        return self._counted(cues)[value]

    def anywhere(self, cues: str) -> Set[str]:
        """The values of a cue file that stand anywhere in the text."""
        return self._counted(cues).keys()

    def _counted(self, cues: str) -> Counter[str]:
        if cues not in self._counts:
            self._counts[cues] = Counter(hit.value for line in self.lines for hit in self.hits(cues, line))
        return self._counts[cues]

    @cached_property
    def titles(self) -> frozenset[int]:
        """Numbers of the sentences in titles."""
        return frozenset(line.number for line in self.lines if line.kind == "title")

    @cached_property
    def names_court(self) -> bool:
        """Whether the text names a court somewhere, by more than "the courthouse"."""
        return any(not court.generic for in_line in self._courts for court in in_line)

    @cached_property
    def shows_court(self) -> bool:
        """Whether a text that names no court speaks of what goes on at one, in two ways at least."""
        if any(self._courts):
            return False
        return len({hit.cue.id for line in self.lines for hit in self.hits("court_life", line)}) >= _WAYS

    @cached_property
    def court_names(self) -> frozenset[str]:
        """The courts that the text names."""
        return frozenset(court.name.lower() for in_line in self._courts for court in in_line if not court.generic)

    @cached_property
    def name_counts(self) -> Counter[str]:
        """How often each name stands in the text."""
        return Counter(named.name for in_line in self._names for named in in_line)

    @cached_property
    def plain_names(self) -> frozenset[str]:
        """Those named who neither hold an office nor speak."""
        story = (line for line in self.lines if line.kind not in ("dateline", "caption", "furniture"))
        return frozenset(n.name for line in story for n in self.names(line) if not n.official and not n.speaks)

    @cached_property
    def names_by_word(self) -> dict[str, list[Named]]:
        """The mentions of names by each of their words, in small letters."""
        found: dict[str, list[Named]] = {}
        for in_line in self._names:
            for named in in_line:
                for word in set(named.name.lower().split()):
                    found.setdefault(word, []).append(named)
        return found

    def line_at(self, place: int) -> Line:
        """The sentence in which a place of the text stands, or the last that begins before it."""
        return self.lines[max(0, bisect_left(self._starts, place + 1) - 1)]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def values(self, cues: str, line: Line) -> frozenset[str]:
        return frozenset(hit.value for hit in self.hits(cues, line))

    def persons(self, line: Line) -> tuple[PersonPhrase, ...]:
        """Person phrases of a sentence; named officials are not among them."""
        if line.number not in self._persons:
            names = [(p.start, p.end, p.name, p.gender) for p in self.names(line) if not p.official]
            found = person_phrases(self.text, line.start, line.end, names)
            officials = [p for p in self.names(line) if p.official]
            self._persons[line.number] = tuple(
                one for one in found if not any(one.start < p.end and p.start < one.end for p in officials)
            )
        return self._persons[line.number]

    def names(self, line: Line) -> tuple[Named, ...]:
        return self._names[line.number]

    def dates(self, line: Line) -> tuple[DateMention, ...]:
        return self._dates[line.number]

    def courts(self, line: Line) -> tuple[CourtMention, ...]:
        """Courts as places: those that only issued a paper are left out."""
        return self._courts[line.number]

    def heard(self, line: Line) -> tuple[Utterance, ...]:
        """Who is reported to speak in the sentence."""
        return self._heard[line.number]

    def areas(self, line: Line) -> tuple[Area, ...]:
        return self._areas[line.number]

    def is_at_court(self, line: Line) -> bool:
        """Whether the sentence itself names a court or a part of one."""
        return bool(self.courts(line)) or bool(self.hits("zone", line))


def _lines(passage: Passage) -> tuple[Line, ...]:
    numbered = [(sentence, n) for n, in_block in enumerate(passage.sentences) for sentence in in_block]
    return tuple(
        Line(sentence.start, sentence.end, number, block, passage.blocks[block].kind)
        for number, (sentence, block) in enumerate(numbered)
    )


def _paragraphs(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """Where the sentences of each block begin and end."""
    bounds: dict[int, tuple[int, int]] = {}
    for line in lines:
        start, _ = bounds.get(line.block, (line.start, 0))
        bounds[line.block] = (start, line.end)
    return tuple(bounds.values())


def _signers(passage: Passage) -> tuple[tuple[str, int, int], ...]:
    """Whose own words the text is, each with the first place of the name."""
    people = tuple((p.name, *p.mentions[0]) for p in passage.signers.people)
    bodies = (o for o in passage.organisations if o.name == passage.signers.body)
    return people or tuple((o.name, o.start, o.end) for o in (next(bodies, None),) if o)


def _names(passage: Passage, lines: Sequence[Line], heard: Sequence[Utterance]) -> list[Named]:
    """Everyone named, and those whom only a sentence shows to be people."""
    speak = {utterance.voice.person.name for utterance in heard if utterance.voice.person}
    found = [
        Named(start, end, p.name, p.gender, _is_official(p), p.name in speak, age=p.age)
        for p in passage.people
        for start, end in p.mentions
    ]
    ends = {one.start: one.end for one in found}
    starts = sorted(ends)
    reached = list(accumulate((ends[start] for start in starts), max))
    for line in lines:
        if line.kind not in ("furniture", "dateline"):
            for start, end, name in unlisted_names(passage.text.content, line.start, line.end):
                earlier = bisect_left(starts, end)
                if not earlier or reached[earlier - 1] <= start:
                    found.append(Named(start, end, name, listed=False))
    return sorted(found, key=lambda one: (one.start, -one.end))


def _is_official(person: Person) -> bool:
    """Whether a title or role sets the person apart from those whom an arrest concerns."""
    plain = (
        load_words("titles", "gendered", "male")
        | load_words("titles", "gendered", "female")
        | load_words("person", "roles")
    )
    return not {*person.titles, *(person.role or "").lower().split()[-1:]} <= plain
