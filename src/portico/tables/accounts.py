"""Accounts: each row that names a court becomes what one source tells of one event, its words the cells themselves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from portico.facts import Account, Reading, Source, Text
from portico.places import Resolution, resolve, usps
from portico.tables.importing import IMPORTER, import_reports, stored_tables
from portico.tables.profile import Profile, Table, Tells, find_profile
from portico.tables.report import FileReport, ImportReport
from portico.tables.telling import RowLine, Teller, line_of

COURTS = frozenset({"state_local_court", "federal_court", "immigration_court"})
"""Labels of places that are courts. An ambiguous place waits for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """Where the row of an account stands. file: sha256; row from 1, as a spreadsheet shows it."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """What one file tells, as the record takes it: a source, a text in which spans count, a reading.

    rows    where each account of the reading stands, in the same order
    report  what became of every row, where the file was read for this and not imported before
    The text has one line for each account, `Heading: words | Heading: words`, made from the cells as they are stored.
    """

    source: Source
    text: Text
    reading: Reading
    rows: tuple[RowPlace, ...]
    report: FileReport | None = None


def accounts_of(
    out_folder: Path | str, profile: Profile | str, table: str, *, published_on: str | None = None
) -> Iterator[TableReading]:
    """The accounts of a stored table, one reading for each file it came from: rows that name a court, no others.

    A count of them is a floor: most landmarks name no place at all. Rows whose landmark is ambiguous are left for a
    person (`ambiguous_landmarks`). Raises ProfileError if there is no such profile; a table that tells of no event
    gives nothing.
    """
    known = find_profile(profile) if isinstance(profile, str) else profile
    spec = next((each for each in known.tables if each.name == table and each.tells), None)
    if spec is None or spec.tells is None:
        return
    stored = stored_tables(out_folder, known.id, table)
    names = {file.sha256: (file.name, file.size) for report in import_reports(out_folder) for file in report.files}
    headings = _headings(import_reports(out_folder), known.id, table)
    for path in stored:
        frame = pl.read_parquet(path)
        for digest in frame["file"].unique(maintain_order=True):
            name, size = names[digest]
            rows = _court_rows(frame.filter(pl.col("file") == digest), spec.tells)
            told = _Rows(spec, spec.tells, headings, Teller(f"tables:{known.id}@{known.version}"))
            yield told.reading(rows, Source(sha256=digest, media_type=media_type(name), size=size), name, published_on)


def landmarks_of(rows: pl.DataFrame, place: str, area: str | None = None, state: str | None = None) -> pl.DataFrame:
    """Every distinct landmark of the rows, placed once: text, area, state told, rows, and what `resolve` says.

    Columns: place, area, state_told, rows, label, courthouse_id, courthouse, county, state, candidates, reason.
    """
    said = [pl.col(place).alias("place"), _or_nothing(area, "area"), _or_nothing(state, "state_told")]
    keys = ["place", "area", "state_told"]
    distinct = rows.select(said).drop_nulls("place").group_by(keys).len("rows").sort("place", "area", "state_told")
    found = [_placed(*key) for key in distinct.select(keys).iter_rows()]
    return distinct.with_columns(
        pl.Series("label", [each.label for each in found], dtype=pl.String),
        pl.Series("courthouse_id", [each.courthouse and each.courthouse.id for each in found], dtype=pl.String),
        pl.Series("courthouse", [each.courthouse and each.courthouse.name for each in found], dtype=pl.String),
        pl.Series("county", [each.county for each in found], dtype=pl.String),
        pl.Series("state", [each.state for each in found], dtype=pl.String),
        pl.Series(
            "candidates", [[one.courthouse.id for one in each.candidates] for each in found], dtype=pl.List(pl.String)
        ),
        pl.Series("reason", [each.reason for each in found], dtype=pl.String),
    )


@lru_cache(maxsize=65_536)
def _placed(place: str, area: str | None, state: str | None) -> Resolution:
    return resolve(place, usps(state) if state else None, area)


def _or_nothing(name: str | None, alias: str) -> pl.Expr:
    return pl.col(name).alias(alias) if name else pl.lit(None, dtype=pl.String).alias(alias)


def _court_rows(rows: pl.DataFrame, tells: Tells) -> pl.DataFrame:
    there = {name for name in (tells.area, tells.state) if name in rows.columns}
    area = tells.area if tells.area in there else None
    state = tells.state if tells.state in there else None
    keys = [name for name in (tells.place, area, state) if name]
    distinct = rows.select(keys).unique(maintain_order=True).drop_nulls(tells.place)

    def is_court(row: Mapping[str, str | None]) -> bool:
        place = row[tells.place]
        return place is not None and _of_row(row, tells).label in COURTS

    courts = [is_court(row) for row in distinct.iter_rows(named=True)]
    return rows.join(
        distinct.filter(pl.Series(courts, dtype=pl.Boolean)),
        on=keys,
        how="semi",
        nulls_equal=True,
        maintain_order="left",
    )


def _of_row(row: Mapping[str, str | None], tells: Tells) -> Resolution:
    area = row.get(tells.area) if tells.area else None
    state = row.get(tells.state) if tells.state else None
    return _placed(row[tells.place] or "", area, state)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one table → the reading of one file."""

    table: Table
    tells: Tells
    headings: Mapping[str, str]
    teller: Teller

    def reading(self, rows: pl.DataFrame, source: Source, name: str, published_on: str | None) -> TableReading:
        lines: list[str] = []
        accounts: list[Account] = []
        places: list[RowPlace] = []
        start = 0
        for row in rows.iter_rows(named=True):
            line = self._line(row, start)
            lines.append(line.text)
            start += len(line.text) + 1
            accounts.append(self._account(row, line))
            places.append(RowPlace(file=row["file"], sheet=row["sheet"] or "", row=row["row"]))
        text = Text("\n".join(lines))
        reading = Reading(
            id=name.partition(".")[0],
            source=source.sha256,
            text=text.sha256,
            published_on=published_on,
            reader=IMPORTER,
            language="en",
            accounts=tuple(accounts),
        )
        return TableReading(source=source, text=text, reading=reading, rows=tuple(places))

    def _line(self, row: Mapping[str, object], start: int) -> RowLine:
        cells = [(name, self.headings.get(name, name), _words(row, name)) for name in self.table.columns]
        return line_of([(name, heading, words) for name, heading, words in cells if words], start)

    def _account(self, row: Mapping[str, object], line: RowLine) -> Account:
        tells, teller = self.tells, self.teller
        text = {name: value for name, value in row.items() if value is None or isinstance(value, str)}
        claims = [teller.claim(fact, value, line.whole) for fact, value in tells.facts.items()]
        if (day := row.get("day")) is not None:
            claims.append(teller.claim("date", str(day), line.place(tells.day)))
        claims += teller.of_place(_of_row(text, tells), str(row[tells.place]), line.place(tells.place))
        return Account(claims=tuple(claims))


def _words(row: Mapping[str, object], name: str) -> str:
    """The words of a cell as the file has them; "" if it says nothing that a claim may rest on."""
    if row.get(name) is None:
        return ""
    original = row.get(f"{name}_text")
    return " ".join(str(original if original is not None else row[name]).split())


def _headings(reports: Iterable[ImportReport], profile: str, table: str) -> dict[str, str]:
    """Attribute → heading as the files write it."""
    return {
        column.attribute: column.heading
        for report in reports
        if report.profile == profile
        for each in report.tables
        if each.table == table
        for column in each.columns
    }


def media_type(name: str) -> str:
    ends = {
        ".gz": "application/gzip",
        ".csv": "text/csv",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    return next((kind for end, kind in ends.items() if name.casefold().endswith(end)), "application/octet-stream")
