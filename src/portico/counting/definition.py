"""Definitions: what a figure counts, as a file that a lawyer or statistician can read and write."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import msgspec
import yaml

from portico.facts import ATTRIBUTES, PorticoError, Verification


class DefinitionError(PorticoError):
    """A definition cannot be used, or there is none of that name."""

    exit_status = 2

    def __init__(self, where: str, problem: str, do: str) -> None:
        self.where, self.problem = where, problem
        super().__init__(f"{where}: {problem}. Nothing was counted. {do}")


class Precedent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes figures of this kind, how they put it, and where and when we read it."""

    publisher: str
    how: str
    source: str | None = None
    read_on: date | None = None


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What counts of the record. See `definitions/README.md`.

    kinds, agencies, zones  codes that count; "any" = every one, and not being told does not matter
    start, before           local days: the first that counts (`from` in the file), the first that no longer does
    states, counties        none = everywhere
    people_when_not_said    with unit "people": how many an event counts for when no source says
    """

    id: str
    source: Literal["record"] = "record"
    name: str
    version: str
    meaning: str
    unit: Literal["events", "people"]
    kinds: tuple[str, ...] | Literal["any"]
    agencies: tuple[str, ...] | Literal["any"]
    zones: tuple[str, ...] | Literal["any"]
    least_verification: Verification
    start: date | None = msgspec.field(default=None, name="from")
    before: date | None = None
    states: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    people_when_not_said: int | None = None
    follows: tuple[Precedent, ...] = ()


class Landmark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The columns of a table that say where: its landmark, and what else narrows where that is.

    area   column of the area of responsibility; area_is: its code, where a whole table is of one area
    state  column of the state told
    """

    column: str
    area: str | None = None
    area_is: str | None = None
    state: str | None = None


class TableDefinition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What counts of the rows of an imported table. See `definitions/README.md`.

    table       "profile/table", as `portico import` stores it
    unit        what a row stands for, in the plural: arrests, removals
    day         column of the day: year, fiscal_year and month come from it
    landmark    None = the rows say no place that could be one
    called      short name → column, for what is asked often
    where       attribute → the cells that count, any of which will do; none = every row
    adds_up     column of numbers: each row stands for so many
    floor       True: at least so many, whatever is asked
    duplicates  rule of `portico.tables` under which rows of one event count once
    """

    id: str
    source: Literal["table"]
    name: str
    version: str
    meaning: str
    unit: str
    table: str
    day: str | None = None
    landmark: Landmark | None = None
    called: Mapping[str, str] = {}
    where: Mapping[str, tuple[str, ...]] = {}
    adds_up: str | None = None
    floor: bool = False
    duplicates: str = "none"
    start: date | None = msgspec.field(default=None, name="from")
    before: date | None = None
    caveats: tuple[str, ...] = ()
    follows: tuple[Precedent, ...] = ()

    @property
    def profile(self) -> str:
        return self.table.partition("/")[0]


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, Definition]:
    """The definitions of figures from the record that come with Portico, by id."""
    return MappingProxyType({each.id: each for each in _shipped() if isinstance(each, Definition)})


@lru_cache(maxsize=1)
def table_definitions() -> Mapping[str, TableDefinition]:
    """The definitions of figures from imported tables that come with Portico, by id."""
    return MappingProxyType({each.id: each for each in _shipped() if isinstance(each, TableDefinition)})


@lru_cache(maxsize=1)
def _shipped() -> tuple[Definition | TableDefinition, ...]:
    folder = files("portico.counting") / "definitions"
    named = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple(_read(file.read_bytes(), file.name) for file in named)


def find_definition(name: str) -> Definition:
    """The definition of that id that comes with Portico. Raises DefinitionError, which lists those there are."""
    if name not in definitions():
        there = ", ".join(definitions())
        of_tables = f" Of imported tables: {', '.join(table_definitions())}."
        raise DefinitionError(name, "there is no definition of that name", f"There are: {there}.{of_tables}")
    return definitions()[name]


def any_definition(name: str) -> Definition | TableDefinition:
    """The definition of that id, whatever it counts. Raises DefinitionError, which lists those there are."""
    return table_definitions()[name] if name in table_definitions() else find_definition(name)


def load_definition(path: Path) -> Definition | TableDefinition:
    """A definition from a file. Raises DefinitionError, naming the place in the file; OSError if it cannot be read."""
    return _read(path.read_bytes(), path.name)


def _read(content: bytes, name: str) -> Definition | TableDefinition:
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        told = yaml.load(content, Loader=loader)  # noqa: S506 - a safe loader
        of_table = isinstance(told, dict) and told.get("source") == "table"
        definition = msgspec.convert(told, TableDefinition) if of_table else msgspec.convert(told, Definition)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise DefinitionError(name, " ".join(str(error).split()), "Correct the file and count again.") from error
    problems = _of_table(definition) if isinstance(definition, TableDefinition) else _problems(definition)
    for problem in (*problems, *_period(definition.start, definition.before)):
        raise DefinitionError(name, problem, "Correct the file and count again.")
    return definition


def _period(start: date | None, before: date | None) -> list[str]:
    if start and before and before <= start:
        return [f"before: {before} does not come after from: {start}, so nothing could count"]
    return []


def _of_table(definition: TableDefinition) -> list[str]:
    found = [
        f"where: {name} lists no cell, so nothing could count" for name, cells in definition.where.items() if not cells
    ]
    if not all(definition.table.partition("/")):
        found.append(f"table: {definition.table!r} is not written as profile/table, such as ero-arrests/arrests")
    if (definition.start or definition.before) and definition.day is None:
        found.append("from, before: the definition names no column of the day")
    return found


def _problems(definition: Definition) -> list[str]:
    codes = {"kinds": "kind", "agencies": "agency", "zones": "zone"}
    found = [
        f"{key}: {code!r} is none of {', '.join(ATTRIBUTES[attribute].values)}"
        for key, attribute in codes.items()
        for code in ([] if getattr(definition, key) == "any" else getattr(definition, key))
        if code not in ATTRIBUTES[attribute].values
    ]
    found += [f"{key}: the list is empty, so nothing could count" for key in codes if not getattr(definition, key)]
    if definition.least_verification in (Verification.REFUTED, Verification.UNABLE):
        found.append(f"least_verification: {definition.least_verification.value} is not a degree of confirmation")
    if (definition.unit == "people") is (definition.people_when_not_said is None):
        found.append("people_when_not_said: needed with unit people, and only then")
    return found
