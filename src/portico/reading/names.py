"""People in running text: who they are, where they are named, and how the text introduces them.

A run of capitalised words is a person only with evidence: a title or role before it, an age or role after it, a verb of
speech beside it, or a given name. What is left is a place or a body.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Literal

from portico.reading.capitals import Word, never_names, runs
from portico.reading.cues import load_cues, load_words
from portico.reading.introductions import (
    is_caller,
    is_introduced,
    is_of_the_broadcast,
    is_single_name,
)
from portico.reading.layout import Block
from portico.reading.namesakes import SUFFIXES, Namesakes
from portico.reading.organisations import Organisation, find_organisations
from portico.reading.placing import between
from portico.reading.roles import is_role, role_after, role_before

Gender = Literal["male", "female"]

_AGE = re.compile(r",?\s*(?:,|\()\s*(\d{1,2})(?=[,).;]|\s+(?:years|and|of)\b)|,?\s+aged?\s+(\d{1,2})\b")
_LEADS_TO_BODY = re.compile(
    r"(?:,| \(| –| —|’s|'s)?(?: [^.;:!?“”\"()]{0,70}?)? (?:of|at|with|for|from|represents)(?: the| a| an| its)?\s"
    r"(?:[a-z]+ ){0,2}"
    r"|,(?: (?:an?|the))? "
)
_ROLE_FROM_BODY = re.compile(
    r"(?:[’']s?)?,?(?: [a-z’'-]+){1,4},? (?:[A-Z][a-z]+\.? ){0,2}|(?:[’']s?)? (?:[A-Z][a-z]+\.? ){1,2}"
)
_WHO = re.compile(r",? who(?:se|m)?\b")
_PRONOUN = re.compile(r"\b(he|she)\b", re.IGNORECASE)
_INTRODUCED = 130
_SIGNED = 6
"""Last blocks of a text in which a name on a line of its own is a signature."""

_OFFICE = re.compile(
    r"[A-Z].*\b(?:(?:district|county|city|state[’']s|commonwealth[’']s) attorney|attorney general|public defender)\b",
    re.IGNORECASE,
)
_SPEECH_BESIDE = 25
_PRONOUN_WITHIN = 160
CALLER, REPORTER = "caller", "reporter"
_SPEAKER_LINE = re.compile(
    r"^([A-Z][A-Z.'’ÀÁÉÍÓÚÑÜ-]+(?: [A-Z][A-Z.'’ÀÁÉÍÓÚÑÜ-]+){0,3})(?:, [^:\n]{2,60})?: ", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody the text names.

    name          the fullest form, without titles
    surname       its last word (its last two when joined by a particle: "das Neves")
    mentions      where the name stands, whole or in part, in order; the first is not always the fullest
    role          as the text introduces them ("executive director"); None if it does not
    organisation  whom the introduction puts them with, as written; None if it does not
    titles        titles written before the name, in small letters, without stops
    age, gender   only as the text gives them
    """

    name: str
    surname: str
    mentions: tuple[tuple[int, int], ...]
    role: str | None = None
    organisation: str | None = None
    titles: tuple[str, ...] = ()
    age: int | None = None
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A run read as a name: its words, and the title words before them."""

    words: tuple[Word, ...]
    titles: tuple[Word, ...]

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def begins(self) -> int:
        """Where the titles before it begin."""
        return self.titles[0].start if self.titles else self.start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def bare(self) -> list[str]:
        return [word.bare for word in self.words]


def find_people(text: str, blocks: Sequence[Block], bodies: Sequence[Organisation] | None = None) -> tuple[Person, ...]:
    """The people named in the text, in the order of their first mention.

    bodies  the organisations of the text where the caller has them already; a body is nobody's name
    """
    bodies = find_organisations(text, blocks) if bodies is None else bodies
    candidates = _outside(bodies, (each for b in blocks if b.kind != "furniture" for each in _candidates(text, b)))
    whole = [found for found in candidates if len(found.words) > 1 or found.titles or _is_called(text, found)]
    alone = {found.words[0].bare for found in candidates if len(found.words) == 1}
    begun = {body.start for body in bodies}
    signed = {(block.start, block.end) for block in blocks[-_SIGNED:]}
    certain = [
        found
        for found in whole
        if _is_person(text, found, begun.__contains__)
        or found.words[-1].bare in alone
        or (found.start, found.end) in signed
    ]
    # a surname that stands alone elsewhere, a list with a certain name: also a person
    known = {found.start for found in certain}
    certain += [found for found in whole if found.start not in known and _listed_with(text, found, certain)]
    people, names = list[Person](), Namesakes()
    for found in sorted(certain, key=lambda each: (-len(each.words), each.start)):
        if not names.of(found.bare):
            people.append(_person(text, found))
            names.add(people[-1].name)
    people = _speaker_lines(text, people)
    theirs = zip(people, _named_by(candidates, people), strict=True)
    full = [_completed(text, person, mine) for person, mine in theirs]
    named = sorted(start for person in full for start, _ in person.mentions)
    times = Counter(body.name for body in bodies)
    placed = (
        replace(person, organisation=_body_of(text, person, bodies, times), gender=_gender(text, person, named))
        for person in full
    )
    return tuple(sorted(placed, key=lambda person: person.mentions[0]))


def _outside(bodies: Sequence[Organisation], candidates: Iterable["_Found"]) -> list["_Found"]:
    """The candidates that lie in no body's name; a merge of two sorted sequences, so that long texts stay linear."""
    kept, number = [], 0
    for found in candidates:
        while number < len(bodies) and bodies[number].end <= found.start:
            number += 1
        if number == len(bodies) or found.end <= bodies[number].start:
            kept.append(found)
    return kept


