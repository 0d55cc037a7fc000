"""`portico reproduce`: published figures against imported tables, exact, explained with rows, or plainly not."""

import gzip
import hashlib
from pathlib import Path

import pytest

from portico.counting.published import Fingerprint, publications
from portico.tables import import_table

GOVERNMENT = Path(__file__).parents[2].parent / "shared" / "data" / "government"
HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition"
)
ROWS = [
    "Denver Area of Responsibility|1/2/2018|Located|ELM COUNTY JAIL||",
    "Denver Area of Responsibility|1/3/2018|Located|ELM COUNTY JAIL||",
    "Boston Area of Responsibility|1/3/2018|Located|FERRY COUNTY JAIL||",
    "HQ Area of Responsibility|1/3/2018|Located|OFFICE||",
    "|1/3/2018|Located|OFFICE||",
]
FIGURES = """
title: Invented figures
publisher: Elm Center
address: https://example.org/figures
read_on: 2026-11-24
figures:
"""


@pytest.fixture
def imported(portico, tmp_path):
    path = tmp_path / "arrests.csv.gz"
    path.write_bytes(gzip.compress("\n".join(["Released tables|||||", HEADER, *ROWS]).encode(), mtime=0))
    assert portico("import", "ero-arrests", path, "--yes").status == 0
    return portico


@pytest.fixture
def tried(imported, tmp_path):
    """One published figure of the tables; more words of the call may follow."""

    def call(figure: str, *words: object):
        own = tmp_path / "figures.yaml"
        own.write_text(f"{FIGURES}- {figure}\n", encoding="utf-8")
        return imported("reproduce", "--figures", own, *words)

    return call


def test_an_equal_figure_is_exact(tried):
    result = tried("{id: all, says: Five arrests., definition: ero-arrests, total: 5}")
    assert result.status == 0
    assert "all: exact" in result.out
    assert "Five arrests. Elm Center: Invented figures. https://example.org/figures" in result.out
    assert "Expected 5, got 5; definition ero-arrests" in result.out
    told = "1 published figures: 1 exact, 0 explained, 0 not explained, 0 not imported, 0 not compared."
    assert result.err == f"portico: {told}\n"


def test_a_figure_that_differs_says_where_and_what_was_imported(tried):
    result = tried("{id: areas, says: By area., definition: ero-arrests, by: [aor], cells: {DEN: 3, BOS: 1}}")
    assert result.status == 1
    assert "areas: DIFFERS" in result.out
    assert "Expected 4, got 3 (1 of 2 cells equal)" in result.out
    assert "DEN                           expected 3            got 2" in result.out
    assert "2 rows are in none of the published cells" in result.out
    assert "Imported are arrests.csv.gz." in result.out
    assert "Import what is missing: portico import ero-arrests FILE… --yes" in result.out


SHORT = (
    "{id: areas, says: By area., definition: ero-arrests, by: [aor], cells: {DEN: 3, BOS: %s}, of: 5, "
    "explained: {because: Some have no area., rows: {aor: [(blank), HQ]}}}"
)


def test_a_reason_explains_only_what_its_rows_add_up_to(tried):
    explained = tried(SHORT % 2)
    assert explained.status == 0
    assert "areas: differs, explained" in explained.out
    assert "Some have no area." in explained.out
    assert "aor (blank): arrests.csv.gz, rows 7" in explained.out
    assert "aor HQ: arrests.csv.gz, rows 6" in explained.out
    unexplained = tried(SHORT.replace("of: 5, ", "") % 3)
    assert unexplained.status == 1
    assert "areas: DIFFERS" in unexplained.out


def test_a_total_that_differs_is_explained_by_nothing(tried):
    result = tried(SHORT.replace("of: 5", "of: 6") % 2)
    assert result.status == 1
    assert "all                           expected 6            got 5" in result.out


