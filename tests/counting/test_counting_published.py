"""Published figures: the data file says what the publishers' own files say; comparisons hold what they promise."""

import csv
import gzip
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.counting.published import Explained, Fingerprint, PublishedFigure, publications
from portico.counting.reproducing import compare, compare_fingerprints
from portico.tables import find_profile
from portico.tables.cell import judge

GOVERNMENT = Path(__file__).parents[2].parent / "shared" / "data" / "government"
here = pytest.mark.skipif(not GOVERNMENT.is_dir(), reason="the released government files are not here")
FIGURES = {figure.id: figure for each in publications() for figure in each.figures}


@here
@pytest.mark.parametrize(("year", "column"), [("2016", -4), ("2017", -3)])
def test_arrests_by_area_are_those_of_the_printed_table(year: str, column: int) -> None:
    area = find_profile("ero-arrests").tables[0].columns["area_of_responsibility"]
    lines = (GOVERNMENT / "expected-arrests-by-aor-fy2013-2017-ragged.csv").read_text().splitlines()[2:]
    printed: dict[str, int] = {}
    for cells in (line.split("|") for line in lines):  # the words of an area's name stand in cells of their own
        name = " ".join(cells[:-7])
        code = judge(f"{name} Area of Responsibility", area).value if name != "Total" else name
        printed[str(code)] = int(cells[column])
    figure = FIGURES[f"ice-arrests-fy{year}-by-area"]
    assert printed.pop("Total") == figure.of
    assert printed == figure.cells


@here
@pytest.mark.parametrize("what", ["arrests", "removals", "encounters"])
def test_fingerprints_are_those_of_the_published_cells(what: str) -> None:
    figure = FIGURES[f"uwchr-{what}-by-day-and-area"]
    assert figure.file
    assert figure.file.count
    with gzip.open(GOVERNMENT / figure.file.name, "rt", encoding="utf-8") as lines:
        rows = [
            row
            for row in csv.DictReader(lines, delimiter="|")
            if all(row[name] in words for name, words in figure.file.only.items())
        ]
    cells: dict[tuple[str, ...], int] = {(row["date"], row["aor"]): int(row[figure.file.count] or 0) for row in rows}
    assert Fingerprint.of(cells) == figure.fingerprint


def figure(**told) -> PublishedFigure:
    return PublishedFigure(id="f", says="F.", definition="ero-arrests", by=("aor",), **told)


_CELLS = st.dictionaries(st.tuples(st.sampled_from("abcdef")), st.integers(0, 9), min_size=1)


@settings(max_examples=60, deadline=None)
@given(cells=_CELLS, other=_CELLS)
def test_a_figure_is_exact_only_if_every_published_cell_is_equal(cells, other) -> None:
    found = compare(figure(cells={}), cells, other, total=sum(other.values()))
    assert (found.status == "exact") is all(other.get(key, 0) == count for key, count in cells.items())
    assert found.equal + len(found.differences) == found.cells == len(cells)


@settings(max_examples=60, deadline=None)
@given(cells=_CELLS, other=_CELLS)
def test_a_reason_that_rows_only_moved_holds_only_for_equal_sums(cells, other) -> None:
    moved = figure(cells={}, explained=Explained(because="Moved.", moved=True))
    found = compare(moved, cells, other, total=sum(other.values()))
    if found.status == "explained":
        assert found.expected == found.got
        assert found.because == "Moved."
    assert (found.status == "differs") is (found.expected != found.got)


def test_a_fingerprint_is_of_cells_in_any_order_without_those_of_nothing() -> None:
    cells = [(("2018-01-02", "DEN"), 1), (("2018-01-02", "BOS"), 20), (("2018-01-03", "DEN"), 3)]
    made = {Fingerprint.of(dict([*order, (("2018-01-04", "DEN"), 0)])) for order in permutations(cells)}
    assert len(made) == 1
    assert (next(iter(made)).cells, next(iter(made)).total) == (3, 24)


def test_a_fingerprint_with_one_other_cell_differs() -> None:
    printed = Fingerprint.of({("a",): 1, ("b",): 2})
    assert compare_fingerprints(printed, {("b",): 2, ("a",): 1}).status == "exact"
    swapped = compare_fingerprints(printed, {("a",): 2, ("b",): 1})
    assert (swapped.status, swapped.expected, swapped.got) == ("differs", 3, 3)
    assert swapped.because == "2 cells with 3 in all; the publisher's file tells which differ"


def test_where_only_the_number_of_cells_was_printed_that_is_the_figure() -> None:
    found = compare_fingerprints(Fingerprint(2), {("a",): 7, ("b",): 1})
    assert (found.status, found.expected, found.got, found.cells) == ("exact", 2, 2, 1)
