"""A bundle is checked by someone who has Python and openssl, and not one of its bits can change unseen."""

import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portico.custody import (
    BundleError,
    Checkpoint,
    KeyFile,
    Log,
    Logged,
    LogKey,
    canonical,
    leaf_hash,
    make_entry,
    read_bundle,
    root,
    sign_checkpoint,
    verify,
    verify_bundle,
    write_bundle,
)
from portico.custody.checkpoint import sign_note

KEY = KeyFile(opening=bytes(range(32)), signing=bytes(range(32, 64)))
ORIGIN = "example.org/record-51c0"
LOG_KEY = KEY.log_key(ORIGIN)
SALT = bytes(32)


def logged(sequence: int, zone: str = "hallway") -> Logged:
    payload = canonical({"zone": zone, "said": 'a brace }, a quote " and é', "header": {"payload": None}})
    salt = random.Random(sequence).randbytes(32)
    entry = make_entry(
        sequence=sequence,
        at=datetime(2017, 11, 28, tzinfo=UTC),
        actor="person:7f3a",
        type="claim_accepted",
        subject=f"claim-{sequence:04x}",
        payload=payload,
        salt=salt,
    )
    return Logged(entry, payload, salt)


ENTRIES = [*map(logged, range(4)), Logged(logged(4).entry), *map(logged, range(5, 9))]


def checkpoint(size: int, entries: list[Logged] = ENTRIES) -> str:
    return sign_checkpoint(Checkpoint(ORIGIN, size, root(e.entry.leaf for e in entries[:size])), KEY.signing)


