"""Files: the data of this room, as a person who does not program may correct it. See `data/README.md`."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

DATA = Path(__file__).parent / "data"

T = TypeVar("T")


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def words_file(name: str, kind: type[T]) -> T:
    """What a YAML file holds, checked to be of that kind (msgspec.ValidationError if not, a mistake of ours)."""
    import yaml  # noqa: PLC0415  (most commands name no place: they need not load it)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return msgspec.convert(yaml.load((DATA / name).read_bytes(), Loader=loader), kind)  # noqa: S506  (a safe loader)
