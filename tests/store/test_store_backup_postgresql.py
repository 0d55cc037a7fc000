"""Backups of a record in PostgreSQL: made while others write, put back into empty databases and verified."""

import threading

import psycopg
import pytest

from portico.custody import create_key_file
from portico.store import BackupError, backup, open_record, restore

BY = "person:7f3a"


@pytest.fixture
def filled(postgresql_only, eventful, file):
    file.parent.mkdir()
    return eventful


def told(record):
    """Everything a record answers."""
    lists = (record.find_incidents(), record.search("taken"), record.counted("arrests-only"), record.inbox())
    return (record.root, record.incidents(), record.documents(), record.people(), lists, record.accounts())


def test_what_is_put_back_is_what_was_there(filled, file, folder, tmp_path, key_file, another_record):
    made = filled.back_up(file)
    assert (made.entries, made.root, made.size) == (filled.size, filled.root, file.stat().st_size)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert not list(folder.glob(".backup-*"))
    before, erased = told(filled), [each.erased for each in filled.accounts().values()]
    assert any(erased)
    with emptied(another_record):
        restored = restore(file, tmp_path / "again", key_file=key_file)
        assert (restored.entries, restored.root) == (made.entries, made.root)
        with open_record(tmp_path / "again", key_file=key_file) as again:
            assert told(again) == before
            assert again.verify().ok
            assert again.rebuild().equal
            added = again.add(*_another(), actor=BY)
            assert again.document(added.source)
    assert (tmp_path / "again" / "tables" / "part" / "rows.parquet").read_bytes() == b"PAR1 rows"
    assert {each.name for each in (tmp_path / "again").iterdir()} == {"sources", "tables"}
    kept = {each.name: each.read_bytes() for each in (folder / "sources").iterdir()}
    assert kept.items() <= {each.name: each.read_bytes() for each in (tmp_path / "again" / "sources").iterdir()}.items()


def _another():
    from portico.facts import Reading, Source, Text
    from portico.reading import Document

    text = Text("Agents waited at the brick court.")
    source = Source(sha256=text.sha256, media_type="text/plain", size=len(text.content))
    document = Document(id="later", source=source, text=text, original=text.content.encode())
    return document, Reading(id="later", source=source.sha256, text=text.sha256, published_on=None, reader="test 1")


def emptied(another_record):
    """Two databases that hold nothing, as whoever runs the server makes them."""
    import os
    from contextlib import contextmanager

    from portico.store import dumping

    @contextmanager
    def made():
        with another_record():
            dumping.clear(os.environ["PORTICO_DATABASE_URL"])
            yield

    return made()


def test_nothing_in_the_file_can_be_read_without_the_key(filled, file, tmp_path, key_file, another_record):
    filled.back_up(file)
    kept = file.read_bytes()
    assert all(word not in kept for word in (b"Vantrell", b"store_entry", b"hallway", b"COPY"))
    create_key_file(tmp_path / "others" / "key")
    with emptied(another_record), pytest.raises(BackupError, match="this key file does not open it"):
        restore(file, tmp_path / "again", key_file=tmp_path / "others" / "key")


def test_a_backup_made_while_others_write_is_of_one_moment(
    filled, folder, file, tmp_path, key_file, invented, another_record
):
    going, done, added = threading.Event(), threading.Event(), []

    def write() -> None:
        with open_record(folder, key_file=key_file) as other:
            for number in range(1000, 1100):
                added.append(other.add(*invented(number=number, private=number % 2 == 0), actor=BY).source)
                going.set()
                if done.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    going.wait(20)
    before = set(added)
    filled.back_up(file)
    done.set()
    writer.join()
    with emptied(another_record):
        restore(file, tmp_path / "again", key_file=key_file)
        with open_record(tmp_path / "again", key_file=key_file) as again:
            assert before <= set(again.documents()), "what was acknowledged before it began"
            assert again.rebuild().equal


def test_nothing_is_overwritten(filled, file, tmp_path, key_file):
    filled.back_up(file)
    before = told(filled)
    said = r"PORTICO_DATABASE_URL: something is already there.*It was not changed\. Name a new, empty database"
    with pytest.raises(BackupError, match=said):
        restore(file, tmp_path / "again", key_file=key_file)
    assert told(filled) == before
    assert not (tmp_path / "again").exists()


def test_what_does_not_verify_is_not_put_back_and_leaves_the_databases_empty(
    filled, file, tmp_path, key_file, another_record, monkeypatch
):
    import os

    from portico.store import dumping

    with psycopg.connect(os.environ["PORTICO_DATABASE_URL"], autocommit=True) as changed:
        changed.execute("UPDATE portico_record.store_entry SET actor = 'person:other' WHERE sequence = 3")
    filled.back_up(file)
    with emptied(another_record):
        with pytest.raises(BackupError, match=r"does not verify: .*Nothing was restored\. Take an earlier"):
            restore(file, tmp_path / "again", key_file=key_file)
        assert dumping.is_empty(os.environ["PORTICO_DATABASE_URL"])
    assert not list(tmp_path.glob("*again*"))


def test_a_cut_file_is_refused_and_leaves_the_databases_empty(
    filled, file, tmp_path, key_file, another_record, monkeypatch
):
    import os

    from portico.store import dumping

    monkeypatch.setattr(backup, "_CHUNK", 1 << 14)
    filled.back_up(file)
    file.write_bytes(file.read_bytes()[:-20])
    with emptied(another_record):
        with pytest.raises(BackupError, match=r"ends too early.*Nothing was restored\."):
            restore(file, tmp_path / "again", key_file=key_file)
        assert dumping.is_empty(os.environ["PORTICO_DATABASE_URL"])


def test_it_goes_back_to_the_kind_of_database_that_it_was_made_of(filled, file, tmp_path, key_file, monkeypatch):
    filled.back_up(file)
    monkeypatch.delenv("PORTICO_DATABASE_URL")
    with pytest.raises(BackupError, match=r"it is of a record in PostgreSQL\..*Set PORTICO_DATABASE_URL to a new"):
        restore(file, tmp_path / "again", key_file=key_file)
    assert not (tmp_path / "again").exists()


def test_a_backup_of_a_folder_is_not_put_into_postgresql(
    postgresql_only, tmp_path, key_file, invented, another_record, monkeypatch
):
    with monkeypatch.context() as here:
        here.delenv("PORTICO_DATABASE_URL")
        with open_record(tmp_path / "in-folder", key_file=key_file, create=True) as record:
            record.add(*invented(), actor=BY)
            record.back_up(tmp_path / "file")
    with emptied(another_record), pytest.raises(BackupError, match=r"it is of a record in a folder\..*Unset"):
        restore(tmp_path / "file", tmp_path / "again", key_file=key_file)


def test_a_server_that_does_not_answer_is_named(filled, file, tmp_path, key_file, monkeypatch):
    filled.back_up(file)
    monkeypatch.setenv("PORTICO_DATABASE_URL", f"postgresql://nobody@/none?host={tmp_path}")
    with pytest.raises(BackupError, match=r"does not take it \(.*\)\. Nothing was restored\. Make both databases"):
        restore(file, tmp_path / "again", key_file=key_file)


def test_who_is_erased_while_a_backup_is_made_is_not_in_one(filled, file, erased_meanwhile):
    with pytest.raises(BackupError, match=r"something was erased from the record meanwhile.*Make the backup again\."):
        filled.back_up(file)
    assert list(file.parent.iterdir()) == []
