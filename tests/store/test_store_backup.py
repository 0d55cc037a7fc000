"""Backups: whole and of one moment while others write; put back only where nothing is, and only if they verify."""

import errno
import os
import threading

import pysqlite3
import pytest

from portico.custody import create_key_file
from portico.store import BackupError, backup, open_record, restore

BY = "person:7f3a"


@pytest.fixture
def filled(sqlite_only, eventful, folder, file):
    """An eventful record with the desk's own database beside it."""
    file.parent.mkdir()
    desk = pysqlite3.connect(folder / "desk.sqlite3")
    desk.execute("PRAGMA journal_mode=WAL")
    desk.execute("CREATE TABLE access_user (username TEXT)")
    desk.execute("INSERT INTO access_user VALUES ('Ilka')")
    desk.commit()
    yield eventful
    desk.close()


def told(record):
    """Everything a record answers."""
    return (record.root, record.incidents(), record.documents(), record.people(), record.find_incidents())


def test_what_is_put_back_is_what_was_there(filled, folder, file, tmp_path, key_file):
    made = filled.back_up(file)
    assert (made.entries, made.root, made.size) == (filled.size, filled.root, file.stat().st_size)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert not list(folder.glob(".backup-*"))
    restored = restore(file, tmp_path / "again", key_file=key_file)
    assert (restored.entries, restored.root) == (made.entries, made.root)
    with open_record(tmp_path / "again", key_file=key_file) as again:
        assert told(again) == told(filled)
        assert again.verify().ok
        assert again.rebuild().equal
    assert (tmp_path / "again" / "tables" / "part" / "rows.parquet").read_bytes() == b"PAR1 rows"
    desk = pysqlite3.connect(tmp_path / "again" / "desk.sqlite3")
    assert desk.execute("SELECT username FROM access_user").fetchall() == [("Ilka",)]
    desk.close()
    assert (tmp_path / "again").stat().st_mode & 0o077 == 0


def test_nothing_in_the_file_can_be_read_without_the_key(filled, file):
    filled.back_up(file)
    kept = file.read_bytes()
    assert all(word not in kept for word in (b"Vantrell", b"SQLite format", b"access_user", b"hallway"))


def test_a_backup_made_while_others_write_is_of_one_moment(filled, folder, file, tmp_path, key_file, invented):
    going, added = threading.Event(), []

    def write() -> None:
        with open_record(folder, key_file=key_file) as other:
            for number in range(1000, 1100):
                added.append(other.add(*invented(number=number, private=number % 2 == 0), actor=BY).source)
                going.set()
                if done.is_set():
                    return

    done = threading.Event()
    writer = threading.Thread(target=write)
    writer.start()
    going.wait(20)
    for number in range(3):
        before = set(added)
        filled.back_up(file.with_name(f"{number}"))
        restore(file.with_name(f"{number}"), tmp_path / f"again{number}", key_file=key_file)
        with open_record(tmp_path / f"again{number}", key_file=key_file) as again:
            assert before <= set(again.documents()), "what was acknowledged before it began"
            assert again.rebuild().equal
    done.set()
    writer.join()


def test_a_backup_is_made_without_the_key_and_opened_only_with_the_right_one(filled, folder, file, tmp_path, key_file):
    with open_record(folder) as locked:
        locked.back_up(file)
    create_key_file(tmp_path / "others" / "key")
    said = r"ours\.portico: this key file does not open it\. Nothing was restored\. Set PORTICO_KEY_FILE"
    with pytest.raises(BackupError, match=said):
        restore(file, tmp_path / "again", key_file=tmp_path / "others" / "key")
    assert not (tmp_path / "again").exists()
    assert restore(file, tmp_path / "again", key_file=key_file).entries == filled.size


