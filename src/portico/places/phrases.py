"""Phrases: the runs of words in a text that name a court, a courthouse or its address, before any row is chosen.

A phrase is found in two ways: as a spelling of the gazetteer, or by its grammar: *name* + *kinds* + *head* + *place*,
as in "Lynn District Court", "the county courthouse in Hillsboro", "immigration court on Varick Street". Merged, the
longer one says where the words stand, and the spelling says which rows they may mean.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from portico.places import geography
from portico.places.areas import state_beside
from portico.places.court_words import CourtWords, court_words
from portico.places.courthouse import Courthouse
from portico.places.geography import Place
from portico.places.names import Names, Naming
from portico.places.spelling import Word

_PLAIN = re.compile(r"[ \t]{1,2}\Z|-\Z|/\Z| ?[–/] ?\Z")
_COMMA = re.compile(r",? ?\(?\Z|, ?\Z| [-–—] \Z")
_INITIAL = re.compile(r"\. ?\Z")
_ABBREVIATED = frozenset(("St", "Dr", "Jr", "Mt", "Ft", "Hon", "U", "S", "N", "E", "W", "ST"))
_STREET_TYPES = frozenset({
    "st", "ave", "rd", "blvd", "dr", "ln", "pl", "plz", "hwy", "pkwy", "sq", "ter", "way", "broadway", "row",
    "circle", "pike", "turnpike",
})  # fmt: skip
# Before a name of the gazetteer, these make it the name of another place: North Las Vegas is not Las Vegas.
_OTHER_PLACE = frozenset({
    "n", "s", "e", "w", "new", "fort", "ft", "port", "san", "santa", "mt", "st", "lake", "upper", "lower", "greater",
})  # fmt: skip
_MOST_NAME_WORDS = 6


class Phrase(NamedTuple):
    """Words first:stop of the text.

    namings   rows that the words spell out (none: the grammar alone found it)
    name      the proper name before kinds and head, as common word forms; empty if none
    kinds     words such as "criminal", "county"; head "court", "courthouse", …
    formal    whether kinds and head are written as a name: "Criminal Court", not "criminal court"
    county    all counties of the name that the name is; city likewise; in_county, in_city those of the place after it
    state     the state given right after
    streets   rows on the street that is named
    mixed     the head alone does not make it a court ("federal building")
    """

    first: int
    stop: int
    head: str = ""
    name: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    formal: bool = False
    namings: tuple[Naming, ...] = ()
    county: tuple[Place, ...] = ()
    city: tuple[Place, ...] = ()
    city_name: str | None = None
    in_county: tuple[Place, ...] = ()
    in_city: tuple[Place, ...] = ()
    in_city_name: str | None = None
    state: str | None = None
    streets: tuple[Courthouse, ...] = ()
    street: bool = False
    mixed: bool = False

    @property
    def generic(self) -> bool:
        """Whether nothing in it says which court: "the courthouse", "family court"."""
        return not (self.namings or self.name or self.in_county or self.in_city_name or self.street)


@dataclass(slots=True)
class _Text:
    """A text cut into words, and what is looked up in it."""

    found: Sequence[Word]
    names: Names
    norms: list[str] = field(init=False)
    say: CourtWords = field(init=False)

    def __post_init__(self) -> None:
        self.norms = [word.norm for word in self.found]
        self.say = court_words()

    def plain(self, at: int) -> bool:
        """Whether the word follows the one before without a break."""
        return _PLAIN.match(self.found[at].gap) is not None

    def joined(self, at: int) -> bool:
        """Whether the word belongs to the name that the word before is part of: "St. Paul", "Roderick L. Ireland"."""
        before = self.found[at - 1].raw
        return self.plain(at) or (
            _INITIAL.match(self.found[at].gap) is not None and (len(before) == 1 or before in _ABBREVIATED)
        )


def court_phrases(found: Sequence[Word], names: Names) -> list[Phrase]:
    """The phrases of a text, in order, none overlapping another."""
    text = _Text(found, names)
    spelled, heads = _spelled(text), _by_grammar(text)
    return _merged(text, spelled, heads)


def _spelled(text: _Text) -> list[Phrase]:
    """Every spelling of the gazetteer, the longest at each place."""
    phrases: list[Phrase] = []
    past = 0
    for at in _positions(text, text.names.spellings.first_words):
        if at < past:
            continue
        past = _other_name_end(text, at)
        if past > at:
            continue
        end, namings = text.names.spellings.longest_at(text.norms, at)
        if namings and _is_written_as_name(text, at, end, namings) and not _is_something_else(text, at, end):
            state = state_beside(text.found, text.norms, end)
            phrases.append(Phrase(first=at, stop=end, namings=namings, state=state[1] if state else None))
            past = end
    return phrases


def _positions(text: _Text, first_words: Collection[str]) -> list[int]:
    """Where some phrase of a book, an author of rulings or a town may begin."""
    others = text.say.other_first_words
    return [at for at, norm in enumerate(text.norms) if norm in first_words or norm in others]


def _is_written_as_name(text: _Text, at: int, end: int, namings: Sequence[Naming]) -> bool:
    first = text.found[at]
    if not first.capital or any(not _COMMA.match(word.gap) and not text.joined(i) for i, word in _inner(text, at, end)):
        return False
    if namings[0].how == "address":
        return text.found[at + 1].capital if end > at + 1 else False
    return True


def _inner(text: _Text, at: int, end: int) -> Iterator[tuple[int, Word]]:
    yield from enumerate(text.found[at + 1 : end], start=at + 1)


def _other_name_end(text: _Text, at: int) -> int:
    """Where an author of rulings or a town called Court House ends that begins here; `at` if none does."""
    end, author = text.say.authors.longest_at(text.norms, at)
    if author:
        return end
    end, town = text.say.towns.longest_at(text.norms, at)
    return end if town and text.found[end - 1].capital else at


def _is_something_else(text: _Text, first: int, end: int) -> bool:
    """Whether the words around make it a street, a town, somebody's title or an author of rulings."""
    say, norms = text.say, text.norms
    if end < len(norms) and text.plain(end):
        after = text.found[end]
        if norms[end] in say.titles and norms[end - 1] == "court":
            return True
        if after.capital and norms[end] in say.bodies:
            return True
        if after.capital and norms[end] in say.streets and norms[end - 1] in ("court", "courthouse", "courts"):
            return True
    if norms[end : end + 2] == ["of", "appeals"]:
        return True
    before = [norm for norm in norms[max(0, first - 3) : first] if norm != "the"]
    return len(before) >= 2 and before[-1] == "of" and before[-2] in say.people_of and norms[end - 1] == "court"


