"""The gazetteer: its rows loaded, checked and found again by id."""

import csv
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import cast

from portico.facts import ATTRIBUTES, PartialDate, PorticoError
from portico.places.courthouse import Confidence, Courthouse
from portico.places.files import DATA

FILES = tuple(DATA / name for name in ("ny.csv", "us-state-courts.csv", "immigration-courts.csv"))
COLUMNS = (
    "id", "name", "aliases", "kinds", "street", "city", "county", "state", "zip", "lat", "lon", "source_url",
    "confidence", "court_system", "opened", "closed",
)  # fmt: skip
_REQUIRED = frozenset(COLUMNS) - {"aliases", "street", "zip", "lat", "lon", "opened", "closed"}
_SYSTEMS = ATTRIBUTES["court_system"].values
KINDS = frozenset({
    "appellate", "superior", "circuit", "district", "general_district", "county", "common_pleas", "state",
    "municipal", "city", "metropolitan", "magistrate", "magisterial_district", "justice", "federal_district",
    "federal_appellate", "immigration", "criminal", "civil", "family", "juvenile", "probate", "surrogate",
    "housing", "traffic", "small_claims", "domestic_violence", "mental_health", "land", "problem_solving",
    "supreme_civil", "supreme_criminal",
})  # fmt: skip


class GazetteerError(PorticoError):
    """A row of the gazetteer cannot be used. The fields are for the row report and `--json`."""

    def __init__(self, file: Path, row: int, column: str, found: str, wanted: str) -> None:
        self.file, self.row, self.column, self.found, self.wanted = file, row, column, found, wanted
        super().__init__(
            f"{file.name}, row {row}, column {column}: {found!r} is not {wanted}. "
            "Nothing was loaded; the gazetteer in use is unchanged. Correct the cell and load again."
        )


class Gazetteer:
    """Courthouses, each id once (ValueError if not)."""

    def __init__(self, courthouses: Iterable[Courthouse]) -> None:
        self.courthouses = tuple(courthouses)
        self._by_id = {each.id: each for each in self.courthouses}
        if len(self._by_id) < len(self.courthouses):
            raise ValueError("two courthouses have one id")

    def by_id(self, courthouse_id: str) -> Courthouse | None:
        return self._by_id.get(courthouse_id)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that comes with Portico. Raises GazetteerError, naming the cell, if a row cannot be used."""
    return read_gazetteer(FILES)


def read_gazetteer(files: Iterable[Path]) -> Gazetteer:
    """A gazetteer from files with the columns of `data/README.md`. Raises GazetteerError."""
    seen: set[str] = set()
    found: list[Courthouse] = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            header = next(reader, [])
            if tuple(header) != COLUMNS:
                raise GazetteerError(file, 1, "(header)", ",".join(header), f"the columns {','.join(COLUMNS)}")
            for number, cells in enumerate(reader, start=2):
                courthouse = _courthouse(file, number, cells)
                if courthouse.id in seen:
                    raise GazetteerError(file, number, "id", courthouse.id, "an id of its own: another row has it")
                seen.add(courthouse.id)
                found.append(courthouse)
    return Gazetteer(found)


def _courthouse(file: Path, number: int, cells: list[str]) -> Courthouse:
    if len(cells) != len(COLUMNS):
        raise GazetteerError(file, number, "(row)", f"{len(cells)} cells", f"{len(COLUMNS)} cells, one for each column")
    row = dict(zip(COLUMNS, cells, strict=True))

    def check(column: str, wanted: str, fits: Callable[[str], object]) -> str:
        if not fits(row[column]):
            raise GazetteerError(file, number, column, row[column], wanted)
        return row[column]

    for column in _REQUIRED:
        check(column, "given; it must not be blank", str.strip)
    check("id", "lower-case letters, digits and single hyphens", _is_id)
    check("state", "a USPS code of two capitals", lambda code: len(code) == 2 and code.isalpha() and code.isupper())
    check("kinds", "made of the kinds in README.md, with | between", lambda kinds: KINDS.issuperset(kinds.split("|")))
    check("court_system", f"one of {', '.join(_SYSTEMS)}", _SYSTEMS.__contains__)
    check("confidence", "high, medium or low", ("high", "medium", "low").__contains__)
    for column, most in (("lat", 90), ("lon", 180)):
        check(column, f"degrees from -{most} to {most}, or blank", partial(_is_degrees, most=most))
    for column in ("opened", "closed"):
        check(column, "an ISO date, whole or partial, or blank", lambda cell: not cell or _is_date(cell))
    if row["opened"] and row["closed"] and PartialDate(row["opened"]).first > PartialDate(row["closed"]).last:
        raise GazetteerError(file, number, "closed", row["closed"], f"after the day it opened, {row['opened']}")
    return Courthouse(
        id=row["id"],
        name=row["name"],
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        kinds=tuple(row["kinds"].split("|")),
        street=row["street"] or None,
        city=row["city"],
        county=row["county"],
        state=row["state"],
        zip=row["zip"] or None,
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        source_url=row["source_url"],
        confidence=cast(Confidence, row["confidence"]),
        court_system=row["court_system"],
        opened=PartialDate(row["opened"]) if row["opened"] else None,
        closed=PartialDate(row["closed"]) if row["closed"] else None,
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text == text.lower() and all(part.isalnum() for part in text.split("-"))


def _is_degrees(cell: str, most: int) -> bool:
    try:
        return not cell or abs(float(cell)) <= most
    except ValueError:
        return False


def _is_date(cell: str) -> bool:
    try:
        return "X" not in cell and bool(PartialDate(cell).first >= date.min)
    except PorticoError:
        return False
