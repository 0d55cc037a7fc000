"""Sheets of reports: accounts whose every claim rests on a cell, and mappings proposed for a person to confirm."""

from pathlib import Path

import pytest

from portico.facts import Account
from portico.tables import ProfileError, TableReading, guess_mapping, read_profile, read_reports

SHEET = """Intake of the Harbor Line,,,,,,,,
Date of Incident,Time,Court,County,State,What Happened,Force Used,Name,Notes
11/28/2017,1:05 PM,Brooklyn Criminal Court,Kings,NY,arrest,yes,Ines Vara,"taken in the hallway, no warrant seen"
5/14/2019,,Queens Criminal Court,Queens,NY,seen,no,,
31/11/2017,,Bronx Hall of Justice,Bronx,NY,arrest,,Omar Quill,
,,,,,,,,
6/2/2019,25:00,Manhattan Criminal Court,New York,NY,followed home,maybe,,
,,,Kings,NY,arrest,,,called back
"""


def sheet(folder: Path, text: str = SHEET, name: str = "intake.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told(account: Account) -> dict[str, object]:
    return {claim.attribute: claim.value if claim.value is not None else claim.any_of for claim in account.claims}


@pytest.fixture
def read(tmp_path: Path) -> TableReading:
    return read_reports(sheet(tmp_path))


def test_each_row_that_tells_of_an_event_is_an_account(read: TableReading) -> None:
    first, second, third, fourth = map(told, read.reading.accounts)
    assert first["date"] == "2017-11-28"
    assert first["time"] == "13:05"
    assert (first["kind"], first["force_used"]) == ("arrest", "yes")
    assert (first["county"], first["state"], first["name"]) == ("Kings", "NY", "Ines Vara")
    assert first["narrative"] == "taken in the hallway, no warrant seen"
    assert (second["kind"], second["force_used"]) == ("sighting", "no")
    assert "date" not in third
    assert "kind" not in fourth
    assert [row.row for row in read.rows] == [3, 4, 5, 7]


def test_every_claim_shows_the_words_of_its_cell(read: TableReading) -> None:
    assert read.text.sha256 == read.reading.text
    for account in read.reading.accounts:
        for claim in account.claims:
            assert all(read.text.words(span) for span in claim.spans)
    (date,) = read.reading.accounts[0].about("date")
    assert read.text.words(date.spans[0]) == "11/28/2017"
    (place,) = read.reading.accounts[0].about("courthouse")
    assert read.text.words(place.spans[0]) == "Brooklyn Criminal Court"


def test_a_source_of_reports_is_private(read: TableReading) -> None:
    assert read.source.private


def test_what_was_not_read_is_named_by_row_and_column(read: TableReading) -> None:
    assert read.report is not None
    table = read.report.tables[0]
    columns = {column.attribute: column for column in table.columns}
    assert (table.rows_in, table.rows_stored, table.blank_rows, table.rows_rejected) == (6, 4, 1, 1)
    assert table.rejected[0].reason == "neither a day nor a place: no event"
    assert table.rejected[0].samples[0].row == 8
    (wrong,) = columns["date"].unreadable_because
    assert wrong.reason == "not a day: read as month/day/year, the month would be 31"
    assert (wrong.samples[0].row, wrong.samples[0].column, wrong.samples[0].text) == (
        5,
        "Date of Incident",
        "31/11/2017",
    )
    assert columns["time"].unreadable_because[0].samples[0].row == 7
    assert columns["kind"].unmapped[0].samples[0].text == "followed home"
    assert columns["force_used"].unreadable_because[0].samples[0].text == "maybe"


def test_guarded_words_are_never_in_the_report(read: TableReading) -> None:
    written = repr(read.report)
    for words in ("Ines", "Vara", "Quill", "hallway", "called back"):
        assert words not in written


def test_a_warrant_of_none_is_told_and_not_taken_for_nothing(tmp_path: Path) -> None:
    text = "Date,Court,Warrant\n5/14/2019,Queens Criminal Court,None\n"
    (account,) = read_reports(sheet(tmp_path, text)).reading.accounts
    assert account.value("warrant") == "none_shown"


def test_the_same_sheet_gives_the_same_reading(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    assert read_reports(path) == read_reports(path)


ODD = """Fecha;Donde fue;Tipo;Quién;Where in the building;How many
28/11/2017;Brooklyn Criminal Court;arrest;Ines Vara;pasillo;1
14/5/2019;Queens Criminal Court;attempt;;hallway;2
"""


def test_a_mapping_is_proposed_and_asks_what_it_cannot_tell(tmp_path: Path) -> None:
    text = ODD.replace("Donde fue", "Place").replace("Tipo", "Kind").replace("Quién", "Client")
    guess = guess_mapping(sheet(tmp_path, text))
    columns = {column.heading: column for column in guess.columns}
    assert columns["Fecha"].attribute == "date"
    assert columns["Fecha"].forms == ("day/month/year",)
    assert columns["Kind"].values == {"arrest": "arrest", "attempt": "attempted_arrest"}
    assert columns["Where in the building"].ask == "give the code of: pasillo"
    assert "# ASK: give the code of: pasillo" in guess.written
    assert "Ines" not in guess.written
    assert guess.profile is not None
    read = read_reports(sheet(tmp_path, text), guess.profile)
    assert [told(each)["date"] for each in read.reading.accounts] == ["2017-11-28", "2019-05-14"]


def test_a_corrected_mapping_is_used_as_written(tmp_path: Path) -> None:
    text = ODD.replace("Donde fue", "Place")
    guess = guess_mapping(sheet(tmp_path, text))
    corrected = guess.written.replace('"hallway": "hallway"', '"hallway": "hallway", "pasillo": "hallway"')
    read = read_reports(sheet(tmp_path, text), read_profile(corrected.encode(), "ours.yaml"))
    assert [told(each)["zone"] for each in read.reading.accounts] == ["hallway", "hallway"]


def test_both_ways_to_read_a_day_are_a_question(tmp_path: Path) -> None:
    guess = guess_mapping(sheet(tmp_path, "Date,Court\n5/6/2019,Queens Criminal Court\n"))
    asked = [column.ask for column in guess.columns if column.attribute == "date"]
    assert asked == ["month/day/year and day/month/year both fit: which is it?"]


TABLE = "id: x\nversion: 1\nname: x\nsource: x\nread_on: x\ntables:\n- name: t\n"


@pytest.mark.parametrize(
    ("table", "key", "problem"),
    [
        ("  columns: {d: {heading: D, knid: text}}", "tables[0]", "knid"),
        ("  columns: {d: {heading: D, kind: date, forms: [ymd]}}", "table t, d", "'ymd' is no form of a day"),
        ("  columns: {d: {heading: D, kind: code, codes: areaz}}", "table t, d", "no code list 'areaz'"),
        ("  columns: {d: {heading: D}, e: {heading: d}}", "table t, e", "the heading 'd' is that of d too"),
        ("  day: e\n  columns: {d: {heading: D}}", "table t, e", "no column of that name is kept"),
        ("  columns: {d: {heading: D, fact: weather}}", "table t, d", "'weather' is not in the vocabulary"),
        ("  columns: {d: {heading: D, fact: zone, values: {a: attic}}}", "table t, d", "'attic' is no code of zone"),
        ("  columns: {d: {heading: D}}\n  drop: {why: d}", "table t, drop", "'d' is kept and dropped"),
        ("  columns: {d: [", "line ", "not YAML"),
    ],
)
def test_a_wrong_profile_says_where_and_what(table: str, key: str, problem: str) -> None:
    with pytest.raises(ProfileError) as wrong:
        read_profile((TABLE + table).encode(), "ours.yaml")
    assert "ours.yaml" in str(wrong.value)
    assert key in str(wrong.value)
    assert problem in str(wrong.value)
    assert "nothing was imported" in str(wrong.value)
