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
    """This machine, in memory that does not grow with the tables, however many files they are in."""

    def __init__(self) -> None:
        self._duckdb = duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "memory_limit": "1GB",
                "enable_external_file_cache": False,  # it keeps what was read of files that are read once
                "temp_directory": "",  # cells are never spilled into the folder of whoever counts
            }
        )

    def table(self, files: Sequence[Path]) -> str:
        alike = [f"read_parquet({_listed(each)})" for each in self._with_the_same_columns(files)]
        return alike[0] if len(alike) == 1 else f"(FROM {' UNION ALL BY NAME FROM '.join(alike)})"

    def _with_the_same_columns(self, files: Sequence[Path]) -> list[list[Path]]:
        """The files in groups. Asked to find a column's place by its name, DuckDB keeps every file open to the end."""
        told = f"SELECT file_name, name FROM parquet_schema({_listed(files)}) WHERE num_children IS NULL"  # noqa: S608  (ours)
        columns: dict[str, set[object]] = {str(path): set() for path in files}
        for file, name in self.fetch(told):
            columns[str(file)].add(name)
        groups: dict[frozenset[object], list[Path]] = {}
        for path in files:
            groups.setdefault(frozenset(columns[str(path)]), []).append(path)
        return list(groups.values())

    def columns(self, table: str) -> list[str]:
        described = self.fetch(f"SELECT column_name FROM (DESCRIBE SELECT * FROM {table})")  # noqa: S608  (ours)
        return [str(name) for (name,) in described]

    def fetch(self, sql: str, parameters: Sequence[Parameter] = ()) -> list[tuple[object, ...]]:
        try:
            return self._duckdb.execute(sql, list(parameters)).fetchall()
        except duckdb.Error as problem:
            raise UnansweredError(str(problem)) from problem


def _listed(files: Sequence[Path]) -> str:
    """The files as SQL."""
    return "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in files) + "]"
