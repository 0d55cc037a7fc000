"""Guessing: a file without a profile → a mapping proposed for it, with samples for the person who confirms it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec
import yaml

from portico.facts import ATTRIBUTES, DataClass
from portico.tables.cell import judge
from portico.tables.dates import FORMS, read_when
from portico.tables.errors import TableError, Where
from portico.tables.lists import DATA, dropped_by_default
from portico.tables.names import plain_name
from portico.tables.opening import open_table
from portico.tables.profile import Column, Kind, Profile, read_profile
from portico.tables.sheets import Sheet, Texts

_SAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessedColumn:
    """One column of the file, and what it may be.

    attribute  None: proposed to be left out
    because    why, in words
    samples    a few of its distinct texts, for the person who owns the file; none of a column that is left out for
               what it tells of people
    ask        what the file does not settle
    """

    heading: str
    attribute: str | None
    kind: Kind
    fact: str | None
    because: str
    samples: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    ask: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A mapping proposed for one sheet.

    written  the mapping as a file, with its samples as comments: to be read, corrected and kept
    profile  the same, read: ready for `read_reports`; None if no day or place was found
    """

    sheet: str
    header_row: int
    columns: tuple[GuessedColumn, ...]
    written: str
    profile: Profile | None


def guess_mapping(path: Path | str, name: str | None = None) -> Guess:
    """A mapping of the sheet that looks most like reports. Nothing is stored.

    name  the id of the mapping, by default made from the file's name
    Raises TableError: what `open_table` raises, and "no_header" if no row looks like a header.
    """
    file = open_table(path)
    found = max((_header(sheet) for sheet in file.sheets), key=lambda each: each[0], default=(0, 0, None))
    score, row, sheet = found
    if sheet is None or score < 2:
        raise TableError(
            "no_header",
            Where(file=file.name),
            "no row looks like a header",
            "Put the names of the columns in one row above the data.",
        )
    header, below = sheet.opening[row - 1], sheet.opening[row:]
    columns = tuple(_distinct([_column(at, cell, below) for at, cell in enumerate(header) if cell and cell.strip()]))
    written = _written(name or plain_name(file.name.partition(".")[0]) or "reports", file.name, sheet.name, columns)
    told = {column.fact for column in columns}
    profile = read_profile(written.encode(), "the proposed mapping") if {"date", "courthouse"} <= told else None
    return Guess(sheet=sheet.name, header_row=row, columns=columns, written=written, profile=profile)


def _header(sheet: Sheet) -> tuple[int, int, Sheet | None]:
    """How much the likeliest header row looks like one, and its number."""
    scores = [(_looks_like_header(row), -number) for number, row in enumerate(sheet.opening[:50], 1)]
    score, number = max(scores, default=(0, 0))
    return score, -number, sheet


def _looks_like_header(row: Texts) -> int:
    cells = [cell for cell in row if cell and cell.strip()]
    distinct = {plain_name(cell) for cell in cells}
    if len(distinct) < 2 or len(distinct) < len(cells):
        return 0
    known = sum(_fact_of(cell) is not None or plain_name(cell) in dropped_by_default() for cell in cells)
    return len(cells) + 3 * known


def _fact_of(heading: str) -> str | None:
    """The fact whose words the heading holds, the longest first; whole words only."""
    said = f" {' '.join(heading.casefold().replace('_', ' ').replace('?', ' ').replace(':', ' ').split())} "
    fits = [(len(words), fact) for fact, each in _headings().items() for words in each if f" {words} " in said]
    return max(fits, default=(0, None))[1]


@cache
def _headings() -> Mapping[str, list[str]]:
    return msgspec.convert(yaml.safe_load((DATA / "headings.yaml").read_bytes()), dict[str, list[str]])


def _column(at: int, heading: str, below: Sequence[Texts]) -> GuessedColumn:
    texts = [row[at] for row in below if at < len(row) and row[at]]
    distinct = tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text))
    fact = _fact_of(heading)
    if fact is None:
        because = dropped_by_default().get(plain_name(heading))
        return GuessedColumn(
            heading=heading.strip(),
            attribute=None,
            kind="text",
            fact=None,
            because=because or "no fact has such a heading",
            samples=() if because else distinct[:_SAMPLES],
        )
    kind, forms, ask = _kind(fact, distinct)
    values, unknown = _values(fact, distinct)
    if unknown and kind == "text":
        ask = f"give the code of: {'; '.join(unknown[:_SAMPLES])}"
    return GuessedColumn(
        heading=heading.strip(),
        attribute=fact,
        kind=kind,
        fact=fact,
        because=f"its heading says {fact.replace('_', ' ')}",
        samples=distinct[:_SAMPLES],
        values=values if kind == "text" else {},
        forms=forms,
        ask=ask,
    )


