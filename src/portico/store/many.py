"""Rows with one of many values in a column: some hundred values for one query each."""

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from django.db.models import QuerySet

T = TypeVar("T")
_AT_ONCE = 400


def in_parts(values: Collection[T]) -> Iterator[list[T]]:
    """A few at a time, for one query each."""
    ordered = list(values)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))


def rows_of(rows: QuerySet, column: str, values: Collection[object]) -> Iterator[Any]:
    """The rows with one of many values in a column."""
    return (row for few in in_parts(values) for row in rows.filter(**{f"{column}__in": few}))


def columns_of(rows: QuerySet, column: str, values: Collection[object], *columns: str) -> Iterator[Any]:
    """Columns of the rows with one of many values in a column; the value itself, of one."""
    for few in in_parts(values):
        yield from rows.filter(**{f"{column}__in": few}).values_list(*columns, flat=len(columns) == 1)