def _listed_with(text: str, found: "_Found", certain: Sequence["_Found"]) -> bool:
    """Whether the name stands in one list with a certain one beside it: "A, B and C". `certain` is in order."""
    place = bisect_left(certain, found.start, key=lambda each: each.start)
    pairs = [(each, found) for each in certain[max(0, place - 1) : place]]
    pairs += [(found, each) for each in certain[place : place + 1]]
    return any(text[first.end : second.start] in (", ", " and ", ", and ", " & ") for first, second in pairs)


def _body_of(text: str, person: Person, bodies: Sequence[Organisation], times: Mapping[str, int]) -> str | None:
    """The body that an introduction puts the person with: "NAME, director of BODY", "BODY spokeswoman NAME".

    Of two ("of the Trial Practice at the Harbor Clinic") the one that the text names more often, by `times`. An elected
    office is its own body ("Kent County Attorney NAME").
    """
    for start, end in person.mentions:
        near = between(bodies, start - _INTRODUCED, end + _INTRODUCED)
        tied = [
            body.name
            for body in near
            if (body.start > end and _LEADS_TO_BODY.fullmatch(text, end, body.start))
            or (body.end <= start and _ROLE_FROM_BODY.fullmatch(text, body.end, start))
        ]
        if tied:
            return max(tied, key=lambda name: times[name])
    return person.role if person.role and _OFFICE.search(person.role) else None


def _candidates(text: str, block: Block) -> Iterator[_Found]:
    for run in runs(text, block.start, block.end):
        yield from _names_in(run, text)


def _names_in(run: tuple[Word, ...], text: str) -> Iterator[_Found]:
    """The name at the end of a run, after its titles; nothing if a word there cannot be a name's."""
    words = list(dropwhile(lambda word: _starts_sentence(word, text), run))
    words = list(dropwhile(lambda word: not word.capital, words))
    last_title = max((n for n, word in enumerate(words) if word.bare in load_words("titles", "titles")), default=-1)
    name = _without_letters(words[last_title + 1 :])
    if name and all(_may_be_name(word) for word in name) and not _acronym(name):
        yield _Found(name, tuple(words[: last_title + 1]))


def _without_letters(words: Sequence[Word]) -> tuple[Word, ...]:
    """Without letters behind a name in small ones ("Ines Vara LAW", "Ines Vara D-Bronx")."""
    name = list(words)
    while len(name) > 2 and name[-1].text.isupper() and len(name[-1].bare) > 2 and not name[0].text.isupper():
        name.pop()
    return tuple(name)


def _starts_sentence(word: Word, text: str) -> bool:
    return word.bare in load_words("not_names", "starters")


def _may_be_name(word: Word) -> bool:
    return not word.capital or word.bare not in never_names()


def _acronym(name: Sequence[Word]) -> bool:
    """Words all in capitals are initials of bodies, or a heading."""
    return all(word.text.isupper() and len(word.text.rstrip(".")) > 1 for word in name)


def _is_called(text: str, found: _Found) -> bool:
    return len(found.words) == 1 and is_single_name(text, found.start, found.end, is_role)


def _is_person(text: str, found: _Found, is_body: Callable[[int], bool]) -> bool:
    if found.titles or _is_called(text, found):
        return True
    if len(found.words) < 2 or len(found.words) > 5:
        return False
    if _WHO.match(text, found.end):
        return True
    first = found.words[0].bare
    if first in load_words("given_names", "names"):
        return True
    if _AGE.match(text, found.end) or _introduced(text, found) or _speaks(text, found):
        return True
    return is_introduced(text, found.start, found.end, is_body)


def _introduced(text: str, found: _Found) -> bool:
    return role_before(text, found.begins) is not None or role_after(text, found.end) is not None


def _speaks(text: str, found: _Found) -> bool:
    """A verb of speech right before or after the name."""
    verbs = load_cues("speech")
    before = verbs.find(text, max(0, found.start - _SPEECH_BESIDE), found.start)
    if before and not text[before[-1].end : found.start].strip():
        return True
    after = verbs.first(text, found.end, min(len(text), found.end + _SPEECH_BESIDE))
    return after is not None and text[found.end : after.start].strip(" ,") in ("", "also", "later", "has", "had", "who")


