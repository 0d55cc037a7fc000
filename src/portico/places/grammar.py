"""The grammar of courts that running text names: *name* + *kinds* + *head* + *place*.

"Lynn District Court", "the county courthouse in Hillsboro", "immigration court on Varick Street".
"""

from collections.abc import Callable

from portico.places import geography
from portico.places.cut import CutText, is_something_else, other_name_end, positions
from portico.places.following import with_place
from portico.places.geography import Place
from portico.places.phrase import Phrase

# Before a name of the gazetteer, these make it the name of another place: North Las Vegas is not Las Vegas.
OTHER_PLACE = frozenset({
    "n", "s", "e", "w", "new", "fort", "ft", "port", "san", "santa", "mt", "st", "lake", "upper", "lower", "greater",
})  # fmt: skip
_MOST_NAME_WORDS = 6


def by_grammar(text: CutText) -> list[Phrase]:
    phrases: list[Phrase] = []
    past = 0
    for at in positions(text, text.say.heads.first_words):
        if at < past:
            continue
        past = other_name_end(text, at)
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


def _head_goes_on(text: CutText, end: int) -> bool:
    return end < len(text.norms) and text.norms[end] in ("courthouse", "court") and text.plain(end)


def _around(text: CutText, head: int, end: int, head_words: str, least: int) -> Phrase | None:
    """The phrase around a head, None if the head names no place. Its words begin at `least` or later."""
    first, kinds = _kinds_before(text, head, least)
    name_at = _name_before(text, first, least)
    name = tuple(text.norms[name_at:first])
    if text.norms[end : end + 3] == ["of", "common", "pleas"]:
        kinds, end = (*kinds, "common pleas"), end + 3
    start = name_at if name else first
    if is_something_else(text, start, end) or _is_author(text, start, end):
        return None
    formal = all(word.capital for word in text.found[first:end] if word.norm not in ("of", "and"))
    phrase = Phrase(first=start, stop=end, head=head_words, kinds=kinds, formal=formal, name=name)
    phrase = _of_state(text, phrase) or _with_area(text, phrase, first)
    phrase = with_place(text, phrase._replace(mixed=head_words in text.say.mixed_heads))
    return phrase if _counts(text, phrase, head) else None


def _is_author(text: CutText, first: int, end: int) -> bool:
    """ "Supreme Court" with no county or city before it is the author of a ruling."""
    words_in = text.norms[first:end]
    return (
        words_in[-2:] == ["supreme", "court"]
        and len(words_in) <= 3
        and words_in[0] in ("supreme", "u", "us", "s", "state")
    )


def _kinds_before(text: CutText, head: int, least: int) -> tuple[int, tuple[str, ...]]:
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


def _name_before(text: CutText, first: int, least: int) -> int:
    """Where the capitalised name before the kinds begins; `first` if there is none."""
    at = first
    while at > least and first - at < _MOST_NAME_WORDS and text.joined(at):
        word = text.found[at - 1]
        if not word.capital or word.norm in text.say.never_names or not word.raw[0].isalpha():
            break
        at -= 1
    return at


def _of_state(text: CutText, phrase: Phrase) -> Phrase | None:
    """ "California Superior Court", "a New York State court": a kind of court of a state, not one of them."""
    codes = geography.state_names().exactly(phrase.name)
    # The names of two states are a city's or the capital's too, unless "State" follows.
    state_only = phrase.kinds[:1] == ("state",) or (phrase.head == "court" and not phrase.kinds)
    if not codes or not (state_only or (phrase.kinds and not geography.cities_named(phrase.name))):
        return None
    return phrase._replace(first=phrase.first + len(phrase.name), name=(), state=codes[0])


def _with_area(text: CutText, phrase: Phrase, kinds_at: int) -> Phrase:
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
    return not extra or (extra[-1] not in OTHER_PLACE and all(len(word) > 1 for word in extra))


def _longest_ending(
    name: tuple[str, ...], named: Callable[[tuple[str, ...]], tuple[Place, ...]]
) -> tuple[int, tuple[Place, ...]] | None:
    for start in range(len(name)):
        places = named(name[start:])
        if places:
            return start, places
    return None


def _counts(text: CutText, phrase: Phrase, head: int) -> bool:
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
