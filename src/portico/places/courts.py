"""Courts: the courthouses that running text names, each with the rows it may mean."""

from dataclasses import dataclass

from portico.facts import PartialDate
from portico.places.areas import Area
from portico.places.context import Context, Told
from portico.places.courthouse import Courthouse
from portico.places.gazetteer import Gazetteer, load_gazetteer
from portico.places.meaning import common, meaning_of, sure_states, told_system
from portico.places.names import names_of
from portico.places.phrase import Phrase
from portico.places.phrases import court_phrases
from portico.places.rows import may_hold
from portico.places.spelling import words


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtMention:
    """A court or courthouse named in a text.

    start, end   code points, half-open; name is those words, without a leading article
    candidates   rows it may mean; none where the gazetteer has no row, or the words are generic
    settled      whether words and text leave no reading but these rows; a lone candidate that is not settled may as
                 well be a county or city of that name in another state, so ask `courthouse`
    county, city, state   what is sure of them, with a building or without
    court_system None where the words leave it open
    generic      nothing says which court: "the courthouse", "family court"; has candidates only where the caller tells
                 county or city, and never a certain one
    bare         a name that means the building only where the text is about that state or city
    """

    start: int
    end: int
    name: str
    candidates: tuple[Courthouse, ...] = ()
    settled: bool = False
    county: str | None = None
    city: str | None = None
    state: str | None = None
    court_system: str | None = None
    generic: bool = False
    bare: bool = False

    @property
    def courthouse(self) -> Courthouse | None:
        """The one courthouse that is certain; None if there are several, or the text leaves another reading."""
        return self.candidates[0] if self.settled and len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class Places:
    """The courts and areas that a text names, each in order. A court's name may hold an area's."""

    courts: tuple[CourtMention, ...]
    areas: tuple[Area, ...]


def find_places(text: str) -> Places:
    """What `find_courts` and `find_areas` find, in one pass over the text."""
    search = _Search(text, load_gazetteer(), Told(), None)
    return Places(search.mentions(), search.areas())


def find_courts(
    text: str,
    *,
    state: str | None = None,
    county: str | None = None,
    city: str | None = None,
    on: PartialDate | None = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[CourtMention, ...]:
    """Every court that a text names as a place, in order, none overlapping another.

    text   running text; courts that are only authors of rulings, titles, streets and towns are left out
    state  USPS code, county, city: where the text is about, if the caller knows. Without them, the areas that the text
           itself names are taken. They only narrow, and never choose one of two that both fit.
    on     local day of the event: buildings certainly not in use that day are left out
    """
    search = _Search(text, gazetteer or load_gazetteer(), Told.by(state, county, city), on)
    return search.mentions()


class _Search:
    """One text, looked through for courts with what the caller tells."""

    def __init__(self, text: str, gazetteer: Gazetteer, told: Told, on: PartialDate | None) -> None:
        self._text, self._gazetteer, self._told, self._on = text, gazetteer, told, on
        self._found = words(text)
        self._phrases = court_phrases(self._found, names_of(gazetteer))
        named = [phrase for phrase in self._phrases if not phrase.generic]
        courts = [(phrase.first, phrase.stop) for phrase in named]
        self._context = Context(self._found, courts, lambda: sure_states(named, gazetteer), told)

    def mentions(self) -> tuple[CourtMention, ...]:
        return tuple(self._generic(each) if each.generic else self._named(each) for each in self._phrases)

    def areas(self) -> tuple[Area, ...]:
        return self._context.named

    def _place(self, phrase: Phrase) -> tuple[int, int, str]:
        start, end = self._found[phrase.first].start, self._found[phrase.stop - 1].end
        return start, end, self._text[start:end]

    def _named(self, phrase: Phrase) -> CourtMention:
        start, end, name = self._place(phrase)
        meaning = meaning_of(phrase, name, self._gazetteer, self._context).narrowed(self._told, self._on)
        return CourtMention(
            start=start,
            end=end,
            name=name,
            candidates=meaning.rows,
            settled=meaning.settled,
            county=meaning.county,
            city=meaning.city,
            state=meaning.state,
            court_system=meaning.court_system,
            bare=phrase.mixed or any(naming.how == "bare" for naming in phrase.namings),
        )

    def _generic(self, phrase: Phrase) -> CourtMention:
        """A court that nothing names: of the county or city that the caller tells, the buildings with such courts."""
        start, end, name = self._place(phrase)
        told = self._told
        rows: tuple[Courthouse, ...] = ()
        if told.county or told.city:
            near = (row for row in self._gazetteer.courthouses if told.allows(row) and row.may_be_in_use(self._on))
            rows = tuple(row for row in near if may_hold(row, phrase.kinds))
        state = common(row.state for row in rows) or common(told.states or ())
        return CourtMention(
            start=start,
            end=end,
            name=name,
            candidates=rows,
            county=common(row.county for row in rows),
            state=state,
            court_system=told_system(phrase, state),
            generic=True,
        )
