"""Duplicate judgements: one table, each publisher's figure; and the Deportation Data Project's layouts, rows by us."""

from pathlib import Path

import polars as pl
import pytest
from tests.tables.workbooks import sheet_xml, workbook

from portico.tables import Judgement, ProfileError, duplicate_rules, import_table, judge_duplicates, stored_tables

# As released: a workbook with six lines above the header, all columns.
RELEASED = [
    "Apprehension Date",
    "Apprehension State",
    "Apprehension County",
    "Apprehension AOR",
    "Final Program",
    "Final Program Group",
    "Apprehension Method",
    "Apprehension Criminality",
    "Case Status",
    "Case Category",
    "Departed Date",
    "Departure Country",
    "Final Order Yes No",
    "Final Order Date",
    "Birth Date",
    "Birth Year",
    "Citizenship Country",
    "Gender",
    "Apprehension Site Landmark",
    "Alien File Number",
    "EID Case ID",
    "EID Subject ID",
    "Unique Identifier",
]
# (identifier, time, method): a is three near in time and one later, b two just over a day apart, nobody has none
ROWS = [
    ("a", "2025-03-01 09:00:00", "Located"),
    ("a", "2025-03-01 21:00:00", "Located"),
    ("a", "2025-03-02 20:00:00", "Non-Custodial Arrest"),
    ("a", "2025-04-01 09:00:00", "Located"),
    ("b", "2025-03-01 09:00:00", "Located"),
    ("b", "2025-03-02 09:00:01", "Located"),
    ("", "2025-03-01 09:00:00", "Located"),
    ("", "2025-03-01 09:00:00", "Located"),
]


def released_row(identifier: str, at: str, method: str) -> list[str | None]:
    said = {
        "Apprehension Date": at,
        "Apprehension State": "NEW YORK",
        "Apprehension AOR": "New York City Area of Responsibility",
        "Apprehension Method": method,
        "Apprehension Criminality": "3 Other Immigration Violator",
        "Final Order Yes No": "NO",
        "Birth Year": "1990",
        "Gender": "Male",
        "Apprehension Site Landmark": "26 FEDERAL PLAZA NYC",
        "Alien File Number": "(b)(6), (b)(7)(C)",
        "Unique Identifier": identifier or None,
    }
    return [said.get(heading) for heading in RELEASED]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = {1: ["ERO Admin Arrests"], 7: list(RELEASED)} | {8 + at: released_row(*row) for at, row in enumerate(ROWS)}
    path = workbook(tmp_path / "arrests.xlsx", {"Admin Arrests": sheet_xml(rows)})
    import_table([path], "deportation-data-arrests", tmp_path / "tables")
    return tmp_path / "tables"


def judged(folder: Path, rule: str) -> Judgement:
    return judge_duplicates(folder, "deportation-data-arrests", "arrests", rule)


def test_the_released_layout_is_read(folder: Path) -> None:
    (path,) = stored_tables(folder, "deportation-data-arrests", "arrests")
    first = pl.read_parquet(path).row(0, named=True)
    assert (first["row"], str(first["day"]), str(first["apprehension_at"])) == (8, "2025-03-01", "2025-03-01 09:00:00")
    assert (first["area_of_responsibility"], first["final_order"]) == ("NYC", False)
    assert "birth_year" not in first


@pytest.mark.parametrize(
    ("rule", "flagged", "counted", "unjudged"),
    [
        ("none", 0, 8, 8),
        ("same-identifier-24h", 3, 5, 2),  # every one of the three near in time is flagged
        ("episodes", 2, 6, 2),  # the three are one episode
        ("key", 1, 7, 2),  # only two are alike in day, method, criminality and identifier
    ],
)
def test_each_rule_gives_its_figure(folder: Path, rule: str, flagged: int, counted: int, unjudged: int) -> None:
    found = judged(folder, rule)
    assert (found.rows, found.flagged, found.counted, found.unjudged) == (8, flagged, counted, unjudged)


