"""The desk's tables for a backup that is put back into PostgreSQL: of the version that made it, then of today's.

It must be filled at the version that wrote it: what later migrations do to the rows, they do again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from portico.store.dumping import NoTableError, Version


@contextmanager
def desk_tables(versions: Sequence[Version]) -> Iterator[None]:
    """Inside it the tables are there and empty, to be filled. Raises NoTableError for versions later than today's."""
    executor = MigrationExecutor(connections["default"])
    if not set(versions) <= executor.loader.graph.nodes.keys():
        raise NoTableError
    executor.migrate(list(versions))
    call_command("createcachetable", verbosity=0)
    connections["default"].close()
    yield
    call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()
