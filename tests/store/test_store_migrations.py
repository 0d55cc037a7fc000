"""Tables go up, down and up again with what is in them; a newer record's are left alone."""

import pytest
from django.core.management import call_command
from django.db import connections

from portico.store import RecordError, open_record

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
