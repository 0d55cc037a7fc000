"""Reports: a sheet that a desk or hotline keeps → accounts for the record, one a row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from portico.facts import ATTRIBUTES, Account, Claim, DataClass, PartialDate, Reading, Source, Text
from portico.places import resolve, usps
from portico.tables.accounts import RowPlace, TableReading, media_type
from portico.tables.cell import CellValue
from portico.tables.columns import Sample, Tally
from portico.tables.errors import TableError, Where
from portico.tables.header import Found, find_tables
from portico.tables.importing import IMPORTER
from portico.tables.names import plain_name
from portico.tables.opening import open_table
from portico.tables.profile import Column, Profile, find_profile
from portico.tables.report import Because, FileReport, TableReport
from portico.tables.rows import TableReader
from portico.tables.telling import RowLine, Teller, line_of

NO_EVENT = "neither a day nor a place: no event"


def read_reports(
    path: Path | str, mapping: Profile | str = "reports", *, published_on: str | None = None
) -> TableReading:
    """The accounts of a sheet of reports.

    mapping  a profile that makes accounts: the bundled `reports`, or one's own from `guess_mapping`
    The source is private: a report may identify people. Cells that cannot be read, and words that the mapping does not
    know, are named in the report by row and column; the rest of the row still tells what it tells.
    Raises TableError and ProfileError; then nothing was read.
    """
    profile = find_profile(mapping) if isinstance(mapping, str) else mapping
    file = open_table(path)
    if profile.into != "accounts":
        raise TableError(
            "wrong_profile",
            Where(file=file.name),
            f"the profile {profile.id} stores tables, it makes no accounts of reports",
            "Import it with import_table, or name a mapping that makes accounts.",
        )
    text = _Text(Teller(f"tables:{profile.id}@{profile.version}"))
    tables = [text.add(found, file.sha256) for found in find_tables(file, profile)]
    rendered = Text("\n".join(text.lines))
    source = Source(sha256=file.sha256, media_type=media_type(file.name), size=file.size, private=True)
    reading = Reading(
        id=file.name.partition(".")[0],
        source=file.sha256,
        text=rendered.sha256,
        published_on=published_on,
        reader=IMPORTER,
        accounts=tuple(text.accounts),
    )
    report = FileReport(
        name=file.name,
        sha256=file.sha256,
        size=file.size,
        reader=file.reader,
        tables=tuple(tables),
        notes=tuple(file.notes),
    )
    return TableReading(source=source, text=rendered, reading=reading, rows=tuple(text.rows), report=report)


@dataclass(slots=True)
class _Text:
    """The text that grows by a line for each account."""

    teller: Teller
    lines: list[str] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    rows: list[RowPlace] = field(default_factory=list)
    length: int = 0

    def add(self, found: Found, file: str) -> TableReport:
        """Every row of a table; what became of each."""
        reader = TableReader(found, file)
        unmapped: dict[str, dict[str, Tally]] = {}
        no_event = Tally()
        for frame in reader.frames():
            for row in frame.iter_rows(named=True):
                self._add_row(found, row, unmapped, no_event)
        report = reader.report()
        rejected = (*report.rejected, *_because({NO_EVENT: no_event} if no_event.count else {}))
        columns = tuple(
            replace(column, unmapped=_because(unmapped.get(column.attribute, {}))) for column in report.columns
        )
        return replace(report, rejected=rejected, columns=columns, rows_stored=report.rows_stored - no_event.count)

    def _add_row(
        self, found: Found, row: Mapping[str, CellValue | None], unmapped: dict[str, dict[str, Tally]], no_event: Tally
    ) -> None:
        tells = found.table.tells
        sample = Sample(found.sheet.name, int(str(row["row"])))
        if tells is None or (row.get(tells.day) is None and row.get(tells.place) is None):
            no_event.add(1, sample)
            return
        cells = [(name, found.headings[name], _words(row, name)) for name in found.kept]
        line = line_of([each for each in cells if each[2]], self.length)
        claims = [self.teller.claim(fact, value, line.whole) for fact, value in tells.facts.items()]
        for name in found.kept:
            value, column = row[name], found.table.columns[name]
            if value is None or column.fact is None or name in (tells.place, tells.state):
                continue
            told = list(_told(self.teller, column, value, line.place(name)))
            claims += told
            if not told:
                text = None if _guarded(column) else _words(row, name)
                reason = "words that the mapping does not know"
                unmapped.setdefault(name, {}).setdefault(reason, Tally()).add(
                    1, replace(sample, column=found.headings[name], text=text)
                )
        claims += self._place(found, row, line)
        if not claims:
            no_event.add(1, sample)
            return
        self.accounts.append(Account(claims=tuple(_distinct(claims))))
        self.rows.append(RowPlace(file=str(row["file"]), sheet=sample.sheet, row=sample.row))
        self.lines.append(line.text)
        self.length += len(line.text) + 1

    def _place(self, found: Found, row: Mapping[str, CellValue | None], line: RowLine) -> Iterator[Claim]:
        tells = found.table.tells
        assert tells is not None  # asked before
        words = row.get(tells.place)
        if not isinstance(words, str):
            return
        state = row.get(tells.state) if tells.state else None
        county, city, day = row.get("county"), row.get("city"), row.get(tells.day)
        resolved = resolve(
            words,
            usps(state) if isinstance(state, str) else None,
            county=county if isinstance(county, str) else None,
            city=city if isinstance(city, str) else None,
            on=PartialDate.of(day) if isinstance(day, date) else None,
        )
        yield from self.teller.of_place(resolved, words, line.place(tells.place))


def _told(teller: Teller, column: Column, value: CellValue, place: tuple[int, int]) -> Iterator[Claim]:
    """The claim of one cell; none if the mapping does not know its words."""
    fact = column.fact or ""
    if isinstance(value, bool):
        yield teller.claim(fact, "yes" if value else "no", place)
    elif isinstance(value, datetime):
        yield teller.claim(fact, value.date().isoformat(), place)
    elif isinstance(value, date):
        yield teller.claim(fact, value.isoformat(), place)
    elif isinstance(value, int):
        yield teller.claim(fact, value, place)
    elif (code := _code(column, value)) is not None:
        yield teller.claim(fact, code, place)


def _code(column: Column, value: str) -> str | None:
    codes = ATTRIBUTES[column.fact or ""].values
    if not codes:
        return value
    known = {plain_name(code): code for code in codes} | {plain_name(text): c for text, c in column.values.items()}
    return known.get(plain_name(value))


def _words(row: Mapping[str, CellValue | None], name: str) -> str:
    if row[name] is None:
        return ""
    original = row[f"{name}_text"]
    return " ".join(str(original if original is not None else row[name]).split())


def _guarded(column: Column) -> bool:
    return column.fact is not None and ATTRIBUTES[column.fact].data_class is not DataClass.CLEAR


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Each attribute and value once: a county may be told by its own cell and by the court's."""
    return list({(each.attribute, each.value, each.any_of): each for each in reversed(claims)}.values())[::-1]


def _because(tallies: Mapping[str, Tally]) -> tuple[Because, ...]:
    return tuple(
        Because(reason=reason, count=each.count, samples=tuple(each.samples)) for reason, each in tallies.items()
    )
