"""`portico backup`: one file of the whole record, and the record again from it."""

import json


def test_a_record_is_backed_up_and_put_back(filled, tmp_path):
    before = filled("list", "incidents", "--json").rows
    root = json.loads(filled("verify", "--json").out)["root"]
    (tmp_path / "copies").mkdir()
    made = filled("backup", tmp_path / "copies", "--json")
    assert made.status == 0
    (row,) = made.rows
    (file,) = (tmp_path / "copies").iterdir()
    assert (row["file"], row["root"]) == (str(file), root)
    assert file.name.startswith("record-20")
    restored = filled("backup", "--restore", file, "--record", tmp_path / "again")
    assert restored.status == 0
    assert "restored and verified" in restored.out
    assert filled("list", "incidents", "--json", "--record", tmp_path / "again").rows == before


def test_a_backup_says_what_to_do_when_it_cannot_be_made_or_put_back(filled, tmp_path, monkeypatch):
    assert filled("backup").status == 2
    said = filled("backup", tmp_path / "one.portico")
    assert (said.status, "Keep the key file apart from it" in said.out) == (0, True)
    again = filled("backup", tmp_path / "one.portico")
    assert (again.status, "Name a new file." in again.err) == (2, True)
    taken = filled("backup", "--restore", tmp_path / "one.portico")
    assert (taken.status, "a backup never overwrites" in taken.err) == (2, True)
    monkeypatch.setenv("PORTICO_KEY_FILE", str(tmp_path / "elsewhere"))
    keyless = filled("backup", "--restore", tmp_path / "one.portico", "--record", tmp_path / "again")
    assert (keyless.status, "Put your copy back there" in keyless.err) == (3, True)
    assert not (tmp_path / "again").exists()
