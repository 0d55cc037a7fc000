"""Checkpoints are signed notes that any tool for transparency logs can read, and nothing else passes for one."""

import base64
import random

import pytest

from portico.custody import Checkpoint, CheckpointError, KeyFile, LogKey, open_checkpoint, root, sign_checkpoint
from portico.custody.checkpoint import open_note, sign_note

KEY = KeyFile(opening=bytes(range(32)), signing=bytes(range(32, 64)))
ORIGIN = "example.org/record-51c0"
LOG_KEY = KEY.log_key(ORIGIN)
CHECKPOINT = Checkpoint(ORIGIN, 5, root([bytes(32)] * 5))
NOTE = sign_checkpoint(CHECKPOINT, KEY.signing)

# The key and note of the examples of golang.org/x/mod/sumdb/note, where the format comes from.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_that_another_program_signed_is_read():
    text, signed_by = open_note(GO_NOTE, [LogKey.parse(GO_KEY)])
    assert text == GO_NOTE[: GO_NOTE.index("\n\n") + 1]
    assert signed_by == {"PeterNeumann"}


def test_the_text_is_origin_size_and_root():
    lines = NOTE.split("\n")
    assert lines[:4] == [ORIGIN, "5", base64.b64encode(CHECKPOINT.root).decode(), ""]
    assert lines[4].startswith(f"— {ORIGIN} ")


def test_it_opens_to_what_was_signed():
    assert open_checkpoint(NOTE, [LOG_KEY]) == CHECKPOINT


def test_a_key_has_a_text_form_that_reads_back():
    assert LogKey.parse(str(LOG_KEY)) == LOG_KEY
    assert str(LogKey.parse(GO_KEY)) == GO_KEY


@pytest.mark.parametrize(
    "text",
    ["", "name", "name+00000000+", GO_KEY[:-2], GO_KEY.replace("c74f", "c74e"), GO_KEY.replace("Peter", "Piter")],
)
def test_a_damaged_key_is_refused(text):
    with pytest.raises(CheckpointError, match="key"):
        LogKey.parse(text)


def test_every_changed_bit_is_refused():
    encoded = NOTE.encode()
    for bit in range(8 * len(encoded)):
        changed = bytearray(encoded)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((CheckpointError, UnicodeDecodeError)):
            open_checkpoint(changed.decode(), [LOG_KEY])


def test_signatures_of_others_are_passed_over_but_one_of_ours_must_be_right():
    other = sign_note(CHECKPOINT.text, "witness.example", bytes(32)).rpartition("\n\n")[2]
    assert open_checkpoint(NOTE + other, [LOG_KEY]) == CHECKPOINT
    with pytest.raises(CheckpointError, match="no known key"):
        open_checkpoint(CHECKPOINT.text + "\n" + other, [LOG_KEY])


def test_the_key_of_one_log_does_not_vouch_for_another():
    moved = sign_note(CHECKPOINT.text, "example.org/other", KEY.signing)
    with pytest.raises(CheckpointError, match=r"no key of example\.org/record-51c0"):
        open_checkpoint(moved, [KEY.log_key("example.org/other"), LOG_KEY])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{ORIGIN}\n05\n{'A' * 43}=\n", "size or root"),
        (f"{ORIGIN}\n-1\n{'A' * 43}=\n", "size or root"),
        (f"{ORIGIN}\n5\n{'A' * 40}\n", "size or root"),
        (f"{ORIGIN}\n5\n{'A' * 42}B=\n", "size or root"),
        (f"{ORIGIN}\n5\n{'A' * 43}=\nextension\n", "three lines"),
        (f"{ORIGIN}\n5\n", "three lines"),
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text, reason):
    with pytest.raises(CheckpointError, match=reason):
        open_checkpoint(sign_note(text, ORIGIN, KEY.signing), [LOG_KEY])


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("", "blank line"),
        (CHECKPOINT.text, "blank line"),
        (NOTE[:-1], "blank line"),
        (NOTE.replace("\n", "\r\n"), "control characters"),
        (NOTE + "— someone\n", "signature line"),
        (NOTE * 200, "too long"),
    ],
)
def test_what_is_no_note_is_refused_with_its_reason(note, reason):
    with pytest.raises(CheckpointError, match=reason):
        open_checkpoint(note, [LOG_KEY])


def test_the_message_says_what_survived_and_what_to_do():
    with pytest.raises(CheckpointError) as caught:
        open_checkpoint(NOTE.replace("\n5\n", "\n6\n"), [LOG_KEY])
    assert str(caught.value) == (
        "The checkpoint is not accepted: the signature of example.org/record-51c0 does not fit the text. "
        "The log is unchanged. Compare it with the copy you were given when it was made, and check which key signed it."
    )


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\n"])
def test_a_log_whose_name_the_format_forbids_is_refused(name):
    with pytest.raises(ValueError, match="neither spaces nor plus"):
        LogKey(name, random.Random(1).randbytes(32))


def test_a_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        LogKey(ORIGIN, bytes(31))
