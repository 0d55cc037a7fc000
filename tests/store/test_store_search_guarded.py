"""What is guarded is never found by a search, and what is erased leaves no word behind in any table of the index."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from portico.facts import Statement
from portico.store import open_record

BY = "person:7f3a"


@pytest.fixture(scope="module")
def canaries() -> ModuleType:
    spec = importlib.util.spec_from_file_location("canaries", Path(__file__).parent / "canaries.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def searched(record, words: str) -> int:
    return record.search(words, kinds=("incident", "account", "statement", "document")).total


def words_on_disk(record, folder: Path, *words: bytes) -> set[bytes]:
    """Which of these words stand in the record's database: in SQLite's files, in the rows and vectors of PostgreSQL."""
    files = sorted(folder.glob("record.sqlite3*"))
    kept = b"".join(file.read_bytes() for file in files) if files else rows_of(record)
    return {word for word in words if word in kept.lower()}


def rows_of(record) -> bytes:
    from django.db import connections

    with connections[record.aliases[0]].cursor() as cursor:
        cursor.execute("SELECT concat_ws(' ', title, body, words) FROM store_passage")
        return repr(cursor.fetchall()).encode()


def test_nothing_of_a_private_document_is_found(record, canaries, folder):
    added = list(record.add_all((canaries.document(number) for number in range(20)), actor=BY))
    canaries.decide_with(record, 0, added[0].accounts[0], added[1].accounts[0])
    for number in range(20):
        assert searched(record, canaries.canary(number)) == searched(record, canaries.canary(number)[:10] + "*") == 0
    assert searched(record, "note") == 0
    assert searched(record, "hallway") == 20, "what is coded in clear is found"
    assert canaries.scan(folder) == set()


def test_who_a_public_document_names_is_not_found_by_the_name(record, telling, folder):
    document, reading = telling(
        "Vantrell waited; OZREN VANTRELL’s friends saw a Ruritanian man, 34, in the mill.",
        kind="arrest",
        name="Ozren Vantrell",
        age=34,
        nationality="Ruritanian",
        gender="male",
    )
    statement = Statement(
        speaker="Ilka Sorrow",
        organisation="Friends of Vantrell",
        role=None,
        kind="indirect",
        spans=(document.text.span(0, 17),),
    )
    names = ("id", "source", "text", "published_on", "reader", "language", "accounts", "actions", "statistics")
    fields = {name: getattr(reading, name) for name in names}
    record.add(document, type(reading)(**fields, statements=(statement,)), actor=BY)
    for words in ("vantrell", "Ozren", "vantr*", '"ozren vantrell"'):
        assert searched(record, words) == 0, words
    assert searched(record, "friends mill") == 1
    (said,) = record.search("sorrow").rows
    assert "".join(words for words, _ in said.title) == "Ilka Sorrow · Friends of ▮▮▮▮▮▮▮▮"
    shown = "".join(words for words, _ in record.search("mill", kinds=("incident",)).rows[0].snippet)
    assert "▮▮▮▮▮▮▮▮ waited; ▮▮▮▮▮ ▮▮▮▮▮▮▮▮’s friends saw" in shown


def test_a_document_that_names_somebody_erased_leaves_the_index_with_all_its_words(record, telling, folder):
    one = record.add(*telling("The lathe operator waited.", kind="arrest", name="Ozren Vantrell"), actor=BY)
    other = record.add(*telling("Somebody prints Ozren Vantrell beside the carousel."), actor=BY)
    kept = record.add(*telling("The lighthouse stays.", kind="arrest"), actor=BY)
    assert searched(record, "lathe") == searched(record, "carousel") == searched(record, "lighthouse") == 1
    assert words_on_disk(record, folder, b"operator", b"carousel") == {b"operator", b"carousel"}
    erased = record.erase(record.people()[0].id, actor=BY)
    assert set(erased.still_printing) == {one.source, other.source}
    assert searched(record, "lathe") == searched(record, "carousel") == searched(record, "vantrell") == 0
    assert searched(record, "arrest") == 2, "what is coded stays"
    assert [hit.document for hit in record.search("lighthouse").rows] == [kept.source]
    assert words_on_disk(record, folder, b"operator", b"arousel", b"antrell", b"lighthouse") == {b"lighthouse"}
    assert record.rebuild().equal
    assert searched(record, "carousel") == 0


def test_a_removed_original_leaves_the_index(record, telling, folder, key_file):
    added = record.add(*telling("The lathe operator waited.", kind="arrest", name="Ozren Vantrell"), actor=BY)
    record.erase(added.source, actor=BY, with_originals=True)
    assert searched(record, "lathe") == 0
    assert words_on_disk(record, folder, b"operator", b"vantrell") == set()
    with open_record(folder, key_file=key_file) as again:
        assert again.rebuild().equal