def test_rows_that_only_stand_in_another_cell_are_explained(tried):
    figure = "{id: moved, says: By area., definition: ero-arrests, by: [aor], cells: {DEN: %s, BOS: 2}, %s}"
    reason = "explained: {because: Counted where the case closes., moved: true}"
    assert tried(figure % (1, reason)).status == 0
    assert tried(figure % (2, reason)).status == 1


def test_a_table_too_long_to_print_is_compared_by_its_fingerprint(tried):
    cells: dict[tuple[str, ...], int] = {
        ("2018-01-02", "DEN"): 1,
        ("2018-01-03", "DEN"): 1,
        ("2018-01-03", "BOS"): 1,
        ("2018-01-03", "HQ"): 1,
    }
    figure = (
        "{id: cells, says: By day., definition: ero-arrests, by: [day, aor], "
        "fingerprint: {cells: 4, total: 4, sha256: %s}}"
    )
    exact = tried(figure % Fingerprint.of(cells).sha256)
    assert "Expected 4, got 4 (4 of 4 cells equal)" in exact.out
    assert "1 row is in none of the published cells" in exact.out
    other = tried(figure % ("ab" * 32))
    assert other.status == 1
    assert "4 cells with 4 in all; the publisher's file tells which differ" in other.out


def test_the_publishers_own_file_tells_which_cells_differ(tried, tmp_path):
    content = b"day;area;n\n2018-01-02;DEN;1\n2018-01-03;DEN;7\n2018-01-04;DEN;0\n"
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "cells.csv").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    figure = (
        "{id: cells, says: By day., definition: ero-arrests, by: [day, aor], fingerprint: {cells: 2}, "
        'file: {name: cells.csv, sha256: %s, delimiter: ";", keys: [day, area], count: n}}'
    )
    shown = tried(figure % digest, "--published", tmp_path / "out")
    assert "2018-01-03, DEN               expected 7            got 1" in shown.out
    assert "(2 of 3 cells equal)" in shown.out
    wrong = tried(figure % ("ab" * 32), "--published", tmp_path / "out")
    assert wrong.status == 2
    assert "is not the file that was published: its SHA-256 is not abab" in wrong.err
    assert wrong.err.endswith("Get the file again, or leave --published out.\n")


def test_rows_are_counted_under_the_publishers_codes(tried, tmp_path):
    content = b'landmark,county\n" ELM  COUNTY JAIL","Elm County, CO"\nFERRY COUNTY JAIL,NA\n'
    (tmp_path / "codes.csv").write_bytes(content)
    figure = (
        "{id: codes, says: Counties., definition: ero-arrests, by: [landmark, year], fingerprint: {cells: 1}, "
        "file: {name: codes.csv, sha256: %s, keys: [landmark], codes: county}}"
    )
    without = tried(figure % hashlib.sha256(content).hexdigest())
    assert without.status == 3
    assert "It needs the publisher's file codes.csv, which Portico does not carry." in without.out
    assert "Give the folder it is in with --published DIR." in without.out
    held = tried(figure % hashlib.sha256(content).hexdigest(), "--published", tmp_path)
    assert held.status == 0
    assert "Expected 1, got 1; definition ero-arrests" in held.out
    assert "By Portico's own places" in held.out
    assert "ELM COUNTY JAIL: Elm County, CO, by ours" in held.out


TWO = "{id: all, says: Five., definition: ero-arrests, total: 5}\n- "
CODES = (
    "{id: codes, says: Counties., definition: ero-arrests, by: [landmark, year], fingerprint: {cells: 1}, "
    "file: {name: codes.csv, sha256: %s, keys: [landmark], codes: county}}" % ("ab" * 32)
)
MISSING = "{id: y, says: Y., definition: ice-removals, total: 5}"


def test_a_figure_that_cannot_be_compared_is_no_difference(tried):
    result = tried(TWO + CODES)
    assert result.status == 0
    assert "codes: not compared" in result.out
    assert "1 exact, 0 explained, 0 not explained, 0 not imported, 1 not compared." in result.err
    assert "needs a publisher's file that Portico does not carry: give its folder (--published)." in result.err


