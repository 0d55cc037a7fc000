"""Headers: where the tables of a profile stand in a file, found by what is written, never by counting rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

from portico.tables.errors import TableError, Where
from portico.tables.lists import dropped_by_default
from portico.tables.names import plain_name
from portico.tables.profile import Profile, Table, profiles
from portico.tables.sheets import Sheet, TableFile, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A table of the profile, found on a sheet.

    row       of the header, from 1
    kept      attribute → position of its column, from 0
    dropped   heading → why it is not stored
    unknown   headings that the profile does not name; not stored
    absent    attributes that this file has no column for
    """

    table: Table
    sheet: Sheet
    row: int
    width: int
    headings: Mapping[str, str]
    kept: Mapping[str, int]
    dropped: Mapping[str, str]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]


def find_tables(file: TableFile, profile: Profile) -> tuple[Found, ...]:
    """Every table of the profile in the file. Raises TableError if there is none, or if a column is missing."""
    found = tuple(each for sheet in file.sheets for table in profile.tables for each in _on(sheet, table, file.name))
    if not found:
        raise _wrong_profile(file, profile)
    return found


def _on(sheet: Sheet, table: Table, file: str) -> Iterator[Found]:
    if not any(fnmatchcase(sheet.name.casefold(), pattern.casefold()) for pattern in table.sheets):
        return
    best, missing = 0, set[str]()
    titled = table.title is None
    for number, row in enumerate(sheet.opening, 1):
        if not titled:
            titled = any(table.title and table.title.casefold() in (cell or "").casefold() for cell in row)
            continue
        lacking = _lacking(table, row)
        if not lacking:
            yield _found(sheet, table, number, row)
            return
        if (have := len(table.required) - len(lacking)) > best:
            best, missing, nearest = have, lacking, (number, row)
    if best * 2 > len(table.required) and len(missing) < len(table.required):
        raise _missing(Where(file=file, sheet=sheet.name or None, row=nearest[0]), table, missing, nearest[1])


def _lacking(table: Table, row: Texts) -> set[str]:
    names = {plain_name(cell) for cell in row}
    return {each.headings[0] for each in table.required if names.isdisjoint(map(plain_name, each.headings))}


def _found(sheet: Sheet, table: Table, number: int, row: Texts) -> Found:
    known = {plain_name(h): name for name, column in table.columns.items() for h in column.headings}
    best = _best_headings(table, row)
    drop = {plain_name(heading): because for heading, because in table.dropped_headings()}
    ignored = {plain_name(heading) for heading in table.ignored}
    reasons = dropped_by_default()
    headings: dict[str, str] = {}
    kept: dict[str, int] = {}
    dropped: dict[str, str] = {}
    unknown = []
    width = max((at for at, cell in enumerate(row, 1) if cell and cell.strip()), default=0)
    for position, cell in enumerate(row):
        heading, name = (cell or "").strip(), plain_name(cell)
        if not name:
            unknown += [f"column {position + 1}, without a heading"] if position < width else []
            continue
        attribute = best.get(name)
        if (name in reasons or name in drop) and not _may_be_told(table, attribute):
            dropped[heading] = reasons.get(name) or drop[name]
        elif attribute is not None and attribute not in kept:
            kept[attribute], headings[attribute] = position, heading
        elif name in known:
            dropped[heading] = f"the same as {known[name]}, which another column gives better"
        elif name not in ignored:
            unknown.append(heading)
    return Found(
        table=table,
        sheet=sheet,
        row=number,
        width=width,
        headings=headings,
        kept=kept,
        dropped=dropped,
        unknown=tuple(unknown),
        absent=tuple(name for name in table.columns if name not in kept),
    )


def _best_headings(table: Table, row: Texts) -> dict[str, str]:
    """Plain heading → attribute: of several headings of one attribute, the one that the profile names first."""
    there = {plain_name(cell) for cell in row}
    spelled = {name: [plain_name(each) for each in column.headings] for name, column in table.columns.items()}
    first = {name: next((each for each in plain if each in there), None) for name, plain in spelled.items()}
    return {heading: name for name, heading in first.items() if heading}


def _may_be_told(table: Table, attribute: str | None) -> bool:
    """Accounts may tell what tables may not store: in the record it is encrypted for each person."""
    return attribute is not None and table.columns[attribute].fact is not None


def _missing(where: Where, table: Table, missing: set[str], row: Texts) -> TableError:
    there = [cell.strip() for cell in row if cell and cell.strip()]
    hints = []
    for heading in sorted(missing):
        close = get_close_matches(heading, there, n=1, cutoff=0.6)
        hints.append(f"{heading!r}" + (f" (is it {close[0]!r}?)" if close else ""))
    return TableError(
        "missing_columns",
        where,
        f"the header of table {table.name} lacks {', '.join(hints)}",
        "If a column was renamed, add its heading to the profile; else get the file again.",
    )


def _wrong_profile(file: TableFile, profile: Profile) -> TableError:
    others = [each.id for each in profiles() if each.id != profile.id and _fits(file.sheets, each)]
    sheets = ", ".join(sheet.name for sheet in file.sheets if sheet.name)
    where = f" in any of its sheets ({sheets})" if sheets else f" in its first {len(file.sheets[0].opening)} rows"
    wanted = ", ".join(repr(column.headings[0]) for column in profile.tables[0].required)
    return TableError(
        "wrong_profile",
        Where(file=file.name),
        f"no header of the profile {profile.id}{where}: it looks for {wanted}",
        f"The file fits the profile {' or '.join(others)}."
        if others
        else "Name another profile, or make a mapping of this file's columns.",
    )


def _fits(sheets: Sequence[Sheet], profile: Profile) -> bool:
    return any(
        table.title is None and table.required and not _lacking(table, row)
        for sheet in sheets
        for table in profile.tables
        for row in sheet.opening
    )