def _by_grammar(text: _Text) -> list[Phrase]:
    phrases: list[Phrase] = []
    past = 0
    for at in _positions(text, text.say.heads.first_words):
        if at < past:
            continue
        past = _other_name_end(text, at)
        if past > at:
            continue
        end, heads = text.say.heads.longest_at(text.norms, at)
        if heads and _head_goes_on(text, end):
            continue  # "Family Justice Center Courthouse" goes on to its last word
        if heads and all(text.plain(i) for i in range(at + 1, end)):
            phrase = _around(text, at, end, heads[0], phrases[-1].stop if phrases else 0)
            if phrase is not None:
                phrases.append(phrase)
                end = max(end, phrase.stop)
            past = end
    return phrases


def _head_goes_on(text: _Text, end: int) -> bool:
    return end < len(text.norms) and text.norms[end] in ("courthouse", "court") and text.plain(end)


def _around(text: _Text, head: int, end: int, head_words: str, least: int) -> Phrase | None:
    """The phrase around a head, None if the head names no place. Its words begin at `least` or later."""
    first, kinds = _kinds_before(text, head, least)
    name_at = _name_before(text, first, least)
    name = tuple(text.norms[name_at:first])
    if text.norms[end : end + 3] == ["of", "common", "pleas"]:
        kinds, end = (*kinds, "common pleas"), end + 3
    start = name_at if name else first
    if _is_something_else(text, start, end) or _is_author(text, start, end):
        return None
    formal = all(word.capital for word in text.found[first:end] if word.norm not in ("of", "and"))
    phrase = Phrase(first=start, stop=end, head=head_words, kinds=kinds, formal=formal, name=name)
    phrase = _of_state(text, phrase) or _with_area(text, phrase, first)
    phrase = _with_place(text, phrase._replace(mixed=head_words in text.say.mixed_heads))
    return phrase if _counts(text, phrase, head) else None