def test_a_table_that_was_not_imported_leaves_the_figures_unreproduced(tried):
    result = tried(TWO + MISSING)
    assert result.status == 1
    assert "1 exact, 0 explained, 0 not explained, 1 not imported, 0 not compared." in result.err


def test_what_was_not_imported_is_said_with_how_to_import_it(portico):
    result = portico("reproduce")
    assert result.status == 3
    assert "ice-arrests-fy2016: not imported" in result.out
    assert "No table ero-arrests/arrests was imported." in result.out
    assert "Import what is missing: portico import seattle-uw-v-dhs FILE… --yes" in result.out


def test_a_year_that_was_not_imported_is_no_difference(tried):
    result = tried('{id: y, says: Y., definition: ero-arrests, where: {fiscal_year: ["2011"]}, total: 5}')
    assert result.status == 3
    assert "y: not imported" in result.out
    assert "where fiscal_year: '2011' is not known" in result.out


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        ("{id: x, says: X., definition: ero-arrests}", "x: give one of total, cells, fingerprint, own"),
        ("{id: x, says: X., definition: shoes, total: 1}", "x: no definition 'shoes'. Nothing was counted. There are:"),
        ("{id: x, says: X., definition: ero-arrests, sum: 1}", "Object contains unknown field `sum`"),
    ],
)
def test_figures_of_ones_own_are_checked_before_anything_is_counted(tried, figure, says):
    result = tried(figure)
    assert result.status == 2
    assert says in result.err


def test_figures_that_are_not_there_are_said_to_be(portico, tmp_path):
    result = portico("reproduce", "--figures", tmp_path / "none.yaml")
    assert result.status == 2
    assert "none.yaml is not there. Nothing was compared." in result.err


def test_every_publication_says_where_it_was_read():
    for each in publications():
        assert each.address.startswith("https://")
        assert each.title
        assert all(figure.says.endswith(".") for figure in each.figures)
    ids = [figure.id for each in publications() for figure in each.figures]
    assert len(ids) == len(set(ids))


@pytest.mark.skipif(not GOVERNMENT.is_dir(), reason="the released government files are not here")
def test_every_published_figure_is_reproduced_from_the_released_files(portico, tmp_path):
    for profile, pattern in (
        ("ero-arrests", "ero-arrests-fy*.csv.gz"),
        ("ero-encounters", "ero-encounters-fy*.csv.gz"),
        ("ice-removals", "ice-removals-fy*.csv.gz"),
        ("seattle-uw-v-dhs", "seattle-uw-v-dhs*.xlsx"),
        ("landmark-counts", "landmark-counts-by-aor-*.csv"),
    ):
        import_table(sorted(GOVERNMENT.glob(pattern)), profile, tmp_path / "record" / "tables")
    result = portico("reproduce", "--json", "--published", GOVERNMENT)
    assert result.status == 0
    found = {each["id"]: each for each in result.rows}
    assert {each["status"] for each in result.rows} == {"exact", "explained"}
    assert {name for name, each in found.items() if each["status"] == "explained"} == {
        "ice-arrests-fy2016-by-area",
        "seattle-summary-expedited-removals",
        "seattle-summary-other-removals",
    }
    by_day = found["uwchr-arrests-by-day-and-area"]
    assert (by_day["cells"], by_day["equal"], by_day["got"]) == (34_593, 34_593, 540_251)
    assert found["uwchr-removals-by-day-and-area"]["got"] == 963_972
    encounters = found["uwchr-encounters-by-day-and-area"]
    assert (encounters["cells"], encounters["equal"], encounters["left_out"]) == (25_730, 25_730, 42_626)
    assert (found["uwchr-us-district-court"]["got"], found["uwchr-seattle-county-years"]["got"]) == (174, 204)
    short = {
        each["cell"][0]: each["expected"] - each["got"] for each in found["ice-arrests-fy2016-by-area"]["differences"]
    }
    assert "DEN" not in short
    assert len(short) == 23
    assert all(1 <= each <= 66 for each in short.values())
