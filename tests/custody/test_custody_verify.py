"""Verification names everything that does not fit, and with an old and a new checkpoint nothing escapes it."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portico.custody import (
    Checkpoint,
    Entry,
    KeyFile,
    Log,
    Logged,
    canonical,
    leaf_hash,
    make_entry,
    root,
    sign_checkpoint,
    verify,
)

KEY = KeyFile(opening=bytes(range(32)), signing=bytes(range(32, 64)))
ORIGIN = "example.org/record-51c0"
START = datetime(2017, 11, 28, 15, 0, tzinfo=UTC)
FIELDS = ("sequence", "at", "actor", "type", "subject", "commitment", "leaf")


def logged(sequence: int, payload: bytes | None = None) -> Logged:
    payload = payload or canonical({"zone": "hallway", "n": sequence})
    salt = random.Random(sequence).randbytes(32)
    entry = make_entry(
        sequence=sequence,
        at=START + timedelta(minutes=sequence),
        actor=f"person:{sequence % 3}",
        type="claim_accepted",
        subject=f"claim-{sequence:04x}",
        payload=payload,
        salt=salt,
    )
    return Logged(entry, payload, salt)


ENTRIES = [logged(n) for n in range(11)]


def checkpoint(size: int) -> str:
    return sign_checkpoint(Checkpoint(ORIGIN, size, root(e.entry.leaf for e in ENTRIES[:size])), KEY.signing)


OLD, NEW = checkpoint(4), checkpoint(11)


def log(entries: list[Logged], **changed: object) -> Log:
    fields = {"checkpoints": (OLD, NEW), "keys": (KEY.log_key(ORIGIN),), **changed}
    return Log(entries=entries, **fields)  # type: ignore[arg-type]


FIRST_4 = "the first 4 entries are not those that the checkpoint was signed over;"


def found(entries: list[Logged], **changed: object) -> list[tuple[int | None, str]]:
    return [(problem.sequence, problem.what) for problem in verify(log(entries, **changed)).problems]


def test_a_whole_log_verifies_and_is_counted():
    report = verify(log(ENTRIES, size=11, root=root(e.entry.leaf for e in ENTRIES)))
    assert report.ok
    assert (report.size, report.payloads_checked, report.payloads_erased) == (11, 11, 0)
    assert (report.checkpoints_checked, report.newest_checkpoint) == (2, 11)
    assert report.root == root(e.entry.leaf for e in ENTRIES)


def test_an_empty_log_verifies():
    report = verify(Log(entries=[]))
    assert report.ok
    assert report.root == root([])
    assert report.newest_checkpoint is None


def test_it_verifies_after_an_erasure_and_says_how_many():
    erased = [*ENTRIES[:5], Logged(ENTRIES[5].entry), Logged(ENTRIES[6].entry, ENTRIES[6].payload), *ENTRIES[7:]]
    report = verify(log(erased, erased={5, 6}))
    assert report.ok
    assert (report.payloads_checked, report.payloads_erased) == (9, 2)
    assert found(erased, erased={5}) == [(6, "the payload or its salt is missing, and no erasure is recorded")]


def test_every_problem_is_named_not_only_the_first():
    changed = list(ENTRIES)
    changed[2] = changed[2]._replace(payload=b"{}")
    changed[7] = changed[7]._replace(entry=replace(changed[7].entry, subject="claim-9999"))
    assert found(changed, size=12, root=bytes(32)) == [
        (2, "the payload is not the one that was committed to"),
        (7, "the entry is not the one that its leaf was made of"),
        (None, "the first 11 entries are not those that the checkpoint was signed over; the first 4 are unchanged"),
        (None, "the record says it has 12 entries, and 11 are there"),
        (None, "the record's root is not the root of its entries"),
    ]


def test_a_rewritten_entry_with_all_its_hashes_made_again_is_seen_by_the_checkpoints():
    rewritten = [*ENTRIES[:6], logged(6, canonical({"zone": "entrance"})), *ENTRIES[7:]]
    assert found(rewritten, checkpoints=()) == []
    assert found(rewritten) == [
        (None, "the first 11 entries are not those that the checkpoint was signed over; the first 4 are unchanged")
    ]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (ENTRIES[:-1], "has more than the log"),
        (ENTRIES[:3] + ENTRIES[4:], "one is missing, repeated or moved"),
        (ENTRIES[:3] + ENTRIES[2:], "one is missing, repeated or moved"),
        ([ENTRIES[1], ENTRIES[0], *ENTRIES[2:]], "one is missing, repeated or moved"),
        ([], "has more than the log"),
    ],
    ids=["cut off", "one missing", "one twice", "two swapped", "all gone"],
)
def test_missing_repeated_and_moved_entries_are_seen(entries, expected):
    assert any(expected in what for _, what in found(entries))


def test_more_entries_after_the_newest_checkpoint_are_no_problem():
    report = verify(log([*ENTRIES, logged(11)]))
    assert report.ok
    assert (report.size, report.newest_checkpoint) == (12, 11)


def test_a_checkpoint_that_no_trusted_key_signed_is_a_problem():
    assert found(ENTRIES, keys=()) == [
        (None, "a checkpoint is not accepted: no known key has signed it"),
        (None, "a checkpoint is not accepted: no known key has signed it"),
    ]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [None, 1.5, "\udcff", b"\xff", [], -1, 2**70])
def test_storage_may_give_anything_for_a_field(field, value):
    broken = ENTRIES[3]._replace(entry=replace(ENTRIES[3].entry, **{field: value}))
    assert found([*ENTRIES[:3], broken, *ENTRIES[4:]])


@pytest.mark.parametrize("field", ["payload", "salt"])
@pytest.mark.parametrize("value", [b"", b"x", "text", 7])
def test_storage_may_give_anything_for_payload_and_salt(field, value):
    assert found([*ENTRIES[:3], ENTRIES[3]._replace(**{field: value}), *ENTRIES[4:]])


def flipped(value: int | str | bytes, chance: random.Random) -> int | str | bytes:
    """The value with one bit of its stored form changed."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(16))
    encoded = bytearray(value.encode() if isinstance(value, str) else value)
    encoded[chance.randrange(len(encoded))] ^= 1 << chance.randrange(8)
    return encoded.decode(errors="surrogateescape") if isinstance(value, str) else bytes(encoded)


