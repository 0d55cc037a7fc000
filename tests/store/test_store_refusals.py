"""What stops a record, and that each stop is said in words and leaves nothing half-written."""

import os
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pysqlite3
import pytest
from django.db import OperationalError

from portico.store import RecordError, RecordLocked, RecordRefused, databases, open_record
from portico.store.errors import in_plain_words
from portico.store.sqlite import is_safe, refuse_unsafe

BY = "person:7f3a"


@pytest.fixture
def made(sqlite_only: None, folder: Path, key_file: Path, invented) -> Path:
    """A record with one document, closed."""
    with open_record(folder, key_file=key_file, create=True) as record:
        record.add(*invented(), actor=BY)
    return folder


def test_no_record_here(sqlite_only, tmp_path):
    with pytest.raises(RecordError) as problem:
        open_record(tmp_path / "empty")
    assert str(problem.value) == (
        "empty: there is no record here. Nothing was changed. `portico add FILE…` makes one; or name another."
    )
    assert problem.value.exit_status == 3
    assert not (tmp_path / "empty").exists()


def test_a_new_record_is_its_owners_alone(made):
    assert made.stat().st_mode & 0o777 == 0o700
    for file in made.rglob("*"):
        assert file.stat().st_mode & 0o077 == 0 or file.is_dir(), file.name
    assert (made / "sources").stat().st_mode & 0o777 == 0o700


def test_a_missing_keyring_is_said(made):
    (made / "keyring.sqlite3").unlink()
    with pytest.raises(RecordError, match=r"the keyring beside the record is missing.*Restore keyring\.sqlite3"):
        open_record(made)


def test_a_record_of_a_newer_version_is_not_touched(made):
    with closing(pysqlite3.connect(made / "record.sqlite3")) as other:
        other.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0099_later', '2030-01-01')")
        other.commit()
    with pytest.raises(RecordError) as problem:
        open_record(made)
    assert "a newer version of Portico wrote it (0099_later). Nothing was read or changed. Update" in str(problem.value)


def test_an_older_record_is_brought_up_to_date(sqlite_only, folder, key_file):
    databases._make_files(folder)  # as the first opening left it when it was interrupted before the tables were made
    with open_record(folder, key_file=key_file, create=True) as record:
        assert record.size == 0


def test_a_record_whose_making_was_interrupted_is_finished_by_making_it_again(sqlite_only, folder, key_file):
    databases.connect(folder, create=True).close()
    with pytest.raises(RecordError, match="its making was interrupted"):
        open_record(folder)
    with open_record(folder, key_file=key_file, create=True) as record:
        assert record.verify().ok


@pytest.mark.parametrize("name", ["record.sqlite3", "keyring.sqlite3"])
def test_a_file_that_is_something_else(made, name):
    for file in made.glob(f"{name}-*"):
        file.unlink()
    (made / name).write_bytes(b"These are my holiday pictures. " * 100)
    with pytest.raises(RecordError, match=r"a database file is damaged or is something else.*from a backup"):
        open_record(made)


def test_another_process_that_writes_is_waited_for_and_then_said(made, key_file, invented, monkeypatch):
    holding = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(made / "record.sqlite3")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holding.stdout is not None
    assert holding.stdin is not None
    assert holding.stdout.readline() == b"held\n"
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0.2)
    with open_record(made, key_file=key_file) as record:
        before = record.incidents()  # reading goes on
        with pytest.raises(RecordLocked) as problem:
            record.add(*invented(number=1), actor=BY)
        assert "another process is writing to the record. Nothing was written" in str(problem.value)
        holding.communicate(b"\n")
        assert record.incidents() == before
        assert record.add(*invented(number=1), actor=BY).new
        assert record.verify().ok


_HOLD = """
import sys, pysqlite3
held = pysqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_full_disk_loses_nothing_that_was_acknowledged(made, key_file):
    script = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[3])
        from conftest import invent
        from portico.store import RecordError, open_record
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with open_record(Path(sys.argv[1]), key_file=Path(sys.argv[2])) as record:
            limit = 300_000
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            for number in range(1, 5000):
                try:
                    print(record.add(*invent(number=number, private=True), actor="person:1").source, flush=True)
                except RecordError as problem:
                    print(problem, flush=True)
                    break
        """
    )
    here = str(Path(__file__).parent)
    ran = subprocess.run(
        [sys.executable, "-c", script, str(made), str(key_file), here], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    *acknowledged, said = ran.stdout.splitlines()
    assert "Nothing of this step was written" in said
    assert "the disk" in said or "could not be written" in said
    with open_record(made, key_file=key_file) as record:
        documents = record.documents()
        assert set(acknowledged) <= set(documents)
        assert len(documents) == len(acknowledged) + 1
        assert {file.name.removesuffix(".text") for file in (made / "sources").iterdir()} == set(documents)
        assert record.verify().ok
        assert record.rebuild().equal


def test_an_original_that_cannot_be_written_leaves_no_entry(record, invented, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    record.add(*invented(), actor=BY)
    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(RecordError, match=r"\(No space left on device\)\. Nothing of this step was written"):
        record.add(*invented(number=1), actor=BY)
    monkeypatch.undo()
    assert record.size == 2
    assert sum(1 for _ in (record.folder / "sources").iterdir()) == 2
    assert record.add(*invented(number=1), actor=BY).new


def test_what_a_crash_left_is_swept_when_the_record_is_opened(made, key_file):
    for name in ("f" * 64, "f" * 64 + ".text", "e" * 64 + ".part"):
        (made / "sources" / name).write_bytes(b"orphan")
    with open_record(made, key_file=key_file) as record:
        assert sum(1 for _ in (made / "sources").iterdir()) == 2
        assert record.verify().ok


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database or disk is full", "the disk is full. Nothing of this step was written"),
        ("attempt to write a readonly database", "read-only for you"),
        ("unable to open database file", "could not be opened"),
        ("disk I/O error", "could not be read or written"),
        ("database disk image is malformed", "is damaged"),
        ("database is locked", "another process is writing"),
    ],
)
def test_what_the_database_says_is_told_in_plain_words(sqlite_only, said, told):
    with pytest.raises(RecordError, match=told), in_plain_words(Path("/somewhere/ours")):
        raise OperationalError(said)


