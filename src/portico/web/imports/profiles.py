"""Profiles: a guess becomes a mapping that a person corrects; the mapping becomes what the tables' readers take."""

import glob
import json
from collections.abc import Mapping, Sequence

from portico.tables import Guess, GuessedColumn, Profile, find_profile, read_profile
from portico.tables.names import plain_name
from portico.web.imports.mapping import OFFERED, MappedColumn, SheetMapping, usual_kind

_SEVERAL = ("month/day/year", "year-month-day", "month name day, year")


def mapping_of(guess: Guess, name: str) -> SheetMapping:
    """A guess as a mapping that a person corrects."""
    return SheetMapping(name=name, sheet=guess.sheet, columns=tuple(map(_column, guess.columns)))


_OFF_BY_DEFAULT = {"nationality": "where somebody comes from: left out unless you choose it"}


def _column(guessed: GuessedColumn) -> MappedColumn:
    attribute = guessed.attribute or ""
    if attribute in _OFF_BY_DEFAULT:
        return MappedColumn(heading=guessed.heading, because=_OFF_BY_DEFAULT[attribute])
    return MappedColumn(
        heading=guessed.heading,
        attribute=attribute if attribute in OFFERED else "",
        form=guessed.forms[0] if len(guessed.forms) == 1 else "",
        values=guessed.values,
        samples=guessed.samples,
        because=guessed.because,
        ask=guessed.ask or "",
    )


def profile_of(mapping: SheetMapping) -> Profile:
    """The mapping as the tables' readers take it. Raises ProfileError."""
    columns = {each.attribute: _spec(each) for each in mapping.columns if each.attribute}
    left = [each.heading for each in mapping.columns if not each.attribute]
    tells = {"day": "date", "place": "courthouse"} | ({"state": "state"} if "state" in columns else {})
    table = {
        "name": "reports",
        "day": "date",
        "tells": tells,
        "columns": columns,
        # Two headings that differ in punctuation alone are one to the readers: what is kept wins.
        "drop": {"left out": _not_kept(left, mapping)},
        **({"sheets": [glob.escape(mapping.sheet)]} if mapping.sheet else {}),
    }
    written = {
        "id": mapping.name,
        "version": 1,
        "name": mapping.name,
        "source": "a mapping made at the desk",
        "read_on": "",
        "into": "accounts",
        "tables": [table],
    }
    return read_profile(json.dumps(written).encode(), mapping.name)


def _not_kept(left: Sequence[str], mapping: SheetMapping) -> list[str]:
    kept = {plain_name(each.heading) for each in mapping.columns if each.attribute}
    return [each for each in left if plain_name(each) not in kept]


def _spec(column: MappedColumn) -> dict[str, object]:
    kind = column.kind or usual_kind(column.attribute)
    forms = [column.form] if column.form else [*_SEVERAL]
    return {
        "heading": column.heading,
        "kind": kind,
        "fact": column.attribute,
        "required": True,  # of this very sheet: the header is the row that has them all
        "values": {**_known_words(column.attribute), **column.values} if column.codes and kind == "text" else {},
        **({"forms": forms} if kind == "date" else {}),
    }


def _known_words(attribute: str) -> Mapping[str, str]:
    """The words that the bundled mapping of reports knows for an attribute."""
    columns = find_profile("reports").tables[0].columns.values()
    return next((each.values for each in columns if each.fact == attribute), {})
