"""Files as they should not be: each is read right, or refused with where, what, what is safe and what to do."""

import gzip
import zipfile
from pathlib import Path

import polars as pl
import pytest
from tests.tables.workbooks import sheet_xml, workbook

from portico.tables import ImportReport, TableError, import_reports, import_table, stored_tables

HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition|Birth Date|Citizenship|Gender"
)
ROW = "Denver Area of Responsibility|10/1/2015|Located|EL PASO COUNTY COURT HOUSE||Other|(B)(6)|X|Male"
COLUMNS = HEADER.split("|")


def written(folder: Path, text: str | bytes, name: str = "arrests.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def arrests(folder: Path, text: str | bytes, name: str = "arrests.csv") -> ImportReport:
    return import_table([written(folder, text, name)], "ero-arrests", folder / "tables")


def refused(folder: Path, text: str | bytes, name: str = "arrests.csv") -> str:
    """The message, after seeing that nothing was stored."""
    with pytest.raises(TableError) as wrong:
        arrests(folder, text, name)
    assert not import_reports(folder / "tables")
    assert not stored_tables(folder / "tables", "ero-arrests")
    message = str(wrong.value)
    assert message.startswith(name)
    assert "Nothing of this import was stored; what was imported before is unchanged." in message
    return message


def table(folder: Path) -> pl.DataFrame:
    return pl.concat(pl.read_parquet(path) for path in stored_tables(folder / "tables", "ero-arrests", "arrests"))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"^gone.csv: it could not be opened \(No such file or directory\)"):
        import_table([tmp_path / "gone.csv"], "ero-arrests", tmp_path / "tables")


def test_an_empty_file(tmp_path: Path) -> None:
    assert "it is empty" in refused(tmp_path, b"")


def test_a_file_of_another_profile_says_which(tmp_path: Path) -> None:
    text = "Event Area of Responsibility|Event Date|Landmark\nDenver Area of Responsibility|1/2/2016|JAIL\n"
    message = refused(tmp_path, text)
    assert "no header of the profile ero-arrests in its first 2 rows" in message
    assert "it looks for 'Area of Responsibility', 'Apprehension Date'" in message
    assert "The file fits the profile ero-encounters." in message


def test_a_renamed_column_is_named_with_the_likely_one(tmp_path: Path) -> None:
    message = refused(tmp_path, f"{HEADER.replace('Apprehension Date', 'Apprehension Dt')}\n{ROW}\n")
    assert (
        "arrests.csv, row 1: the header of table arrests lacks 'Apprehension Date' (is it 'Apprehension Dt'?)"
        in message
    )
    assert "add its heading to the profile" in message


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    message = refused(tmp_path, HEADER.replace("|Apprehension Landmark", "") + "\n")
    assert "lacks 'Apprehension Landmark'" in message


