"""The real tables as stored: no row lost, every cell accounted for, the totals that were published.

Figures that others printed stand in `portico/counting/published`; `tests/cli/test_cli_reproduce.py` compares them all.
"""

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from portico.counting.published import publications
from portico.tables import ImportReport, import_table, open_table, stored_tables
from portico.tables.plain_workbook import PlainWorkbook

GOVERNMENT = Path(__file__).parents[2].parent / "shared" / "data" / "government"

pytestmark = pytest.mark.skipif(not GOVERNMENT.is_dir(), reason="the released government files are not here")

FIGURES = {figure.id: figure for each in publications() for figure in each.figures}
Imported = tuple[ImportReport, Path]


def imported(pattern: str, profile: str, folder: Path) -> Imported:
    return import_table(sorted(GOVERNMENT.glob(pattern)), profile, folder), folder


def rows(done: Imported, table: str) -> pl.DataFrame:
    report, folder = done
    return pl.concat(pl.read_parquet(path) for path in stored_tables(folder, report.profile, table))


@pytest.fixture(scope="module")
def arrests(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return imported("ero-arrests-fy*.csv.gz", "ero-arrests", tmp_path_factory.mktemp("arrests"))


@pytest.fixture(scope="module")
def removals(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return imported("ice-removals-fy*.csv.gz", "ice-removals", tmp_path_factory.mktemp("removals"))


@pytest.fixture(scope="module")
def seattle(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return imported("seattle-uw-v-dhs*.xlsx", "seattle-uw-v-dhs", tmp_path_factory.mktemp("seattle"))


def test_every_row_of_the_arrest_files_is_stored(arrests: Imported) -> None:
    report, _ = arrests
    by_file = {file.name[12:18]: file.tables[0].rows_stored for file in report.files}
    printed = {f"fy{year}": FIGURES[f"ice-arrests-fy{year}"].total for year in (2016, 2017, 2018)}
    assert by_file == {**printed, "fy2019": 131_904}
    assert (report.rows_in, report.rows_rejected) == (544_059, 0)


def test_identical_rows_are_distinct_people(arrests: Imported) -> None:
    stored = rows(arrests, "arrests")
    attributes = [name for name in stored.columns if name not in ("file", "sheet", "row")]
    lost = stored.height - stored.select(attributes).unique().height
    assert lost > 80_866  # with citizenship and sex, which are not stored, the README's 80,866 rows are identical
    assert stored.height == 544_059


def test_every_cell_is_accounted_for(arrests: Imported, removals: Imported, seattle: Imported) -> None:
    for report, _ in (arrests, removals, seattle):
        for table in report.tables:
            assert table.rows_in == table.rows_stored + table.rows_rejected + table.blank_rows
            for column in table.columns:
                cells = column.value + column.redacted + column.blank + column.sentinel + column.unreadable
                assert cells == table.rows_stored, column
            assert all(column.cells == table.rows_stored for column in table.dropped)


def test_a_redacted_operation_is_not_a_blank_one(arrests: Imported) -> None:
    columns = [column for table in arrests[0].tables for column in table.columns if column.attribute == "operation"]
    assert sum(column.redacted for column in columns) == 117_238
    assert sum(column.blank for column in columns) == 426_691
    assert sum(column.sentinel for column in columns) == 130


def test_every_removal_is_stored(removals: Imported) -> None:
    assert (removals[0].rows_stored, removals[0].rows_rejected) == (FIGURES["uwchr-removals"].total, 0)


def test_rows_without_an_area_stay(arrests: Imported) -> None:
    stored = rows(arrests, "arrests")
    by_day_and_area = FIGURES["uwchr-arrests-by-day-and-area"].fingerprint
    assert by_day_and_area
    assert stored["area_of_responsibility"].count() == by_day_and_area.total
    of_2016 = stored.filter(pl.col("apprehension_date").dt.offset_by("3mo").dt.year() == 2016)
    counted = dict(of_2016.group_by("area_of_responsibility_text").len().rows())
    assert (counted[None], counted["HQ Area of Responsibility"]) == (272, 12)


def test_the_workbook_of_six_sheets_gives_its_own_totals(seattle: Imported) -> None:
    stored = {table.table: table.rows_stored for table in seattle[0].tables}
    assert stored["arrests"] == 32_549
    assert stored["book_ins"] == 36_811
    assert (stored["expedited_removals"], stored["other_removals"]) == (6_529, 20_384)
    summary = rows(seattle, "summary_removals")  # its years are compared by `portico reproduce`
    assert (summary["expedited_removals"].sum(), summary["other_removals"].sum()) == (6_529, 20_384)
    assert [rows(seattle, f"summary_{table}").height for table in ("arrests", "book_ins", "removals")] == [8, 8, 8]


def test_a_workbook_reads_as_its_publisher_converted_it(seattle: Imported) -> None:
    with gzip.open(GOVERNMENT / "expected-seattle-arrests-sheet-as-csv.csv.gz", "rt") as lines:
        converted = list(csv.reader(lines, delimiter="|"))[7:]
    stored = rows(seattle, "arrests")
    assert len(converted) == stored.height
    got = stored.select(
        pl.col("apprehension_date").dt.strftime("%-m/%-d/%Y"),
        *(pl.coalesce(f"{name}_text", name).fill_null("") for name in ("apprehension_landmark", "apprehension_method")),
        pl.col("most_serious_conviction").fill_null(""),
    ).rows()
    wanted: Sequence[tuple[str, ...]] = [(row[0], row[5], row[6], row[7]) for row in converted]
    differ = [(a, b) for a, b in zip(got, wanted, strict=True) if a != b]
    assert len(differ) == 13
    assert all(a[0] == b[0] and a[2:] == b[2:] for a, b in differ)  # landmarks only, as the README says


def test_rows_say_where_they_stand(seattle: Imported) -> None:
    first = rows(seattle, "arrests").row(0, named=True)
    assert (first["sheet"], first["row"]) == ("Arrests", 8)
    assert first["file"] == "cb4ad7e0426550b6b20b5d9c79837e38459e61b14e22cc1c6dc784ab8d25110c"
    assert first["event_number"] is None
    assert (first["event_number_is"], first["event_number_text"]) == ("redacted", "(b)(7)e)")


def test_statute_citations_are_values(seattle: Imported) -> None:
    cited = rows(seattle, "other_removals").filter(
        pl.col("most_serious_conviction").cast(pl.String).str.contains("101(a)(43)", literal=True)
    )
    assert cited.height >= 608
    assert set(cited["most_serious_conviction_is"]) == {"value"}


def test_the_workbook_that_breaks_the_fast_reader_is_read_and_says_so(tmp_path: Path) -> None:
    report, _ = imported("seattle-cap-2018*.xlsx", "seattle-cap-2018", tmp_path)
    stored = {(table.sheet): table.rows_stored for table in report.tables}
    assert stored == {
        "FY2018 Arrests": 1_410,
        "FY2018 Encounters": 7_829,
        "FY2018 Removals": 1_267,
        "FY2017 Arrests": 2_656,
        "FY2017 Encounters": 11_712,
        "FY2017 Removals": 1_917,
    }
    assert "copy" in report.files[0].reader
    assert any("fast reader could not read it" in note for note in report.files[0].notes)
    sentinels = [
        column.sentinel
        for table in report.tables
        for column in table.columns
        if table.table == "removals" and column.attribute == "apprehension_date"
    ]
    assert sentinels == [13, 12]


def test_the_plain_reader_reads_the_same_cells_as_the_fast_one() -> None:
    path = GOVERNMENT / "seattle-cap-2018-icfo-36170-fy2017-2018.xlsx"
    plain, fast = PlainWorkbook(path), open_table(path)
    assert list(plain.sheets) == [sheet.name for sheet in fast.sheets]
    for sheet in fast.sheets[:1]:
        for number, row in plain.rows(sheet.name):
            if number <= len(sheet.opening):
                there = {at: cell for at, cell in enumerate(sheet.opening[number - 1]) if cell}
                assert {at: cell for at, cell in row.items() if cell} == there


@pytest.mark.parametrize(
    ("pattern", "profile", "expected"),
    [("ero-encounters-fy*.gz", "ero-encounters", 1_204_932), ("i213-*.gz", "seattle-i213", 10_962)],
)
def test_every_row_of_the_other_files_is_stored(pattern: str, profile: str, expected: int, tmp_path: Path) -> None:
    report, _ = imported(pattern, profile, tmp_path)
    assert (report.rows_stored, report.rows_rejected) == (expected, 0)
