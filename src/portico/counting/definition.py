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
    """What counts. See `definitions/README.md`.

    kinds, agencies, zones  codes that count; "any" = every one, and not being told does not matter
    start, before           local days: the first that counts (`from` in the file), the first that no longer does
    states, counties        none = everywhere
    people_when_not_said    with unit "people": how many an event counts for when no source says
    """

    id: str
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


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, Definition]:
    """The definitions that come with Portico, by id."""
    folder = files("portico.counting") / "definitions"
    found = (
        _read(file.read_bytes(), file.name)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yaml")
    )
    return MappingProxyType({each.id: each for each in found})


def find_definition(name: str) -> Definition:
    """The definition of that id that comes with Portico. Raises DefinitionError, which lists those there are."""
    if name not in definitions():
        raise DefinitionError(name, "there is no definition of that name", f"There are: {', '.join(definitions())}.")
    return definitions()[name]


def load_definition(path: Path) -> Definition:
    """A definition from a file. Raises DefinitionError, naming the place in the file; OSError if it cannot be read."""
    return _read(path.read_bytes(), path.name)


def _read(content: bytes, name: str) -> Definition:
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        told = yaml.load(content, Loader=loader)  # noqa: S506 - a safe loader
        definition = msgspec.convert(told, type=Definition)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise DefinitionError(name, " ".join(str(error).split()), "Correct the file and count again.") from error
    for problem in _problems(definition):
        raise DefinitionError(name, problem, "Correct the file and count again.")
    return definition


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
    if definition.start and definition.before and definition.before <= definition.start:
        found.append(
            f"before: {definition.before} does not come after from: {definition.start}, so nothing could count"
        )
    if (definition.unit == "people") is (definition.people_when_not_said is None):
        found.append("people_when_not_said: needed with unit people, and only then")
    return found
