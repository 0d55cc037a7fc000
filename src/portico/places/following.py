"""What follows a court's name: its street, its city or county, its state."""

from portico.places import geography
from portico.places.areas import state_beside
from portico.places.courthouse import Courthouse
from portico.places.cut import CutText
from portico.places.geography import Place
from portico.places.phrase import Phrase

_STREET_TYPES = frozenset({
    "st", "ave", "rd", "blvd", "dr", "ln", "pl", "plz", "hwy", "pkwy", "sq", "ter", "way", "broadway", "row",
    "circle", "pike", "turnpike",
})  # fmt: skip


def with_place(text: CutText, phrase: Phrase) -> Phrase:
    """The phrase with the place that follows it; a phrase without name takes the place's words in."""
    state = state_beside(text.found, text.norms, phrase.stop)
    if state:
        return phrase._replace(state=state[1])
    at, connector = _after_connector(text, phrase.stop)
    if at is None:
        return phrase
    return _at_street(text, phrase, at, connector) or _in_area(text, phrase, at, connector) or phrase


def _after_connector(text: CutText, end: int) -> tuple[int | None, str]:
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


def _at_street(text: CutText, phrase: Phrase, at: int, connector: str) -> Phrase | None:
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


def _street_end(text: CutText, begin: int) -> int:
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


def _in_area(text: CutText, phrase: Phrase, at: int, connector: str) -> Phrase | None:
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


def _goes_on(text: CutText, end: int) -> bool:
    """Whether a capitalised name goes on: "in Orange County", "for Jackson Reed"."""
    return (
        end < len(text.found)
        and text.plain(end)
        and text.found[end].capital
        and end > 0
        and text.found[end].raw[0].isalpha()
    )


def _unknown_name_end(text: CutText, at: int) -> int:
    end = at
    while end < len(text.found) and end < at + 3 and text.found[end].capital and (end == at or text.joined(end)):
        if text.norms[end] in text.say.never_names or text.found[end].raw[0].isdigit():
            return at
        end += 1
    return end


def _placed(
    text: CutText,
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
