"""Accounts: each row that names a court becomes what one source tells of one event, its words the cells themselves."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from portico.facts import Account, Reading, Source, Text
from portico.places import Answers, Resolution, answer_key, answered
from portico.tables.importing import IMPORTER, import_reports, stored_tables
from portico.tables.landmarks import NO_ANSWERS, placed_once
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

    rows      where each account of the reading stands, in the same order
    report    what became of every row, where the file was read for this and not imported before
    original  the bytes of the source; None where it is the file itself
    The text has one line for each account, `Heading: words | Heading: words`, made from the cells as they are stored.
    """

    source: Source
    text: Text
    reading: Reading
    rows: tuple[RowPlace, ...]
    report: FileReport | None = None
    original: bytes | None = None


def accounts_of(
    out_folder: Path | str,
    profile: Profile | str,
    table: str,
    *,
    published_on: str | None = None,
    answers: Answers = NO_ANSWERS,
    only: Collection[str] | None = None,
) -> Iterator[TableReading]:
    """The accounts of a stored table, one reading for each file it came from: rows that name a court, no others.

    answers  what people said of landmarks. The rows of one whose words leave it open are a reading of their own, whose
             source is its text: so an answer that comes later adds them to a record that holds the file already
    only     sha256 of the files that are asked for; None: all
    A count of them is a floor: most landmarks name no place at all. Rows whose landmark is ambiguous are left for a
    person (`ambiguous_landmarks`). Raises ProfileError if there is no such profile; a table that tells of no event
    gives nothing.
    """
    known = find_profile(profile) if isinstance(profile, str) else profile
    spec = next((each for each in known.tables if each.name == table and each.tells), None)
    if spec is None or spec.tells is None:
        return
    reports = import_reports(out_folder)
    names = {file.sha256: (file.name, file.size) for report in reports for file in report.files}
    told = _Rows(
        spec, spec.tells, _headings(reports, known.id, table), Teller(f"tables:{known.id}@{known.version}"), answers
    )
    stored = [
        Path(out_folder) / part.path
        for report in reports
        for part in report.stored
        if part.table == table and (only is None or part.source in only)
    ]
    counted = set(stored_tables(out_folder, known.id, table)).intersection(stored)
    for (digest, said), rows in _by_source(sorted(counted), told).items():
        name, size = names[digest]
        source = None if said else Source(sha256=digest, media_type=media_type(name), size=size)
        opening = f"{digest}, rows whose landmark a person placed: {said}" if said else None
        yield told.reading(rows, name, published_on, source, opening)


def _by_source(stored: Sequence[Path], told: "_Rows") -> dict[tuple[str, str | None], pl.DataFrame]:
    """The rows at courts by the file they came from, whose rows may lie in several of ours, and the answer."""
    held: dict[tuple[str, str | None], list[pl.DataFrame]] = {}
    for path in stored:
        frame = pl.read_parquet(path)
        for said, rows in told.of_courts(frame):
            held.setdefault((frame["file"][0], said), []).append(rows)
    return {key: pl.concat(frames, how="diagonal_relaxed") for key, frames in held.items()}


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one table → the reading of one file."""

    table: Table
    tells: Tells
    headings: Mapping[str, str]
    teller: Teller
    answers: Answers

    def of_courts(self, rows: pl.DataFrame) -> Iterator[tuple[str | None, pl.DataFrame]]:
        """The rows whose place is a court: by its words (None), and by each answer of a person, named by its key."""
        tells = self.tells
        keys = [name for name in (tells.place, tells.area, tells.state) if name and name in rows.columns]
        distinct = rows.select(keys).unique(maintain_order=True).drop_nulls(tells.place)
        said: dict[str | None, list[int]] = {None: []}
        for at, row in enumerate(distinct.iter_rows(named=True)):
            if self._of_row(row).label in COURTS:
                said.setdefault(self._answer_of(row), []).append(at)
        for by, places in said.items():
            chosen = rows.join(distinct[places], on=keys, how="semi", nulls_equal=True, maintain_order="left")
            yield by, chosen

    def _answer_of(self, row: Mapping[str, str | None]) -> str | None:
        """The key of the answer that makes a court of it; None if its words do."""
        place, area = row[self.tells.place] or "", row.get(self.tells.area) if self.tells.area else None
        if placed_once(place, area, row.get(self.tells.state) if self.tells.state else None).label in COURTS:
            return None
        return ", ".join(filter(None, answer_key(place, area)))

    def _of_row(self, row: Mapping[str, str | None]) -> Resolution:
        tells = self.tells
        area = row.get(tells.area) if tells.area else None
        state = row.get(tells.state) if tells.state else None
        return answered(placed_once(row[tells.place] or "", area, state), self.answers, area)

    def reading(
        self, rows: pl.DataFrame, name: str, published_on: str | None, file: Source | None, opening: str | None
    ) -> TableReading:
        """file: the source, None where the text is; opening: its first line."""
        lines: list[str] = [opening] if opening else []
        accounts: list[Account] = []
        places: list[RowPlace] = []
        start = len(opening) + 1 if opening else 0
        for row in rows.iter_rows(named=True):
            line = self._line(row, start)
            lines.append(line.text)
            start += len(line.text) + 1
            accounts.append(self._account(row, line))
            places.append(RowPlace(file=row["file"], sheet=row["sheet"] or "", row=row["row"]))
        text = Text("\n".join(lines))
        original = None if file else text.content.encode("utf-8", "surrogatepass")
        source = file or Source(sha256=text.sha256, media_type="text/plain", size=len(original or b""))
        reading = Reading(
            id=name.partition(".")[0],
            source=source.sha256,
            text=text.sha256,
            published_on=published_on,
            reader=IMPORTER,
            language="en",
            accounts=tuple(accounts),
        )
        return TableReading(source=source, text=text, reading=reading, rows=tuple(places), original=original)

    def _line(self, row: Mapping[str, object], start: int) -> RowLine:
        cells = [(name, self.headings.get(name, name), _words(row, name)) for name in self.table.columns]
        return line_of([(name, heading, words) for name, heading, words in cells if words], start)

    def _account(self, row: Mapping[str, object], line: RowLine) -> Account:
        tells, teller = self.tells, self.teller
        text = {name: value for name, value in row.items() if value is None or isinstance(value, str)}
        claims = [teller.claim(fact, value, line.whole) for fact, value in tells.facts.items()]
        if (day := row.get("day")) is not None:
            claims.append(teller.claim("date", str(day), line.place(tells.day)))
        claims += teller.of_place(self._of_row(text), str(row[tells.place]), line.place(tells.place))
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
