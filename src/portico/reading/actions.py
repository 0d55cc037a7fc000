"""Actions: rallies, walkouts, marches, suits, letters, laws and rules that a text tells of, each once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from portico.facts import Action, PartialDate, Text
from portico.reading.capitals import WORD
from portico.reading.cues import Hit, load_cues
from portico.reading.dates import DateMention, find_times
from portico.reading.passage import Passage

Kind = Literal["rally", "walkout", "march", "lawsuit", "letter", "legislation", "other"]

_TOLD_TWICE = 4
"""Two mentions of one kind with nothing to tell them apart are one act when at most this many sentences lie between."""

_NAME = rf"{WORD}(?:[’']s)?(?: (?:of |the |and |de )?{WORD}(?:[’']s)?)*"
_SPOT = r"(?:office|courthouse|court|building|capitol|plaza|steps|hall|square|park|lobby|ramp|lawn|house|bridge|street)"
_SPOT_NAME = rf"(?:the |every |our )?(?:{_NAME}(?: [a-z’']+){{0,2}} {_SPOT}s?|{_NAME}|[a-z’' ]{{0,24}}\b{_SPOT}s?\b)"
_AT_PLACE = re.compile(
    rf"\b(?:at|outside|in front of|(?:on )?the steps of|in both)\s+(?P<place>{_SPOT_NAME}(?: and {WORD})?)"
)
_TO_PLACE = re.compile(rf"\b(?:to|from)\s+(?P<place>{_SPOT_NAME})")
_ON_SPOT = re.compile(
    rf"\bon\s+(?P<place>(?:the )?{_NAME}(?: [a-z]+){{0,2}} {_SPOT}|the [a-z ]{{0,20}}{_SPOT})", re.IGNORECASE
)
_BY = re.compile(r"\b(?:by|from) (?:the )?$")
_CROWD = (
    "attorneys|lawyers|defenders|advocates|students|workers|activists|organizers|prosecutors|supervisors|commissioners"
)
_GROUP = re.compile(
    r"\b(?P<group>(?:(?!(?:of|and|or|the|some|these|those|fall|spring|summer|winter|year|week)\b)"
    r"[^\W\d][\w-]* ){0,2}?"
    rf"(?:{_CROWD}|officials|legislators|lawmakers)(?: and (?:{_CROWD}))?)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"^(?:(?:hundreds|dozens|scores|thousands|some|about|around|more than|nearly|over|many|several"
    r"|\d[\d,]*|of|the)\s+)+",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(
    r"(?:to|call\w* on|urg\w+|ask\w*|demand\w*(?: that)?|calling on|against|su(?:ed|es|ing))\s+(?P<who>(?:the )?"
    rf"(?:{_NAME}|(?:chief|presiding|administrative|supreme)(?: (?!to\b)[a-z]+){{0,3}}"
    r"|county|city|state|sheriff|governor|mayor)"
    rf"(?:,? and (?:the )?{_NAME})?)"
)
_DEMAND_END = re.compile(r"[.;:”\"]|, (?:following|after|which|who|said|according|and (?=\w+ (?:said|will)))|$")
_COURTS = re.compile(rf"\b(?:{WORD} ){{1,3}}(?:courts|courthouses)\b")


@dataclass(frozen=True, slots=True)
class _Sighted:
    """One mention of an act, before mentions of the same act are joined."""

    action: Action
    sentence: int


def find_actions(passage: Passage) -> tuple[Action, ...]:
    """The actions of a text, in the order in which they are first told of. A letter is itself one."""
    joined: list[_Sighted] = []
    for found in (*_letter(passage), *_sightings(passage)):
        sighted = _continued(passage.text.content, joined[-1], found) if joined else found
        earlier = next((n for n, other in enumerate(joined) if _same(other, sighted)), None)
        if earlier is None:
            joined.append(sighted)
        else:
            joined[earlier] = _merged(joined[earlier], sighted)
    return tuple(sighted.action for sighted in joined)


def _continued(text: str, last: _Sighted, sighted: _Sighted) -> _Sighted:
    """ "They marched": whoever did what was told of in the sentence before."""
    span = sighted.action.spans[0]
    they = _THEY.match(text, span.start) is not None and sighted.sentence - last.sentence <= 1
    if they and sighted.action.organiser is None:
        return replace(sighted, action=replace(sighted.action, organiser=last.action.organiser))
    return sighted


def _letter(passage: Passage) -> Iterator[_Sighted]:
    """The text itself, when it is somebody's letter to somebody."""
    signers, published = passage.signers, passage.published_on
    if not signers.addressee or not signers:
        return
    own = next((block for block in passage.blocks if block.kind == "prose"), None)
    if own is None:
        return
    action = Action(
        kind="letter",
        spans=(passage.text.span(own.start, own.end),),
        organiser="; ".join(person.name for person in signers.people) or signers.body,
        date=published.edtf if published else None,
        target=signers.addressee.replace(" and ", "; "),
    )
    yield _Sighted(action, 0)