def test_a_file_that_was_cut_or_changed_is_refused_at_every_place(filled, file, tmp_path, key_file, monkeypatch):
    monkeypatch.setattr(backup, "_CHUNK", 1 << 16)
    filled.back_up(file)
    whole = file.read_bytes()
    ends = range(0, len(whole), max(1, len(whole) // 40))
    for end in (*ends, len(whole) - 1):
        file.write_bytes(whole[:end])
        with pytest.raises(BackupError, match=r"(ends too early|no backup of Portico|damaged).*Nothing was restored\."):
            restore(file, tmp_path / "again", key_file=key_file)
    for at in ends:
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BackupError, match=r"Nothing was restored\."):
            restore(file, tmp_path / "again", key_file=key_file)
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob(".again-*"))


def test_a_cut_at_the_end_of_a_piece_is_found(filled, file, tmp_path, key_file, monkeypatch):
    monkeypatch.setattr(backup, "_CHUNK", 1 << 16)
    filled.back_up(file)
    whole = file.read_bytes()
    at = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    pieces = []
    while at < len(whole):
        pieces.append(at)
        at += 4 + int.from_bytes(whole[at : at + 4], "big")
    for end in pieces[1:]:
        file.write_bytes(whole[:end])
        with pytest.raises(BackupError, match="it ends too early"):
            restore(file, tmp_path / "again", key_file=key_file)


def test_nothing_is_overwritten(filled, folder, file, tmp_path, key_file):
    filled.back_up(file)
    kept = file.read_bytes()
    with pytest.raises(BackupError, match=r"something is already there\. It was not changed\. Name a new file\."):
        filled.back_up(file)
    assert file.read_bytes() == kept
    before = told(filled)
    with pytest.raises(BackupError, match=r"a backup never overwrites\. It was not changed\. Name a new folder"):
        restore(file, folder, key_file=key_file)
    assert told(filled) == before
    (tmp_path / "empty").mkdir()
    restore(file, tmp_path / "empty", key_file=key_file)


def test_a_full_disk_leaves_nothing_behind(filled, folder, file, tmp_path, key_file, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as here:
        here.setattr(os, "fsync", full)
        with pytest.raises(BackupError, match=r"could not be written \(No space left on device\)\. Nothing was left"):
            filled.back_up(file)
    assert list(file.parent.iterdir()) == []
    assert not list(folder.glob(".backup-*"))
    filled.back_up(file)
    with monkeypatch.context() as here:
        here.setattr("tarfile.TarFile.extract", full)
        with pytest.raises(BackupError, match=r"could not be written \(No space left on device\)\. Nothing was left"):
            restore(file, tmp_path / "again", key_file=key_file)
    assert not list(tmp_path.glob("*again*"))
    with pytest.raises(BackupError, match=r"could not be written \(No such file or directory\)"):
        filled.back_up(tmp_path / "nowhere" / "file")


def test_who_is_erased_while_a_backup_is_made_is_not_in_one(filled, file, erased_meanwhile):
    with pytest.raises(BackupError, match=r"something was erased from the record meanwhile.*Make the backup again\."):
        filled.back_up(file)
    assert list(file.parent.iterdir()) == []


def test_what_a_killed_backup_left_goes_with_the_next_opening(filled, folder, key_file):
    (folder / ".backup-dead").mkdir()
    (folder / ".backup-dead" / "keyring.sqlite3").write_bytes(b"keys")
    open_record(folder, key_file=key_file).close()
    assert not list(folder.glob(".backup-*"))


def test_a_record_that_does_not_verify_is_not_put_back(filled, folder, file, tmp_path, key_file):
    changed = pysqlite3.connect(folder / "record.sqlite3")
    changed.execute("UPDATE store_entry SET actor = 'person:other' WHERE sequence = 3")
    changed.commit()
    changed.close()
    filled.back_up(file)
    with pytest.raises(BackupError, match=r"what is in it does not verify: .*Nothing was restored\. Take an earlier"):
        restore(file, tmp_path / "again", key_file=key_file)
    assert not (tmp_path / "again").exists()


def test_a_backup_that_is_not_there_is_named(sqlite_only, tmp_path, key_file):
    create_key_file(key_file)
    with pytest.raises(BackupError, match=r"none: there is no such file\. Nothing was restored\."):
        restore(tmp_path / "none", tmp_path / "again", key_file=key_file)
