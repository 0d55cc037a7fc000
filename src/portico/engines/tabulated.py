"""Counts over the tables of a record: finds the stored rows, their places and judgements, and has them counted."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from portico.counting import PLACES, StoredRows, TableDefinition, Tabulation, table_definitions
from portico.counting.database import Database
from portico.counting.tabulate import tabulate
from portico.engines.placed import PlacesError, placed
from portico.facts import PorticoError
from portico.places import Answers
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
    answers: Callable[[], Answers] = dict,
    database: Database | None = None,
) -> Tabulation:
    """How many rows of the imported tables count under the definition; see `tabulate`.

    tables   the folder of imported tables, `tables` in the record's
    placing  called when landmarks are placed for the first time, which takes seconds
    answers  gives what people said of landmarks whose words leave it open; asked only where places are counted
    database what counts, for example `SparkDatabase(master)`; None: DuckDB in this process
    Raises NotImportedError if there is nothing to count, and what `tabulate` raises.
    """
    asked = {*by, *(where or {}), *definition.where}
    stored = stored_rows(Path(tables), definition)
    if asked.intersection(PLACES) and definition.landmark:
        places = placed(Path(tables), stored.rows, definition.landmark, answers(), placing)
        stored = replace(stored, places=places)
    return tabulate(definition, stored, by=by, where=where, database=database)


def place_ahead(tables: Path, profile: str, answers: Answers) -> None:
    """Places the landmarks of the stored tables of a profile that are counted by place: no count then waits for it."""
    for definition in table_definitions().values():
        if definition.landmark and definition.profile == profile:
            with suppress(NotImportedError, PlacesError):  # the count that needs them says what is wrong
                placed(tables, stored_rows(tables, definition).rows, definition.landmark, answers)


def stored_rows(tables: Path, definition: TableDefinition) -> StoredRows:
    """The files that a definition counts, with judgements beside them; without places. Raises NotImportedError."""
    profile, _, table = definition.table.partition("/")
    rows = stored_tables(tables, profile, table)
    if not rows:
        raise NotImportedError(definition)
    judged: tuple[Path, ...] = ()
    if definition.duplicates != "none":
        judged = (judge_duplicates(tables, profile, table, definition.duplicates).path,)
    return StoredRows(rows=rows, judged=judged)
