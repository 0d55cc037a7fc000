"""Where: the courthouse that an event is told of, what the gazetteer knows of it, and the zone in or around it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portico.facts import Claim
from portico.places import Area, CourtMention
from portico.reading.claims import claim, cue_name
from portico.reading.cues import Hit
from portico.reading.joining import same_court
from portico.reading.scene import Line, Scene
from portico.reading.telling import Telling

_INSIDE = ("courtroom", "hallway", "lobby", "elevator", "nonpublic_area")
_OUTSIDE = ("entrance", "parking", "street_vicinity")
_CLOSER = {
    **dict.fromkeys(("inside_unspecified", "in_named_court"), _INSIDE),
    "outside_unspecified": _OUTSIDE,
    "leaving": (*_INSIDE, *_OUTSIDE),
}
"""Vague words, and the closer ones that go before them."""

_PLAIN = {"in_named_court": "inside_unspecified", "leaving": "outside_unspecified"}
_SHORT = 2
_FAR = 400
_BEFORE, _BESIDE, _LONGEST = 4, 3, 8
_TOLD_SHORT = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A courthouse as the text gives it: a name, or a plain "courthouse" with the city that the text is set in.

    set_in  the city that a shorter name of the same court told
    """

    name: str
    court: CourtMention
    city: Area | None = None
    set_in: str | None = None

    @property
    def words(self) -> tuple[tuple[int, int], ...]:
        place = ((self.court.start, self.court.end),)
        return (*place, (self.city.start, self.city.end)) if self.city else place


def place_of(telling: Telling) -> Place | None:
    """The court named with the event, else the last named before it, else the next after it, else the city's."""
    court = telling.event.court
    if court:
        return _fuller(telling, court)
    first = telling.event.first.line
    here = _in_city(telling.scene, first, first)
    if here:
        return here
    before = list(reversed(telling.scene.lines[max(0, first.number - _FAR) : first.number + 1]))
    after = telling.scene.lines[first.number + 1 : first.number + _FAR]
    named = _first_named(telling.scene, before) or _first_named(telling.scene, after)
    return Place(named.name, named) if named else _plain(telling, [*before, *after])


def _fuller(telling: Telling, court: CourtMention) -> Place:
    """The same court by a fuller name, where the first says little ("Salem courthouse"); a county's, by its county."""
    if court.name.startswith(("County ", "county ")) and court.county:
        return Place(f"{court.county} {court.name}", court)
    if len(court.name.split()) > _SHORT:
        return Place(court.name, court)
    others = (other for line in telling.lines for other in telling.scene.courts(line) if not other.generic)
    full = [
        o
        for o in others
        if len(o.name.split()) > _SHORT and same_court(court, o) and o.court_system != "federal_article_iii"
    ]
    return Place(full[0].name, full[0], set_in=court.city) if full else Place(court.name, court)


def _first_named(scene: Scene, lines: Iterable[Line]) -> CourtMention | None:
    named = (court for line in lines if line.kind != "furniture" for court in scene.courts(line) if not court.generic)
    return next((court for court in named if court.court_system != "federal_article_iii"), None)


def _plain(telling: Telling, lines: Iterable[Line]) -> Place | None:
    """A court without a name in the city that its sentence or the text's first lines name."""
    for line in lines:
        for setting in (line, *telling.scene.lines[:4]):
            if found := _in_city(telling.scene, line, setting):
                return found
    return None


def _in_city(scene: Scene, line: Line, setting: Line) -> Place | None:
    court = next((court for court in scene.courts(line) if court.generic), None)
    courts = scene.courts(setting)
    cities = (area for area in scene.areas(setting) if area.kind == "city")
    city = next((a for a in cities if not any(a.start < c.end and c.start < a.end for c in courts)), None)
    return Place(f"{scene.text[city.start : city.end].title()} {court.name}", court, city) if court and city else None


def place_claims(place: Place | None) -> Iterator[Claim]:
    """Courthouse as written, and what is certain of it. County, city and state may come from the gazetteer."""
    if place is None:
        return
    court, words = place.court, place.words
    yield claim("courthouse", place.name, *words)
    if court.courthouse:
        yield claim("courthouse_id", court.courthouse.id, *words)
    elif court.candidates:
        yield claim("courthouse_id", None, *words, any_of=tuple(row.id for row in court.candidates))
    known = {
        "county": court.county or (place.city and place.city.county),
        "city": court.city or (place.city and place.city.name) or place.set_in,
        "state": court.state or (place.city and place.city.state),
        "court_system": court.court_system,
        "court_kind": court.courthouse.court_kind if court.courthouse else None,
    }
    for attribute, value in known.items():
        if value:
            yield claim(attribute, value, *words)


def zone_claims(telling: Telling) -> Iterator[Claim]:
    """The zone told nearest the event; if that is vague, a closer one on the same side of the door, told with it."""
    found = _zones(telling) or _zone_anywhere(telling)
    if not found:
        return
    first = found[0]
    closer = next((hit for hit in found if hit.value in _CLOSER.get(first.value, ())), first)
    yield claim(
        "zone", _PLAIN.get(closer.value, closer.value), (closer.start, closer.end), cue=cue_name("zone", closer)
    )


def _zones(telling: Telling) -> list[Hit]:
    """Zones in the sentences of the event; if they have none, in those before them, or right after."""
    here = [hit for _, hit in telling.hits("zone", 0) if not _is_address(telling.scene, hit)]
    if here and here[0].value not in _CLOSER:
        return here
    first, last = telling.mention_lines[0].number, telling.mention_lines[-1].number
    matter = telling.event.first.matter
    before = _BEFORE if telling.alone or telling.event.first.line.kind == "note" else 1
    before = max(before, min(_LONGEST, first - matter.start)) if matter else before
    beside = [hit for line, hit in telling.hits("zone", before) if first - before <= line.number <= last + 1]
    named = [hit for hit in beside if hit.value != "in_named_court" and not _is_address(telling.scene, hit)]
    return [*here, *named]


def _zone_anywhere(telling: Telling) -> list[Hit]:
    """In a short text of one event without a zone beside it, the nearest in the story; not where somebody only goes."""
    scene = telling.scene
    if not telling.alone or len(scene.lines) > _TOLD_SHORT:
        return []
    story = [hit for line, hit in telling.hits("zone") if line.kind not in ("title", "caption")]
    told = [hit for hit in story if hit.value != "in_named_court" and not _is_address(scene, hit)]
    return [hit for hit in told if not scene.text.startswith(("into ", "to "), hit.start)]


def _is_address(scene: Scene, hit: Hit) -> bool:
    """Whether "on Elm Street" belongs to the name of a court and is no place beside it."""
    if hit.value != "street_vicinity":
        return False
    line = scene.line_at(hit.start)
    return any(
        court.start < hit.end and hit.start - court.end < _BESIDE
        for court in scene.courts(line)
        if court.start <= hit.start
    )
