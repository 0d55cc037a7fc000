"""Errors of a spreadsheet (#N/A, #REF!, …) in every kind of workbook: unreadable, with their words, never empty."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.binary_workbooks import ERRORS, ods, ods_of, xls, xlsb
from tests.tables.workbooks import sheet_xml, workbook

from portico.tables import ImportReport, TableError, import_table, open_table, stored_tables

DATA = Path(__file__).parent / "data"
HEADER = [
    "Area of Responsibility",
    "Apprehension Date",
    "Apprehension Method",
    "Apprehension Landmark",
    "Operation",
    "Processing Disposition",
]
ROW = ["Denver Area of Responsibility", "10/1/2015", "Located", "ELM COUNTY COURT", "x", "Other"]
READ_BESIDE = "Cells with an error, which the fast reader takes for empty, were read from the file itself"
Write = Callable[..., Path]
WRITERS: dict[str, Write] = {"xls": xls, "xlsb": xlsb, "ods": ods}


def imported(path: Path, folder: Path) -> tuple[ImportReport, pl.DataFrame]:
    report = import_table([path], "ero-arrests", folder / "tables")
    return report, pl.concat(map(pl.read_parquet, stored_tables(folder / "tables", "ero-arrests", "arrests")))


def lines(path: Path) -> list[list[str | None]]:
    """The rows as the first sheet has them, without empty cells at their ends."""
    (sheet,) = open_table(path).sheets
    rows = [list(row) for row in sheet.opening]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return rows


@pytest.mark.parametrize("name", ["errors.xls", "errors-5.xls", "errors.xlsb"])
def test_errors_of_a_workbook_that_another_program_wrote(name: str, tmp_path: Path) -> None:
    report, stored = imported(DATA / name, tmp_path)
    assert stored["row"].to_list() == [4, 5, 6, 7]
    area, day, method, landmark, operation, disposition = report.tables[0].columns
    assert [each.unreadable for each in report.tables[0].columns] == [1, 1, 2, 2, 2, 2]
    assert (area.blank, day.blank, method.blank, landmark.blank, disposition.blank) == (0, 0, 0, 0, 0)
    assert (operation.blank, operation.value) == (1, 1)
    assert stored["apprehension_landmark_is"].to_list() == ["value", "unreadable", "value", "unreadable"]
    assert stored["apprehension_landmark_text"].to_list() == [None, "#DIV/0!", None, "#DIV/0!"]
    assert stored["processing_disposition_text"].to_list() == [None, "#NAME?", "#GETTING_DATA", None]
    (why,) = landmark.unreadable_because
    assert (why.reason, why.count) == ("an error of the spreadsheet", 2)
    assert (why.samples[0].sheet, why.samples[0].row, why.samples[0].text) == ("Arrests", 5, "#DIV/0!")
    assert report.needs_a_person
    assert f"{READ_BESIDE}: 11." in report.files[0].notes


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "=#N/A", "=#NUM!"])
def test_an_error_is_unreadable_with_its_words(kind: str, error: str, tmp_path: Path) -> None:
    row = [*ROW[:3], error, None, error]
    report, stored = imported(WRITERS[kind](tmp_path / f"book.{kind}", [HEADER, ROW, row]), tmp_path)
    assert report.files[0].reader == "calamine"
    words = error.removeprefix("=")
    for name in ("apprehension_landmark", "processing_disposition"):
        assert stored[f"{name}_is"].to_list() == ["value", "unreadable"]
        assert stored[f"{name}_text"].to_list() == [None, words]
    assert stored["operation_is"].to_list() == ["value", "blank"]
    formula = error.startswith("=") or kind == "ods"
    assert any(note.startswith("Some cells are formulas") for note in report.files[0].notes) is formula


def test_errors_of_an_xlsx_are_in_the_notes_too(tmp_path: Path) -> None:
    row = [*ROW[:3], '<c t="e"><v>#REF!</v></c>', None, "Other"]
    report, _ = imported(workbook(tmp_path / "book.xlsx", {"Sheet 1": sheet_xml({1: HEADER, 2: row})}), tmp_path)
    assert report.files[0].notes == (f"{READ_BESIDE}: 1.",)


_CELL = st.sampled_from([None, *ERRORS, "=#N/A", "=#DIV/0!"]) | st.text("ABCé ", min_size=1, max_size=9).filter(
    str.strip
)
_GRID = st.lists(st.lists(_CELL, min_size=1, max_size=6), min_size=1, max_size=6)


@pytest.mark.parametrize("kind", [*WRITERS, "xlsb, short", "ods, spaced"])
@settings(max_examples=25, deadline=None)
@given(grid=_GRID)
def test_every_cell_comes_back_as_it_was_written(kind: str, grid: list[list[str | None]], tmp_path_factory) -> None:
    name, _, how = kind.partition(", ")
    ways: dict[str, dict[str, object]] = {"": {}, "short": {"short": True}, "spaced": {"between": "\n  "}}
    rows: list[list[str | None]] = [["x"], *grid]
    grid = [[cell and cell.strip() for cell in row] for row in rows]
    path = WRITERS[name](tmp_path_factory.mktemp("grid") / f"book.{name}", grid, **ways[how])
    wanted = [[cell and cell.removeprefix("=") for cell in row] for row in grid]
    for row in wanted:
        while row and row[-1] is None:
            row.pop()
    while not wanted[-1]:
        wanted.pop()
    assert lines(path)[: len(wanted)] == wanted


def test_cells_of_an_xlsb_that_are_written_short_are_not_passed_over(tmp_path: Path) -> None:
    report, stored = imported(xlsb(tmp_path / "book.xlsb", [HEADER, ROW, [*ROW[:5], "#N/A"]], short=True), tmp_path)
    assert report.files[0].reader == "calamine, on a copy whose cells say their columns"
    assert "The fast reader would pass over some of its cells, which do not say their columns." in report.files[0].notes
    assert stored["processing_disposition_is"].to_list() == ["value", "unreadable"]
    assert stored["apprehension_landmark"].to_list() == ["ELM COUNTY COURT"] * 2


def test_an_ods_with_spaces_between_its_cells_is_read(tmp_path: Path) -> None:
    report, stored = imported(ods(tmp_path / "book.ods", [HEADER, ROW, ["#N/A", *ROW[1:]]], between="\n "), tmp_path)
    assert report.files[0].reader == "calamine, on a copy without spaces between its cells"
    assert stored["area_of_responsibility_is"].to_list() == ["value", "unreadable"]


P = "<text:p>{}</text:p></table:table-cell>"
STRING = '<table:table-cell office:value-type="string">' + P
ERROR = 'office:value-type="string" office:string-value="" calcext:value-type="error">'


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        # OpenOffice, and Excel in another language, write a number and show the error.
        ('<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">' + P, "#DIV/0!"),
        (f'<table:table-cell table:formula="of:=X" {ERROR}{P}', "Err:502"),
        (f'<table:table-cell table:formula="of:=X" {ERROR}{P}', "#¿NOMBRE?"),
        (f'<table:table-cell table:formula="of:=X" {ERROR}{P}', "#NV"),
        (STRING, "#FIELD!"),
    ],
)
def test_errors_of_an_ods_however_they_are_written(cell: str, text: str, tmp_path: Path) -> None:
    row = [*ROW[:3], cell.format(text), *ROW[4:]]
    _, stored = imported(ods(tmp_path / "book.ods", [HEADER, row]), tmp_path)
    assert (stored["apprehension_landmark_is"][0], stored["apprehension_landmark_text"][0]) == ("unreadable", text)


def test_an_error_that_has_no_words_that_are_known_is_one_all_the_same(tmp_path: Path) -> None:
    cell = f'<table:table-cell table:formula="of:=X" {ERROR}{P.format("?")}'
    _, stored = imported(ods(tmp_path / "book.ods", [HEADER, [*ROW[:3], cell, *ROW[4:]]]), tmp_path)
    assert stored["apprehension_landmark_text"].to_list() == ["#UNKNOWN!"]


def test_a_comment_on_a_cell_is_no_error_of_it(tmp_path: Path) -> None:
    comment = "<office:annotation><text:p>#N/A</text:p></office:annotation>"
    cell = STRING.format("OAK COUNTY JAIL").replace("<text:p>", f"{comment}<text:p>", 1)
    path = ods(tmp_path / "book.ods", [HEADER, [*ROW[:3], cell, *ROW[4:]]])
    assert not open_table(path).notes


def test_a_formula_of_an_ods_without_a_result_is_not_taken_for_a_blank(tmp_path: Path) -> None:
    cell = '<table:table-cell table:formula="of:=SUM([.A1:.A9])"/>'
    report, stored = imported(ods(tmp_path / "book.ods", [HEADER, [*ROW[:3], cell, *ROW[4:]]]), tmp_path)
    assert stored["apprehension_landmark_is"].to_list() == ["unreadable"]
    assert any("1 of them have none" in note for note in report.files[0].notes)


def test_repeated_errors_of_an_ods_are_each_one(tmp_path: Path) -> None:
    cell = STRING.format("#N/A").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"', 1)
    row = "".join(STRING.format(each) for each in ROW[:4])
    more = f'<table:table-row table:number-rows-repeated="3">{row}{cell}</table:table-row>'
    _, stored = imported(ods(tmp_path / "book.ods", [HEADER], more=more), tmp_path)
    for name in ("operation", "processing_disposition"):
        assert stored[f"{name}_text"].to_list() == ["#N/A"] * 3


# What was made to take all memory, and what is broken


def refused(path: Path, says: str) -> None:
    with pytest.raises(TableError, match=says) as wrong:
        open_table(path)
    assert "Nothing of this import was stored" in str(wrong.value)


def test_a_cell_far_away_in_an_xlsb(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "book.xlsb", [HEADER, ROW], far=(1_048_575, 16_383))
    refused(path, r"as far as row 1,048,576 and column 16,384, .* save it as XLSX, which is read row by row")


def test_cells_of_an_ods_that_repeat_without_end(tmp_path: Path) -> None:
    far = STRING.format("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"', 1)
    more = f'<table:table-row table:number-rows-repeated="1048576">{far}</table:table-row>'
    refused(ods(tmp_path / "wide.ods", [HEADER], more=more), "as far as row 1,048,577 and column 16,384")
    errors = more.replace("<text:p>x", "<text:p>#N/A")
    refused(ods(tmp_path / "errors.ods", [HEADER], more=errors), "more than 1,000,000 of its cells hold errors")


def test_empty_cells_of_an_ods_that_fill_the_sheet_are_no_cells(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    more = f'<table:table-row table:number-rows-repeated="1048573">{empty}</table:table-row>'
    assert imported(ods(tmp_path / "book.ods", [HEADER, ROW], more=more), tmp_path)[0].rows_stored == 1


def test_passwords_of_an_xls_and_an_ods(tmp_path: Path) -> None:
    says = "the workbook is locked with a password.*save a copy without one"
    refused(xls(tmp_path / "book.xls", [HEADER, ROW], locked=True), says)
    refused(ods_of(tmp_path / "book.ods", "<<", "<manifest:encryption-data/>"), says)


def test_an_ods_that_declares_entities(tmp_path: Path) -> None:
    path = ods_of(tmp_path / "book.ods", "")
    with zipfile.ZipFile(path, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("content.xml", '<!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>')
    refused(path, r"the workbook is damaged \(a workbook's XML declares entities\)")


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
def test_a_broken_workbook_is_refused_wherever_it_breaks(kind: str, tmp_path: Path) -> None:
    whole = WRITERS[kind](tmp_path / f"book.{kind}", [HEADER, *[ROW] * 40]).read_bytes()
    for part in range(1, 12):
        path = tmp_path / f"cut.{kind}"
        path.write_bytes(whole[: len(whole) * part // 12])
        with pytest.raises(TableError):
            import_table([path], "ero-arrests", tmp_path / "tables")


def test_sectors_of_an_xls_that_run_in_a_circle(tmp_path: Path) -> None:
    path = xls(tmp_path / "book.xls", [HEADER, ROW])
    content = bytearray(path.read_bytes())
    content[512 + 4 * 5 : 512 + 4 * 6] = (2).to_bytes(4, "little")
    path.write_bytes(content)
    refused(path, r"the workbook is damaged \(its sectors run in a circle\)")
