"""The gazetteer: every row usable, every message readable."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.facts import ATTRIBUTES, PartialDate
from portico.places import Courthouse, Gazetteer, GazetteerError, load_gazetteer, read_gazetteer

COLUMNS = "id,name,aliases,kinds,street,city,county,state,zip,lat,lon,source_url,confidence,court_system,opened,closed"
CELLS = dict(
    zip(
        COLUMNS.split(","),
        [
            "x-ferry",
            "Ferry Street Courthouse",
            "",
            "superior|criminal",
            "1 Ferry Street",
            "Ferryville",
            "Ferry",
            "OR",
            "",
            "",
            "",
            "a page",
            "high",
            "state_or_local",
            "",
            "",
        ],
        strict=True,
    )
)


def written(tmp_path: Path, *rows: dict[str, str]) -> Path:
    file = tmp_path / "some.csv"
    file.write_text("\n".join([COLUMNS, *(",".join(row.values()) for row in rows)]) + "\n", encoding="utf-8")
    return file


def test_it_holds_the_rows_that_its_readme_counts():
    rows = load_gazetteer().courthouses
    assert len(rows) == 920
    assert Counter(row.court_system for row in rows) == {
        "ny_ucs": 102,
        "state_or_local": 719,
        "federal_article_iii": 5,
        "eoir": 94,
    }


def test_ids_are_unique_and_lead_to_their_row():
    gazetteer = load_gazetteer()
    assert len({row.id for row in gazetteer.courthouses}) == len(gazetteer.courthouses)
    assert all(gazetteer.by_id(row.id) is row for row in gazetteer.courthouses)
    assert gazetteer.by_id("no-such-courthouse") is None


def test_two_rows_of_one_id_are_refused():
    row = load_gazetteer().courthouses[0]
    with pytest.raises(ValueError, match="one id"):
        Gazetteer([row, row])


def test_a_row_is_read_as_written(tmp_path):
    file = written(
        tmp_path, CELLS | {"aliases": "Ferry court|1 Ferry", "lat": "44.5", "lon": "-122.5", "opened": "2017-10"}
    )
    (row,) = read_gazetteer([file]).courthouses
    assert row == Courthouse(
        id="x-ferry",
        name="Ferry Street Courthouse",
        aliases=("Ferry court", "1 Ferry"),
        kinds=("superior", "criminal"),
        street="1 Ferry Street",
        city="Ferryville",
        county="Ferry",
        state="OR",
        lat=44.5,
        lon=-122.5,
        source_url="a page",
        confidence="high",
        court_system="state_or_local",
        opened=PartialDate("2017-10"),
    )
    assert row.spellings == ("Ferry Street Courthouse", "Ferry court", "1 Ferry")


@pytest.mark.parametrize(
    ("column", "found", "wanted"),
    [
        ("id", "X Ferry", "lower-case letters, digits and single hyphens"),
        ("id", "x--ferry", "lower-case letters, digits and single hyphens"),
        ("name", "", "given; it must not be blank"),
        ("kinds", "superior|trafic", "made of the kinds in README.md, with | between"),
        ("state", "Oregon", "a USPS code of two capitals"),
        ("lat", "north", "degrees from -90 to 90, or blank"),
        ("lon", "-222.5", "degrees from -180 to 180, or blank"),
        ("confidence", "sure", "high, medium or low"),
        ("court_system", "state", "one of ny_ucs, ny_town_village, state_or_local, federal_article_iii, eoir"),
        ("opened", "2017-13", "an ISO date, whole or partial, or blank"),
        ("closed", "201X", "an ISO date, whole or partial, or blank"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(tmp_path, column, found, wanted):
    file = written(tmp_path, CELLS, CELLS | {"id": "x-other"} | {column: found})
    with pytest.raises(GazetteerError) as caught:
        read_gazetteer([file])
    error = caught.value
    assert (error.file, error.row, error.column, error.found, error.wanted) == (file, 3, column, found, wanted)
    assert str(error) == (
        f"some.csv, row 3, column {column}: {found!r} is not {wanted}. "
        "Nothing was loaded; the gazetteer in use is unchanged. Correct the cell and load again."
    )


def test_an_id_given_twice_is_named(tmp_path):
    with pytest.raises(GazetteerError, match=r"row 3, column id: 'x-ferry' is not an id of its own"):
        read_gazetteer([written(tmp_path, CELLS, CELLS)])


def test_a_building_closed_before_it_opened_is_named(tmp_path):
    file = written(tmp_path, CELLS | {"opened": "2017", "closed": "2016-12-31"})
    with pytest.raises(GazetteerError, match="is not after the day it opened, 2017"):
        read_gazetteer([file])


def test_a_file_of_other_columns_is_named(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("id,name\nx,y\n", encoding="utf-8")
    with pytest.raises(
        GazetteerError, match="row 1, column \\(header\\): 'id,name' is not the columns id,name,aliases"
    ):
        read_gazetteer([file])


def test_a_row_with_a_cell_too_many_is_named(tmp_path):
    file = written(tmp_path, CELLS | {"closed": "2019,2020"})
    with pytest.raises(
        GazetteerError, match="row 2, column \\(row\\): '17 cells' is not 16 cells, one for each column"
    ):
        read_gazetteer([file])


DAYS = st.dates().map(PartialDate.of)


@given(on=DAYS, opened=st.none() | DAYS, closed=st.none() | DAYS)
def test_a_day_leaves_out_only_what_was_certainly_not_in_use(on, opened, closed):
    row = Courthouse(
        id="x", name="X", county="X", state="OR", court_system="state_or_local", opened=opened, closed=closed
    )
    certainly_not = (opened is not None and on.day < opened.day) or (closed is not None and closed.day <= on.day)
    assert row.may_be_in_use(on) is not certainly_not
    assert row.may_be_in_use(None)


@pytest.mark.parametrize(
    ("closed", "on", "may"),
    [
        ("2020-03", "2020-03-31", True),  # some day of March, so March itself is left open
        ("2020-03", "2020-04-01", False),
        ("2020", "2020", True),
        ("2020-03-09", "2020", True),
        ("2020-03-09", "2021", False),
        ("2020-03-09", "XXXX-05-01", True),
    ],
)
def test_partial_dates_exclude_no_day_of_theirs(closed, on, may):
    row = Courthouse(
        id="x", name="X", county="X", state="OR", court_system="state_or_local", closed=PartialDate(closed)
    )
    assert row.may_be_in_use(PartialDate(on)) is may


@pytest.mark.parametrize(
    ("kinds", "confidence", "system", "kind"),
    [
        ("superior|criminal", "high", "state_or_local", "criminal"),
        ("criminal|supreme_criminal", "medium", "ny_ucs", "criminal"),
        ("criminal", "low", "state_or_local", None),  # what such a court hears, not what was seen there
        ("family|juvenile", "high", "state_or_local", "family"),
        ("supreme_civil|housing|small_claims", "high", "ny_ucs", "civil"),
        ("traffic", "high", "state_or_local", "traffic"),
        ("district|criminal|civil", "high", "state_or_local", "mixed"),
        ("domestic_violence|criminal", "high", "state_or_local", "mixed"),
        ("superior", "high", "state_or_local", None),  # a level says nothing of the subject
        ("immigration", "low", "eoir", "immigration"),
    ],
)
def test_a_building_is_of_one_kind_only_when_every_subject_is(kinds, confidence, system, kind):
    row = Courthouse(
        id="x",
        name="X",
        county="X",
        state="OR",
        court_system=system,
        kinds=tuple(kinds.split("|")),
        confidence=confidence,
    )
    assert row.court_kind == kind


def test_every_kind_of_court_is_a_code_of_the_vocabulary():
    codes = {*ATTRIBUTES["court_kind"].values, None}
    assert {row.court_kind for row in load_gazetteer().courthouses} <= codes