def _person(text: str, found: _Found) -> Person:
    name = " ".join(word.text for word in found.words)
    return Person(
        name=text[found.start : found.end] if "(" not in text[found.start : found.end] else name,
        surname=_surname(found.words),
        mentions=((found.start, found.end),),
        role=_told_role(text, found) or _role_of_caller(text, found),
        titles=tuple(word.bare for word in found.titles),
    )


def _told_role(text: str, found: _Found) -> str | None:
    return role_after(text, found.end) or _title(found) or role_before(text, found.begins)


def _role_of_caller(text: str, found: _Found) -> str | None:
    return CALLER if is_caller(text, found.start) else None


def _surname(words: Sequence[Word]) -> str:
    names = [word for word in words if word.bare not in SUFFIXES]
    last = names[-1] if names else words[-1]
    particle = names[-2].text if len(names) > 2 and not names[-2].capital else None
    return f"{particle} {last.text}" if particle else last.text.rstrip(".") if len(last.text) > 2 else last.text


def _title(found: _Found) -> str | None:
    words = [word.text for word in found.titles if word.bare not in ("mr", "mrs", "ms", "miss", "dr", "mx")]
    return " ".join(words) or None


def _speaker_lines(text: str, people: Sequence[Person]) -> list[Person]:
    """Speakers of a transcript, named in capitals at the beginning of a line; the full name first, then its end."""
    lines = [(line[1].title(), (line.start(1), line.end(1))) for line in _SPEAKER_LINE.finditer(text)]
    found, names = list(people), Namesakes(person.name for person in people)
    for name, place in sorted(lines, key=lambda line: (-len(line[0].split()), line[1])):
        words = name.lower().split()
        if words[-1] in load_words("titles", "not_speakers") or words[0] in load_words("titles", "not_speakers"):
            continue
        known = next(iter(names.of(words)), None)
        if known is None:
            found.append(Person(name=name, surname=name.split()[-1], mentions=(place,)))
            names.add(name)
        else:
            found[known] = replace(found[known], mentions=tuple(sorted((*found[known].mentions, place))))
    known_before = {person.name for person in people}
    heard = [p for p in found if p.name in known_before or len(p.name.split()) > 1 or len(p.mentions) > 1]
    spoken = {place for _, place in lines}
    return [replace(p, role=REPORTER) if _is_reporter(text, p, spoken) else p for p in heard]


def _is_reporter(text: str, person: Person, spoken: Container[tuple[int, int]]) -> bool:
    """Whether somebody with lines in a transcript asks and reports there."""
    if not any(mention in spoken for mention in person.mentions):
        return False
    called = re.compile(rf"\b{re.escape(person.name)}\b", re.IGNORECASE)
    return any(is_of_the_broadcast(text, *found.span()) for found in called.finditer(text))


def _named_by(candidates: Iterable[_Found], people: Sequence[Person]) -> list[list[_Found]]:
    """For each of the people where they are named, in whole or part; of two so called, the one named last before."""
    names = Namesakes(person.name for person in people)
    theirs: list[list[_Found]] = [[] for _ in people]
    for found in candidates:
        fitting = names.of(found.bare)
        if len(fitting) > 1:
            first = {n: start for n in fitting if (start := people[n].mentions[0][0]) <= found.start}
            fitting = [n for n, start in first.items() if start == max(first.values())]
        for number in fitting:
            theirs[number].append(found)
    return theirs


def _completed(text: str, person: Person, mine: Sequence[_Found]) -> Person:
    """The person with every mention, and what any of them tells of role, age and gender."""
    mentions = sorted({*person.mentions, *((found.start, found.end) for found in mine)})
    ages = (int(age[1] or age[2]) for found in mine if (age := _AGE.match(text, found.end)))
    titles = tuple(dict.fromkeys([*person.titles, *(word.bare for found in mine for word in found.titles)]))
    role = person.role or next((role for found in mine if (role := _told_role(text, found))), None)
    return replace(person, mentions=tuple(mentions), titles=titles, age=next(ages, None), role=role)


def _gender(text: str, person: Person, named: Sequence[int]) -> Gender | None:
    """The gender that a title, a role, or the next "he" or "she" tells; not across the name of another.

    named  where anybody is named in the text, in order
    """
    words = {*person.titles, *(person.role or "").lower().split()}
    genders: tuple[Gender, Gender] = ("male", "female")
    for gender in genders:
        if words & load_words("titles", "gendered", gender):
            return gender
    votes = Counter(
        pronoun[1].lower()
        for _, end in person.mentions
        if (pronoun := _PRONOUN.search(text, end, _paragraph_end(text, end, end + _PRONOUN_WITHIN)))
        and bisect_left(named, end) == bisect_left(named, pronoun.start())
    )
    if votes["he"] == votes["she"]:
        return None
    return "male" if votes["he"] > votes["she"] else "female"


def _paragraph_end(text: str, start: int, end: int) -> int:
    stop = text.find("\n", start, end)
    return min(len(text), end) if stop < 0 else stop