OLD = checkpoint(3)
LOG = Log(entries=ENTRIES, checkpoints=(OLD,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_bundle(tmp_path / "bundle", LOG, origin=ORIGIN, key=KEY)
    return tmp_path / "bundle"


def run(folder: Path, *arguments: object, python: str = sys.executable) -> tuple[int, str]:
    """The bundle's own verifier, with nothing but the standard library within reach."""
    command = [python, "-I", "-S", folder / "verify_bundle.py", folder / "bundle.jsonl", *arguments]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.stderr == "", done.stderr
    return done.returncode, done.stdout


def test_the_bundle_is_lines_of_json_a_verifier_and_a_word_of_explanation(folder):
    assert sorted(os.listdir(folder)) == ["README.txt", "bundle.jsonl", "verify_bundle.py"]
    assert str(LOG_KEY) in (folder / "README.txt").read_text()
    first, *entries, old, whole, closing = map(json.loads, (folder / "bundle.jsonl").read_bytes().splitlines())
    assert first == {"format": "portico-bundle/1", "key": str(LOG_KEY)}
    assert [each["header"]["sequence"] for each in entries] == list(range(9))
    assert entries[0]["payload"] == json.loads(ENTRIES[0].payload or b"")
    assert entries[4] == {"header": json.loads(ENTRIES[4].entry.header), "erased": True}
    assert old == {"checkpoint": OLD}
    assert whole == {"checkpoint": checkpoint(9)}
    assert list(closing) == ["signed"]


def test_its_verifier_says_what_it_checked(folder):
    status, said = run(folder, "--key", LOG_KEY)
    assert status == 0
    assert said == (
        f"9 entries, root {root(e.entry.leaf for e in ENTRIES).hex()}\n"
        "payloads: 8 as committed to, 1 erased\n"
        "checkpoints: 2 in the bundle, 0 of your own\n"
        f"key: {LOG_KEY}\n"
        "Verified: whole and unchanged since it was signed with the key you gave.\n"
    )


def test_without_a_key_of_ones_own_it_asks(folder):
    status, said = run(folder)
    assert status == 0
    assert said.endswith("since it was signed with this key. Is it the one that you were given?\n")


def older_pythons() -> list[str]:
    names = [f"python3.{minor}" for minor in (9, 10)]
    homes = [str(each) for minor in (9, 10) for each in Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python")]
    return [found for found in (*homes, *map(shutil.which, names)) if found and works(found)]


def works(python: str) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


def test_its_verifier_runs_on_the_oldest_python_that_it_promises(folder):
    pythons = older_pythons()
    if not pythons:
        pytest.skip("no Python 3.9 or 3.10 is installed here")
    for python in pythons:
        assert run(folder, python=python)[0] == 0


def test_its_verifier_is_short_enough_to_be_read_and_needs_nothing_of_ours():
    source = Path(verify_bundle.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) < 260
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import", "from"))}
    assert imported <= sys.stdlib_module_names


def test_our_own_reader_agrees(folder):
    log = read_bundle(folder, keys=[LOG_KEY])
    assert list(log.entries) == list(log.entries) == ENTRIES
    assert log.checkpoints == (OLD, checkpoint(9))
    report = verify(read_bundle(folder / "bundle.jsonl"))
    assert report.ok
    assert (report.size, report.payloads_checked, report.payloads_erased) == (9, 8, 1)
    assert report.newest_checkpoint == 9


def test_a_checkpoint_over_the_whole_log_is_not_written_twice(tmp_path):
    write_bundle(tmp_path / "b", Log(entries=ENTRIES, checkpoints=(checkpoint(9),)), origin=ORIGIN, key=KEY)
    assert read_bundle(tmp_path / "b").checkpoints == (checkpoint(9),)


def test_an_empty_log_makes_a_bundle_too(tmp_path):
    report = write_bundle(tmp_path / "empty", Log(entries=[]), origin=ORIGIN, key=KEY)
    assert report.size == 0
    assert run(tmp_path / "empty")[0] == 0
    assert verify(read_bundle(tmp_path / "empty")).ok


def test_another_key_has_not_signed_it(folder):
    other = KeyFile(bytes(32), bytes(32)).log_key(ORIGIN)
    status, said = run(folder, "--key", other)
    assert status == 1
    assert "the key of the log has not signed it" in said
    with pytest.raises(BundleError, match="no known key has signed it"):
        read_bundle(folder, keys=[other])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--key", "nonsense"], "'nonsense' is not a key"),
        (["--key", str(LOG_KEY).replace(LOG_KEY.id.hex(), "00000000")], "is not an Ed25519 key with its id"),
        (["--checkpoint", "/nowhere/kept"], "/nowhere/kept"),
    ],
)
def test_a_wrong_call_is_no_verdict(folder, arguments, expected):
    status, said = run(folder, *arguments)
    assert status == 2
    assert expected in said


def test_a_history_rewritten_by_whoever_holds_the_signing_key_does_not_fit_a_kept_checkpoint(tmp_path):
    rewritten = [ENTRIES[0], logged(1, "entrance"), *ENTRIES[2:]]
    write_bundle(tmp_path / "bundle", Log(entries=rewritten), origin=ORIGIN, key=KEY)
    (tmp_path / "kept").write_text(OLD, encoding="utf-8")
    assert run(tmp_path / "bundle", "--key", LOG_KEY)[0] == 0
    status, said = run(tmp_path / "bundle", "--key", LOG_KEY, "--checkpoint", tmp_path / "kept")
    assert status == 1
    assert "the first 3 entries are not those that their checkpoint was signed over" in said
    log = read_bundle(tmp_path / "bundle")
    assert not verify(replace(log, checkpoints=(*log.checkpoints, OLD))).ok


def accepts(public: bytes, signature: bytes, text: str) -> bool:
    """What openssl answers, without starting a program 20,000 times."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def verdict(path: Path) -> list[str]:
    """What does not fit, by the stand-alone verifier's own functions."""
    try:
        bundle = verify_bundle.read(str(path))
        verify_bundle.check(bundle, verify_bundle.Key(bundle.key), [])
    except verify_bundle.UnreadableError as error:
        return [str(error)]
    return bundle.problems


def test_ten_thousand_changed_bits_are_all_seen_even_if_the_closing_line_were_not_checked(folder, monkeypatch):
    monkeypatch.setattr(verify_bundle, "openssl_accepts", accepts)
    path = folder / "bundle.jsonl"
    whole, chance, missed = path.read_bytes(), random.Random(20171128), 0
    closing_line = whole.rindex(b'{"signed":')
    assert verdict(path) == []
    for _ in range(10_000):
        at, changed = chance.randrange(len(whole)), bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        problems = verdict(path)
        if at < closing_line:
            problems = [problem for problem in problems if not problem.startswith("the closing signature")]
        missed += not problems
    assert missed == 0


def test_a_sample_of_changed_bits_is_refused_by_the_program_and_by_our_reader(folder):
    path = folder / "bundle.jsonl"
    whole, chance = path.read_bytes(), random.Random(1)
    for _ in range(15):
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        assert run(folder)[0] in (1, 2)
        with pytest.raises(BundleError):
            read_bundle(folder)


LINES = range(13)  # first line, nine entries, two checkpoints, closing line


@pytest.mark.parametrize("at", LINES)
def test_a_line_taken_out_repeated_or_cut_off_is_seen(folder, at):
    path = folder / "bundle.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == len(LINES)
    for changed in (
        lines[:at] + lines[at + 1 :],
        [*lines[: at + 1], *lines[at:]],
        lines[:at],
        [*lines[:at], lines[at].replace(b":", b": ", 1), *lines[at + 1 :]],
        [*lines[:at], b" " + lines[at], *lines[at + 1 :]],
        [*lines[:at], lines[at][:-1] + b"\r\n", *lines[at + 1 :]],
    ):
        path.write_bytes(b"".join(changed))
        with pytest.raises(BundleError):
            read_bundle(path)
        assert verdict(path) != []


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00", b"[]\n", b'{"a":1}\n', b"[" * 100_000, b"null\n"])
def test_what_is_no_bundle_is_unreadable(folder, content):
    (folder / "bundle.jsonl").write_bytes(content)
    status, said = run(folder)
    assert status == 2
    assert said.startswith("NOT VERIFIED: ")
    with pytest.raises(BundleError, match="not a whole, unchanged bundle") as caught:
        read_bundle(folder)
    assert caught.value.exit_status == 1


def test_a_bundle_that_is_not_there_is_a_message(tmp_path):
    with pytest.raises(BundleError) as caught:
        read_bundle(tmp_path / "none.jsonl")
    assert str(caught.value) == (
        f"Bundle {tmp_path}/none.jsonl: it could not be read (No such file or directory). "
        "Nothing was changed. Name a bundle."
    )


def test_nothing_is_written_over(folder):
    with pytest.raises(BundleError, match="something is already there; it is unchanged") as caught:
        write_bundle(folder, LOG, origin=ORIGIN, key=KEY)
    assert caught.value.exit_status == 2
    assert run(folder)[0] == 0


def test_a_log_that_does_not_verify_is_not_signed(tmp_path):
    with pytest.raises(BundleError, match=r"the log does not verify .*first 3 entries.* nothing was written"):
        write_bundle(
            tmp_path / "b", replace(LOG, entries=[logged(0, "entrance"), *ENTRIES[1:]]), origin=ORIGIN, key=KEY
        )
    assert os.listdir(tmp_path) == []


@contextmanager
def full_disk(bytes_left: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_on_a_full_disk_nothing_is_left_behind(tmp_path):
    with full_disk(1000), pytest.raises(BundleError, match=r"could not be written .* nothing was left behind"):
        write_bundle(tmp_path / "b", LOG, origin=ORIGIN, key=KEY)
    assert os.listdir(tmp_path) == []


def signed_by_hand(
    folder: Path,
    entries: Callable[[list[bytes]], list[bytes]] = list,
    checkpoint_text: Callable[[str], str] = str,
    signing: bytes = KEY.signing,
) -> Path:
    """Makes the bundle again with other lines, and signs it and a checkpoint over them, as only the key holder can."""
    path = folder / "bundle.jsonl"
    first, *others = path.read_bytes().splitlines(keepends=True)
    lines = entries([line for line in others if line.startswith(b'{"header":')])
    leaves = [leaf_hash(line[10 : line.index(b"}") + 1]) for line in lines]
    whole = sign_note(checkpoint_text(Checkpoint(ORIGIN, len(leaves), root(leaves)).text), ORIGIN, signing)
    body = b"".join([first, *lines, canonical({"checkpoint": whole}), b"\n"])
    note = sign_note(f"portico-bundle/1\n{ORIGIN}\n{hashlib.sha256(body).hexdigest()}\n", ORIGIN, signing)
    path.write_bytes(body + canonical({"signed": note}) + b"\n")
    return path


def test_what_is_signed_by_hand_and_right_verifies(folder):
    assert verdict(signed_by_hand(folder)) == []
    assert verify(read_bundle(folder)).ok


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda lines: [lines[1], lines[0], *lines[2:]], "one is missing, repeated or moved"),
        (lambda lines: lines[1:], "one is missing, repeated or moved"),
        (lambda lines: [lines[0].replace(b'"payload":{', b'"payload":{"a":1,'), *lines[1:]], "not the one that was"),
        (lambda lines: [lines[0].replace(b"claim_accepted", b"claim accepted"), *lines[1:]], "line 2 is not as"),
        (lambda lines: [lines[0].replace(b'"header":{', b'"header":{"extra":1,'), *lines[1:]], "line 2 is not as"),
        (lambda lines: [lines[0].replace(b'"header":{', b'"header":{{'), *lines[1:]], "line 2 is not as"),
        (lambda lines: [lines[0].replace(b'"person:7f3a"', b"7"), *lines[1:]], "line 2 is not as"),
    ],
    ids=["two swapped", "one missing", "another payload", "no id", "one field more", "no JSON", "another type"],
)
def test_signed_lines_that_the_log_would_not_write_do_not_verify(folder, change, expected):
    """Whoever holds the signing key can sign any bytes: those that are no log are named all the same."""
    problems = verdict(signed_by_hand(folder, change))
    assert any(expected in problem for problem in problems), problems
    assert not verify(read_bundle(folder)).ok


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text.replace(ORIGIN, "example.org/other"), "not the three lines"),
        (lambda text: text.replace("\n9\n", "\n09\n"), "not the three lines"),
        (lambda text: text + "more\n", "not accepted"),
        (lambda text: text.replace("\n9\n", "\n10\n"), "is over 10 entries, the bundle has 9"),
        (lambda text: text.replace("\n9\n", "\n8\n"), "the first 8 entries are not those"),
        (lambda text: OLD[: OLD.index("\n\n") + 1], "no checkpoint covers all entries"),
    ],
    ids=["another log", "another spelling", "a line more", "more entries", "another root", "an old one only"],
)
def test_a_signed_checkpoint_that_does_not_fit_is_named(folder, change, expected):
    problems = verdict(signed_by_hand(folder, checkpoint_text=change))
    assert any(expected in problem for problem in problems), problems


