"""The desk's tables for a backup of an earlier version: filled as that version had them, then brought to today's."""

from dataclasses import replace

import pytest
from desk_fixtures import stand_at  # type: ignore[import-not-found]
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portico.store.dumping import NoTableError
from portico.web.site.restored import desk_tables


@pytest.fixture
def place(tmp_path):
    """A desk's place without any table."""
    with stand_at(replace(settings.PORTICO_PLACE, folder=tmp_path)) as place:
        yield place


def versions() -> list[tuple[str, str]]:
    """Of every app, in an order in which they may be reached."""
    graph = MigrationLoader(None).graph
    return list(dict.fromkeys(node for leaf in graph.leaf_nodes() for node in graph.forwards_plan(leaf)))


def test_tables_of_an_earlier_version_are_filled_and_then_brought_to_todays(place):
    with desk_tables([each for each in versions() if each != ("tokens", "0002_keptanswer")]):
        tables = set(connection.introspection.table_names())
        assert {"tokens_token", "desk_cache", "access_user"} <= tables
        assert "tokens_keptanswer" not in tables
    assert "tokens_keptanswer" in connection.introspection.table_names()
    call_command("migrate", "--check", verbosity=0)


def test_what_a_later_version_wrote_is_refused_and_nothing_is_made(place):
    with pytest.raises(NoTableError), desk_tables([*versions(), ("tokens", "0099_of_tomorrow")]):
        pytest.fail("there is nothing to fill")
    assert connection.introspection.table_names() == []