def _sightings(passage: Passage) -> Iterator[_Sighted]:
    number = 0
    for block_number, block in enumerate(passage.blocks):
        for start, end in passage.sentences_of(block_number):
            number += 1
            if block.kind not in ("caption", "furniture", "dateline", "title"):
                yield from _in_sentence(passage, start, end, number)


def _in_sentence(passage: Passage, start: int, end: int, number: int) -> Iterator[_Sighted]:
    text, quotes = passage.text.content, passage.quotes_over(start, end)
    hits = [hit for hit in load_cues("actions").find(text, start, end) if not _quoted(hit, quotes)]
    words = load_cues("action_words").find(text, start, end) if hits else ()
    for hit in hits:
        kind = _kind(hit.value)
        if hit.value.endswith("crowd") and not any(word.cue.id == "crowd" for word in words):
            continue
        yield _Sighted(_action(passage, kind, hit, (start, end), words), number)


def _quoted(hit: Hit, quotes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= hit.start < end for start, end in quotes)


def _kind(value: str) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == value.split(maxsplit=1)[0])


def _action(passage: Passage, kind: Kind, hit: Hit, sentence: tuple[int, int], words: Sequence[Hit]) -> Action:
    text, (start, end) = passage.text.content, sentence
    date = _date(passage.dates_between(start, end), hit, text)
    demand = _demand(passage.text, hit, words, end)
    return Action(
        kind=kind,
        spans=(passage.text.span(start, end),),
        organiser=_organiser(passage, hit, start, end),
        date=date.edtf if date else None,
        time=next((time for _, _, time in find_times(text, start, end)), None)
        if kind in ("rally", "march", "walkout")
        else None,
        place=_place(passage.text.content, kind, hit, (start, _clause_end(words, hit, end))),
        target=_target(text, hit, words, end),
        demand=demand,
    )


def _date(dates: Sequence[DateMention], hit: Hit, text: str) -> PartialDate | None:
    """The date nearest the words for the act; a removal's, a charge's or the edge of a period is not its date."""
    near = sorted(
        (max(hit.start - date.end, date.start - hit.end, 0), number)
        for number, date in enumerate(dates)
        if date.value and date.role in ("event", "future", "publication")
    )
    return dates[near[0][1]].value if near and near[0][0] <= 90 else None


def _organiser(passage: Passage, hit: Hit, start: int, end: int) -> str | None:
    """Who is named after "by", else who stands before or in the words for the act: a body, a group, a person; "we"."""
    text = passage.text.content
    bodies = [body for body in passage.bodies_between(start, end) if body.cue not in ("ice", "local-court")]
    named = [(body.start, body.name) for body in bodies]
    named += [(first, person.name) for first, _, person in passage.people_between(start, end)]
    by = next((name for place, name in sorted(named) if place >= hit.start and _BY.search(text[start:place])), None)
    before = [body.name for body in bodies if body.start < hit.end]
    groups = [_QUANTITY.sub("", m["group"]) for m in _GROUP.finditer(text, start, hit.start)]
    people = [person.name for first, _, person in passage.people_between(start, hit.start)]
    found = ([by] if by else []) or before[-1:] or groups[-1:] or people[-1:]
    if not found and passage.signers and _WE.search(text, start, hit.start):
        return passage.signers.body or next((p.organisation or p.name for p in passage.signers.people), None)
    return found[0] if found else None


