"""Who: the agency that acted, and the person: how many, name, age, gender, role, and the case they came for."""

import re
from collections.abc import Iterator

from portico.facts import Claim
from portico.reading.claims import claim, cue_name
from portico.reading.cues import Hit
from portico.reading.joining import same_name
from portico.reading.named import named_persons
from portico.reading.persons import quantity
from portico.reading.scene import Line, Named
from portico.reading.telling import Telling
from portico.reading.where import Place

_SPECIFIC = ("ice", "hsi", "cbp")
_AGE_AFTER = re.compile(
    r"\*?,?\s*(?:\(|,\s)?\s?(?:is |was |who is |age |aged )?(?P<age>\d{2})(?=[,.)\s;])"
    r"(?!\s*(?:people|men|arrests|a\.m|p\.m|percent|years? (?:in|of|ago)|days|hours|minutes))"
)
_AGE_ADJECTIVE = re.compile(r"(?<!\bher )(?<!\bhis )(?<!\btheir )\b(?P<age>\d{1,2})[- ]years?[- ]old\b", re.IGNORECASE)
_AGE_NOUN = re.compile(r",\s(?P<age>\d{2}),\s")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty")
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_AGES = {word: age for age, word in enumerate(_TEENS, start=13)} | {
    f"{ten}{'-' * bool(unit)}{unit}": tens * 10 + units
    for tens, ten in enumerate(_TENS, start=2)
    for units, unit in enumerate(("", *_UNITS))
}
_AGE_TOLD = re.compile(
    r"\b(?:(?:he|she|who)(?:[’']s| is| was)|(?:boy|girl|man|woman|youth|kid|client|student) of) "
    rf"(?P<age>\d{{2}}|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)})"
    r"(?=[.,;]|$| (?:and|with|before)\b)",
    re.IGNORECASE,
)
_AGE_NOTED = re.compile(
    r"\b(?P<age>\d{2})(?: (?:yrs?|years?) (?:of age|old)\b|[FM]\b| ?(?:yo|y/o|yoa)\b)"
    r"|\b(?:approx\.?|approximately|about|aged?) (?P<near>\d{2})(?=[,.;)]| (?:into|taken|and|was|in custody)\b|$)"
)
_AGE_IN_WORDS = re.compile(
    rf",\s(?P<age>(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)})(?=,\s)", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"(?<!client of )\b(?:(?P<male>he|him|his|himself)|(?P<female>she|her|hers|herself))\b"
    r"(?! (?:client|colleague)s?\b)",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\s(?:said|says|told|tells|added|adds|wrote|writes|recalled|recalls|asked|asks|stated|testified)\b")
_NUMBER_WAS = re.compile(
    r"\bnumber of (?:\w+ ){1,4}(?:was|is|stood at|came to) "
    r"(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b"
)
_ROLE_REACH, _CASE_REACH = 6, 6
_EARLY, _FAR = 60, 60
_ROLES = ("victim", "family", "witness", "bystander", "attorney", "litigant", "defendant")
_ROLE_BY_CASE = {
    **dict.fromkeys(("criminal", "traffic"), "defendant"),
    **dict.fromkeys(("immigration", "family", "civil"), "litigant"),
}


def agency_claims(telling: Telling) -> Iterator[Claim]:
    """The agency told nearest, unless the text says that nobody knows it.

    "Immigration agents" are ICE's where the text names ICE, else one of three.
    """
    hits = [hit for _, hit in telling.hits("agency", 4) if hit.value != "guards"]
    if any(hit.value == "not_known" for hit in hits):
        return
    immigration = [hit for hit in hits if hit.value in (*_SPECIFIC, "immigration")]
    told = next((hit for hit in hits if hit.value in _SPECIFIC), None) or _anywhere(telling)
    vague = next((hit for hit in hits if hit.value not in _SPECIFIC), None)
    first = immigration[0] if immigration else vague
    if told and (first is None or first.value in (*_SPECIFIC, "immigration", "federal_unspecified", "local_police")):
        near = first if first and first.value == "immigration" else told
        yield claim(
            "agency", told.value, *{(near.start, near.end), (told.start, told.end)}, cue=cue_name("agency", told)
        )
    elif first and first.value == "immigration":
        yield claim("agency", None, (first.start, first.end), any_of=_SPECIFIC, cue=cue_name("agency", first))
    elif first:
        yield claim("agency", first.value, (first.start, first.end), cue=cue_name("agency", first))


def _anywhere(telling: Telling) -> Hit | None:
    """ICE, CBP or HSI wherever the text names it first."""
    return next(
        (hit for line in _from_first(telling) for hit in telling.scene.hits("agency", line) if hit.value in _SPECIFIC),
        None,
    )


def _from_first(telling: Telling) -> tuple[Line, ...]:
    """Where a text says early whose officers it speaks of: its first sentences, and those around the event."""
    return (*telling.scene.lines[:_EARLY], *telling.around(_FAR))


def people_claims(telling: Telling, kind: str) -> Iterator[Claim]:
    """How many were taken; none for an attempt, and for a visit only if the text says so."""
    nobody = next((mention for mention in telling.event.mentions if mention.kind == "nobody"), None)
    if kind == "attempted_arrest" or (nobody and kind == "sighting"):
        cue = (nobody or telling.event.first).cue
        yield claim("people_arrested", 0, (cue.start, cue.end))
    elif kind not in ("sighting", "attempted_arrest"):
        counted = max((p for p in telling.event.persons if p.count), key=lambda p: p.count or 0, default=None)
        if counted:
            yield claim("people_arrested", counted.count, (counted.start, counted.end))
        elif number := _number_told(telling):
            yield number
        elif not telling.event.persons and (one := _one_person(telling)):
            yield claim("people_arrested", 1, one)


def _number_told(telling: Telling) -> Claim | None:
    """ "The number of men taken was four": a count apart from the words of taking."""
    for line in telling.nearest(4):
        if found := _NUMBER_WAS.search(telling.scene.text, line.start, line.end):
            return claim("people_arrested", quantity(found["n"]), found.span())
    return None


def _one_person(telling: Telling) -> tuple[int, int] | None:
    """Where a pronoun or noun for one person stands, in the event's sentences or right beside them."""
    phrases = (p for line in telling.nearest(2) for p in telling.scene.persons(line))
    return next(((p.start, p.end) for p in phrases if p.count == 1), None)


def person_claims(telling: Telling) -> Iterator[Claim]:
    """Name, age and gender of the one taken or sought; of several, only names and a gender they share."""
    several = any((p.count or 1) > 1 for p in telling.event.persons)
    names = named_persons(telling, several=several)
    if names:
        yield claim("name", "; ".join(one.name for one in names), *((one.start, one.end) for one in names))
    if not several and len(names) < 2:
        yield from _age(telling, names[0] if names else None)
    yield from _gender(telling, several=several)


def _age(telling: Telling, name: Named | None) -> Iterator[Claim]:
    text = telling.scene.text
    for line in telling.nearest(8):
        for named in telling.scene.names(line):
            if name and same_name(named.name, name.name) and (found := _AGE_AFTER.match(text, named.end, line.end)):
                yield claim("age", int(found["age"]), found.span("age"))
                return
    for line in telling.nearest(3):
        officials = [named.end for named in telling.scene.names(line) if named.official]
        for pattern in (_AGE_ADJECTIVE, _AGE_NOUN, _AGE_TOLD, _AGE_IN_WORDS, _AGE_NOTED):
            found = pattern.search(text, line.start, line.end)
            if found and not any(0 <= found.start() - end < 3 for end in officials):
                group = found.lastgroup or "age"
                yield claim("age", _age_of(found[group]), found.span(group))
                return


def _age_of(words: str) -> int:
    return int(words) if words.isdigit() else _AGES[words.lower()]


def _gender(telling: Telling, *, several: bool) -> Iterator[Claim]:
    """By the words for the person, else by the pronouns of the nearest sentence that has one gender only."""
    told = next((p for p in telling.event.persons if p.gender), None)
    if told:
        yield claim("gender", told.gender, (told.start, told.end))
        return
    if several or (not telling.event.persons and telling.event.kind == "sighting"):
        return
    near = [line for line in telling.nearest(3) if not any(named.official for named in telling.scene.names(line))]
    every = [list(_PRONOUN.finditer(telling.scene.text, line.start, line.end)) for line in near]
    alone = (found for found in (*map(_silent, every), *every) if len({match.lastgroup for match in found}) == 1)
    for first, *_ in alone:
        yield claim("gender", first.lastgroup, first.span())
        return


def _silent(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The pronouns of a sentence less those of the gender of one who speaks in it ("she said")."""
    speak = {match.lastgroup for match in found if _SAYS.match(match.string, match.end())}
    return [match for match in found if match.lastgroup not in speak]


def role_claims(telling: Telling, proceeding: Claim | None) -> Iterator[Claim]:
    """The role as told; else what the kind of case makes of the one whose case it is, for somebody taken or sought.

    In immigration court nobody is a defendant.
    """
    if telling.event.kind == "sighting" and not telling.event.persons:
        return
    immigration = proceeding is not None and proceeding.value == "immigration"
    for line in telling.nearest(_ROLE_REACH):
        hits = telling.scene.hits("role", line)
        found = next((hit for role in _ROLES for hit in hits if hit.value == role), None)
        if found:
            value = "litigant" if immigration and found.value == "defendant" else found.value
            yield claim("role", value, (found.start, found.end), cue=cue_name("role", found))
            return
    if proceeding and telling.event.kind != "sighting" and str(proceeding.value) in _ROLE_BY_CASE:
        places = [(span.start, span.end) for span in proceeding.spans]
        yield claim("role", _ROLE_BY_CASE[str(proceeding.value)], *places, cue=proceeding.cue)


def proceeding_claims(telling: Telling, place: Place | None) -> Iterator[Claim]:
    for line in telling.nearest(1 if telling.event.kind == "sighting" else _CASE_REACH):
        hits = telling.scene.hits("proceeding", line)
        if hits:
            order = ("domestic_violence", "immigration", "family", "traffic", "civil", "other", "criminal")
            found = min(hits, key=lambda hit: order.index(hit.value))
            yield claim("proceeding", found.value, (found.start, found.end), cue=cue_name("proceeding", found))
            return
    if place and place.court.court_system == "eoir":
        yield claim("proceeding", "immigration", *place.words)
