"""Large private originals: sealed piece by piece, whole again with the key; not one byte of them may change or go."""

import hashlib
import random

import pytest

from portico.facts import Reading, Source, Text
from portico.reading import Document
from portico.store import open_record

BY = "person:7f3a"
PIECE = 1 << 20
WORDS = b"Ozren Vantrell "


def document(size: int) -> tuple[Document, Reading]:
    """A private document of some bytes, of which nothing was read."""
    content = (WORDS + random.Random(size).randbytes(size))[:size]
    source = Source(sha256=hashlib.sha256(content).hexdigest(), media_type="text/csv", size=size, private=True)
    text = Text("a sheet")
    reading = Reading(id="x", source=source.sha256, text=text.sha256, published_on=None, reader="none")
    return Document(id="x", source=source, text=text, original=content), reading


@pytest.mark.parametrize("size", [PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
def test_it_is_whole_again_with_the_key_and_says_nothing_without(record, folder, size):
    read = document(size)
    added = record.add(*read, actor=BY)
    assert record.original(added.source) == read[0].original
    assert record.verify().ok
    assert not any(WORDS in each.read_bytes() for each in (folder / "sources").iterdir())
    with open_record(folder) as locked:
        assert locked.original(added.source) is None


@pytest.mark.parametrize("damage", ["a bit", "its end", "a piece", "pieces in another order", "everything"])
def test_what_was_done_to_it_is_found(record, folder, damage):
    added = record.add(*document(3 * PIECE + 5), actor=BY)
    file = folder / "sources" / added.source
    kept = file.read_bytes()
    start = len(kept) - (3 * (PIECE + 29) + 5 + 29)
    first, second = kept[start : start + PIECE + 29], kept[start + PIECE + 29 : start + 2 * (PIECE + 29)]
    rest = kept[start + 2 * (PIECE + 29) :]
    changed = {
        "a bit": kept[:-1] + bytes([kept[-1] ^ 1]),
        "its end": kept[: -(5 + 29)],
        "a piece": kept[:start] + first + rest,
        "pieces in another order": kept[:start] + second + first + rest,
        "everything": kept[:start],
    }[damage]
    file.write_bytes(changed)
    assert not record.verify().ok
