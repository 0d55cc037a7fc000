"""Names put through every entrance are found nowhere without the key, and after an erasure nowhere at all."""

import base64
import importlib.util
import os
import zlib
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pysqlite3
import pytest

from portico.custody import LockedError
from portico.facts import MASKED
from portico.store import Erasure, RecordRefused, keyring, open_record

BY = "person:7f3a"
NAMES = int(os.environ.get("PORTICO_CANARIES", "200"))
TYPED = 5  # of them also typed into every field of every decision


@pytest.fixture(scope="module")
def canaries() -> ModuleType:
    spec = importlib.util.spec_from_file_location("canaries", Path(__file__).parent / "canaries.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fill(record, canaries: ModuleType, names: int) -> None:
    added = list(record.add_all((canaries.document(number) for number in range(names)), actor=BY))
    for number in range(min(TYPED, names)):
        canaries.decide_with(record, number, added[number].accounts[0], added[-1].accounts[0])


def test_the_search_finds_a_name_however_it_is_spelled(sqlite_only, canaries):
    name = canaries.canary(417).encode()
    spelled = [name, name.lower(), name.decode().encode("utf-16-le"), b"x" + name.decode().encode("utf-16-be")]
    spelled += [base64.b64encode(b"x" * pad + name) for pad in range(3)]
    spelled += [zlib.compress(b"a page about " + name), base64.b64encode(zlib.compress(name))]
    for each in spelled:
        assert canaries.scan_bytes(b"?? " + each + b" ??") == {417}, each
    assert canaries.scan_bytes(b"nothing of the kind") == set()


def test_no_file_holds_a_name_and_after_erasing_not_even_the_key_finds_it(folder, key_file, canaries):
    with open_record(folder, key_file=key_file, create=True) as record:
        fill(record, canaries, NAMES)
        assert canaries.scan(folder) == set()
    assert canaries.scan(folder) == set()

    with open_record(folder, key_file=key_file) as record:
        before = {state.id: [fact for fact in state.facts if fact.attribute == "zone"] for state in record.incidents()}
        person = next(each for each in record.people() if each.name == f"{canaries.canary(3)} again")
        erased = record.erase(person.id, actor=BY)
        assert erased.persons == (person.id,)
        assert erased.documents == (person.source,)
        assert canaries.scan_bytes(_everything(record)) == set(range(NAMES)) - {3}
        assert _opened_boxes(record, canaries) == set(range(NAMES)) - {3}
        after = {state.id: [fact for fact in state.facts if fact.attribute == "zone"] for state in record.incidents()}
        assert after.keys() == before.keys()
        for incident, facts in before.items():
            assert [fact.values for fact in after[incident]] == [fact.values for fact in facts]
        assert record.verify().problems == ()
        assert record.rebuild().equal
        assert canaries.scan(folder) == set()


def _everything(record) -> bytes:
    """Whatever a holder of the key can read."""
    accounts = record.accounts()
    decided = [account for account in accounts.values() if account.decided][:TYPED]
    histories = [record.history(name) for account in decided for name in (account.id, account.source, *account.decided)]
    parts = (
        accounts,
        record.documents(),
        record.people(),
        record.statements(),
        record.actions(),
        record.statistics(),
        record.incidents(),
        [record.original(source) for source in record.documents()],
        histories,
    )
    return repr(parts).encode()


def _opened_boxes(record, canaries: ModuleType) -> set[int]:
    """Names in everything encrypted in the log that the keyring still opens."""
    from portico.store import erasure, log

    view = record._opened.view()
    found: set[int] = set()
    for entry in log.entries(record._opened.databases.record):
        for box, place in erasure.boxes_with_places(entry):
            found |= canaries.scan_bytes(view.opener.open(box, place) or b"")
    return found


def test_with_encryption_off_the_search_finds_every_name(sqlite_only, folder, key_file, canaries, monkeypatch):
    def in_clear(_key: bytes, plaintext: bytes, _aad: bytes, *_: object) -> bytes:
        return b"\x01" + plaintext

    def opened(_key: bytes, ciphertext: bytes, _aad: bytes) -> bytes:
        if ciphertext[:1] != b"\x01":
            raise LockedError(b"", "", "")
        return ciphertext[1:]

    monkeypatch.setattr(keyring, "encrypt", in_clear)
    monkeypatch.setattr(keyring, "decrypt", opened)
    with open_record(folder, key_file=key_file, create=True) as record:
        fill(record, canaries, NAMES)
        assert canaries.scan(folder) == set(range(NAMES))


def test_a_destroyed_key_is_gone_from_the_files(sqlite_only, record, invented, folder):
    record.add(*invented(private=True), actor=BY)
    with closing(pysqlite3.connect(folder / "keyring.sqlite3")) as other:
        wrapped = [bytes(row[0]) for row in other.execute("SELECT sealed FROM store_datakey")]
    keyring_files = [file for file in folder.iterdir() if file.name.startswith("keyring")]
    assert all(any(each in file.read_bytes() for file in keyring_files) for each in wrapped)
    record.erase(record.people()[0].id, actor=BY)
    assert not any(each in file.read_bytes() for each in wrapped for file in folder.iterdir() if file.is_file())


def test_a_dry_run_says_what_would_happen_and_writes_nothing(record, invented):
    record.add(*invented(private=True), actor=BY)
    public = record.add(*invented(number=1), actor=BY)
    person = record.people()[0].id
    before = (record.root, record.people(), record.documents())
    told = record.erase(person, actor=BY, dry_run=True)
    assert told.dry_run
    assert (record.root, record.people(), record.documents()) == before
    done = record.erase(person, actor=BY)
    assert (told.persons, told.documents, told.keys, told.still_printing) == (
        done.persons,
        done.documents,
        done.keys,
        done.still_printing,
    )
    assert done.still_printing == (public.source,)


def test_public_originals_that_print_the_name_are_listed_and_removed_on_request(record, invented, folder):
    named = record.add(*invented(), actor=BY)
    quoting = record.add(*invented("Ozren Vantrell’s lawyer", number=1), actor=BY)
    other = record.add(*invented("Tamsin Orlo", number=2), actor=BY)
    person = next(each.id for each in record.people() if each.source == named.source)
    would = record.erase(person, actor=BY, dry_run=True)
    assert would.still_printing == tuple(sorted((named.source, quoting.source)))
    erased = record.erase(person, actor=BY, with_originals=True)
    assert (erased.still_printing, erased.removed) == ((), tuple(sorted((named.source, quoting.source))))
    assert erased.entries
    stored = record.documents()
    for source in erased.removed:
        assert (stored[source].text, stored[source].erased) == (None, True)
        assert record.original(source) is None
    assert stored[other.source].text is not None
    assert "Vantrell" not in repr(
        (record.accounts(), record.statements(), record.actions(), record.incidents(), stored)
    )
    for file in folder.rglob("*"):
        assert not file.is_file() or b"antrell" not in file.read_bytes(), file.name
    assert record.verify().problems == ()
    assert record.rebuild().equal
    assert record.add(*invented(), actor=BY).new is False, "a tombstone is not filled again"


def test_what_an_erasure_left_of_a_payload_is_watched(sqlite_only, record, invented, folder):
    record.add(*invented(), actor=BY)
    record.erase(record.people()[0].id, actor=BY, with_originals=True)
    assert record.verify().ok
    with closing(pysqlite3.connect(folder / "record.sqlite3")) as other:
        other.execute("UPDATE store_entry SET payload = replace(payload, 'test 1', 'test 2') WHERE sequence = 0")
        other.commit()
    assert [each.what for each in record.verify().problems] == ["what an erasure left of the payload was changed"]


def test_others_named_in_the_same_private_document_keep_their_claims(record, invented):
    """As decision 0005 says: their words in that document are gone, who they are is not."""
    document, reading = invented(private=True)
    other = invented("Tamsin Orlo", private=True)[1].accounts[0]
    from dataclasses import replace

    both = replace(reading, accounts=(*reading.accounts, replace(other, claims=other.claims)))
    record.add(document, both, actor=BY)
    first = next(each for each in record.people() if each.name == "Ozren Vantrell")
    record.erase(first.id, actor=BY)
    (left,) = record.people()
    assert left.name == "Tamsin Orlo"
    account = record.accounts()[left.account].account
    assert (account.value("age"), account.value("outcome"), account.value("zone")) == (34, MASKED, "hallway")


def test_an_incident_keeps_its_coded_facts_when_its_person_is_erased(record, invented):
    account = record.add(*invented(private=True), actor=BY).accounts[0]
    record.decide(f"c-{account[2:]}.2", "correct", actor=BY, value="lobby", reason="Ozren Vantrell says so")
    record.erase(record.people()[0].id, actor=BY)
    (incident,) = record.incidents()
    assert incident.values("zone") == ("lobby",)
    assert incident.values("name") == (MASKED,)
    assert record.accounts()[account].erased
    assert record.people() == ()
    assert record.history(f"c-{account[2:]}.2")[0].details["reason"] is None


def test_a_document_is_erased_by_its_hash_without_the_key(record, invented, folder):
    added = record.add(*invented(private=True), actor=BY)
    person = record.people()[0].id
    with open_record(folder) as locked:
        with pytest.raises(RecordRefused, match="needs the key: without it nobody knows which name to look for"):
            locked.erase(person, actor=BY)
        erased = locked.erase(added.source, actor=BY)
    assert isinstance(erased, Erasure)
    assert (erased.persons, erased.documents) == ((person,), (added.source,))
    assert record.documents()[added.source].locked
    assert record.people() == ()
    with pytest.raises(RecordRefused, match="an erasure cannot be undone"):
        record.undo(record.history(person)[-1].batch)


def test_the_name_is_found_however_a_page_spells_it(record, invented):
    record.add(*invented("José O’Hara-Paz", private=True), actor=BY)
    public = record.add(*invented("JOSE  O HARA PAZ", number=1), actor=BY)
    person = record.people()[0].id
    erased = record.erase(person, actor=BY)
    assert len(erased.persons) == 2
    assert erased.still_printing == (public.source,)


def test_a_public_document_is_erased_with_the_words_that_the_log_quotes(record, invented, folder):
    added = record.add(*invented(), actor=BY)
    (listed,) = record.erase(added.source, actor=BY, dry_run=True).still_printing
    assert listed == added.source
    erased = record.erase(added.source, actor=BY, with_originals=True)
    assert (erased.removed, erased.documents) == ((added.source,), ())
    for file in folder.rglob("*"):
        assert not file.is_file() or b"Sorrow" not in file.read_bytes(), "the speaker is quoted"
    (incident,) = record.incidents()
    assert incident.values("zone") == ("hallway",)
    assert incident.values("courthouse") == (MASKED,)
    assert record.verify().problems == ()
    assert record.rebuild().equal


def test_what_is_typed_about_an_erased_person_does_not_bring_them_back(record, invented):
    account = record.add(*invented(private=True), actor=BY).accounts[0]
    record.erase(record.people()[0].id, actor=BY)
    with pytest.raises(RecordRefused, match=r"the person was erased\. Nothing was written"):
        record.decide(f"c-{account[2:]}.5", "correct", actor=BY, value="Ozren Vantrell")
    record.decide(f"c-{account[2:]}.2", "correct", actor=BY, value="lobby", reason="the plan says so")
    assert record.history(f"c-{account[2:]}.2")[0].details["reason"] == "the plan says so"
    assert record.incidents()[0].values("zone") == ("lobby",)
