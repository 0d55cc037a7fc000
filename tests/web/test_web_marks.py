"""Marks that overlap in any way come out as runs: nothing lost, every mark with one beginning and one end."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.facts import Span
from portico.web.marks import runs

LENGTH = 40


def spans(most: int = LENGTH) -> st.SearchStrategy[Span]:
    edges = st.tuples(st.integers(0, most), st.integers(0, most))
    return edges.filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Span(min(pair), max(pair)))


def disjoint(least: int) -> st.SearchStrategy[list[Span]]:
    edges = st.lists(st.integers(0, LENGTH), min_size=2 * least, max_size=10, unique=True).map(sorted)
    return edges.map(lambda at: [Span(a, b) for a, b in zip(at[::2], at[1::2], strict=False)])


MARKS = st.dictionaries(st.sampled_from("abcdefgh"), spans(), max_size=8)


@given(extents=disjoint(1), marks=MARKS, solid=disjoint(0))
def test_the_runs_joined_are_the_extents(extents, marks, solid):
    found = runs(extents, marks, solid)
    for number, extent in enumerate(extents):
        inside = [run for run in found if run.extent == number]
        assert (inside[0].start, inside[-1].end) == (extent.start, extent.end)
        assert all(one.end == other.start for one, other in itertools.pairwise(inside))
    assert all(run.start < run.end for run in found)


@given(extents=disjoint(1), marks=MARKS, solid=disjoint(0))
def test_every_mark_begins_once_and_ends_once_where_it_is(extents, marks, solid):
    found = runs(extents, marks, solid)
    assert sorted(key for run in found for key in run.begins) == sorted(marks)
    assert sorted(key for run in found for key in run.ends) == sorted(marks)
    for key in marks:
        under = [index for index, run in enumerate(found) if key in run.marks]
        assert under == list(range(under[0], under[-1] + 1))
        assert key in found[under[0]].begins
        assert key in found[under[-1]].ends


@given(marks=MARKS)
def test_a_character_is_under_exactly_the_marks_that_hold_it(marks):
    for run in runs([Span(0, LENGTH)], marks):
        for at in range(run.start, run.end):
            assert set(run.marks) == {key for key, span in marks.items() if span.start <= at < span.end}


@given(extents=disjoint(1), marks=MARKS, solid=disjoint(0))
def test_a_solid_span_is_cut_by_no_mark(extents, marks, solid):
    for run in runs(extents, marks, solid):
        for whole in solid:
            if run.start < whole.end and whole.start < run.end:
                assert run.solid
                assert run.start >= whole.start
                assert run.end <= whole.end


@pytest.mark.parametrize(
    ("span", "begins_at"),
    [(Span(5, 7), 8), (Span(0, 6), 0), (Span(30, 35), 19)],
    ids=["between two paragraphs: the next", "reaches out of one: there", "after the last: its end"],
)
def test_a_mark_that_touches_nothing_shown_goes_to_the_nearest(span, begins_at):
    found = runs([Span(0, 5), Span(8, 20)], {"a": span})
    assert [run.start for run in found if "a" in run.begins] == [begins_at]


def test_without_anything_shown_there_are_no_runs():
    assert runs([], {"a": Span(0, 3)}) == ()
