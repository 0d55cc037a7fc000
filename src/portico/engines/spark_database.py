"""Spark as a database over Parquet: the questions that DuckDB answers on one machine, with the same answers."""

from collections.abc import Sequence
from pathlib import Path

from portico.counting.database import Parameter, UnansweredError
from portico.engines.spark import first_line, spark_context

# Names in double quotes, as DuckDB and the standard have them; a name is else taken for a text.
_STANDARD = {"spark.sql.ansi.enabled": "true", "spark.sql.ansi.doubleQuotedIdentifiers": "true"}


class SparkDatabase:
    """A cluster, for `counting.tabulate`. Files must have the same paths on every machine.

    master  as for `spark`. Raises SparkError if there is none.
    """

    def __init__(self, master: str | None = None) -> None:
        context = spark_context(master)
        from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra)

        self._session = SparkSession(context).newSession()
        for name, value in _STANDARD.items():
            self._session.conf.set(name, value)
        # As many pieces as processors: the default of 200 is for joins of tables that no memory holds.
        self._session.conf.set("spark.sql.shuffle.partitions", str(max(2, context.defaultParallelism)))
        self._tables: dict[tuple[Path, ...], str] = {}

    def table(self, files: Sequence[Path]) -> str:
        named = self._tables.setdefault(tuple(files), f"portico_{len(self._tables)}")
        with _Asked():
            read = self._session.read.option("mergeSchema", "true").parquet(*(str(path.absolute()) for path in files))
            read.createOrReplaceTempView(named)
        return named

    def columns(self, table: str) -> list[str]:
        return list(self._session.table(table).columns)

    def fetch(self, sql: str, parameters: Sequence[Parameter] = ()) -> list[tuple[object, ...]]:
        spoken = sql.replace("AS VARCHAR)", "AS STRING)")  # a VARCHAR of Spark has a length
        with _Asked():
            return [tuple(row) for row in self._session.sql(spoken, args=list(parameters) or None).collect()]


class _Asked:
    """Errors of Spark in one line."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from py4j.protocol import Py4JError  # noqa: PLC0415  (an extra)
        from pyspark.errors import PySparkException  # noqa: PLC0415  (an extra)

        if isinstance(error, Py4JError | PySparkException):
            raise UnansweredError(first_line(error)) from error
