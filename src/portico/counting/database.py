"""What counts over Parquet ask of a database: tables by their files, and one dialect of SQL."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import duckdb

Parameter = str | int | list[str]


class UnansweredError(Exception):
    """A database cannot answer; its words are the first argument."""


class Database(Protocol):
    """Answers SQL over Parquet files: DuckDB on one machine, another on many.

    The SQL is DuckDB's as far as it is standard: names in double quotes, text in single ones, `?` for parameters.
    """

    def table(self, files: Sequence[Path]) -> str:
        """SQL that names the rows of all these files together; a column that a file lacks is null there."""

    def columns(self, table: str) -> list[str]:
        """The columns of what `table` gave."""

    def fetch(self, sql: str, parameters: Sequence[Parameter] = ()) -> list[tuple[object, ...]]:
        """The rows of an answer. Raises UnansweredError."""


class DuckDb:
    """This machine, in memory that does not grow with the tables."""

    def __init__(self) -> None:
        self._duckdb = duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "memory_limit": "1GB",
                "temp_directory": "",  # cells are never spilled into the folder of whoever counts
            }
        )

    def table(self, files: Sequence[Path]) -> str:
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        return f"read_parquet([{listed}], union_by_name = true)"

    def columns(self, table: str) -> list[str]:
        described = self.fetch(f"SELECT column_name FROM (DESCRIBE SELECT * FROM {table})")  # noqa: S608  (ours)
        return [str(name) for (name,) in described]

    def fetch(self, sql: str, parameters: Sequence[Parameter] = ()) -> list[tuple[object, ...]]:
        try:
            return self._duckdb.execute(sql, list(parameters)).fetchall()
        except duckdb.Error as problem:
            raise UnansweredError(str(problem)) from problem
