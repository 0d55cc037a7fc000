"""Reports in parts: the same accounts as the sheet read whole, each on its own words; wrong cells named one by one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.facts import PartialDate
from portico.places import load_gazetteer, resolve
from portico.tables import ReportParts, TableError, find_profile, open_table, read_reports

HEADER = "Date,Time,Court,State,What Happened,Force Used,Name\n"
GOOD = "11/28/2017,1:05 PM,Brooklyn Criminal Court,NY,arrest,yes,Ines Vara\n"
WRONG_DAY = "31/11/2017,,Bronx Hall of Justice,NY,arrest,,Omar Quill\n"
WRONG_WORDS = "6/2/2019,25:00,Queens Criminal Court,NY,followed home,maybe,\n"
NO_EVENT = ",,,NY,arrest,,called back\n"
ROWS = (GOOD, WRONG_DAY, WRONG_WORDS, NO_EVENT, ",,,,,,\n")


def parts_of(path: Path, **options) -> ReportParts:
    return ReportParts(open_table(path), find_profile("reports"), **options)


def sheet(folder: Path, rows) -> Path:
    path = folder / "intake.csv"
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


@given(rows=st.lists(st.sampled_from(ROWS), min_size=1, max_size=12), each=st.integers(1, 5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_tell_what_the_sheet_tells_each_on_its_own_words(tmp_path, rows, each):
    path = sheet(tmp_path, [GOOD, *rows])
    whole, parts = read_reports(path), parts_of(path, rows_each=each)
    told = [
        [(c.attribute, c.value, c.any_of, part.text.words(c.spans[0])) for c in account.claims]
        for part in parts
        for account in part.reading.accounts
    ]
    assert told == [
        [(c.attribute, c.value, c.any_of, whole.text.words(c.spans[0])) for c in account.claims]
        for account in whole.reading.accounts
    ]
    assert parts.report == whole.report


def test_the_first_part_is_the_file_and_a_later_one_names_it_and_its_rows(tmp_path):
    path = sheet(tmp_path, [GOOD] * 5)
    first, second, third = parts_of(path, rows_each=2)
    assert first.original is None
    assert first.source.sha256 == open_table(path).sha256
    assert second.text.content.splitlines()[0] == f"{first.source.sha256}, from row 4"
    assert second.original == second.text.content.encode()
    assert [row.row for row in second.rows] == [4, 5]
    assert second.source.sha256 != third.source.sha256
    assert first.source.private
    assert second.source.private


def test_every_wrong_cell_is_named_and_its_row_can_be_skipped(tmp_path):
    path = sheet(tmp_path, [GOOD, WRONG_DAY, WRONG_WORDS])
    (part,) = parts_of(path, skip_wrong=True)
    assert [(each.row, each.column, each.text, each.reason) for each in part.wrong] == [
        (3, "Date", "31/11/2017", "not a day: read as month/day/year, the month would be 31"),
        (4, "Time", "25:00", "not a time of day"),
        (4, "Force Used", "maybe", "neither yes nor no"),
        (4, "What Happened", "followed home", "words that the mapping does not know"),
    ]
    assert [row.row for row in part.rows] == [2]
    parts = parts_of(path, skip_wrong=True)
    list(parts)
    (table,) = parts.report.tables
    assert (table.rows_stored, table.rows_rejected) == (1, 2)
    assert table.rejected[0].reason == "skipped as was chosen: a cell of it could not be read"


def test_a_wrong_cell_of_a_guarded_column_is_not_quoted(tmp_path):
    path = tmp_path / "ages.csv"
    path.write_text("Date,Court,Age\n5/14/2019,Queens Criminal Court,Omar\n", encoding="utf-8")
    (part,) = parts_of(path)
    assert [(each.column, each.text) for each in part.wrong] == [("Age", None)]


def test_a_profile_of_tables_makes_no_accounts(tmp_path):
    with pytest.raises(TableError, match=r"makes no accounts of reports\. Nothing of this import was stored"):
        list(ReportParts(open_table(sheet(tmp_path, [GOOD])), find_profile("ero-arrests")))


def test_a_place_looked_up_once_is_the_place_of_each_day(tmp_path):
    moved = [each for each in load_gazetteer().courthouses if each.opened or each.closed][:40]
    days = ("3/1/1995", "11/28/2017")
    rows = [f'{day},,"{each.name}",{each.state},arrest,,\n' for each in moved for day in days]
    (part,) = parts_of(sheet(tmp_path, rows), rows_each=1000)
    told = [next((c.value or c.any_of for c in a.about("courthouse_id")), None) for a in part.reading.accounts]
    asked = [
        resolve(each.name, each.state, on=PartialDate(day)) for each in moved for day in ("1995-03-01", "2017-11-28")
    ]
    ids = [tuple(one.courthouse.id for one in each.candidates) for each in asked]
    assert told == [each[0] if len(each) == 1 else each or None for each in ids]
