"""Imports hold what they promise: whole or not at all, once, the same bytes; and every cell is one of five things."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.tables import (
    CellState,
    ProfileError,
    TableError,
    find_profile,
    import_reports,
    import_table,
    open_table,
    profiles,
    stored_tables,
    undo_import,
)
from portico.tables.cell import is_redacted, judge

HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition|Birth Date|Citizenship|Gender\n"
)


def a_file(folder: Path, rows: int = 300, name: str = "arrests.csv", seed: int = 1) -> Path:
    chance = random.Random(seed)
    areas = ("Denver", "Boston", "New York City")
    places = ("KINGS COUNTY JAIL", "ESSEX COUNTY COURT", "", "(b)(7)(E)", "  FUG  OPS ")
    lines = (
        f"{chance.choice(areas)} Area of Responsibility|{chance.randint(1, 12)}/{chance.randint(1, 30)}/2017|Located|"
        f"{chance.choice(places)}||Other|(b)(6)|X|Male\n"
        for _ in range(rows)
    )
    path = folder / name
    path.write_text(HEADER + "".join(lines))
    return path


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a folder of tables, but what an import that was killed has left beside."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".staged" not in str(path))
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_an_import_twice_is_once(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    first = import_table([file], "ero-arrests", tmp_path / "tables")
    before = everything(tmp_path / "tables")
    again = import_table([file, file], "ero-arrests", tmp_path / "tables")
    assert (first.already, again.already) == (False, True)
    assert again.rows_stored == 300
    assert everything(tmp_path / "tables") == before


def test_the_same_files_give_the_same_bytes_in_any_order_and_any_place(tmp_path: Path) -> None:
    one, two = a_file(tmp_path, name="one.csv"), a_file(tmp_path, name="two.csv", seed=2)
    import_table([one, two], "ero-arrests", tmp_path / "a")
    import_table([two, one], "ero-arrests", tmp_path / "b")
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_a_file_in_two_imports_counts_once(tmp_path: Path) -> None:
    one, two = a_file(tmp_path, name="one.csv"), a_file(tmp_path, name="two.csv", seed=2)
    import_table([one], "ero-arrests", tmp_path / "tables")
    import_table([one, two], "ero-arrests", tmp_path / "tables")
    stored = stored_tables(tmp_path / "tables", "ero-arrests", "arrests")
    assert sum(pl.read_parquet(path).height for path in stored) == 600


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    dry = import_table([file], "ero-arrests", tmp_path / "tables", dry_run=True)
    assert not (tmp_path / "tables").exists()
    wet = import_table([file], "ero-arrests", tmp_path / "tables")
    assert dry.files == wet.files
    assert dry.to_json()["rows_stored"] == 300


def test_an_import_is_undone_as_one_and_leaves_the_others(tmp_path: Path) -> None:
    one, two = a_file(tmp_path, name="one.csv"), a_file(tmp_path, name="two.csv", seed=2)
    kept = import_table([one], "ero-arrests", tmp_path / "tables")
    before = everything(tmp_path / "tables")
    both = import_table([one, two], "ero-arrests", tmp_path / "tables")
    undo_import(tmp_path / "tables", both.id)
    assert everything(tmp_path / "tables") == before
    assert [report.id for report in import_reports(tmp_path / "tables")] == [kept.id]
    with pytest.raises(TableError, match=r"no finished import of this id. Nothing was changed"):
        undo_import(tmp_path / "tables", both.id)


_RUN = "import sys; from portico.tables import import_table; import_table(sys.argv[2:], 'ero-arrests', sys.argv[1])"


def test_killed_at_random_it_counts_for_nothing_and_runs_again_to_the_same_bytes(tmp_path: Path) -> None:
    files = [a_file(tmp_path, 4000, f"{number}.csv", number) for number in range(3)]
    import_table(files, "ero-arrests", tmp_path / "whole")
    chance = random.Random(20171128)
    killed = tmp_path / "killed"
    for _ in range(8):
        run = subprocess.Popen([sys.executable, "-c", _RUN, str(killed), *map(str, files)])
        time.sleep(0.25 + chance.random() * 0.5)
        run.send_signal(signal.SIGKILL)
        run.wait()
        counted = stored_tables(killed, "ero-arrests")
        assert len(counted) in (0, 3)
        if counted:
            break
    import_table(files, "ero-arrests", killed)
    assert everything(killed) == everything(tmp_path / "whole")


@pytest.mark.parametrize("step", range(12))
def test_failing_at_any_step_of_the_commit_nothing_counts(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rename is made to fail once, as a full disk or a crash would."""
    files = [a_file(tmp_path, 50, f"{number}.csv", number) for number in range(3)]
    import_table(files, "ero-arrests", tmp_path / "whole")
    calls: Iterator[int] = iter(range(100))
    real = Path.replace

    def failing(self: Path, target: str | os.PathLike[str]) -> Path:
        if next(calls) == step:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    try:
        import_table(files, "ero-arrests", tmp_path / "broken")
    except OSError:
        assert not stored_tables(tmp_path / "broken", "ero-arrests")
        assert not import_reports(tmp_path / "broken")
    monkeypatch.setattr(Path, "replace", real)
    import_table(files, "ero-arrests", tmp_path / "broken")
    assert everything(tmp_path / "broken") == everything(tmp_path / "whole")