def test_a_judgement_is_stored_beside_the_rows_under_its_name_and_version(folder: Path) -> None:
    before = {path: path.read_bytes() for path in stored_tables(folder, "deportation-data-arrests")}
    found = judged(folder, "same-identifier-24h")
    assert found.path.name == "arrests.same-identifier-24h-v1.parquet"
    rows = pl.read_parquet(found.path)
    assert rows.filter("flagged")["row"].to_list() == [8, 9, 10]
    assert rows.columns == ["file", "sheet", "row", "group", "flagged", "counts"]
    assert {path: path.read_bytes() for path in before} == before
    first = found.path.read_bytes()
    assert judged(folder, "same-identifier-24h").path.read_bytes() == first


def test_every_rule_says_what_it_means_and_whom_it_follows() -> None:
    assert [rule.name for rule in duplicate_rules()] == ["none", "same-identifier-24h", "episodes", "key"]
    assert all(rule.meaning and rule.follows and rule.version == 1 for rule in duplicate_rules())


def test_without_an_identifier_only_none_can_be_judged(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"no column that identifies a person.*may be distinct people"):
        judge_duplicates(tmp_path, "ero-arrests", "arrests", "episodes")
    with pytest.raises(ProfileError, match=r"no duplicate rule of this name.*none, same-identifier-24h, episodes, key"):
        judge_duplicates(tmp_path, "ero-arrests", "arrests", "guess")


PROCESSED = {
    "deportation-data-arrests": (
        "apprehension_date,apprehension_state,apprehension_aor,apprehension_method,apprehension_criminality,"
        "apprehension_site_landmark,unique_identifier,apprehension_date_time,duplicate_likely,birth_year,gender,"
        "file_original,sheet_original,row_original\n"
        "2025-03-01,NEW YORK,New York City Area of Responsibility,Located,1 Convicted Criminal,"
        "NYC COURT,abc,2025-03-01T09:30:00,FALSE,1990,Male,f.xlsx,Admin Arrests,8\n"
    ),
    "deportation-data-detainers": (
        "detainer_prepare_date,facility_state,facility_aor,detention_facility,detention_facility_code,facility_city,"
        "detainer_prep_threat_level,detainer_type,entry_status,msc_charge,unique_identifier,apprehension_date,felon\n"
        "2025-03-01,NEW YORK,New York City Area of Responsibility,QUEENS CENTRAL BOOKING,QUEENNY,QUEENS,1.0,I247A,"
        "PWA,Homicide,abc,2025-03-02 10:00:00,No\n"
    ),
    "deportation-data-detentions": (
        "stay_book_in_date_time,book_in_date_time,detention_facility,detention_facility_code,book_out_date_time,"
        "detention_release_reason,religion,ethnicity,bond_posted_amount,case_threat_level,book_in_aor,"
        "Anonymized Identifier,stay_ID\n"
        "2025-03-01 09:30:00,2025-03-01 09:30:00,VARICK STREET,VARICNY,,,CATHOLIC,X,7500.0,NA,"
        "New York City Area of Responsibility,abc,abc_2025\n"
    ),
}


@pytest.mark.parametrize("profile", PROCESSED)
def test_the_processed_layout_is_read(profile: str, tmp_path: Path) -> None:
    (tmp_path / "processed.csv").write_text(PROCESSED[profile])
    report = import_table([tmp_path / "processed.csv"], profile, tmp_path / "tables")
    (path,) = stored_tables(tmp_path / "tables", profile)
    row = pl.read_parquet(path).row(0, named=True)
    assert (report.rows_stored, report.needs_a_person) == (1, False)
    assert (str(row["day"]), row["unique_identifier"], row["area_of_responsibility"]) == ("2025-03-01", "abc", "NYC")
    kept = {column.heading for column in report.tables[0].columns}
    assert not kept & {"gender", "birth_year", "entry_status", "msc_charge", "felon", "religion", "ethnicity"}


def test_of_two_columns_for_one_thing_the_better_is_kept(tmp_path: Path) -> None:
    (tmp_path / "processed.csv").write_text(PROCESSED["deportation-data-arrests"])
    report = import_table([tmp_path / "processed.csv"], "deportation-data-arrests", tmp_path / "tables")
    (path,) = stored_tables(tmp_path / "tables", "deportation-data-arrests")
    assert str(pl.read_parquet(path)["apprehension_at"][0]) == "2025-03-01 09:30:00"
    dropped = {each.heading: each.because for each in report.tables[0].dropped}
    assert dropped["apprehension_date"] == "the same as apprehension_at, which another column gives better"
