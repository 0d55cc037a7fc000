"""Profiles: how one publisher's tables are read, as a file that a person who does not program may correct."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import yaml

from portico.facts import ATTRIBUTES
from portico.tables.dates import FORMS
from portico.tables.errors import ProfileError
from portico.tables.lists import code_lists
from portico.tables.names import plain_name

Kind = Literal["category", "text", "code", "date", "datetime", "integer", "yes_no", "time", "identifier"]
One = str | tuple[str, ...]


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One column that is kept.

    heading        every spelling of its heading, the best first; case, spaces and punctuation do not matter
    kind           what its cells hold; a category is one of the publisher's own words, whichever they are, text is free
    codes          the list that its texts are read with (`data/codes/`), for kind "code"; one not listed is unreadable
    forms          how its days are written, in order of trial; see `dates.py`
    sentinels      texts of this column that stand for "nothing known", beside those of `data/sentinels.yaml`
    required       a file without it is not of this profile
    fact           the attribute of the vocabulary that it tells, for accounts
    values         text of the cell → code of the vocabulary, for accounts
    blank          what an empty cell means, in words; None = not told
    recorded_from  first day from which the publisher recorded it, if its footnotes say so
    """

    heading: One
    kind: Kind = "category"
    codes: str | None = None
    forms: tuple[str, ...] = ("month/day/year", "year-month-day")
    sentinels: tuple[str, ...] = ()
    required: bool = False
    fact: str | None = None
    values: Mapping[str, str] = {}
    blank: str | None = None
    recorded_from: str | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.heading,) if isinstance(self.heading, str) else self.heading


class Tells(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What each row of a table is an account of, and which columns say where and when.

    facts  attribute → value that every row tells by being in this table, such as `kind: arrest`
    """

    day: str
    place: str
    area: str | None = None
    state: str | None = None
    facts: Mapping[str, str] = {}


class SamePerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The columns by which two rows may be of one event. See `duplicates.py`.

    identifier  of a person, as the publisher made it; at  when it happened, as finely as the table tells
    key         columns that with the day and the identifier make a row's key
    """

    identifier: str
    at: str
    key: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of table of a profile.

    sheets       names of sheets it may stand on, `*` fits any run of characters; a delimited file has one sheet, ""
    title        words that stand above its header, where several tables share a sheet
    until_blank  it ends at the first blank row
    day          the column of the day it is counted by; stored once more as `day`
    same_person  which columns tell that two rows are of one person, where the publisher gives that
    ignored      headings known and not kept: they repeat another column or say nothing
    """

    name: str
    columns: Mapping[str, Column]
    drop: Mapping[str, One] = {}
    ignored: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ("*",)
    title: str | None = None
    until_blank: bool = False
    day: str | None = None
    tells: Tells | None = None
    same_person: SamePerson | None = None
    notes: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns.values() if column.required)

    def dropped_headings(self) -> Iterator[tuple[str, str]]:
        """Each heading that this table drops, with why."""
        for because, headings in self.drop.items():
            yield from ((heading, because) for heading in ([headings] if isinstance(headings, str) else headings))


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one publisher's tables are read.

    version      raised with every change that changes a stored row
    into         "tables": typed rows are stored; "accounts": rows become proposals of the record, no table is stored
    source       who released it, and where the layout is described
    read_on      day on which someone last compared it with its source
    notes        what the publisher's footnotes say about what a row is
    """

    id: str
    version: int
    name: str
    source: str
    read_on: str
    tables: tuple[Table, ...]
    into: Literal["tables", "accounts"] = "tables"
    notes: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Of everything in it: two profiles with the same fingerprint store the same rows."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


def profiles() -> tuple[Profile, ...]:
    """Every profile that comes with Portico, by id."""
    return tuple(map(find_profile, _names()))


@cache
def find_profile(name: str) -> Profile:
    """The profile of that id. Raises ProfileError naming those there are."""
    if name not in _names():
        known = ", ".join(_names())
        raise ProfileError(name, "", "there is no profile of this name", f"There are: {known}.")
    file = f"{name}.yaml"
    return read_profile((_FOLDER / file).read_bytes(), file)


_FOLDER = files("portico.tables") / "profiles"


@cache
def _names() -> tuple[str, ...]:
    """The ids of the bundled profiles: the names of their files."""
    names = (item.name for item in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def read_profile(written: bytes | Path, file: str | None = None) -> Profile:
    """A profile from a file of one's own, checked whole. Raises ProfileError: file, key, what is wrong, what to do."""
    name = file or (written.name if isinstance(written, Path) else "profile")
    try:
        text = written.read_bytes() if isinstance(written, Path) else written
        parsed = yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader that leaves days as text)
        profile = msgspec.convert(parsed, Profile)
    except OSError as problem:
        raise ProfileError(name, "", f"it could not be opened ({problem.strerror})", "Check the name.") from problem
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else ""
        raise ProfileError(name, line, "it is not YAML that can be read", "Compare it with a bundled one.") from problem
    except msgspec.ValidationError as problem:
        what, _, path = str(problem).partition(" - at ")
        key = path.strip("`").removeprefix("$").removeprefix(".")
        do = "Correct the key; `profiles/README.md` lists them."
        raise ProfileError(name, key, what.rstrip("."), do) from problem
    for table in profile.tables:
        _check(table, name)
    return profile


if TYPE_CHECKING:
    from yaml import SafeLoader as _Safe
else:
    _Safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):
    """Days stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in each if tag != "tag:yaml.org,2002:timestamp"]
    for first, each in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _check(table: Table, file: str) -> None:
    """What the types cannot say: that names meet. Raises ProfileError."""
    for key, problem, do in (*_wrong_columns(table), *_wrong_headings(table), *_wrong_names(table)):
        raise ProfileError(file, f"table {table.name}, {key}", problem, do)


def _wrong_columns(table: Table) -> Iterator[tuple[str, str, str]]:
    for name, column in table.columns.items():
        if column.kind == "code" and column.codes not in code_lists():
            yield name, f"there is no code list {column.codes!r}", f"There are: {', '.join(sorted(code_lists()))}."
        if wrong := [form for form in column.forms if form not in FORMS]:
            yield name, f"{wrong[0]!r} is no form of a day", f"There are: {'; '.join(FORMS)}."
        if column.fact is not None and column.fact not in ATTRIBUTES:
            yield name, f"{column.fact!r} is not in the vocabulary", "See docs/vocabulary.md."
            continue
        codes = ATTRIBUTES[column.fact].values if column.fact else ()
        if codes and (wrong := [code for code in column.values.values() if code not in codes]):
            yield name, f"{wrong[0]!r} is no code of {column.fact}", f"There are: {', '.join(codes)}."


def _wrong_headings(table: Table) -> Iterator[tuple[str, str, str]]:
    seen: dict[str, str] = {}
    for name, column in table.columns.items():
        for heading in column.headings:
            if (first := seen.setdefault(plain_name(heading), name)) != name:
                yield name, f"the heading {heading!r} is that of {first} too", "Give each heading once."
    for heading, _ in table.dropped_headings():
        if plain_name(heading) in seen:
            yield "drop", f"{heading!r} is kept and dropped", "Take it out of one of the two."


def _wrong_names(table: Table) -> Iterator[tuple[str, str, str]]:
    tells = table.tells
    same = table.same_person
    named = (
        table.day,
        *((tells.day, tells.place, tells.area, tells.state) if tells else ()),
        *((same.identifier, same.at, *same.key) if same else ()),
    )
    for name in named:
        if name is not None and name not in table.columns:
            yield name, "no column of that name is kept", "Name one of the columns."