def test_two_imports_into_one_folder_wait_for_each_other(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    folder = tmp_path / "tables"

    def meanwhile(name: str, rows: int) -> None:
        with pytest.raises(TableError, match="another import into this folder is running"):
            import_table([file], "ero-arrests", folder)

    assert import_table([file], "ero-arrests", folder, progress=meanwhile).rows_stored == 300


def test_progress_tells_rows_as_they_are_read(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    file = a_file(tmp_path)
    import_table([file], "ero-arrests", tmp_path / "tables", progress=lambda name, rows: told.append((name, rows)))
    assert told == [("arrests.csv", 300)]


def test_open_table_shows_the_sheets_and_their_first_rows(tmp_path: Path) -> None:
    file = open_table(a_file(tmp_path))
    assert (file.name, file.reader, [sheet.name for sheet in file.sheets]) == ("arrests.csv", "text with bars", [""])
    assert list(file.sheets[0].opening[0])[:2] == ["Area of Responsibility", "Apprehension Date"]


def test_every_profile_that_comes_along_can_be_used() -> None:
    assert [profile.id for profile in profiles()] == sorted(profile.id for profile in profiles())
    for profile in profiles():
        assert find_profile(profile.id) is profile  # a file is named for its profile
        assert profile.source
        assert date.fromisoformat(profile.read_on) <= date(2026, 11, 24)
        for table in profile.tables:
            assert table.required, (profile.id, table.name)


def test_no_profile_keeps_what_the_default_list_drops() -> None:
    from portico.tables.lists import dropped_by_default
    from portico.tables.names import plain_name

    for profile in profiles():
        if profile.into == "tables":
            kept = {plain_name(each) for table in profile.tables for c in table.columns.values() for each in c.headings}
            assert not kept & set(dropped_by_default()), profile.id


def test_an_unknown_profile_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"no profile of this name.*There are: deportation-data-arrests, "):
        import_table([a_file(tmp_path)], "ero-arests", tmp_path / "tables")


@pytest.mark.parametrize(
    "text",
    [
        *("(B)(6);(B)(7)(C) ", "(B)(7)(E) ", "(b)(6),(b)(7)c)", "(b)(7)e)", "(b)(7)(E )", "(b)(6),(b)(7)(c )"),
        *("(b)(6), (b)(7)(c)", "b(6), b(7)(c)", "(B)(3)", "[REDACTED ADDRESS]", "(b)(6), (b)(7)(c) (b)(7)(e)"),
    ],
)
def test_a_redaction_in_any_spelling(text: str) -> None:
    assert is_redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        *("101(a)(43)(B)", "Illegal Entry (INA SEC.101(a)(43)(O), 8USC1325 only)", "237a1B", "212a9CiII", "B6", "b"),
        *("[8C] Excludable / Inadmissible", "VWP with I-863 (Refer to IJ)", "(b)(6) COURTHOUSE", "BLDG (B)", "B(EAST)"),
    ],
)
def test_a_statute_or_a_name_is_no_redaction(text: str) -> None:
    assert not is_redacted(text)


COLUMNS = [column for profile in profiles() for table in profile.tables for column in table.columns.values()]


@settings(max_examples=150, deadline=None)
@given(text=st.none() | st.text(max_size=40) | st.from_regex(r"\d{1,2}/\d{1,2}/\d{4}", fullmatch=True))
def test_any_text_is_one_of_five_things_and_has_a_value_only_as_a_value(text: str | None) -> None:
    for column in COLUMNS[::7]:
        met = judge(text, column)
        assert (met.value is not None) == (met.state is CellState.VALUE)
        assert (met.state is CellState.BLANK) == (not (text or "").split())
        assert met.reason or met.state is not CellState.UNREADABLE


@settings(max_examples=60, deadline=None)
@given(on=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_back_in_every_form(on: date) -> None:
    column = find_profile("ero-arrests").tables[0].columns["apprehension_date"]
    for text in (f"{on.month}/{on.day}/{on.year}", on.isoformat(), f"{on.isoformat()}T00:00:00Z"):
        if text not in ("1/1/1900", "1900-01-01"):
            assert judge(text, column).value == on or judge(text, column).state is CellState.SENTINEL


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12), delimiter=st.sampled_from("|,;\t"))
def test_any_table_written_as_csv_gives_its_cells_again(
    rows: list[tuple[str, str, str]], delimiter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import csv

    folder = tmp_path_factory.mktemp("any")
    with (folder / "any.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows([("Alpha", "Beta", "Gamma"), *rows])
    sheet = open_table(folder / "any.csv").sheets[0]
    frames = [(chunk.frame.cast(pl.String), chunk.rows) for chunk in sheet.chunks(1, 3, [0, 1, 2])]
    got = {row: cells for frame, numbers in frames for cells, row in zip(frame.rows(), numbers, strict=True)}
    for number, cells in enumerate(rows, 2):
        assert tuple(cell or "" for cell in got.get(number, ("", "", ""))) == cells