def _kind(fact: str, texts: Sequence[str]) -> tuple[Kind, tuple[str, ...], str | None]:
    if fact == "date":
        fits = [form for form in FORMS if texts and all(read_when(text, [form]).at for text in texts)]
        both = {"month/day/year", "day/month/year"} <= set(fits)
        forms = tuple(form for form in fits if not (both and form == "day/month/year"))
        ask = "month/day/year and day/month/year both fit: which is it?" if both else None
        if not forms:
            forms, ask = ("month/day/year", "year-month-day"), "not every day is written alike: look at the samples"
        return "date", forms, ask
    if set(ATTRIBUTES[fact].values) == {"yes", "no"}:
        return "yes_no", (), None
    if fact == "time":
        return "time", (), None
    return ("integer", (), None) if fact in ("people_arrested", "age") else ("text", (), None)


def _values(fact: str, texts: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Words of coded cells → codes, and those that no code fits."""
    codes = ATTRIBUTES[fact].values
    if not codes:
        return {}, []
    bundled = _bundled_values().get(fact, {})
    known = {plain_name(code): code for code in codes} | {plain_name(text): code for text, code in bundled.items()}
    mapped = {text: known[plain_name(text)] for text in texts if plain_name(text) in known}
    empty = Column(heading="x")
    return mapped, [text for text in texts if text not in mapped and judge(text, empty).value is not None]


@cache
def _bundled_values() -> Mapping[str, Mapping[str, str]]:
    from portico.tables.profile import find_profile  # noqa: PLC0415  (profiles are read when first asked for)

    columns = find_profile("reports").tables[0].columns.values()
    return {column.fact: column.values for column in columns if column.fact}


def _distinct(columns: Sequence[GuessedColumn]) -> list[GuessedColumn]:
    """Each fact from one column: the first of them."""
    seen: set[str] = set()
    kept = []
    for column in columns:
        if column.attribute in seen:
            because = f"another column tells {column.attribute}"
            kept.append(
                GuessedColumn(
                    heading=column.heading,
                    attribute=None,
                    kind="text",
                    fact=None,
                    because=because,
                    samples=column.samples,
                )
            )
            continue
        seen |= {column.attribute} if column.attribute else set()
        kept.append(column)
    return kept


def _written(name: str, file: str, sheet: str, columns: Sequence[GuessedColumn]) -> str:
    """The mapping as YAML, its samples beside it."""
    lines = [
        "# A proposal. Read every line, correct what is wrong, answer what is asked, then import with it.",
        f"id: {json.dumps(name)}",
        "version: 1",
        f"name: {json.dumps(f'reports as in {file}')}",
        f"source: {json.dumps(file)}",
        'read_on: "not yet confirmed"',
        "into: accounts",
        "tables:",
        "- name: reports",
        *([f"  sheets: [{json.dumps(sheet)}]"] if sheet else []),
        "  day: date",
        "  tells: {day: date, place: courthouse" + (", state: state}" if _tells(columns, "state") else "}"),
        "  columns:",
    ]
    for column in columns:
        if column.attribute:
            lines += _column_lines(column)
    left = [column for column in columns if not column.attribute]
    if left:
        lines += ["  drop:", f"    left out: {json.dumps([column.heading for column in left], ensure_ascii=False)}"]
        lines += [f"  # {column.heading}: {column.because}" for column in left]
    return "\n".join(lines) + "\n"


def _tells(columns: Sequence[GuessedColumn], fact: str) -> bool:
    return any(column.attribute == fact for column in columns)


def _column_lines(column: GuessedColumn) -> list[str]:
    quoted = json.dumps(column.heading, ensure_ascii=False)
    spec = [f"heading: {quoted}", f"kind: {column.kind}", f"fact: {column.fact}"]
    if column.fact in ("date", "courthouse"):
        spec.append("required: true")
    if column.forms:
        spec.append(f"forms: {json.dumps(column.forms)}")
    if column.values:
        spec.append(f"values: {json.dumps(column.values, ensure_ascii=False)}")
    guarded = column.fact is not None and ATTRIBUTES[column.fact].data_class is not DataClass.CLEAR
    lines = [] if guarded else [f"    # such as: {'; '.join(column.samples)}"[:200]]
    if column.ask:
        lines.append(f"    # ASK: {column.ask}")
    return [*lines, f"    {column.attribute}: {{{', '.join(spec)}}}"]
