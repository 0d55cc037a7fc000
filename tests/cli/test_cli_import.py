"""`portico import`: shows first, imports on --yes, once however often, and can be undone."""

import gzip
import hashlib

import pytest

from portico.store import open_record
from portico.tables import import_table

HEADER = (
    "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|"
    "Processing Disposition"
)


@pytest.fixture
def arrests(tmp_path):
    """A small file with the layout of the released ones: preamble, header, rows; invented landmarks."""
    rows = [
        "Elm Area of Responsibility|1/2/2018|Located|FERRY COUNTY COURT||Warrant of Arrest",
        "Elm Area of Responsibility|31/11/2017|Located|FERRY COUNTY COURT||Warrant of Arrest",
        "Elm Area of Responsibility|1/3/2018|Located|(B)(7)(E)||Warrant of Arrest",
    ]
    path = tmp_path / "arrests.csv.gz"
    path.write_bytes(gzip.compress("\n".join(["Released tables|||||", HEADER, *rows]).encode(), mtime=0))
    return path


def test_nothing_is_written_without_yes(portico, arrests, tmp_path):
    shown = portico("import", "ero-arrests", arrests)
    assert "Nothing was written. Add --yes to import." in shown.out
    assert "3 rows in" in shown.out
    assert not (tmp_path / "record" / "tables").exists()


def test_it_imports_once_however_often_and_says_what_was_rejected(portico, arrests):
    first = portico("import", "ero-arrests", arrests, "--yes")
    assert first.status == 1
    assert "31/11/2017" in first.out
    again = portico("import", "ero-arrests", arrests, "--yes", "--json").rows[0]
    assert again["already"]
    assert again["rows_in"] == 3


def test_it_is_undone_as_one(portico, arrests):
    batch = portico("import", "ero-arrests", arrests, "--yes", "--json").rows[0]["id"]
    assert "would take back" in portico("undo", batch, "--dry-run").out
    assert portico("undo", batch).status == 0
    assert not portico("import", "ero-arrests", arrests, "--yes", "--json").rows[0]["already"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["import"], "Give a profile"),
        (["import", "no-such-profile", "x.csv"], "no-such-profile"),
        (["import", "ero-arrests", "missing.csv"], "missing.csv"),
    ],
)
def test_a_wrong_call_says_what_is_right(portico, words, says):
    result = portico(*words)
    assert result.status in (2, 3)
    assert says in result.err


def test_profiles_are_listed(portico):
    assert "ero-arrests:" in portico("import", "--list").out


def test_the_import_is_in_the_log_with_its_numbers_and_verified(portico, arrests, tmp_path):
    batch = portico("import", "ero-arrests", arrests, "--yes", "--json").rows[0]["id"]
    (entry,) = entries(tmp_path)
    assert (entry.batch, entry.actor) == (batch, "person:tester")
    tables = entry.details["tables"]
    assert (tables["rows_in"], tables["rows_stored"], tables["rows_rejected"]) == (3, 3, 0)
    assert list(tables["files"]) == [hashlib.sha256(arrests.read_bytes()).hexdigest()]
    assert portico("verify").status == 0

    kept = tmp_path / "record" / "tables" / "imports" / f"{batch}.json"
    kept.write_bytes(kept.read_bytes().replace(b"31/11/2017", b"30/11/2017"))
    changed = portico("verify")
    assert changed.status == 1
    assert f"tables: the row report of {batch} is not the one that was kept" in changed.out


def test_a_changed_or_missing_table_is_named_by_verify(portico, arrests, tmp_path):
    portico("import", "ero-arrests", arrests, "--yes")
    (stored,) = (tmp_path / "record" / "tables" / "ero-arrests").rglob("*.parquet")
    whole = stored.read_bytes()
    stored.write_bytes(whole[:-9] + b"x" + whole[-8:])
    assert "arrests-0000.parquet of import-" in portico("verify").out
    stored.unlink()
    assert "is missing" in portico("verify").out


