"""Telling: a row as one line of text, so that every claim made of it can show the words it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portico.facts import Claim, Span, Value
from portico.places import Resolution


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row as text: `Heading: words | Heading: words`. Cells that say nothing are left out.

    start   where the line begins in the text of the table
    places  attribute → where its cell's words stand, in that text
    """

    text: str
    start: int
    places: Mapping[str, tuple[int, int]]

    @property
    def whole(self) -> tuple[int, int]:
        return self.start, self.start + len(self.text)

    def place(self, attribute: str) -> tuple[int, int]:
        """Where the words of a cell stand; of one that says nothing, the whole line."""
        return self.places.get(attribute, self.whole)


def line_of(cells: Sequence[tuple[str, str, str]], start: int) -> RowLine:
    """The line of a row from (attribute, heading, words) of its cells.

    >>> line_of([("date", "Date", "2019-05-14"), ("landmark", "Landmark", "KINGS COUNTY COURT")], 0).text
    'Date: 2019-05-14 | Landmark: KINGS COUNTY COURT'
    """
    text, places = "", {}
    for attribute, heading, words in cells:
        text += f"{' | ' if text else ''}{heading}: "
        places[attribute] = (start + len(text), start + len(text) + len(words))
        text += words
    return RowLine(text, start, places)


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes claims of one table. origin: the profile and its version."""

    origin: str

    def claim(
        self, attribute: str, value: Value | None, *places: tuple[int, int], any_of: tuple[Value, ...] = ()
    ) -> Claim:
        # Nearly every claim rests on one cell: it is made a million times.
        spans = (Span(*places[0]),) if len(places) == 1 else tuple(Span(*each) for each in sorted(set(places)))
        return Claim(attribute=attribute, value=value, any_of=any_of, spans=spans, origin=self.origin)

    def of_place(self, found: Resolution, words: str, place: tuple[int, int]) -> Iterator[Claim]:
        """The courthouse as written, and what is certain of it."""
        yield self.claim("courthouse", found.courthouse.name if found.courthouse else words, place)
        if found.courthouse:
            yield self.claim("courthouse_id", found.courthouse.id, place)
        elif found.candidates:
            ids = tuple(each.courthouse.id for each in found.candidates)
            yield self.claim(
                "courthouse_id", None if len(ids) > 1 else ids[0], place, any_of=ids if len(ids) > 1 else ()
            )
        building = found.courthouse
        known = {
            "county": found.county,
            "city": building.city if building else None,
            "state": found.state,
            "court_system": building.court_system if building else _SYSTEMS.get(found.label),
            "court_kind": building.court_kind if building else None,
        }
        for attribute, value in known.items():
            if value:
                yield self.claim(attribute, value, place)


_SYSTEMS = {"federal_court": "federal_article_iii", "immigration_court": "eoir"}
"""A label that says the system even where no building is certain; a state or local court may be of several."""
