"""Mappings: what each column of a sheet tells, as a person says it on the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from portico.facts import ATTRIBUTES, DataClass, identify

KINDS = ("text", "date", "time", "integer", "yes_no")
FORMS = ("month/day/year", "day/month/year", "year-month-day", "day-month name-year", "month name day, year")

# What a court is, is looked up from its name; who says so is the desk; officers' names stand in a court's own log only;
# what is sealed never comes by a sheet.
_NOT_OF_A_SHEET = {"courthouse_id", "court_system", "court_kind", "asserted_by", "officer_name"}
OFFERED = tuple(
    name for name, each in ATTRIBUTES.items() if name not in _NOT_OF_A_SHEET and each.data_class is not DataClass.SEALED
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """One column.

    attribute  of the vocabulary; "" = left out, never stored
    kind       what its cells hold; "" = what is usual for the attribute
    form       how its days are written; "" = several ways, month before day
    values     words of cells → codes, beside those that every mapping knows
    samples    some of its words, where they may be shown; because, ask: what the guess says of it
    """

    heading: str
    attribute: str = ""
    kind: str = ""
    form: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    samples: tuple[str, ...] = ()
    because: str = ""
    ask: str = ""

    @property
    def is_guarded(self) -> bool:
        return bool(self.attribute) and ATTRIBUTES[self.attribute].data_class is not DataClass.CLEAR

    @property
    def codes(self) -> tuple[str, ...]:
        return ATTRIBUTES[self.attribute].values if self.attribute else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """The mapping of one sheet. name: what it is called in what it tells ("hotline-form")."""

    name: str
    sheet: str
    columns: tuple[MappedColumn, ...]

    @property
    def form(self) -> str:
        """The same for every file with the same headings: the next export of one form."""
        return identify("form", sorted(" ".join(each.heading.casefold().split()) for each in self.columns))

    @property
    def told(self) -> dict[str, str]:
        """Attribute → heading."""
        return {each.attribute: each.heading for each in self.columns if each.attribute}

    def wrong(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What a mapping must not be: a word for it, and the attributes or headings that it is about."""
        seen: dict[str, list[str]] = {}
        for each in self.columns:
            if each.attribute:
                seen.setdefault(each.attribute, []).append(each.heading)
        yield from (("twice", (name, *headings)) for name, headings in seen.items() if len(headings) > 1)
        yield from (("missing", (name,)) for name in ("date", "courthouse") if name not in seen)

    def like(self, other: "SheetMapping") -> "SheetMapping":
        """This sheet with what another mapping says of the same headings."""
        said = {each.heading.casefold(): each for each in other.columns}
        columns = (
            replace(each, attribute=known.attribute, kind=known.kind, form=known.form, values=known.values, ask="")
            if (known := said.get(each.heading.casefold()))
            else each
            for each in self.columns
        )
        return replace(self, name=other.name, columns=tuple(columns))

    def knowing(self, words: Mapping[tuple[str, str], str]) -> "SheetMapping":
        """With more words of cells that have a code now. words: (heading, word) → code."""
        more: dict[str, dict[str, str]] = {}
        for (heading, word), code in words.items():
            more.setdefault(heading, {})[word] = code
        columns = (replace(each, values={**each.values, **more.get(each.heading, {})}) for each in self.columns)
        return replace(self, columns=tuple(columns))


def usual_kind(attribute: str) -> str:
    """What the cells of an attribute hold, where nobody says otherwise."""
    if attribute in ("date", "time"):
        return attribute
    if set(ATTRIBUTES[attribute].values) == {"yes", "no"}:
        return "yes_no"
    return "integer" if attribute in ("people_arrested", "age") else "text"
