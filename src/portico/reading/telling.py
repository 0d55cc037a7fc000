"""A telling: one event with the sentences that may speak of it, the nearest to its words first."""

from collections.abc import Iterator
from dataclasses import dataclass

from portico.reading.cues import Hit
from portico.reading.joining import Event
from portico.reading.mentions import Mention
from portico.reading.scene import Line, Scene

_SKIPPED = frozenset({"furniture", "dateline"})


@dataclass(frozen=True, slots=True)
class Telling:
    """An event, its sentences in the order of the text, and whether the text tells of no other."""

    scene: Scene
    event: Event
    lines: tuple[Line, ...]
    alone: bool
    others: tuple[Mention, ...] = ()

    @property
    def mention_lines(self) -> tuple[Line, ...]:
        """The sentences that tell of it, the story's before a headline's."""
        lines = dict.fromkeys(mention.line for mention in self.event.mentions)
        return tuple(sorted(lines, key=lambda line: (line.kind in ("title", "caption"), line.number)))

    def nearest(self, most: int = 99) -> tuple[Line, ...]:
        """Its sentences, those of its mentions first, then by distance from them; a later one before an earlier."""
        told = [line.number for line in self.mention_lines]
        far = {line: min(abs(line.number - number) for number in told) for line in self.lines}
        usable = [line for line in self.lines if far[line] <= most and line.kind not in _SKIPPED]
        rest = sorted(
            (line for line in usable if far[line]), key=lambda line: (far[line], line.number < told[0], line.number)
        )
        return (*self.mention_lines, *rest)

    def around(self, most: int) -> tuple[Line, ...]:
        """The sentences up to so many from its mentions, whosever they are, furniture left out; and the title."""
        told = [line.number for line in self.mention_lines]
        return tuple(
            line
            for line in self.scene.lines
            if line.kind not in _SKIPPED and (line.kind == "title" or min(abs(line.number - n) for n in told) <= most)
        )

    def hits(self, cues: str, most: int = 99) -> Iterator[tuple[Line, Hit]]:
        """The hits of a cue file, nearest sentence first; inside one sentence, nearest to the words of the event."""
        for line in self.nearest(most):
            here = [mention.cue.start for mention in self.event.mentions if mention.line == line]
            there = [mention.cue.start for mention in self.others if mention.line == line]
            for hit in sorted(self.scene.hits(cues, line), key=lambda one: _far(one, here)):
                if not there or _far(hit, here) <= _far(hit, there):
                    yield line, hit

    def reach(self, most: int) -> int:
        """How many sentences from the event a fact may stand: any, in a text that tells of one event only."""
        return 99 if self.alone else most

    def first(self, cues: str, most: int = 99) -> Hit | None:
        return next((hit for _, hit in self.hits(cues, most)), None)


def _far(hit: Hit, starts: list[int]) -> int:
    return min((abs(hit.start - start) for start in starts), default=hit.start)
