"""The desk's own tables: each migration down and up again with rows in every table, on both databases.

What a version had added goes with it, and nothing else: the rows of everything that stays are the same afterwards.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from postgresql_cluster import programs_of_postgresql, running  # type: ignore[import-not-found]

from portico.web.site.secrets import ensure_secrets
from portico.web.site.settings import site_settings

ALIAS = "walked"
GRAPH = MigrationLoader(None).graph
OURS = [
    each.label
    for each in apps.get_app_configs()
    if each.name.startswith("portico.web.") and GRAPH.leaf_nodes(each.label)
]
IN_ORDER = dict.fromkeys(node for leaf in GRAPH.leaf_nodes() for node in GRAPH.forwards_plan(leaf))
STEPS = [node for node in IN_ORDER if node[0] in OURS]
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)

Rows = dict[str, list[object]]
"""Column → what stands in it, by row: in the order of the table's key."""


@pytest.fixture(scope="module")
def cluster():
    programs = programs_of_postgresql()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not installed")
    with running(programs) as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def walked(request, tmp_path) -> Iterator[str]:
    """A desk's database with all tables of this version, and two rows in each."""
    place = replace(settings.PORTICO_PLACE, folder=tmp_path, database_url=None)
    if request.param == "sqlite":
        yield from lived_in(place, tmp_path)
    else:
        with request.getfixturevalue("cluster").record() as url:
            yield from lived_in(replace(place, database_url=url), tmp_path)


def lived_in(place, tmp_path) -> Iterator[str]:
    told = cast(
        "dict[str, object]", site_settings(place, ensure_secrets(tmp_path / "key"), static=tmp_path)["DATABASES"]
    )
    connections.databases[ALIAS] = connections.configure_settings({"default": {}, ALIAS: told["default"]})[ALIAS]
    try:
        go_to(GRAPH.leaf_nodes())
        fill()
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.databases[ALIAS]


def go_to(targets) -> None:
    MigrationExecutor(connections[ALIAS]).migrate(targets)


def our_models() -> list[type[models.Model]]:
    return [each for label in OURS for each in apps.get_app_config(label).get_models(include_auto_created=True)]


def fill() -> None:
    """Two rows in each of our tables that is empty, with something in every column."""
    for each in our_models():
        fill_one(each)


def fill_one(model: type[models.Model]) -> None:
    if model._base_manager.using(ALIAS).exists():
        return
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, models.AutoField)]
    for each in fields:
        if each.remote_field and each.related_model is not model:
            fill_one(each.related_model)
    for number in range(2):
        model(**{each.attname: value_for(each, number) for each in fields}).save(using=ALIAS, force_insert=True)


def value_for(field: models.Field, number: int) -> object:
    match field:
        case models.ForeignKey() if field.related_model is field.model:
            return None
        case models.ForeignKey():
            keys = field.related_model._base_manager.using(ALIAS).order_by("pk").values_list("pk", flat=True)
            return keys[number]
        case models.JSONField():
            return ["reader", str(number)]
        case models.BinaryField():
            return bytes([number, 0, 255])
        case models.BooleanField():
            return bool(number)
        case models.DateTimeField():
            return AT
        case models.DateField():
            return date(2026, 11, 24)
        case models.IntegerField():
            return number + 7
    assert isinstance(field, models.CharField | models.TextField), f"say here what stands in a {type(field).__name__}"
    return f"{number} {field.name} ñ"[: field.max_length]


def held() -> dict[str, Rows]:
    """Our tables as they stand in the database, whatever the models say."""
    ours = {each._meta.db_table for each in our_models()}
    found: dict[str, Rows] = {}
    with connections[ALIAS].cursor() as cursor:
        for table in ours & set(connections[ALIAS].introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            rows = [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in cursor]
            found[table] = {column[0]: [row[place] for row in rows] for place, column in enumerate(cursor.description)}
    return found


def before(step: tuple[str, str]) -> list[tuple[str, str | None]]:
    own = [parent for parent in GRAPH.node_map[step].parents if parent.key[0] == step[0]]
    return [parent.key for parent in own] or [(step[0], None)]


def tables_of(nodes) -> dict[str, set[str]]:
    """Table → columns, by the migrations alone."""
    state = GRAPH.make_state(nodes=list(nodes), at_end=True)
    return {
        each._meta.db_table: {field.column for field in each._meta.concrete_fields}
        for each in state.apps.get_models(include_auto_created=True)
        if each._meta.app_label in OURS
    }


@pytest.mark.parametrize("step", STEPS, ids=".".join)
def test_each_migration_goes_down_and_up_again_with_data(walked, step):
    full = held()
    assert all(len(rows) == 2 for table in full.values() for rows in table.values())
    go_to(before(step))
    down = held()
    stays = [node for node in IN_ORDER if node not in GRAPH.backwards_plan(step)]
    assert {table: set(columns) for table, columns in down.items()} == tables_of(stays), "it drops what it added, only"
    assert down == {table: {column: full[table][column] for column in columns} for table, columns in down.items()}
    go_to(GRAPH.leaf_nodes())
    up = held()
    assert {table: set(columns) for table, columns in up.items()} == tables_of(IN_ORDER)
    for table, columns in down.items():
        assert {column: up[table][column] for column in columns} == columns, table
    fill()
    assert all(len(rows) == 2 for table in held().values() for rows in table.values())


def test_the_migrations_make_the_tables_that_the_code_uses():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
