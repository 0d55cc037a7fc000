"""Kill -9 while documents are added: nothing acknowledged is lost, nothing is left half-written."""

import os
import random
import select
import signal
import time
from pathlib import Path

import pytest
from django.db import connections

from portico.store import erasure, open_record

BY = "person:7f3a"
ROUNDS = int(os.environ.get("PORTICO_KILL_ROUNDS", "10"))


def _add_without_end(folder: Path, key_file: Path, invented, started: int, out: int) -> None:
    """Adds documents and says each one's hash after it is on the disk, until it is killed."""
    with open_record(folder, key_file=key_file) as record:
        for number in range(started, started + 1_000_000):
            document, reading = invented(number=number, private=number % 2 == 0, accounts=2)
            added = record.add(document, reading, actor=BY)
            os.write(out, f"{added.source}\n".encode())


def _killed_while_adding(folder: Path, key_file: Path, invented, started: int, seconds: float) -> list[str]:
    """The documents acknowledged by a process that was killed after some time."""
    from_child, to_parent = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _add_without_end(folder, key_file, invented, started, to_parent)
        finally:
            os._exit(1)
    os.close(to_parent)
    select.select([from_child], [], [], 20)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(from_child, "rb") as said:
        return [line.decode().strip() for line in said.read().splitlines() if len(line) == 64]


def test_killing_loses_nothing_acknowledged_and_leaves_nothing_half_written(folder, key_file, invented):
    open_record(folder, key_file=key_file, create=True).close()
    chance = random.Random(9)
    acknowledged: set[str] = set()
    for kill in range(ROUNDS):
        acknowledged.update(
            _killed_while_adding(folder, key_file, invented, kill * 10_000_000, chance.uniform(0, 0.15))
        )
        with open_record(folder, key_file=key_file) as record:
            documents = record.documents()
            assert acknowledged <= set(documents)
            accounts = [account.source for account in record.accounts().values()]
            assert all(accounts.count(source) == 2 for source in documents), "an entry without its accounts"
            assert all(each.text is not None for each in documents.values())
            assert {file.name.removesuffix(".text") for file in (folder / "sources").iterdir()} == set(documents)
            assert record.verify().problems == ()
            assert kill % 10 or record.rebuild().equal
    assert len(acknowledged) >= ROUNDS


def test_an_erasure_that_was_interrupted_is_finished_by_the_next_opening(folder, key_file, invented, monkeypatch):
    with open_record(folder, key_file=key_file, create=True) as record:
        record.add(*invented(private=True), actor=BY)
        person = record.people()[0].id

        def killed(*_: object) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr(erasure, "carry_out", killed)
        with pytest.raises(KeyboardInterrupt):
            record.erase(person, actor=BY)
        monkeypatch.undo()
    with open_record(folder, key_file=key_file) as record:
        assert record.people() == ()
        (stored,) = record.documents().values()
        assert (stored.text, stored.locked, stored.erased) == (None, True, True)
        assert list((folder / "sources").iterdir()) == []
        assert record.verify().ok


def test_whoever_opens_the_record_just_before_a_commit_leaves_its_files(record, folder, key_file, invented):
    """Opening sweeps files that no entry names; those of an entry that is about to be committed are none of them."""
    connection = connections[record.aliases[0]]
    commit = connection.commit

    def opened_before() -> None:
        open_record(folder, key_file=key_file).close()
        commit()

    connection.commit = opened_before
    try:
        added = record.add(*invented(number=1), actor=BY)
    finally:
        connection.commit = commit
    assert record.original(added.source) is not None
    assert record.verify().problems == ()
