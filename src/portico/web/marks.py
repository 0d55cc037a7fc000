"""Marks in a text: spans that may overlap in any way → runs of text, each under the same marks.

>>> [(run.start, run.end, run.marks) for run in runs([Span(0, 9)], {"a": Span(1, 6), "b": Span(4, 8)})]
[(0, 1, ()), (1, 4, ('a',)), (4, 6, ('a', 'b')), (6, 8, ('b',)), (8, 9, ())]
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portico.facts import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of the text that lies under the same marks from end to end.

    start, end  code points of the text, half-open
    marks       keys of the marks over it; the widest first, as they would be nested
    begins      those whose first run this is: it carries their anchor
    ends        those whose last run this is: it carries their number
    extent      which of the given extents it lies in
    solid       it is one of the spans that must not be cut
    """

    start: int
    end: int
    marks: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    extent: int
    solid: bool


def runs(extents: Sequence[Span], marks: Mapping[str, Span], solid: Sequence[Span] = ()) -> tuple[Run, ...]:
    """The extents of a text, cut where a mark or a solid span begins or ends.

    extents  the parts of the text that are shown, disjoint and in order; what lies between is not shown
    marks    key → span. Marks may nest, overlap, touch and coincide. Each begins in exactly one run and ends in
             exactly one, if there is any extent: a mark that touches none goes to the nearest
    solid    spans that stay whole, such as masked words; disjoint. A mark that ends within one takes all of it

    Joined, the runs are the extents: nothing is lost, doubled or put elsewhere.
    """
    if not extents:
        return ()
    placed = {key: _widened(_within(span, extents), solid) for key, span in marks.items()}
    nested = sorted(placed, key=lambda key: (placed[key].start, -placed[key].end))
    edges = {edge for span in (*placed.values(), *solid) for edge in (span.start, span.end)}
    pieces = [
        (number, start, end) for number, extent in enumerate(extents) for start, end in pairwise(_cuts(extent, edges))
    ]
    over = [
        tuple(key for key in nested if placed[key].start < end and start < placed[key].end) for _, start, end in pieces
    ]
    first = {key: index for index, keys in reversed(list(enumerate(over))) for key in keys}
    last = {key: index for index, keys in enumerate(over) for key in keys}
    return tuple(
        Run(
            start=start,
            end=end,
            marks=over[index],
            begins=tuple(key for key in over[index] if first[key] == index),
            ends=tuple(key for key in over[index] if last[key] == index),
            extent=number,
            solid=any(span.start <= start and end <= span.end for span in solid),
        )
        for index, (number, start, end) in enumerate(pieces)
    )


def _within(span: Span, extents: Sequence[Span]) -> Span:
    """The span, or the nearest character that is shown if none of its own is."""
    if any(span.overlaps(extent) for extent in extents):
        return span
    after = bisect_right([extent.start for extent in extents], span.start)
    if after < len(extents):
        return Span(extents[after].start, extents[after].start + 1)
    return Span(extents[-1].end - 1, extents[-1].end)


def _widened(span: Span, solid: Sequence[Span]) -> Span:
    touched = [whole for whole in solid if whole.overlaps(span)]
    return Span(min([span.start, *(s.start for s in touched)]), max([span.end, *(s.end for s in touched)]))


def _cuts(extent: Span, edges: set[int]) -> list[int]:
    return sorted({extent.start, extent.end, *(edge for edge in edges if extent.start < edge < extent.end)})
