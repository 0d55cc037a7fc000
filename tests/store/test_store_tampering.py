"""Any single bit of the log that is changed behind the record's back is found."""

import os
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pysqlite3
import pytest

from portico.store import RecordError, open_record

BY = "person:7f3a"
FLIPS = int(os.environ.get("PORTICO_BIT_FLIPS", "300"))
COLUMNS = ("sequence", "at", "actor", "type", "subject", "commitment", "leaf", "payload")


@pytest.fixture
def made(sqlite_only: None, folder: Path, key_file: Path, invented) -> Path:
    with open_record(folder, key_file=key_file, create=True) as record:
        one = record.add(*invented(private=True), actor=BY).accounts[0]
        two = record.add(*invented(number=1), actor=BY).accounts[0]
        record.link(one, two, actor=BY, reason="same hour")
        record.decide(f"c-{one[2:]}.2", "correct", actor=BY, value="lobby")
        assert record.verify().ok
    return folder


def _flipped(value: bytes | str | int, chance: random.Random) -> bytes | str | int:
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(3, 40))  # lower bits would give another entry's number, which is refused
    raw = bytearray(value.encode() if isinstance(value, str) else value)
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw)


def _flip_in_table(
    database: pysqlite3.Connection, table: str, column: str, chance: random.Random
) -> tuple[str, tuple[object, ...]]:
    """Flips a bit of one value; what puts it back."""
    rowid, value = chance.choice(list(database.execute(f"SELECT rowid AS number, {column} FROM {table}")))
    changed = _flipped(value, chance)
    cast = "CAST(? AS TEXT)" if isinstance(value, str) else "?"
    database.execute(f"UPDATE {table} SET {column} = {cast} WHERE rowid = ?", (changed, rowid))
    database.commit()
    now = changed if column == "sequence" else rowid  # the number of an entry is that of its row
    return f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, now)


def _is_found(record) -> bool:
    try:
        return not record.verify().ok
    except RecordError:
        return True


def test_every_flipped_bit_of_an_entry_is_found(made, key_file):
    chance = random.Random(1)
    with open_record(made, key_file=key_file) as record, closing(pysqlite3.connect(made / "record.sqlite3")) as other:
        other.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        for number in range(FLIPS):
            column = COLUMNS[number % len(COLUMNS)]
            put_back = _flip_in_table(other, "store_entry", column, chance)
            assert _is_found(record), f"flip {number} in {column}"
            other.execute(*put_back)
            other.commit()
        assert record.verify().ok


@pytest.mark.parametrize(
    ("database", "table", "column"),
    [
        ("record.sqlite3", "store_head", "frontier"),
        ("record.sqlite3", "store_checkpoint", "note"),
        ("keyring.sqlite3", "store_salt", "salt"),
    ],
)
def test_what_the_log_rests_on_is_watched_too(made, key_file, database, table, column):
    chance = random.Random(2)
    with open_record(made, key_file=key_file) as record, closing(pysqlite3.connect(made / database)) as other:
        record.checkpoint()
        for _ in range(20):
            put_back = _flip_in_table(other, table, column, chance)
            assert _is_found(record)
            other.execute(*put_back)
            other.commit()
        assert record.verify().ok


def _entry_bytes(database: Path) -> Iterator[tuple[int, int]]:
    """Where the entries' values lie in the file: start and length of each."""
    raw = database.read_bytes()
    with closing(pysqlite3.connect(database)) as opened:
        rows = list(opened.execute("SELECT at, actor, type, subject, commitment, leaf, payload FROM store_entry"))
    for row in rows:
        at, actor, type_, subject, commitment, leaf, payload = row
        head = b"".join((at.encode(), actor.encode(), type_.encode(), subject.encode(), commitment, leaf))
        start = raw.find(head)
        assert start > 0
        yield start, len(head)
        inside = raw.find(payload[:200])
        assert inside > 0
        yield inside, 200


def test_every_flipped_bit_of_the_file_under_an_entry_is_found(made, key_file):
    database = made / "record.sqlite3"
    with closing(pysqlite3.connect(database)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = database.read_bytes()
    places = list(_entry_bytes(database))
    chance = random.Random(3)
    for number in range(max(40, FLIPS // 5)):
        start, length = chance.choice(places)
        changed = bytearray(whole)
        changed[start + chance.randrange(length)] ^= 1 << chance.randrange(8)
        _replace(database, bytes(changed))
        with open_record(made, key_file=key_file) as record:
            assert _is_found(record), f"flip {number}"
    _replace(database, whole)
    with open_record(made, key_file=key_file) as record:
        assert record.verify().ok


def _replace(database: Path, content: bytes) -> None:
    for file in database.parent.glob(f"{database.name}-*"):
        file.unlink()
    database.write_bytes(content)


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("suffix", ["", ".text"])
def test_a_changed_or_missing_original_is_found(folder, key_file, invented, private, suffix):
    with open_record(folder, key_file=key_file, create=True) as record:
        source = record.add(*invented(private=private), actor=BY).source
        file = folder / "sources" / f"{source}{suffix}"
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert [each.what for each in record.verify().problems] == [
            "the text is not the one that was read" if suffix else "the original is not the one that was received"
        ]
        file.unlink()
        assert [each.what for each in record.verify().problems] == ["a file of the document is missing"]


def test_a_removed_last_entry_is_found_by_the_head_and_by_a_checkpoint(made, key_file):
    with open_record(made, key_file=key_file) as record, closing(pysqlite3.connect(made / "record.sqlite3")) as other:
        record.checkpoint()
        size = record.size
        other.execute("DELETE FROM store_entry WHERE sequence = ?", (size - 1,))
        other.commit()
        told = [each.what for each in record.verify().problems]
        assert f"the record says it has {size} entries, and {size - 1} are there" in told
        assert any("has more than the log" in each for each in told)
