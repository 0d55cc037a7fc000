"""The verbs on a record: each decision as a user makes it, undone, rehearsed, counted, verified, erased."""

import json
import sqlite3
import subprocess
import sys

import pytest
from tests.cli.conftest import SAMPLE


def accounts(portico):
    return portico("list", "accounts", "--json").rows


def test_the_same_documents_twice_are_once(filled):
    size = json.loads(filled("verify", "--json").out)["size"]
    again = filled("add", "--index", SAMPLE / "index.csv", "--json")
    assert [row["new"] for row in again.rows] == [False] * 4
    assert json.loads(filled("verify", "--json").out)["size"] == size


def test_match_proposes_and_a_person_links_and_unlinks(filled):
    proposed = filled("match", "--json").rows
    assert proposed
    assert all(0 <= pair["score"] <= 1 and pair["reasons"] for pair in proposed)
    assert len(filled("list", "incidents", "--json").rows) == 4
    pair = proposed[0]
    assert filled("link", pair["one"], pair["other"], "--reason", "same day, same hallway").status == 0
    assert len(filled("list", "incidents", "--json").rows) == 3
    assert filled("unlink", pair["other"], "--reason", "another man").status == 0
    assert len(filled("list", "incidents", "--json").rows) == 4


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_rehearsal_changes_nothing(filled, dry):
    first, second, *_ = [each["id"] for each in accounts(filled)]
    before = filled("verify", "--json").out
    result = filled("link", first, second, "--reason", "x", *dry)
    assert result.status == 0
    assert ("would" in result.out) == bool(dry)
    assert (filled("verify", "--json").out == before) == bool(dry)


def a_claim(portico, attribute):
    return next(c for each in accounts(portico) for c in each["claims"] if c["claim"]["attribute"] == attribute)


def test_claims_are_accepted_corrected_and_rejected(filled):
    claim = a_claim(filled, "zone")["id"]
    assert filled("accept", claim).status == 0
    assert filled("correct", claim, "lobby", "--reason", "misread").status == 0
    assert any(each["claim"]["value"] == "lobby" for a in accounts(filled) for each in a["claims"])
    assert filled("reject", claim).status == 0
    refused = filled("correct", claim, "attic")
    assert refused.status in (2, 3)
    assert "zone" in refused.err


def test_marking_changes_what_counts(filled):
    incident = filled("list", "--json").rows[0]["id"]
    before = filled("count", "arrests-only", "--json").rows[0]["total"]["lower"]
    assert filled("mark", incident, "verified", "--reason", "the court's own report").status == 0
    counted = filled("count", "arrests-only", "--by", "zone", "--json").rows[0]
    assert counted["total"]["lower"] == before + 1
    assert incident in counted["total"]["certain"]


def test_as_of_answers_as_the_record_stood(filled):
    assert filled("list", "--as-of", "2001-01-01", "--json").rows == []
    assert "is not a day" in filled("list", "--as-of", "yesterday").err


def test_undo_takes_back_an_import(filled):
    batch = filled("list", "documents", "--json").rows[0]["batch"]
    assert filled("undo", batch, "--dry-run").out.strip().endswith("would leave 0 of 4 account(s)")
    assert filled("undo", batch).status == 0
    assert accounts(filled) == []


def test_rebuild_is_equal_and_the_stand_alone_verifier_agrees(filled, tmp_path):
    assert filled("rebuild").out.endswith("byte for byte.\n")
    assert filled("verify", "--bundle", tmp_path / "bundle").status == 0
    verifier = tmp_path / "bundle" / "verify_bundle.py"
    checked = subprocess.run(
        [sys.executable, "-I", verifier, tmp_path / "bundle" / "bundle.jsonl"], capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stderr + checked.stdout


def test_a_changed_log_is_not_verified(filled, tmp_path):
    database = sqlite3.connect(tmp_path / "record" / "record.sqlite3")
    (table,) = database.execute("select name from sqlite_master where type='table' and name like '%entry'").fetchone()
    database.execute(f"update {table} set actor = 'person:other' where sequence = 2")
    database.commit()
    database.close()
    result = filled("verify")
    assert result.status == 1
    assert "entry 2" in result.out


def test_erasing_a_person(filled, monkeypatch, tmp_path):
    people = filled("list", "people", "--json").rows
    named = next(each for each in people if each["name"] == "Ismael Quintera")
    rehearsed = filled("erase", named["id"], "--dry-run")
    assert "Would destroy" in rehearsed.out
    assert "Ismael Quintera" in filled("list", "people").out
    assert filled("erase", named["id"]).status == 0
    assert "Quintera" not in filled("list", "people").out
    assert filled("verify").status == 0
    for file in (tmp_path / "record").rglob("*"):
        assert not file.is_file() or b"Quintera" not in file.read_bytes()


def test_without_the_key_guarded_words_are_masked(filled, monkeypatch, tmp_path):
    monkeypatch.setenv("PORTICO_KEY_FILE", str(tmp_path / "other-key"))
    assert filled("list").status == 0
    refused = filled("list", "people")
    assert refused.status == 2
    assert "PORTICO_KEY_FILE" in refused.err


def test_show_writes_a_page_and_masks_names(filled, tmp_path):
    incident = filled("list", "--json").rows[0]["id"]
    result = filled("show", incident[:9], "--html", tmp_path / "page.html")
    assert result.status == 0
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert incident in page
    claims = filled("show", incident, "--claims")
    assert "to decide" in claims.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show", "i-nothing"], "No incident or account or document begins with"),
        (["link", "a-", "b", "--reason", "x"], "is the beginning of"),
        (["count", "no-such"], "no definition of that name"),
        (["count", "arrests-only", "--by", "shoe_size"], "shoe_size"),
        (["count", "arrests-only", "--where", "zone"], "write it as NAME=VALUE"),
    ],
)
def test_a_name_that_fits_nothing_or_too_much_is_explained(filled, words, says):
    result = filled(*words)
    assert result.status == 2
    assert says in result.err


def test_no_record_is_a_message(portico):
    result = portico("list")
    assert result.status == 3
    assert "there is no record here" in result.err
