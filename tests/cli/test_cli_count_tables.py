"""`portico count` over imported tables: a floor that says so, places found once, what to do where nothing is there."""

import csv
import gzip
import shutil
from xml.etree import ElementTree

import pytest

from portico.places import answer_of
from portico.store import open_record

HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition"
)
ROWS = [
    "New York City Area of Responsibility|1/2/2018|Located|KINGS COUNTY CRIMINAL COURT||Warrant of Arrest",
    "New York City Area of Responsibility|10/2/2018|Located|KINGS  COUNTY CRIMINAL COURT||Warrant of Arrest",
    "New York City Area of Responsibility|1/3/2018|Located|FUGITIVE OPERATIONS|(b)(7)(E)|Warrant of Arrest",
    "Denver Area of Responsibility|1/3/2018|Located|EL PASO COUNTY COURT HOUSE||Warrant of Arrest",
    "|1/3/2018|Located|||Warrant of Arrest",
]


@pytest.fixture
def imported(portico, tmp_path):
    """The command, with five invented rows imported."""
    path = tmp_path / "arrests.csv.gz"
    path.write_bytes(gzip.compress("\n".join(["Released tables|||||", HEADER, *ROWS]).encode(), mtime=0))
    assert portico("import", "ero-arrests", path, "--yes").status == 0
    return portico


def test_a_count_of_arrests_at_courts_is_a_floor_and_says_so(imported):
    shown = imported("count", "court-arrests-floor", "--by", "state", "--by", "fiscal_year")
    assert shown.status == 0
    assert "at least 3 arrests" in shown.out
    assert "at least 60.0 % of all 5 in ero-arrests/arrests" in shown.out
    lines = [line.split() for line in shown.out.splitlines() if "2018" in line or "2019" in line]
    assert [line[:5] for line in lines] == [
        ["CO,", "2018", "at", "least", "1"],
        ["NY,", "2018", "at", "least", "1"],
        ["NY,", "2019", "at", "least", "1"],
    ]
    assert "Most landmarks name a team" in shown.out


def test_json_has_the_same_figures(imported):
    (made,) = imported("count", "court-arrests-floor", "--by", "county", "--json").rows
    assert made["total"] == {"at_least": True, "base": 5, "cells": [], "count": 3, "share": 60.0}
    assert [(row["cells"], row["count"]) for row in made["rows"]] == [
        ([{"state": "value", "value": "El Paso, CO"}], 1),
        ([{"state": "value", "value": "Kings, NY"}], 2),
    ]


def test_what_a_cell_does_not_say_has_a_row(imported):
    shown = imported("count", "ero-arrests", "--by", "operation")
    assert "5 arrests" in shown.out
    assert "(blank)" in shown.out
    assert "(redacted)" in shown.out
    assert "at least" not in shown.out.partition("Note")[0]


def test_an_import_places_the_landmarks_and_a_count_that_misses_them_makes_the_same_files(imported, tmp_path):
    places = tmp_path / "record" / "tables" / "places"
    made = {path: path.read_bytes() for path in places.rglob("*.parquet")}
    first = imported("count", "court-arrests-floor")
    assert first.err == ""
    shutil.rmtree(places)
    again = imported("count", "court-arrests-floor")
    assert "Placing the landmarks of the tables; this is done once." in again.err
    assert again.out == first.out
    assert {path: path.read_bytes() for path in places.rglob("*.parquet")} == made


def test_places_that_cannot_be_kept_are_said_to_be(imported, tmp_path):
    shutil.rmtree(tmp_path / "record" / "tables" / "places")
    (tmp_path / "record" / "tables" / "places").write_text("in the way")
    result = imported("count", "court-arrests-floor")
    assert result.status == 3
    assert "The places of landmarks cannot be kept in" in result.err
    assert "Nothing was counted; the tables are unchanged." in result.err
    assert imported("count", "ero-arrests", "--by", "method").status == 0


def test_what_a_person_said_of_a_landmark_is_counted_at_once(imported, tmp_path):
    assert "(not known)" in imported("count", "ero-arrests", "--by", "county").out
    with open_record(tmp_path / "record", key_file=tmp_path / "key", create=True) as record:
        record.answer_landmark(answer_of("FUGITIVE OPERATIONS", "federal_court", "NYC"), actor="person:tester")
    again = imported("count", "court-arrests-floor", "--by", "landmark_class")
    assert "Placing the landmarks" in again.err
    assert "federal court                                 at least 1" in again.out
    assert "at least 4 arrests" in again.out


def test_places_of_a_table_that_was_taken_back_go_when_others_are_placed(imported, tmp_path):
    imported("count", "court-arrests-floor")
    (batch,) = (path.stem for path in (tmp_path / "record" / "tables" / "imports").glob("*.json"))
    assert imported("undo", batch).status == 0
    other = tmp_path / "other.csv.gz"
    other.write_bytes(gzip.compress("\n".join(["Released tables|||||", HEADER, ROWS[0]]).encode(), mtime=0))
    imported("import", "ero-arrests", other, "--yes")
    assert "at least 1 arrest\n" in imported("count", "court-arrests-floor").out
    assert len(list((tmp_path / "record" / "tables" / "places").rglob("*.parquet"))) == 1


