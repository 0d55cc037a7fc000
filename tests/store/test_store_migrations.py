"""Tables go up, down and up again with what is in them; a newer record's are left alone."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from portico import store
from portico.facts import Verification
from portico.record import Consent
from portico.store import RecordError, open_record

MIGRATIONS = Path(store.__file__).parent / "migrations"
BY = "person:7f3a"


def test_going_back_a_version_and_forward_again_keeps_the_record(folder, key_file, record, telling):
    one, two = (record.add(*telling(f"Lathe {n}.", kind="arrest", zone="lobby"), actor=BY) for n in range(2))
    record.link(one.accounts[0], two.accounts[0], actor=BY)
    before = (record.root, record.incidents(), record.find_incidents(), record.search("lathe"))
    alias, keyring = record.aliases
    for turn in range(2):
        for each in (alias, keyring):
            call_command("migrate", "store", "0001", database=each, verbosity=0)
        assert "store_folded" not in connections[alias].introspection.table_names()
        if turn:
            break
        for each in (alias, keyring):
            call_command("migrate", "store", database=each, verbosity=0)
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM store_folded")
            assert cursor.fetchone() == (0,), "what follows is made by the first question that needs it"
        with open_record(folder, key_file=key_file) as again:
            assert (again.root, again.incidents(), again.find_incidents(), again.search("lathe")) == before
            assert again.rebuild().equal
    with open_record(folder, key_file=key_file) as again:
        assert (again.root, again.incidents(), again.find_incidents(), again.search("lathe")) == before
        assert again.verify().ok


@pytest.mark.parametrize("version", [path.stem for path in sorted(MIGRATIONS.glob("0*.py"))])
def test_each_version_of_the_tables_is_reached_and_left_again_with_data(record, lived_in, version):
    told = (record.root, record.incidents(), record.documents(), record.people(), record.find_incidents())
    lists = (record.search("lathe"), record.inbox(), record.arrivals(waiting=True), record.counted("arrests-only"))
    said = [record.history(each) for each in lived_in]
    consents, apart = record.consents(), record.apart(lived_in)
    for each in record.aliases:
        call_command("migrate", "store", version, database=each, verbosity=0)
    for each in record.aliases:
        call_command("migrate", "store", database=each, verbosity=0)
    assert told == (record.root, record.incidents(), record.documents(), record.people(), record.find_incidents())
    assert lists == (
        *(record.search("lathe"), record.inbox(), record.arrivals(waiting=True)),
        record.counted("arrests-only"),
    )
    assert said == [record.history(each) for each in lived_in]
    assert record.verify().ok
    record.rebuild()
    assert (consents, apart) == (record.consents(), record.apart(lived_in))
    assert told == (record.root, record.incidents(), record.documents(), record.people(), record.find_incidents())
    assert record.rebuild().equal


@pytest.fixture
def lived_in(record, invented, telling):
    """A record in which everything has happened: the ids of its accounts."""
    added = [
        record.add(*telling(f"Lathe {n}.", kind="arrest", zone="lobby", county="Kings"), actor=BY) for n in range(5)
    ]
    private = record.add(*invented(private=True), actor=BY)
    one, two, three, four, five = (each.accounts[0] for each in added)
    record.link(one, two, actor=BY, reason="one hour")
    record.link(two, three, actor=BY)
    record.unlink(three, actor=BY)
    record.keep_apart(three, four, actor=BY)
    record.decide(f"c-{one[2:]}.1", "correct", value="hallway", actor=BY)
    record.decide(f"c-{two[2:]}.0", "accept", actor=BY, reason="read again")
    record.set_verification(f"i-{one[2:]}", Verification.CORROBORATED, actor=BY)
    record.undo(added[4].batch, actor=BY)
    person = record.account(private.accounts[0]).person
    record.record_consent(person, Consent(purpose="statistics", answer="given", on=date(2026, 4, 2)), actor=BY)
    record.note_read([private.accounts[0]], actor=BY, shown="desk:incident")
    record.erase(person, actor=BY)
    return [one, two, three, four, five, private.accounts[0]]


def test_an_address_that_is_no_postgresql_is_refused(sqlite_only, tmp_path):
    for url in ("mysql://host/name", "postgresql://host", "nonsense"):
        with pytest.raises(RecordError, match=r"no address of a PostgreSQL database\. Nothing was opened\. Write"):
            open_record(tmp_path / "record", database_url=url)
    with pytest.raises(RecordError, match="the database does not answer"):
        open_record(tmp_path / "record", database_url=f"postgresql://nobody@/none?host={tmp_path}")


def test_the_desks_tables_may_be_in_the_same_postgresql_database(record, kept_in):
    if kept_in == "sqlite":
        return
    with connections[record.aliases[0]].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        assert cursor.fetchone() == (0,)