_THEY = re.compile(r"[Tt]hey\b")
_WE = re.compile(r"\b[Ww]e\b")


def _clause_end(words: Sequence[Hit], hit: Hit, end: int) -> int:
    """Where a demand begins after the act: places in it are what is asked about, not where people meet."""
    return min((word.start for word in words if word.cue.id == "demand" and word.start > hit.end), default=end)


def _place(text: str, kind: Kind, hit: Hit, clause: tuple[int, int]) -> str | None:
    """Where people gather, or where a march leads; acts on paper have no place."""
    if kind not in ("rally", "walkout", "march"):
        return None
    start, end = clause
    patterns = (_TO_PLACE, _AT_PLACE) if kind == "march" else (_AT_PLACE, _ON_SPOT)
    for pattern in patterns:
        for found in pattern.finditer(text, hit.start if kind == "march" else start, end):
            place = re.sub(r"^(?:the|every|our) ", "", found["place"]).strip()
            if not _is_time(place) and found.start() - hit.end < _REACH:
                return place
    return None


_REACH = 110


def _is_time(words: str) -> bool:
    return bool(
        re.match(
            r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|Sept|Oct|Nov|Dec)",
            words,
        )
    )


def _target(text: str, hit: Hit, words: Sequence[Hit], end: int) -> str | None:
    """Whom a demand is put to, a letter or suit addressed to; else the courts that a demand is about."""
    demands = [word for word in words if word.cue.id == "demand"]
    starts = [word.start for word in demands] + ([hit.start] if hit.value in ("letter", "lawsuit") else [])
    for start in starts:
        found = _ADDRESSEE.search(text, start, min(end, start + 90))
        if found:
            return re.sub(r"^the ", "", found["who"]).replace(" and ", "; ").strip()
    courts = _COURTS.search(text, demands[0].start, end) if demands else None
    return courts[0] if courts else None


def _demand(text: Text, hit: Hit, words: Sequence[Hit], end: int) -> str | None:
    """What is asked for, in the text's words, up to the end of the clause."""
    asked = next((word for word in words if word.cue.id == "demand"), None)
    if asked is None:
        return None
    stop = _DEMAND_END.search(text.content, asked.end, end)
    return text.content[asked.end : stop.start() if stop else end].strip(" ,") or None


def _same(one: _Sighted, other: _Sighted) -> bool:
    """Whether two mentions of one kind may be one act: no conflict of day or place, and told near each other."""
    if one.action.kind != other.action.kind:
        return False
    a, b = one.action.date, other.action.date
    if a and b:
        return PartialDate(a).may_equal(PartialDate(b))
    if one.action.place and other.action.place and one.action.place not in (other.action.place, None):
        return one.action.place in other.action.place or other.action.place in one.action.place
    return other.sentence - one.sentence <= _TOLD_TWICE or one.action.kind not in (
        "rally",
        "letter",
        "other",
        "legislation",
    )


def _merged(one: _Sighted, other: _Sighted) -> _Sighted:
    a, b = one.action, other.action
    return _Sighted(
        replace(
            a,
            spans=tuple(sorted({*a.spans, *b.spans})),
            organiser=_better_organiser(a.organiser, b.organiser),
            date=a.date or b.date,
            time=a.time or b.time,
            place=a.place or b.place,
            target=a.target or b.target,
            demand=a.demand or b.demand,
        ),
        other.sentence,
    )


def _better_organiser(one: str | None, other: str | None) -> str | None:
    """A body or person by name goes before a group in common words."""
    if one and other and _GROUP.fullmatch(one) and not _GROUP.fullmatch(other):
        return other
    return one or other
