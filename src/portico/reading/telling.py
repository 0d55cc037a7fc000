"""A telling: one event with the sentences that may speak of it, the nearest to its words first."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from portico.reading.cues import Hit
from portico.reading.joining import Event
from portico.reading.mentions import Mention
from portico.reading.scene import Line, Scene

ANYWHERE = 1_000_000
_SKIPPED = frozenset({"furniture", "dateline"})


@dataclass(frozen=True)
class Telling:
    """An event, its sentences in the order of the text, and whether the text tells of no other.

    told  every mention of the text by the number of its sentence: a sentence may tell of two events
    """

    scene: Scene
    event: Event
    lines: tuple[Line, ...]
    alone: bool
    told: Mapping[int, tuple[Mention, ...]]

    @cached_property
    def mention_lines(self) -> tuple[Line, ...]:
        """The sentences that tell of it, the story's before a headline's."""
        lines = dict.fromkeys(mention.line for mention in self.event.mentions)
        return tuple(sorted(lines, key=lambda line: (line.kind in ("title", "caption"), line.number)))

    @cached_property
    def _numbers(self) -> list[int]:
        return sorted(line.number for line in self.mention_lines)

    @cached_property
    def _mine(self) -> frozenset[int]:
        return frozenset(id(mention) for mention in self.event.mentions)

    @cached_property
    def _known(self) -> dict[int, tuple[Line, ...]]:
        return {}

    def nearest(self, most: int = ANYWHERE) -> tuple[Line, ...]:
        """Its sentences: its mentions', then those of the same matter, by distance; a later one before an earlier."""
        if most not in self._known:
            first = self.mention_lines[0].number
            own = self.event.first.matter or range(len(self.scene.lines))
            near = (line for line in self._own_within(most) if self.alone or line.number in own)
            far = {line: self._distance(line) for line in near if line.kind not in _SKIPPED}
            rest = sorted(
                (line for line in far if far[line]),
                key=lambda n: (n.number not in own, far[n], n.number < first, n.number),
            )
            self._known[most] = (*self.mention_lines, *rest)
        return self._known[most]

    def _own_within(self, most: int) -> Iterator[Line]:
        """Its own sentences up to so many from its mentions; a short reach looks at no others."""
        if most >= ANYWHERE:
            yield from self.lines
            return
        numbers = [line.number for line in self.lines]
        wanted = {n for told in self._numbers for n in range(told - most, told + most + 1)}
        for number in sorted(wanted):
            place = bisect_left(numbers, number)
            if place < len(numbers) and numbers[place] == number:
                yield self.lines[place]

    def _distance(self, line: Line) -> int:
        place = bisect_left(self._numbers, line.number)
        beside = self._numbers[max(0, place - 1) : place + 1]
        return min(abs(line.number - number) for number in beside)

    def around(self, most: int) -> tuple[Line, ...]:
        """The sentences up to so many from its mentions, whosever they are, furniture left out; and the title."""
        last = len(self.scene.lines)
        wanted = {n for told in self._numbers for n in range(max(0, told - most), min(last, told + most + 1))}
        lines = [self.scene.lines[number] for number in sorted(wanted | self.scene.titles)]
        return tuple(line for line in lines if line.kind not in _SKIPPED)

    def hits(self, cues: str, most: int = ANYWHERE) -> Iterator[tuple[Line, Hit]]:
        """The hits of a cue file, nearest sentence first; inside one sentence, nearest to the words of the event."""
        for line in self.nearest(most):
            found = self.scene.hits(cues, line)
            if not found:
                continue
            told = self.told.get(line.number, ())
            here = [mention.cue.start for mention in told if id(mention) in self._mine]
            there = [mention.cue.start for mention in told if id(mention) not in self._mine]
            for hit in sorted(found, key=lambda one: _far(one, here)):
                if not there or _far(hit, here) <= _far(hit, there):
                    yield line, hit

    def reach(self, most: int) -> int:
        """How many sentences from the event a fact may stand: any, in a text that tells of one event only."""
        return ANYWHERE if self.alone else most

    def first(self, cues: str, most: int = ANYWHERE) -> Hit | None:
        return next((hit for _, hit in self.hits(cues, most)), None)


def _far(hit: Hit, starts: list[int]) -> int:
    return min((abs(hit.start - start) for start in starts), default=hit.start)