def _is_author(text: _Text, first: int, end: int) -> bool:
    """ "Supreme Court" with no county or city before it is the author of a ruling."""
    words_in = text.norms[first:end]
    return (
        words_in[-2:] == ["supreme", "court"]
        and len(words_in) <= 3
        and words_in[0] in ("supreme", "u", "us", "s", "state")
    )


def _kinds_before(text: _Text, head: int, least: int) -> tuple[int, tuple[str, ...]]:
    """Where the words begin that say the kind of court, and those words."""
    first, kinds = head, list[str]()
    while first > least and text.joined(first):
        two = " ".join(text.norms[first - 2 : first]) if first > least + 1 else ""
        if two in text.say.kinds and text.joined(first - 1):
            kinds.insert(0, two)
            first -= 2
        elif text.norms[first - 1] in text.say.kinds or _is_ordinal(text.norms[first - 1]):
            kinds.insert(0, text.norms[first - 1])
            first -= 1
        elif text.norms[first - 1] == "and" and first > least + 1 and text.norms[first - 2] in text.say.kinds:
            first -= 1
        else:
            break
    return first, tuple(kinds)


def _is_ordinal(norm: str) -> bool:
    return norm[0].isdigit() and norm[-2:] in ("st", "nd", "rd", "th")


def _name_before(text: _Text, first: int, least: int) -> int:
    """Where the capitalised name before the kinds begins; `first` if there is none."""
    at = first
    while at > least and first - at < _MOST_NAME_WORDS and text.joined(at):
        word = text.found[at - 1]
        if not word.capital or word.norm in text.say.never_names or not word.raw[0].isalpha():
            break
        at -= 1
    return at


def _of_state(text: _Text, phrase: Phrase) -> Phrase | None:
    """ "California Superior Court", "a New York State court": a kind of court of a state, not one of them."""
    codes = geography.state_names().exactly(phrase.name)
    # The names of two states are a city's or the capital's too, unless "State" follows.
    state_only = phrase.kinds[:1] == ("state",) or (phrase.head == "court" and not phrase.kinds)
    if not codes or not (state_only or (phrase.kinds and not geography.cities_named(phrase.name))):
        return None
    return phrase._replace(first=phrase.first + len(phrase.name), name=(), state=codes[0])


def _with_area(text: _Text, phrase: Phrase, kinds_at: int) -> Phrase:
    """The county or city that the name before the head is, the longest reading first."""
    name = phrase.name
    if name and text.norms[kinds_at] in ("county", "parish"):
        found = _longest_ending(name, geography.counties_named)
        if found is not None:
            start, counties = found
            head = text.found[kinds_at]
            counties = geography.so_called(counties, own=text.found[kinds_at - 1].own, parish=head.norm == "parish")
            if counties and _may_trim(name[:start]):
                return phrase._replace(first=phrase.first + start, name=name[start:], county=counties)
        return phrase
    if phrase.kinds[:1] == ("city",) and (found := _longest_ending((*name, "city"), geography.cities_named)):
        start, cities = found
        kept = phrase._replace(first=phrase.first + start, name=(*name[start:], "city"), kinds=phrase.kinds[1:])
        return kept._replace(city=cities, city_name=cities[0].name)
    if phrase.head in text.say.mixed_heads:
        return phrase  # "Fallon Federal Building" is named for a person, not a city
    found = _longest_ending(name, geography.cities_named)
    if found is not None and (found[0] == 0 or (phrase.kinds and _may_trim(name[: found[0]]))):
        start, cities = found
        counties = geography.counties_named(name[start:]) if phrase.kinds else ()
        phrase = phrase._replace(first=phrase.first + start, name=name[start:], county=counties)
        return phrase._replace(city=cities, city_name=cities[0].name)
    counties = geography.counties_named(name) if phrase.kinds else ()
    return phrase._replace(county=counties) if counties else phrase


def _may_trim(extra: tuple[str, ...]) -> bool:
    """Whether words before an area are no part of its name: "Harrisburg" in "Harrisburg Dauphin County Courthouse"."""
    return not extra or (extra[-1] not in _OTHER_PLACE and all(len(word) > 1 for word in extra))


def _longest_ending(
    name: tuple[str, ...], named: Callable[[tuple[str, ...]], tuple[Place, ...]]
) -> tuple[int, tuple[Place, ...]] | None:
    for start in range(len(name)):
        places = named(name[start:])
        if places:
            return start, places
    return None