def test_an_import_without_its_entry_is_named_and_finished_by_the_same_command(portico, arrests, tmp_path):
    portico("add", "--quiet", __file__)
    import_table([arrests], "ero-arrests", tmp_path / "record" / "tables")
    assert "was interrupted before its entry: import the same files again, or undo it" in portico("verify").out
    assert not portico("import", "ero-arrests", arrests, "--yes", "--json").rows[0]["already"]
    assert portico("verify").status == 0


def test_rows_at_courts_become_accounts_of_the_same_batch(portico, tmp_path):
    rows = ["Denver Area of Responsibility|1/2/2018|Located|EL PASO COUNTY COURT HOUSE||Warrant"] * 2
    rows += ["Denver Area of Responsibility|1/2/2018|Located|EL PASO COUNTY JAIL||Warrant"]
    path = tmp_path / "arrests.csv"
    path.write_text("\n".join([HEADER, *rows]))
    done = portico("import", "ero-arrests", path, "--yes", "--json").rows[0]
    assert done["accounts"] == 2
    listed = portico("list", "accounts", "--json").rows
    assert len(listed) == 2
    assert "2 rows name a court" in portico("import", "ero-arrests", path, "--yes").out  # again: the same two
    assert len(portico("list", "accounts", "--json").rows) == 2
    portico("undo", done["id"])
    assert portico("list", "accounts", "--json").rows == []


def test_reports_go_into_the_record_and_are_taken_back_as_one(portico, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("Date,Court,What Happened,Name\n5/14/2019,Brooklyn Criminal Court,arrest,Ozren Vantrell\nsoon,,,\n")
    assert "would be accounts" in portico("import", "reports", path).out
    assert not (tmp_path / "record").exists()
    done = portico("import", "reports", path, "--yes", "--json").rows[0]
    assert (done["accounts"], done["rows_rejected"]) == (1, 1)
    assert portico("import", "reports", path, "--yes", "--json").rows[0]["already"]
    kept = b"".join(each.read_bytes() for each in (tmp_path / "record" / "tables").rglob("*.json"))
    assert b"Vantrell" not in kept
    assert portico("verify").status == 0
    portico("undo", done["id"])
    assert portico("list", "accounts", "--json").rows == []
    assert not portico("import", "reports", path, "--yes", "--json").rows[0]["already"]


def test_a_mapping_of_ones_own_is_named_by_its_file(portico, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("Day of Event,Which Court,Kind\n2019-05-14,Brooklyn Criminal Court,arrest\n")
    mapping = tmp_path / "mine.yaml"
    mapping.write_text(
        "id: mine\nversion: 1\nname: mine\nsource: me\nread_on: 2026-11-24\ninto: accounts\ntables:\n- name: reports\n"
        "  day: date\n  tells: {day: date, place: courthouse}\n  columns:\n"
        "    date: {heading: Day of Event, kind: date, fact: date, required: true}\n"
        "    courthouse: {heading: Which Court, kind: text, fact: courthouse, required: true}\n"
        "    kind: {heading: Kind, fact: kind, values: {arrest: arrest}}\n"
    )
    assert portico("import", mapping, path, "--yes", "--json").rows[0]["accounts"] == 1


def entries(folder):
    with open_record(folder / "record", key_file=folder / "key") as record:
        return record.newest("tables_imported")


def test_an_imported_arrest_is_compared_with_what_a_note_tells(portico, tmp_path):
    path, note = tmp_path / "arrests.csv", tmp_path / "note.txt"
    row = "New York City Area of Responsibility|5/14/2019|Located|BROOKLYN CRIMINAL COURT||Warrant"
    path.write_text(f"{HEADER}\n{row}\n")
    note.write_text("ICE agents arrested a man at Brooklyn Criminal Court on May 14, 2019, said Ines Vara, a lawyer.\n")
    assert portico("import", "ero-arrests", path, "--yes", "--json").rows[0]["accounts"] == 1
    portico("add", note)
    (pair,) = portico("match", "--json").rows
    sources = {row["id"]: row["source"] for row in portico("list", "accounts", "--json").rows}
    assert {sources[pair["one"]], sources[pair["other"]]} == {
        hashlib.sha256(each.read_bytes()).hexdigest() for each in (path, note)
    }
