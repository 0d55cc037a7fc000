"""Rows at named courts become accounts: a floor, each claim with the words of its cell and the place of its row."""

from pathlib import Path

import polars as pl
import pytest

from portico.facts import Account
from portico.places import answer_of
from portico.tables import TableReading, accounts_of, ambiguous_landmarks, import_table, landmarks_of, stored_tables

HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition|Birth Date|Citizenship|Gender\n"
)
ROWS = [
    ("Denver", "10/1/2015", "EL PASO COUNTY COURT HOUSE"),
    ("Boston", "1/2/2016", "KENT COUNTY COURT"),
    ("Boston", "1/2/2016", "KENT COUNTY COURT"),
    ("Denver", "10/1/2015", "EL PASO COUNTY JAIL"),
    ("Boston", "31/11/2016", "KENT  COUNTY COURT"),
    ("New York City", "11/28/2017", ""),
    ("New York City", "11/28/2017", "(b)(7)(E)"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = (f"{area} Area of Responsibility|{on}|Located|{place}||Other|(b)(6)|X|Male\n" for area, on, place in ROWS)
    (tmp_path / "arrests.csv").write_text(HEADER + "".join(lines))
    import_table([tmp_path / "arrests.csv"], "ero-arrests", tmp_path / "tables")
    return tmp_path / "tables"


@pytest.fixture
def reading(folder: Path) -> TableReading:
    (one,) = accounts_of(folder, "ero-arrests", "arrests")
    return one


def value(account: Account, attribute: str) -> object:
    return account.value(attribute)


def test_only_rows_that_name_a_court_are_accounts(reading: TableReading) -> None:
    assert [row.row for row in reading.rows] == [2, 3, 4, 6]
    assert all(row.file == reading.source.sha256 and row.sheet == "" for row in reading.rows)


def test_identical_rows_are_accounts_of_their_own(reading: TableReading) -> None:
    second, third = reading.reading.accounts[1:3]
    assert second != third
    assert [value(each, "date") for each in (second, third)] == ["2016-01-02", "2016-01-02"]


def test_the_area_of_responsibility_decides_the_state(reading: TableReading) -> None:
    first, second = reading.reading.accounts[:2]
    assert (value(first, "county"), value(first, "state")) == ("El Paso", "CO")
    assert (value(second, "county"), value(second, "state")) == ("Kent", "RI")
    assert (value(first, "kind"), value(first, "agency")) == ("arrest", "ice")


def test_every_claim_rests_on_the_words_of_its_cell(reading: TableReading) -> None:
    text = reading.text
    assert text.sha256 == reading.reading.text
    assert text.content.splitlines()[0] == (
        "Area of Responsibility: Denver Area of Responsibility | Apprehension Date: 10/1/2015 | "
        "Apprehension Method: Located | Apprehension Landmark: EL PASO COUNTY COURT HOUSE | "
        "Processing Disposition: Other"
    )
    (date,) = reading.reading.accounts[0].about("date")
    (county,) = reading.reading.accounts[0].about("county")
    assert text.words(date.spans[0]) == "10/1/2015"
    assert text.words(county.spans[0]) == "EL PASO COUNTY COURT HOUSE"
    assert date.origin == "tables:ero-arrests@1"


def test_a_day_that_cannot_be_read_is_not_told(reading: TableReading) -> None:
    assert value(reading.reading.accounts[3], "date") is None


def test_landmarks_are_placed_once_each(folder: Path) -> None:
    rows = pl.concat(pl.read_parquet(path) for path in stored_tables(folder, "ero-arrests", "arrests"))
    placed = landmarks_of(rows, "apprehension_landmark", "area_of_responsibility")
    by_place = {row["place"]: row for row in placed.rows(named=True)}
    assert by_place["KENT COUNTY COURT"]["rows"] == 3
    assert by_place["KENT COUNTY COURT"]["label"] == "state_local_court"
    assert by_place["EL PASO COUNTY JAIL"]["label"] == "not_court"
    assert placed["rows"].sum() == 5  # blank and redacted landmarks have no place


def test_a_table_that_tells_of_no_event_gives_no_account(folder: Path) -> None:
    assert list(accounts_of(folder, "ice-removals", "removals")) == []


def test_an_ambiguous_landmark_waits_for_a_person_whose_answer_is_used(tmp_path: Path) -> None:
    rows = ["Denver Area of Responsibility|10/1/2015|Located|ELM JUSTICE CENTER||Other|(b)(6)|X|Male\n"] * 3
    rows += ["Boston Area of Responsibility|10/1/2015|Located|ELM  JUSTICE CTR||Other|(b)(6)|X|Male\n"]
    (tmp_path / "arrests.csv").write_text(HEADER + "".join(rows))
    import_table([tmp_path / "arrests.csv"], "ero-arrests", tmp_path / "tables")
    denver, boston = ambiguous_landmarks(tmp_path / "tables")
    assert (denver.text, denver.aor, denver.rows) == ("ELM JUSTICE CENTER", "DEN", 3)
    assert boston.aor == "BOS"
    assert not next(accounts_of(tmp_path / "tables", "ero-arrests", "arrests")).reading.accounts

    court = answer_of(denver.text, "state_local_court", denver.aor, county="Elm", state="CO")
    answers = {court.key: court}
    assert [each.aor for each in ambiguous_landmarks(tmp_path / "tables", answers)] == ["BOS"]
    file, reading = accounts_of(tmp_path / "tables", "ero-arrests", "arrests", answers=answers)
    assert not file.reading.accounts
    assert [row.row for row in reading.rows] == [2, 3, 4]
    assert reading.original == reading.text.content.encode()
    assert reading.text.content.startswith(f"{file.source.sha256}, rows whose landmark a person placed: elm")
    (first, *_) = (claim for claim in reading.reading.accounts[0].claims if claim.attribute == "courthouse")
    assert [reading.text.content[span.start : span.end] for span in first.spans] == ["ELM JUSTICE CENTER"]
    assert (value(reading.reading.accounts[0], "county"), value(reading.reading.accounts[0], "state")) == ("Elm", "CO")
    stored = pl.read_parquet(stored_tables(tmp_path / "tables", "ero-arrests")[0])
    placed = landmarks_of(stored, "apprehension_landmark", "area_of_responsibility", answers=answers)
    assert sorted(placed["label"]) == ["ambiguous", "state_local_court"]