def _with_place(text: _Text, phrase: Phrase) -> Phrase:
    """The phrase with the place that follows it; a phrase without name takes the place's words in."""
    state = state_beside(text.found, text.norms, phrase.stop)
    if state:
        return phrase._replace(state=state[1])
    at, connector = _after_connector(text, phrase.stop)
    if at is None:
        return phrase
    return _at_street(text, phrase, at, connector) or _in_area(text, phrase, at, connector) or phrase


def _after_connector(text: _Text, end: int) -> tuple[int | None, str]:
    if end >= len(text.found):
        return None, ""
    word = text.found[end]
    if word.norm in ("in", "on", "at", "of", "for", "off") and text.plain(end) and end + 1 < len(text.found):
        skip = 1 + (text.norms[end + 1] == "the")
        if end + skip < len(text.found) and text.plain(end + skip) and text.found[end + skip].capital:
            return end + skip, word.norm
        return None, ""
    if word.capital and word.gap.strip(" ") in (",", "(", "-", "–", "—"):
        return end, ","
    return None, ""


def _at_street(text: _Text, phrase: Phrase, at: int, connector: str) -> Phrase | None:
    if connector in ("in", "of", "for"):
        return None
    end, namings = text.names.spellings.longest_at(text.norms, at)
    if namings and namings[0].how == "address":
        return _taken_in(phrase, end, streets=tuple(naming.courthouse for naming in namings))
    number = text.found[at].raw[0].isdigit() and at + 1 < len(text.found)
    begin = at + 1 if number else at
    end, rows = text.names.streets.longest_at(text.norms, begin)
    written = _street_end(text, begin)
    if rows and (end >= written or written == begin) and (connector != "," or text.norms[end - 1] in _STREET_TYPES):
        return _taken_in(phrase, end, streets=() if number else rows)
    return _taken_in(phrase, written) if written > begin else None


def _street_end(text: _Text, begin: int) -> int:
    """Where a street ends that is written with its type; `begin` if none is."""
    for at in range(begin, min(begin + 5, len(text.found))):
        if not text.found[at].capital or (at > begin and not text.joined(at)):
            return begin
        if text.norms[at] in _STREET_TYPES and at > begin:
            return at + 1
    return begin


def _taken_in(phrase: Phrase, end: int, streets: tuple[Courthouse, ...] = ()) -> Phrase:
    stop = phrase.stop if phrase.name else end
    return phrase._replace(stop=stop, streets=streets, street=True)


def _in_area(text: _Text, phrase: Phrase, at: int, connector: str) -> Phrase | None:
    if connector in ("on", "off") or (connector == "," and not text.found[phrase.stop - 1].capital):
        return None
    end, states = geography.state_names().longest_at(text.norms, at)
    if states and end > at and text.norms[at:end] != ["washington"] and not _goes_on(text, end):
        return phrase._replace(state=states[0])
    end, counties = geography.county_names().longest_at(text.norms, at)
    if counties and end < len(text.norms) and text.norms[end] in ("county", "parish") and text.plain(end):
        return _placed(text, phrase, end + 1, county=counties)
    end, _ = geography.city_names().longest_at(text.norms, at)
    if end > at and all(word.capital for word in text.found[at:end]) and not _goes_on(text, end):
        cities = geography.cities_named(tuple(text.norms[at:end]))
        phrase = _placed(text, phrase, end, city=cities, city_name=cities[0].name)
        # "Immigration Court of Orlando" is another way to write "Orlando Immigration Court".
        turned = (*text.norms[at:end], *phrase.kinds, phrase.head) if connector == "of" and not phrase.name else ()
        return phrase._replace(namings=text.names.spellings.exactly(turned))
    end = _unknown_name_end(text, at)
    if end > at and connector == "in":
        return _placed(text, phrase, end, city_name=" ".join(word.raw for word in text.found[at:end]))
    return None


def _goes_on(text: _Text, end: int) -> bool:
    """Whether a capitalised name goes on: "in Orange County", "for Jackson Reed"."""
    return (
        end < len(text.found)
        and text.plain(end)
        and text.found[end].capital
        and end > 0
        and text.found[end].raw[0].isalpha()
    )