def test_a_gzip_that_breaks_off(tmp_path: Path) -> None:
    whole = gzip.compress(f"{HEADER}\n{ROW}\n".encode() + (ROW + "\n").encode() * 5000)
    message = refused(tmp_path, whole[: len(whole) // 2], "arrests.csv.gz")
    assert "it breaks off before its end" in message
    assert "get the file again" in message


def test_a_damaged_gzip(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(f"{HEADER}\n{ROW}\n".encode() * 1000))
    whole[40:60] = bytes(20)
    assert "its compressed text is damaged" in refused(tmp_path, bytes(whole), "arrests.csv.gz")


def test_a_gzip_that_grows_without_end(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    one = gzip.compress(b"\n" * (32 << 20))
    path.write_bytes(gzip.compress(f"{HEADER}\n{ROW}\n".encode()) + one * 4)
    with pytest.raises(TableError, match="grows to more than 400 times its size"):
        import_table([path], "ero-arrests", tmp_path / "tables")


def test_a_picture_is_no_table(tmp_path: Path) -> None:
    assert "neither a text nor a workbook" in refused(tmp_path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "scan.csv")


def test_a_day_that_cannot_be_is_unreadable_and_named(tmp_path: Path) -> None:
    report = arrests(tmp_path, f"{HEADER}\n{ROW}\n{ROW.replace('10/1/2015', '31/11/2017')}\n")
    assert (report.rows_stored, report.needs_a_person) == (2, True)
    date = report.tables[0].columns[1]
    (why,) = date.unreadable_because
    assert (date.value, date.unreadable, why.reason) == (
        1,
        1,
        "not a day: read as month/day/year, the month would be 31",
    )
    sample = why.samples[0]
    assert (sample.row, sample.column, sample.text) == (3, "Apprehension Date", "31/11/2017")
    assert table(tmp_path)["apprehension_date_text"].to_list() == ["10/1/2015", "31/11/2017"]


def test_mixed_types_in_one_column_are_each_what_they_are(tmp_path: Path) -> None:
    cells = ["10/1/2015", "2016-02-29", "42370", "", "(b)(6)", "01/01/0001", "#REF!", "soon"]
    lines = "".join(ROW.replace("10/1/2015", each) + "\n" for each in cells)
    arrests(tmp_path, f"{HEADER}\n{lines}")
    states = table(tmp_path)["apprehension_date_is"].to_list()
    assert states == ["value", "value", "unreadable", "blank", "redacted", "sentinel", "unreadable", "unreadable"]


def test_rows_of_another_length_are_rejected_and_the_rest_stored(tmp_path: Path) -> None:
    report = arrests(tmp_path, f"{HEADER}\n{ROW}\n{ROW}|more|cells\nonly|three|cells\n{ROW}\n")
    assert (report.rows_in, report.rows_stored, report.rows_rejected) == (4, 2, 2)
    assert {why.reason: why.samples[0].row for why in report.tables[0].rejected} == {
        "11 cells where the header has 9": 3,
        "3 cells where the header has 9": 4,
    }
    assert table(tmp_path)["row"].to_list() == [2, 5]


def test_a_header_without_rows_is_no_import(tmp_path: Path) -> None:
    assert "row 1: the header is there, but no row could be stored" in refused(tmp_path, HEADER + "\n")


@pytest.mark.parametrize("rows", [9, 3000])
def test_a_quotation_that_is_never_closed_takes_its_own_row_only(rows: int, tmp_path: Path) -> None:
    opened = ROW.replace("EL PASO", '"EL PASO')
    report = arrests(tmp_path, f"{HEADER}\n{ROW}\n{opened}\n" + f"{ROW}\n" * rows)
    (why,) = report.tables[0].rejected
    assert (report.rows_stored, why.count, why.reason) == (rows + 1, 1, "a quotation that is not closed")
    assert (why.samples[0].row, why.samples[0].text) == (3, opened)


def test_a_mark_of_inches_is_no_quotation(tmp_path: Path) -> None:
    arrests(tmp_path, f"{HEADER}\n{ROW.replace('EL PASO', 'THE 5' + chr(34) + ' INN')}\n{ROW}\n")
    assert table(tmp_path)["apprehension_landmark"][0] == 'THE 5" INN COUNTY COURT HOUSE'


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_of_byte_order_and_line_ends(encoding: str, end: str, tmp_path: Path) -> None:
    report = arrests(tmp_path, f"{HEADER}\n{ROW}\n".replace("\n", end).replace("EL PASO", "CAÑON").encode(encoding))
    assert report.rows_stored == 1
    assert table(tmp_path)["apprehension_landmark"][0] == "CAÑON COUNTY COURT HOUSE"


def test_a_semicolon_table_in_latin_1(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROW}\n".replace("|", ";").replace("EL PASO", "CAÑON CITY").encode("latin-1")
    report = arrests(tmp_path, text)
    assert report.files[0].reader == "text with semicolons"
    assert any("Latin-1" in note for note in report.files[0].notes)
    assert table(tmp_path)["apprehension_landmark"].to_list() == ["CAÑON CITY COUNTY COURT HOUSE"]


def test_commas_and_line_ends_inside_cells(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROW}\n".replace("|", ",").replace("EL PASO COUNTY COURT HOUSE", '"COURT, THE ""OLD""\nONE"')
    arrests(tmp_path, text)
    assert table(tmp_path)["apprehension_landmark"].to_list() == ['COURT, THE "OLD" ONE']


def test_a_header_in_the_middle_under_titles_and_again_below(tmp_path: Path) -> None:
    titles = "For Official Use Only||||||||\n" * 57
    report = arrests(tmp_path, f"{titles}{HEADER}\n{ROW}\n{HEADER}\n{ROW}\nSource: ICE||||||||\n||||||||\n\n")
    done = report.tables[0]
    assert (done.header_row, done.rows_stored, done.blank_rows) == (58, 2, 2)
    assert {why.reason.split(":")[0]: why.count for why in done.rejected} == {
        "the header again": 1,
        "words in one cell that are no value of its column": 1,
    }
    assert table(tmp_path)["row"].to_list() == [59, 61]


def test_a_column_of_one_sentinel_says_so(tmp_path: Path) -> None:
    row = ROW.replace("||Other", "|--|Other")
    column = arrests(tmp_path, f"{HEADER}\n{row}\n{row}\n").tables[0].columns[4]
    assert (column.attribute, column.says_nothing, column.sentinel, column.always) == ("operation", True, 2, "--")


def test_identical_rows_stay(tmp_path: Path) -> None:
    assert arrests(tmp_path, f"{HEADER}\n" + f"{ROW}\n" * 40).rows_stored == 40


def test_ten_million_blank_lines_are_passed_over(tmp_path: Path) -> None:
    report = arrests(tmp_path, f"{HEADER}\n{ROW}\n".encode() + b"\n" * 10_000_000 + b"||||||||\n" * 200_000)
    assert (report.rows_stored, report.tables[0].blank_rows) == (1, 10_200_000)


def test_names_numbers_and_births_are_dropped_whatever_the_profile_says(tmp_path: Path) -> None:
    text = f"{HEADER}|Alien File Number|Officer Name|Shoe Size\n{ROW}|A012|J. Doe|42\n"
    report = arrests(tmp_path, text)
    assert {each.heading for each in report.tables[0].dropped} == {
        *("Birth Date", "Citizenship", "Gender", "Alien File Number", "Officer Name", "Shoe Size")
    }
    everything = b"".join(path.read_bytes() for path in (tmp_path / "tables").rglob("*") if path.is_file())
    for words in (b"A012", b"J. Doe"):
        assert words not in everything
    assert not {"gender", "citizenship", "alien_file_number"} & set(table(tmp_path).columns)


# Workbooks


DATES: dict[int, list[str | None]] = {
    1: [*COLUMNS],
    2: ["Denver Area of Responsibility", '<c s="1"><v>42278</v></c>', "Located", "A COURT", None, "Other"],
}


def book(folder: Path, xml: str, extra: dict[str, bytes] | None = None, name: str = "book.xlsx") -> Path:
    return workbook(folder / name, {"Sheet 1": xml}, extra)


def imported(folder: Path, path: Path) -> ImportReport:
    return import_table([path], "ero-arrests", folder / "tables")


def test_a_workbook_keeps_days_and_row_numbers(tmp_path: Path) -> None:
    report = imported(tmp_path, book(tmp_path, sheet_xml({1: ["Title"], 6: COLUMNS, 9: DATES[2]})))
    assert (report.tables[0].header_row, report.tables[0].sheet, report.files[0].reader) == (6, "Sheet 1", "calamine")
    assert table(tmp_path).select("row", "apprehension_date").rows()[0][0] == 9
    assert str(table(tmp_path)["apprehension_date"][0]) == "2015-10-01"


@pytest.mark.parametrize("stated", ["1:4096", "A1:", "XFD1048576:A1"])
def test_a_sheet_that_states_its_size_wrongly_is_read_and_said(tmp_path: Path, stated: str) -> None:
    xml = sheet_xml(DATES, before=f'<dimension ref="{stated}"/>')
    report = imported(tmp_path, book(tmp_path, xml))
    assert report.rows_stored == 1
    assert str(table(tmp_path)["apprehension_date"][0]) == "2015-10-01"


def test_a_cell_far_away_does_not_take_all_memory(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    xml = sheet_xml(DATES).replace("</sheetData>", far + "</sheetData>")
    report = imported(tmp_path, book(tmp_path, xml))
    assert report.files[0].reader == "the plain reader"
    assert report.rows_stored + report.tables[0].blank_rows == report.tables[0].rows_in == 1_048_575


def test_an_error_of_the_spreadsheet_is_unreadable(tmp_path: Path) -> None:
    row = [*DATES[2][:3], '<c t="e"><v>#REF!</v></c>', None, "Other"]
    report = imported(tmp_path, book(tmp_path, sheet_xml({1: COLUMNS, 2: row})))
    (why,) = report.tables[0].columns[3].unreadable_because
    assert (why.reason, why.samples[0].row, why.samples[0].text) == ("an error of the spreadsheet", 2, "#REF!")


def test_a_formula_gives_the_result_that_the_file_holds(tmp_path: Path) -> None:
    held = '<c t="str"><f>A1&amp;"X"</f><v>A COURT</v></c>'
    report = imported(tmp_path, book(tmp_path, sheet_xml({1: COLUMNS, 2: [*DATES[2][:3], held, None, "Other"]})))
    assert table(tmp_path)["apprehension_landmark"].to_list() == ["A COURT"]
    assert "Some cells are formulas; the results that the file holds were read." in report.files[0].notes


def test_a_formula_without_a_result_is_not_taken_for_a_blank(tmp_path: Path) -> None:
    lost = "<c ><f>SUM(A1:A9)</f></c>"
    report = imported(tmp_path, book(tmp_path, sheet_xml({1: COLUMNS, 2: [*DATES[2][:3], lost, None, "Other"]})))
    (why,) = report.tables[0].columns[3].unreadable_because
    assert why.reason == "a formula whose result the file does not hold"
    assert any("1 of them have none" in note for note in report.files[0].notes)


def test_macros_are_not_run_and_said(tmp_path: Path) -> None:
    report = imported(tmp_path, book(tmp_path, sheet_xml(DATES), {"xl/vbaProject.bin": b"\0"}, "book.xlsm"))
    assert "The workbook has macros; they were not run." in report.files[0].notes


def test_merged_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    xml = sheet_xml(
        {1: ["A title", None, None], 2: COLUMNS, 3: DATES[2]}, after='<mergeCells><mergeCell ref="A1:I1"/></mergeCells>'
    )
    assert imported(tmp_path, book(tmp_path, xml)).tables[0].header_row == 2


def test_cells_beside_the_table_and_columns_without_a_heading_are_counted(tmp_path: Path) -> None:
    header = [*COLUMNS[:6], None, *COLUMNS[6:]]
    row = [*DATES[2], "?", "(b)(6)", "X", "Male", None, "a note beside the table"]
    report = imported(tmp_path, book(tmp_path, sheet_xml({1: header, 2: row})))
    dropped = {each.because: (each.heading, each.cells) for each in report.tables[0].dropped}
    assert dropped["not in the profile"] == ("column 7, without a heading", 1)
    assert dropped["right of the header's last cell"] == ("", 1)
    assert report.rows_stored == 1


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = book(tmp_path, sheet_xml(DATES), {"xl/media/big.xml": b" " * (70 << 20)})
    assert path.stat().st_size < 1 << 20
    with pytest.raises(TableError, match=r"unpacked it would have 73,\d{3},\d{3} bytes .* was not unpacked"):
        imported(tmp_path, path)


def test_a_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    path = book(tmp_path, sheet_xml(DATES), {"xl/media/big.xml": b"x" * 100_000})
    lie = path.read_bytes().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(lie)
    with pytest.raises(TableError, match="the workbook is damaged"):
        imported(tmp_path, path)


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    path = book(tmp_path, sheet_xml(DATES))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(TableError, match="the workbook is damaged"):
        imported(tmp_path, path)


def test_a_password(tmp_path: Path) -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    path = written(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name + bytes(4096), "locked.xlsx")
    with pytest.raises(TableError, match=r"^locked.xlsx: the workbook is locked .* save a copy without one"):
        import_table([path], "ero-arrests", tmp_path / "tables")


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    xml = sheet_xml(DATES, before='<dimension ref="1:9"/>').replace(
        "<worksheet", '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet', 1
    )
    far = xml.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    with pytest.raises(TableError, match="declares entities"):
        imported(tmp_path, book(tmp_path, far))


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("readme.txt", "no workbook")
    with pytest.raises(TableError, match=r"archive.xlsx: no reader can read it.*export its sheets as CSV"):
        imported(tmp_path, path)
