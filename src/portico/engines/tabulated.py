"""Counts over the tables of a record: finds the stored rows, their places and judgements, and has them counted."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from portico.counting import PLACES, StoredRows, TableDefinition, Tabulation
from portico.counting.database import Database
from portico.counting.tabulate import tabulate
from portico.engines.placed import placed
from portico.facts import PorticoError
from portico.tables import judge_duplicates, stored_tables


class NotImportedError(PorticoError):
    """No table was imported that a definition counts."""

    def __init__(self, definition: TableDefinition) -> None:
        self.profile = definition.profile
        super().__init__(
            f"{definition.id}: no table {definition.table} was imported into this record, so nothing was counted. "
            f"Import it with `portico import {definition.profile} FILE… --yes`, then count again."
        )


def count_tables(
    tables: Path | str,
    definition: TableDefinition,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, str | Sequence[str]] | None = None,
    placing: Callable[[], None] = lambda: None,
    database: Database | None = None,
) -> Tabulation:
    """How many rows of the imported tables count under the definition; see `tabulate`.

    tables   the folder of imported tables, `tables` in the record's
    placing  called when landmarks are placed for the first time, which takes seconds
    database what counts, for example `SparkDatabase(master)`; None: DuckDB in this process
    Raises NotImportedError if there is nothing to count, and what `tabulate` raises.
    """
    asked = {*by, *(where or {}), *definition.where}
    stored = stored_rows(Path(tables), definition, placing if asked.intersection(PLACES) else None)
    return tabulate(definition, stored, by=by, where=where, database=database)


def stored_rows(tables: Path, definition: TableDefinition, placing: Callable[[], None] | None = None) -> StoredRows:
    """The files that a definition counts, with judgements beside them; with `placing` the places of landmarks too.

    Raises NotImportedError.
    """
    profile, _, table = definition.table.partition("/")
    rows = stored_tables(tables, profile, table)
    if not rows:
        raise NotImportedError(definition)
    judged: tuple[Path, ...] = ()
    if definition.duplicates != "none":
        judged = (judge_duplicates(tables, profile, table, definition.duplicates).path,)
    places = placed(tables, rows, definition.landmark, placing) if definition.landmark and placing else ()
    return StoredRows(rows=rows, places=places, judged=judged)
