"""Every spelling of every courthouse, ready to be found in running text."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from portico.places.courthouse import Courthouse
from portico.places.files import table
from portico.places.gazetteer import Gazetteer
from portico.places.phrasebook import PhraseBook
from portico.places.spelling import spell

How = Literal["name", "address", "bare"]

_STREET_TYPES = frozenset({
    "st", "ave", "rd", "dr", "blvd", "way", "ln", "pl", "hwy", "pkwy", "ter", "pike", "turnpike", "circle", "nw",
    "sw", "ne", "se",
})  # fmt: skip
_DIRECTIONS = frozenset({
    "n", "s", "e", "w",
})  # fmt: skip
# Without its type, such a street is a common word: "1 Court", "100 State".
_NO_STREET_ALONE = frozenset({
    "court", "county", "state", "public", "hall", "center", "park", "mall", "city", "federal", "supreme", "justice",
})  # fmt: skip
_BUILDINGS = frozenset({
    "courthouse", "court", "building", "center", "complex",
})  # fmt: skip
# A name of only such words says the building only where the text is about that place ("Land Court", "Court Tower").
_COMMON = _BUILDINGS | {
    "courts", "district", "superior", "circuit", "city", "land", "housing", "family", "probate", "juvenile",
    "criminal", "civil", "supreme", "municipal", "tower", "division", "federal", "u", "s", "united", "states", "of",
    "and", "justice", "hall", "appeals", "appellate", "state", "trial", "general", "the",
}  # fmt: skip
_NUMBERS = {"one": "1", "two": "2", "three": "3", "five": "5"}


class Naming(NamedTuple):
    """A courthouse, and how a spelling means it.

    how  "name"; "address" = its street and number; "bare" = counts only where the text is about that state or city
    """

    courthouse: Courthouse
    how: How


class Names(NamedTuple):
    """spellings: names, aliases and addresses; streets: the street of a courthouse without its number."""

    spellings: PhraseBook[Naming]
    streets: PhraseBook[Courthouse]


@lru_cache(maxsize=4)
def names_of(gazetteer: Gazetteer) -> Names:
    """The names of a gazetteer, made once for each."""
    bare = _bare_names()
    spellings: PhraseBook[Naming] = PhraseBook()
    streets: PhraseBook[Courthouse] = PhraseBook()
    for row in gazetteer.courthouses:
        for spelling in row.spellings:
            _add_name(spellings, row, spelling, bare)
        for address in _addresses(row):
            spellings.add(address, Naming(row, "address"))
        for street in _streets(row):
            streets.add(street, row)
    return Names(spellings, streets)


def _add_name(
    book: PhraseBook[Naming], row: Courthouse, spelling: str, bare: frozenset[tuple[tuple[str, ...], str]]
) -> None:
    phrase = spell(spelling)
    how: How = "name"
    if (phrase, row.state) in bare or _COMMON.issuperset(phrase):
        how = "bare"
    elif spelling[0].isdigit() or (row.street and phrase == spell(row.street)):
        how = "address"
    book.add(phrase, Naming(row, how))
    for other in _variants(spelling, phrase) if how == "name" else ():
        common = _COMMON.issuperset(other)
        if not common or len(other) > 3:
            book.add(other, Naming(row, "bare" if common else how))


def _variants(spelling: str, phrase: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Other common ways to write a name: no bracket, no initial, the surname alone, no possessive, no "Jr."."""
    if spelling.endswith(")"):
        yield spell(spelling[: spelling.rindex("(")])
    if "’s" in spelling or "'s" in spelling:
        yield spell(spelling.replace("’s", "s").replace("'s", "s"))
    initial = next((i for i, word in enumerate(phrase) if i > 0 and len(word) == 1 and word.isalpha()), 0)
    if (
        initial
        and len(phrase[0]) > 1
        and phrase[-1] in _BUILDINGS
        and not _COMMON.intersection(phrase[:initial])
        and len(phrase) > initial + 2
    ):
        yield (*phrase[:initial], *phrase[initial + 1 :])
        yield phrase[initial + 1 :]
    if "jr" in phrase:
        yield tuple(word for word in phrase if word != "jr")


def _addresses(row: Courthouse) -> Iterator[tuple[str, ...]]:
    """The street and number, and what people shorten it to."""
    if not row.street or not any(c.isdigit() or c.isupper() for c in row.street[:1]):
        return
    phrase = spell(row.street)
    if phrase[0] in _NUMBERS:
        yield phrase
        phrase = (_NUMBERS[phrase[0]], *phrase[1:])
    if not phrase[0][0].isdigit():
        return
    yield phrase
    number = 2 if len(phrase) > 2 and phrase[1].isdigit() else 1
    rest = phrase[number:]
    for street in {rest, rest[1:] if rest and rest[0] in _DIRECTIONS else rest}:
        yield (*phrase[:number], *street)
        short = _without_type(street)
        if short and not (len(short) == 1 and short[0] in _NO_STREET_ALONE) and short[0] not in _STREET_TYPES:
            yield (*phrase[:number], *short)


def _streets(row: Courthouse) -> Iterator[tuple[str, ...]]:
    if not row.street:
        return
    rest = tuple(
        word for i, word in enumerate(spell(row.street)) if not (i < 2 and word[0].isdigit() and "h" not in word)
    )
    if rest and rest[0] in _NUMBERS:
        rest = rest[1:]
    for street in {rest, rest[1:] if rest and rest[0] in _DIRECTIONS else rest}:
        yield street
        short = _without_type(street)
        if short and not (len(short) == 1 and short[0] in _NO_STREET_ALONE):
            yield short


def _without_type(street: tuple[str, ...]) -> tuple[str, ...]:
    return street[:-1] if street and street[-1] in _STREET_TYPES and len(street) > 1 else ()


def _bare_names() -> frozenset[tuple[tuple[str, ...], str]]:
    return frozenset((spell(row["name"]), row["state"]) for row in table("bare-names.csv"))