def test_a_bug_keeps_its_traceback(sqlite_only):
    with pytest.raises(OperationalError, match="no such column"), in_plain_words(Path("ours")):
        raise OperationalError("no such column: x")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda r, a: r.decide("c-00.1", "accept", actor=BY), "there is no claim c-00.1"),
        (lambda r, a: r.decide("nonsense", "accept", actor=BY), "there is no claim nonsense"),
        (lambda r, a: r.decide(f"c-{a[2:]}.99", "accept", actor=BY), "there is no claim"),
        (lambda r, a: r.decide(f"c-{a[2:]}.2", "correct", actor=BY), "a correction needs a value"),
        (lambda r, a: r.decide(f"c-{a[2:]}.2", "accept", actor=BY, value="lobby"), "only a correction has one"),
        (lambda r, a: r.decide(f"c-{a[2:]}.2", "correct", actor=BY, value="roof"), "none of courtroom, hallway"),
        (lambda r, a: r.decide(f"c-{a[2:]}.1", "correct", actor=BY, value="2017-13"), "the date cannot be"),
        (lambda r, a: r.decide(f"c-{a[2:]}.4", "correct", actor=BY, value="two"), "people_arrested is a number"),
        (lambda r, a: r.link(a, "a-00", actor=BY), "there is no account or incident a-00"),
        (lambda r, a: r.unlink("a-00", actor=BY), "there is no account"),
        (lambda r, a: r.undo("b-00"), "nothing of a batch b-00 holds"),
        (lambda r, a: r.erase("p-00", actor=BY), "there is no person or document p-00"),
        (lambda r, a: r.unlink(a, actor="Ilka Sorrow"), "the actor is not an id"),
    ],
)
def test_a_wrong_call_is_refused_and_nothing_is_written(record, invented, call, told):
    account = record.add(*invented(), actor=BY).accounts[0]
    size = record.size
    with pytest.raises(RecordRefused, match=told) as problem:
        call(record, account)
    assert problem.value.exit_status == 2
    assert "Nothing was written" in str(problem.value)
    assert record.size == size


def test_a_number_may_be_given_in_digits(record, invented):
    account = record.add(*invented(), actor=BY).accounts[0]
    record.decide(f"c-{account[2:]}.4", "correct", actor=BY, value="3")
    assert record.incidents()[0].values("people_arrested") == (3,)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_a_sqlite_that_can_lose_commits_is_refused(sqlite_only, version, safe):
    assert is_safe(version) is safe
    if not safe:
        with pytest.raises(RecordError, match="this version can lose what was written"):
            refuse_unsafe(version)


def test_the_record_uses_a_safe_sqlite_and_leaves_the_interpreters_own_alone(sqlite_only, record):
    import sqlite3

    from django.db import connections

    connection = connections[record._opened.databases.record]
    assert is_safe(connection.Database.sqlite_version_info)
    assert sqlite3.__name__ == "sqlite3"
    with connection.cursor() as cursor:
        found = {}
        for name in ("journal_mode", "synchronous", "secure_delete", "trusted_schema", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
    }


def test_the_migrations_make_exactly_the_tables_of_the_models(record):
    from django.core.management import call_command

    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)


def test_a_site_that_loaded_an_affected_sqlite_is_refused(sqlite_only):
    script = """
import sqlite3, sys
sqlite3.dbapi2.sqlite_version_info = (3, 40, 1)
import django.db.backends.sqlite3.base
from pathlib import Path
from portico.store import RecordError, open_record
try:
    open_record(Path(sys.argv[1]), create=True)
except RecordError as problem:
    print(problem)
"""
    ran = subprocess.run([sys.executable, "-c", script, "unused"], capture_output=True, text=True, check=False)
    assert "SQLite 3.40.1: this version can lose what was written" in ran.stdout + ran.stderr
    assert not Path("unused").exists()
