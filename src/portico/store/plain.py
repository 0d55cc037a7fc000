"""Rows of one table in plain SQL: what every page and every addition asks many times.

Django makes the SQL of a question anew each time it is asked. That takes ten times as long as the answer, and of a page
that asks thirty questions most of its time. What is asked once, or joins tables, stays with Django.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connections
from django.db.models import BooleanField, Model

from portico.store.many import in_parts

Row = TypeVar("Row", bound=Model)
_TESTS = {"": '"{}" = %s', "not": 'NOT ("{}" = %s)', "lt": '"{}" < %s', "gte": '"{}" >= %s'}
_ANY_OF = "__in"


def select(alias: str, model: type[Model], columns: Sequence[str], /, **where: object) -> list[tuple[Any, ...]]:
    """Columns of the rows where all of this holds, in no certain order.

    where  as Django's `filter` takes it: `field=value`, `field=None`, `field__lt`, `field__gte`; also `field__not`;
           and one `field__in`, of which any value will do, however many they are
    """
    chosen = tuple(columns)
    begin, truths = f"SELECT {_names(chosen)} FROM {model._meta.db_table}", _truths(model, chosen)  # noqa: S608
    rows = [row for condition, values in _conditions(where) for row in _rows(alias, begin + condition, values)]
    return [_told(row, truths) for row in rows] if truths else rows


def column(alias: str, model: type[Model], name: str, /, **where: object) -> list[Any]:
    """One column of these rows."""
    return [value for (value,) in select(alias, model, (name,), **where)]


def instances(alias: str, model: type[Row], /, **where: object) -> list[Row]:
    """These rows as Django has them."""
    columns = _columns(model)
    return [model.from_db(alias, columns, row) for row in select(alias, model, columns, **where)]


def count(alias: str, model: type[Model]) -> int:
    """How many rows the table has."""
    ((number,),) = _rows(alias, f"SELECT count(*) FROM {model._meta.db_table}", ())  # noqa: S608
    return int(number)


def counts(alias: str, model: type[Model], name: str, /, **where: object) -> dict[str, int]:
    """Of these rows, how many there are for each value of a column."""
    return Counter(column(alias, model, name, **where))


def last(alias: str, model: type[Model], name: str, *, by: str) -> Any:
    """A column of the last row in the order of another; None if there is no row."""
    ordered = f'SELECT "{name}" FROM {model._meta.db_table} ORDER BY "{by}" DESC LIMIT 1'  # noqa: S608
    return next((value for (value,) in _rows(alias, ordered, ())), None)


def delete(alias: str, model: type[Model], /, **where: object) -> None:
    """Takes these rows out."""
    for condition, values in _conditions(where):
        with connections[alias].cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table}{condition}", values)  # noqa: S608


def _rows(alias: str, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _conditions(where: dict[str, object]) -> Iterator[tuple[str, list[object]]]:
    """What follows WHERE, with its values: once, or for some hundred of many values each."""
    several = next((name for name in where if name.endswith(_ANY_OF)), None)
    tests, values = [], []
    for name, value in where.items():
        if name == several:
            continue
        field, _, test = name.partition("__")
        tests.append(f'"{field}" IS NULL' if value is None else _TESTS[test].format(field))
        values += [] if value is None else [value]
    if several is None:
        yield _where(tests), values
        return
    among = where[several]
    assert isinstance(among, Collection)
    for few in in_parts(among):
        places = ", ".join(["%s"] * len(few))
        yield _where([*tests, f'"{several.removesuffix(_ANY_OF)}" IN ({places})']), [*values, *few]


def _where(tests: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(tests)}" if tests else ""


def _told(row: tuple[Any, ...], truths: Collection[int]) -> tuple[Any, ...]:
    """SQLite has numbers for yes and no."""
    return tuple(bool(value) if place in truths else value for place, value in enumerate(row))


def _names(columns: Sequence[str]) -> str:
    return ", ".join([f'"{each}"' for each in columns])


def _columns(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def _truths(model: type[Model], columns: Sequence[str]) -> frozenset[int]:
    """Places of the columns that say yes or no."""
    return frozenset(n for n, each in enumerate(columns) if isinstance(model._meta.get_field(each), BooleanField))