def tampered(one: Logged, chance: random.Random):
    field = chance.choice([*FIELDS, "payload", "salt"])
    if field in ("payload", "salt"):
        return one._replace(**{field: flipped(getattr(one, field), chance)})  # type: ignore[arg-type]
    return one._replace(entry=rewritten(one.entry, **{field: flipped(getattr(one.entry, field), chance)}))


def rewritten(entry: Entry, **changed: object) -> Entry:
    return replace(entry, **changed)  # type: ignore[arg-type]


def test_ten_thousand_changed_bits_are_all_seen():
    chance, missed = random.Random(20171128), 0
    for _ in range(10_000):
        place = chance.randrange(len(ENTRIES))
        entries = list(ENTRIES)
        entries[place] = tampered(entries[place], chance)
        report = verify(log(entries))
        missed += report.ok
        # Whoever changes one field leaves the others to tell which entry it was.
        assert report.ok or any(problem.sequence == place for problem in report.problems)
    assert missed == 0


def with_new_leaf(one: Logged, **changed: object) -> Logged:
    made = rewritten(one.entry, **changed)
    return one._replace(entry=replace(made, leaf=leaf_hash(made.header)))


def test_an_entry_that_the_log_would_not_write_is_named_even_if_its_hashes_are_right():
    for field, value, expected in (
        ("at", "2017-11-28 15:04", "the time is not an instant as the log writes it"),
        ("actor", "two words", "the actor, type or subject is not an id"),
    ):
        entries = [with_new_leaf(ENTRIES[0], **{field: value})]
        assert found(entries, checkpoints=()) == [(0, expected)]


def test_someone_with_the_database_but_without_the_signing_key_is_seen():
    """Changes a header and makes its leaf again: only a checkpoint can tell, and does, whichever entry it was."""
    for place in range(len(ENTRIES)):
        entries = list(ENTRIES)
        entries[place] = with_new_leaf(entries[place], actor="person:none")
        assert [problem for problem in verify(log(entries)).problems if problem.sequence is None]


def test_someone_with_the_signing_key_is_seen_by_whoever_kept_an_old_checkpoint():
    entries = list(ENTRIES)
    entries[2] = with_new_leaf(entries[2], actor="person:none")
    forged = sign_checkpoint(Checkpoint(ORIGIN, 11, root(e.entry.leaf for e in entries)), KEY.signing)
    assert found(entries, checkpoints=(forged,)) == []
    assert found(entries, checkpoints=(forged, OLD)) == [
        (None, f"{FIRST_4} no earlier checkpoint narrows it down"),
    ]
