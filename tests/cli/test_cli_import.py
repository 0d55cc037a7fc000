"""`portico import`: shows first, imports on --yes, once however often, and can be undone."""

import gzip

import pytest

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