def test_openssl_refuses_what_another_key_signed_under_the_logs_name(folder, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(LogKey, "id", LOG_KEY.id)  # the forger claims the log's key id: only the signature tells
        signed_by_hand(folder, signing=bytes(32))
    status, said = run(folder, "--key", LOG_KEY)
    assert status == 1
    assert "- the closing signature does not fit: the key of the log has not signed it" in said
    assert "- a checkpoint is not accepted: the key of the log has not signed it" in said


def test_every_bit_of_the_lines_that_are_no_entries_counts(folder, monkeypatch):
    monkeypatch.setattr(verify_bundle, "openssl_accepts", accepts)
    path = folder / "bundle.jsonl"
    whole = path.read_bytes()
    entries = range(whole.index(b'{"header"'), whole.index(b'{"checkpoint"'))
    for at in range(len(whole)):
        for bit in range(8) if at not in entries else ():
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
            assert verdict(path) != [], (at, bit)


def test_a_folder_that_cannot_be_made_is_a_message(tmp_path):
    with pytest.raises(BundleError, match=r"could not be written \(No such file or directory\)"):
        write_bundle(tmp_path / "none" / "b", LOG, origin=ORIGIN, key=KEY)


def test_a_payload_that_is_no_canonical_json_is_a_bug_of_the_store_and_leaves_nothing_behind(tmp_path):
    payload = b'{\n"zone":"hallway"}'
    entry = make_entry(
        sequence=0, at=datetime(2017, 11, 28, tzinfo=UTC), actor="a", type="b", subject="c", payload=payload, salt=SALT
    )
    with pytest.raises(ValueError, match="not canonical JSON"):
        write_bundle(tmp_path / "b", Log(entries=[Logged(entry, payload, SALT)]), origin=ORIGIN, key=KEY)
    assert os.listdir(tmp_path) == []