def test_a_table_that_was_not_imported_says_how_to_import_it(portico):
    result = portico("count", "court-arrests-floor")
    assert result.status == 3
    assert "no table ero-arrests/arrests was imported into this record" in result.err
    assert "`portico import ero-arrests FILE… --yes`" in result.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--by", "shoe_size"], "count by: 'shoe_size' is not known"),
        (["--where", "aor=MARS"], "where aor: 'mars' is not known. Nothing was counted. There are: NYC, DEN, (blank)."),
        (["--master", "spark://there:7077"], "--master names a cluster and needs --engine spark"),
        (["--as-of", "2018-01-01"], "counts imported tables as they are now: leave --as-of out"),
    ],
)
def test_a_question_that_cannot_be_counted_says_what_can(imported, words, says):
    result = imported("count", "ero-arrests", *words)
    assert result.status == 2
    assert says.casefold() in result.err.casefold()


def test_the_list_says_what_each_definition_counts(portico):
    shown = portico("count", "--list").out
    assert "arrests-only: Arrests only, at or near (of the record)" in shown
    assert "(of the table ero-arrests/arrests)" in shown


def test_rows_of_one_event_count_once_where_a_definition_says_so(portico, tmp_path):
    header = (
        "Apprehension Date,Apprehension AOR,Apprehension Method,Apprehension Criminality,Apprehension Site Landmark"
    )
    rows = [f"2025-03-0{day} 09:00:00,NYC,Located,Other,ELM COURT,{who}" for day, who in ((1, "a"), (2, "a"), (5, "b"))]
    path = tmp_path / "arrests.csv"
    path.write_text("\n".join([f"{header},Unique Identifier", *rows]), encoding="utf-8")
    assert portico("import", "deportation-data-arrests", path, "--yes").status == 0
    assert "3 arrests" in portico("count", "deportation-data-arrests").out
    shown = portico("count", "deportation-data-arrests-24h", "--by", "day").out
    assert "without likely duplicates: 1 arrest\n" in shown
    assert "Rows of one event count once by the rule same-identifier-24h" in shown
    assert "33.3 % of all 3 in deportation-data-arrests/arrests" in shown


def test_a_definition_of_ones_own_over_tables_is_a_file(imported, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "id: own\nsource: table\nname: Ours\nversion: '1'\nmeaning: Located.\nunit: arrests\n"
        "table: ero-arrests/arrests\nwhere: {apprehension_method: [Located]}\n",
        encoding="utf-8",
    )
    assert "Ours: 5 arrests" in imported("count", own).out


def test_a_chart_is_drawn_beside_the_figures(imported, tmp_path):
    result = imported("count", "court-arrests-floor", "--by", "state", "--chart", tmp_path / "floor.svg")
    assert f"Wrote {tmp_path / 'floor.svg'}." in result.err
    assert "at least 3 arrests" in result.out
    root = ElementTree.fromstring((tmp_path / "floor.svg").read_text(encoding="utf-8"))
    said = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"CO", "NY", "at least 2 (66.7 %)", "arrests (% of 3)"} <= set(said)
    assert any("Most landmarks name a team" in str(each) for each in said)


def test_a_chart_of_the_record_has_what_may_count_hatched(filled, tmp_path):
    result = filled("count", "inside-only", "--by", "zone", "--chart", tmp_path / "zones.svg")
    assert result.status == 0
    drawn = (tmp_path / "zones.svg").read_text(encoding="utf-8")
    assert "Inside only: 0 to 4 events" in drawn
    assert "url(#may)" in drawn
    assert "is not an error margin" in drawn


def test_a_chart_that_cannot_be_written_says_so(imported, tmp_path):
    result = imported("count", "court-arrests-floor", "--chart", tmp_path / "no" / "floor.svg")
    assert result.status == 2
    assert "cannot be written (No such file or directory). Name a file in a folder that is there." in result.err


def test_rows_are_written_for_a_spreadsheet_and_begin_no_formula(imported, tmp_path):
    imported("count", "court-arrests-floor", "--by", "state", "--csv", tmp_path / "floor.csv")
    rows = list(csv.DictReader((tmp_path / "floor.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["state"], row["count"], row["at_least"], row["base"], row["percent"]) for row in rows] == [
        ("CO", "1", "yes", "3", "33.3333"),
        ("NY", "2", "yes", "3", "66.6667"),
        ("all", "3", "yes", "5", "60.0"),
    ]
    formula = tmp_path / "formula.csv.gz"
    row = "Denver Area of Responsibility|1/2/2018|=cmd()|ELM||"
    formula.write_bytes(gzip.compress("\n".join(["Released tables|||||", HEADER, row]).encode(), mtime=0))
    imported("import", "ero-arrests", formula, "--yes")
    imported("count", "ero-arrests", "--by", "method", "--csv", tmp_path / "methods.csv")
    assert "'=cmd()" in (tmp_path / "methods.csv").read_text(encoding="utf-8")


def test_rows_of_the_record_are_written_with_the_incidents_behind_them(filled, tmp_path):
    filled("count", "inside-only", "--by", "zone", "--csv", tmp_path / "zones.csv")
    rows = list(csv.DictReader((tmp_path / "zones.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["zone"], row["lower"], row["upper"]) for row in rows] == [
        ("hallway", "0", "3"),
        ("lobby", "0", "1"),
        ("all", "0", "4"),
    ]
    assert all(row["incidents"] for row in rows)