def _unknown_name_end(text: _Text, at: int) -> int:
    end = at
    while end < len(text.found) and end < at + 3 and text.found[end].capital and (end == at or text.joined(end)):
        if text.norms[end] in text.say.never_names or text.found[end].raw[0].isdigit():
            return at
        end += 1
    return end


def _placed(
    text: _Text,
    phrase: Phrase,
    end: int,
    *,
    county: tuple[Place, ...] = (),
    city: tuple[Place, ...] = (),
    city_name: str | None = None,
) -> Phrase:
    beside = state_beside(text.found, text.norms, end)
    return phrase._replace(
        stop=phrase.stop if phrase.name else end,
        in_county=county,
        in_city=city,
        in_city_name=city_name,
        state=beside[1] if beside else None,
    )


def _counts(text: _Text, phrase: Phrase, head: int) -> bool:
    """Whether the phrase names a place: not "court" by itself, not a thing of the court."""
    if not phrase.generic:
        return not phrase.mixed or bool(phrase.name or phrase.street)
    if phrase.mixed:
        return False
    after = text.norms[phrase.stop] if phrase.stop < len(text.norms) and text.plain(phrase.stop) else ""
    if phrase.head == "court":
        meaning = [kind for kind in phrase.kinds if text.say.kinds.get(kind) or kind in text.say.systems]
        return bool(meaning) and after not in text.say.things and after not in text.say.titles
    return phrase.head in text.say.generic_heads and after not in text.say.things


def _merged(text: _Text, spelled: list[Phrase], heads: list[Phrase]) -> list[Phrase]:
    """Each place in the text once: the grammar's words, the gazetteer's rows."""
    kept: list[Phrase] = []
    for phrase in heads:
        inside = [each for each in spelled if each.first < phrase.stop and phrase.first < each.stop]
        if not inside:
            kept.append(phrase)
            continue
        best = max(inside, key=lambda each: each.stop - each.first)
        spelled = [each for each in spelled if each not in inside]
        kept.append(_both(text, best, phrase))
    kept.extend(spelled)
    kept.sort(key=lambda phrase: (phrase.first, -phrase.stop))
    return _with_addresses(text, _apart(kept))


def _apart(phrases: list[Phrase]) -> list[Phrase]:
    """Of phrases that share words, the first, which is the longer."""
    kept: list[Phrase] = []
    for phrase in phrases:
        if not kept or kept[-1].stop <= phrase.first:
            kept.append(phrase)
    return kept


def _both(text: _Text, spelling: Phrase, phrase: Phrase) -> Phrase:
    extra = text.norms[phrase.first : spelling.first]
    if phrase.street and spelling.namings[0].how != "name":
        return phrase._replace(streets=phrase.streets or tuple(naming.courthouse for naming in spelling.namings))
    if spelling.first > phrase.first and extra[-1] in _OTHER_PLACE and text.found[spelling.first - 1].capital:
        return phrase
    if spelling.first > phrase.first and spelling.namings[0].how == "bare" and phrase.name:
        return phrase
    if spelling.stop > phrase.stop or (spelling.stop == phrase.stop and not phrase.name):
        # The spelling has the place's words in it: "Washington County Courthouse (Washington, Pennsylvania)".
        return spelling._replace(
            head=phrase.head,
            kinds=phrase.kinds,
            formal=phrase.formal,
            name=phrase.name,
            county=phrase.county,
            city=phrase.city,
            city_name=phrase.city_name,
            mixed=phrase.mixed,
        )
    stop = spelling.stop if phrase.name else phrase.stop
    state = spelling.state or phrase.state
    return phrase._replace(first=spelling.first, stop=stop, namings=spelling.namings, state=state)


def _with_addresses(text: _Text, phrases: list[Phrase]) -> list[Phrase]:
    """A name and the address right after it are one place."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if (
            before is not None
            and phrase.namings
            and phrase.namings[0].how == "address"
            and before.stop <= phrase.first <= before.stop + 1
            and (phrase.first == before.stop or text.norms[before.stop] in ("at", "on"))
            and text.found[before.stop].gap.strip(" ,(—–-") == ""
            and not before.street
        ):
            joined[-1] = before._replace(
                streets=tuple(naming.courthouse for naming in phrase.namings),
                street=True,
                stop=phrase.stop if before.generic else before.stop,
            )
        else:
            joined.append(phrase)
    return joined
