"""Voices: who is meant by the words around a verb of speech.

A sentence is read as a row of parties (people, bodies, roles, pronouns) with the words between them. The party beside
the verb, and those that an apposition or a preposition ties to it, are one voice: "Ines Vara, director of the clinic".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from portico.reading.cues import load_words
from portico.reading.names import Person
from portico.reading.organisations import Organisation

PartyKind = Literal["person", "body", "role", "pronoun", "same_body", "same_words"]

_SAME_BODY = frozenset(
    [
        "agency",
        "group",
        "organization",
        "organisation",
        "union",
        "association",
        "coalition",
        "department",
        "office",
        "nonprofit",
        "university",
        "clinic",
    ]
)
_SAME_WORDS = frozenset(
    (
        *("statement", "release", "email", "e-mail", "letter", "memo", "post", "message", "lawsuit", "complaint"),
        *("report", "answer", "reply", "response"),
    )
)
_POINTERS = frozenset(("the", "that", "its", "his", "her", "their"))
_LEADING = frozenset(("the", "a", "an", "its", "their", "that", "both"))
_PRONOUNS = frozenset(("he", "she", "they", "it"))
_BEGINS_CLAUSE = re.compile(
    r"(?:^|[.!?,;:—–“”\"(]\s*|\b(?:and|but|that|because|when|if|as|said|says)\s+)$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_REACH = 70
_OFFICE = (
    r"(?:(?:[’']s)? (?:[A-Z]\w+ ){0,3}(?:field |press |local |media )?(?:office|desk|bureau|branch|division))?"
    r"(?: (?:in|at|of|from) (?:the )?(?:[A-Z][\w.’'-]+ ?){1,4}(?<! ))?"
)
_TO_VERB = re.compile(
    rf"{_OFFICE}(?:[’']s)?(?: (?:[A-Z]\w+ ){{1,3}})?,?\s*"
    r"(?:(?:also|later|then|has|had|have|would|who|which|did|does|since|already|there|now|just|never|still|once|again|only|not|recently|today"
    r"|yesterday|(?:on )?\w+day(?: (?:morning|afternoon|evening|night))?|himself|herself|themselves|first|in turn|each"
    r"|both|all|\w+ly|for (?:his|her|its) part|in (?:a|an) (?:statement|e-?mail|interview|letter)|by (?:phone|e-?mail)"
    r"|through (?:a|an) \w+)\W+)*"
)
_ASIDE_TO_VERB = re.compile(rf"{_OFFICE},\s[^“”\".;:]{{2,110}},\s*(?:also\s|later\s)?|\s\([^()]{{2,60}}\)\s*")
_TIED = re.compile(
    r"(?:[’']s?)?,?\s+(?:(?:of|for|with|at|from|in|on|to)\s+)?(?:(?:the|an?|its|his|her|their)\s+)?(?:[\w’'.-]+\s+){0,4}"
)
_APART = re.compile(
    r"(?:,\s+(?:and|but|while|when|as|after|before|that)\b|\b(?:and|said|says|told|was|were|is|are|had|has|that|when|while"
    r"|after|because|who (?!is|was|"
    r"serves|works|leads|runs|heads|represents|speaks|coordinates|chairs|directs))\b)"
)
_ADDRESS = re.compile(
    r"\s*,?\s*(?:that\s+)?(?:(?:the|an?|one|another|some|several|its|his|her|their|both|two|three|four|many|then|former|longtime)\s+)*"
    r"(?:(?!in\b|on\b|at\b|by\b|for\b|to\b|from\b|that\b|when\b|was\b|were\b|had\b|has\b|is\b|are\b)[\w’'.-]+\s+){0,4}"
)
_OF_THE_BODY = re.compile(r"\b(?:[Ii]ts|[Tt]heir) (?:\w+ ){0,2}$")
_DETERMINED = re.compile(r"\s+(?:the|an?|one|another|its|his|her|their|two|three|several|some)\b")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something in a sentence that may speak."""

    kind: PartyKind
    start: int
    end: int
    word: str
    person: Person | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as far as the text names one; `start` and `end` are the words that name it.

    apposed  introduced between commas: "Ines Vara, the director, said", "the director, Ines Vara, said"
    theirs   somebody of the body in view: "its counsel", "an official there"
    """

    start: int
    end: int
    person: Person | None = None
    body: str | None = None
    role: str | None = None
    pronoun: str | None = None
    same: str | None = None
    apposed: bool = False
    theirs: bool = False

    @property
    def named(self) -> bool:
        return self.person is not None or self.body is not None


def parties_in(
    text: str,
    start: int,
    end: int,
    *,
    people: Sequence[tuple[int, int, Person]],
    bodies: Sequence[Organisation],
    hidden: Sequence[tuple[int, int]],
) -> list[Party]:
    """The parties between two places, in order, outside the hidden (quoted) stretches; names go before roles."""
    found = [Party("person", s, e, text[s:e], person=person) for s, e, person in people]
    found += [Party("body", b.start, b.end, text[b.start : b.end], body=b.name) for b in bodies]
    found += _words(text, start, end)
    kept: list[Party] = []
    for party in sorted(found, key=lambda p: (p.start, -p.end, p.kind != "person")):
        if not (kept and party.start < kept[-1].end) and not any(s < party.end and party.start < e for s, e in hidden):
            kept.append(party)
    return kept


def _words(text: str, start: int, end: int) -> Iterator[Party]:
    """Roles, pronouns, and "the agency" or "the statement", which stand for a body or for words named before."""
    roles, before = load_words("titles", "roles"), ("", 0)
    for match in _WORD.finditer(text, start, end):
        word = match[0].lower()
        if word in _PRONOUNS:
            if word in ("it", "they") and not _BEGINS_CLAUSE.search(
                text, max(start, match.start() - 12), match.start()
            ):
                before = (word, match.start())
                continue
            yield Party("pronoun", match.start(), match.end(), word)
        elif word in _SAME_BODY and match[0].islower() and (before[0] in ("the", "that") or word == "agency"):
            yield Party("same_body", before[1] if before[0] in ("the", "that") else match.start(), match.end(), word)
        elif word in _SAME_WORDS and before[0] in _POINTERS:
            yield Party("same_words", before[1], match.end(), word)
        elif word in roles or word.removesuffix("s") in roles:
            yield Party("role", match.start(), match.end(), word)
        before = (word, match.start())


def voice_before(text: str, verb: int, parties: Sequence[Party]) -> Voice | None:
    """The voice that ends right before a verb: "the clerk, Ines Vara, said"."""
    earlier = [party for party in parties if party.end <= verb]
    if not earlier:
        return None
    gap = text[earlier[-1].end : verb]
    if len(gap) > 2 * _REACH:
        return None
    aside = _ASIDE_TO_VERB.fullmatch(gap) is not None
    if not aside and not _TO_VERB.fullmatch(gap):
        return None
    voice = _voice(text, _tied_before(text, earlier, commas="," in gap))
    if voice is None or voice.person is None or "," not in gap:
        return voice
    between_commas = text[max(0, voice.start - 2) : voice.start].rstrip().endswith(",")
    return replace(voice, apposed=between_commas or "," in text[voice.start : voice.end])


def voice_after(text: str, place: int, end: int, parties: Sequence[Party]) -> Voice | None:
    """The voice that begins right after a place: "said Ines Vara, director of the Harbor Clinic"."""
    later = [party for party in parties if place <= party.start < end]
    if not later or later[0].start - place > _REACH or not _ADDRESS.fullmatch(text, place, later[0].start):
        return None
    gap = text[place : later[0].start].split()
    leading = _LEADING | load_words("titles", "titles")
    if later[0].kind == "body" and any(word.islower() and word not in leading for word in gap):
        return None  # "said the page on the agency's site": not the agency
    return _voice(text, _tied_after(text, later))


def is_determined(text: str, place: int) -> bool:
    """Whether "a", "the", "his" or the like follows: "said his lawyer", not "said court officers"."""
    return _DETERMINED.match(text, place) is not None


def _tied_before(text: str, earlier: Sequence[Party], *, commas: bool) -> list[Party]:
    """The last party and those before it that are tied to it; across a comma only when the verb has one before it."""
    chain = [earlier[-1]]
    for party in reversed(earlier[:-1]):
        gap = text[party.end : chain[0].start]
        crossing = "," in gap
        if (crossing and not commas and chain[0].kind != "person") or not _ties(gap, party, chain[0], chain):
            break
        chain.insert(0, party)
    return chain


def _tied_after(text: str, later: Sequence[Party]) -> list[Party]:
    chain = [later[0]]
    for party in later[1:6]:
        if not _ties(text[chain[-1].end : party.start], chain[-1], party, chain):
            break
        chain.append(party)
    return chain


def _ties(gap: str, first: Party, second: Party, chain: Sequence[Party]) -> bool:
    """Whether two parties with these words between them are one voice; two people are only if one owns the other."""
    people = [p for p in (*chain, first, second) if p.kind == "person"]
    if len({id(p.person) for p in people}) > 1 and not gap.startswith(("’s", "'s")):
        return False
    if "pronoun" in (first.kind, second.kind) or len(gap) > _REACH:
        return False
    return _TIED.fullmatch(gap) is not None and not _APART.search(gap)


def _voice(text: str, chain: Sequence[Party]) -> Voice | None:
    start, end = chain[0].start, chain[-1].end
    if chain[0].kind == "pronoun" or chain[-1].kind == "pronoun":
        return Voice(start, end, pronoun=chain[-1].word if chain[-1].kind == "pronoun" else chain[0].word)
    last = len(chain) - 1
    person = next((p.person for n, p in enumerate(chain) if p.person and not _owner(text, p, chain, n, last)), None)
    bodies = [p for p in chain if p.body]
    role = next((p.word for p in chain if p.kind == "role"), None)
    same = next((p.word for p in chain if p.kind in ("same_body", "same_words")), None)
    body = bodies[0].body if bodies else None
    theirs = _OF_THE_BODY.search(text, max(0, start - 20), start) is not None or text.startswith(" there ", end)
    return Voice(start, end, person=person, body=body, role=role, same=same, theirs=theirs)


def _owner(text: str, party: Party, chain: Sequence[Party], number: int, last: int) -> bool:
    """Whether a person only owns what follows: "Vara's lawyer", "the lawyer for Vara"."""
    if number < last and text[party.end : party.end + 2] in ("’s", "'s", "’ ", "' "):
        return True
    if number == 0:
        return False
    gap = text[chain[number - 1].end : party.start].split()
    return bool(gap) and gap[0] in ("of", "for", "with", "to", "from")
