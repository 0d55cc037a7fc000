"""Signers: who speaks in a letter, a declaration, a memo or a statement that is somebody's own words throughout."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portico.reading.cues import load_words
from portico.reading.layout import Block
from portico.reading.names import Person
from portico.reading.organisations import Organisation

_DECLARES = re.compile(
    r"\bI, (?P<name>[^,\n]{4,50}),(?: (?:hereby |being ))?\s*(?:declare|state|swear|certify|depose|being)",
    re.IGNORECASE,
)
_MY_NAME = re.compile(
    r"(?:^|[.!] |\) ?)(?:My name is|my name is) (?P<name>[A-Z][^,.\n]{3,40})(?=[.,\n]| and I\b)", re.MULTILINE
)
_HEADED = re.compile(
    r"^(?:PREPARED )?(?:DECLARATION|AFFIDAVIT|TESTIMONY|STATEMENT|REMARKS) (?:OF|BY|FROM) (?:THE )?"
    r"(?P<name>[^\n:]{4,90})$",
    re.IGNORECASE | re.MULTILINE,
)
_FROM = re.compile(
    r"^(?:From|FROM|Organizer|Organiser|Posted by|Submitted by|Written by|Author|Declarant|Affiant):"
    r"\s*(?P<name>[^\n<(]{4,60})",
    re.MULTILINE,
)
_POST = re.compile(r"\W*(?P<name>[A-Z][\w.’' -]{2,40}?)? ?@(?P<handle>\w{4,30})\b(?! \w+\.)")
_SIGN_OFF = re.compile(r"(?:[.!?]|\n) ?[—–-]{1,2} ?(?P<name>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w.’'-]+)?)\s*\Z")
_LAST_FIRST = re.compile(r"(?P<last>[A-Z][\w’'-]+), (?P<first>[A-Z][\w’'.-]+(?: [A-Z]\.)?)\s*$")
_NAME_LINE = re.compile(
    r"(?:s/ ?|/s/ ?|[—–-]+ ?)?"
    r"(?P<name>[A-ZÀ-Þ][\w.’'-]+(?: (?:(?:de|la|del|van|von|da|das) )?[A-ZÀ-Þ][\w.’'-]*){1,3})(?=,|$)"
)
_DEAR = re.compile(
    r"^(?:Dear|To the|To(?= (?:Governor|Mayor|Judge|Justice|Chief|Sheriff|Senator|President|Commissioner|Secretary"
    r"|Director|Attorney General|Members|Speaker|Chair)\b)) (?P<whom>[^\n]{3,120}?)[:,]?$",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"^(?:yours|sincerely|respectfully|fraternally|in solidarity|regards|best|very truly|with respect|signed)\b"
    r".{0,30}$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]urs?|[Mm]y|me|us)\b(?!\.)")
_QUESTIONS, _QUESTION = 3, 120
_LAST_LINES = 8
_SHORT = 70
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Signers:
    """Whose own words a text is.

    people, body   the signers, or the body that issues it
    addressee      of a letter, as written; None if it is none
    answers        of an interview: the numbers of the blocks that are answers; None where all of the text is theirs
    """

    people: tuple[Person, ...] = ()
    body: str | None = None
    addressee: str | None = None
    answers: tuple[int, ...] | None = None

    def __bool__(self) -> bool:
        return bool(self.people or self.body)


def find_signers(
    text: str,
    blocks: Sequence[Block],
    people: Sequence[Person],
    bodies: Sequence[Organisation],
    quotes: Sequence[tuple[int, int]],
) -> Signers:
    """The authors of a text in the first person; nobody where the text is a reporter's, or does not say who signs."""
    if post := _poster(text, people):
        return post
    if asked := _asked(text, blocks, people):
        return asked
    dear, heading = _DEAR.search(text), _HEADED.search(text)
    stated = heading is not None and _is_statement(heading[0])
    plain = dear or stated or _FROM.search(text) or _closing(text, blocks) is not None
    if not _is_first_person(text, blocks, quotes, enough=1 if plain else _ENOUGH):
        return Signers()
    addressee = dear["whom"].strip() if dear else None
    declares = _DECLARES.search(text)
    if declares and heading and not _people_in(people, *heading.span("name")):
        heading = declares
    headed = heading or declares or _FROM.search(text) or _introducing(text, quotes)
    if headed:
        start, end = headed.span("name")
        named = _people_in(people, start, end) or _signers(text, blocks, people, letter=False) or _as_written(headed)
        inside = [body.name for body in bodies if start <= body.start < end]
        body = max(inside, key=len) if inside else None
        return Signers(
            named, None if named else body or (headed["name"].strip() if _is_statement(headed[0]) else None), addressee
        )
    signed = _signers(text, blocks, people, letter=dear is not None)
    return Signers(signed or _signed_off(text, people), None, addressee)


def _is_first_person(text: str, blocks: Sequence[Block], quotes: Sequence[tuple[int, int]], *, enough: int) -> bool:
    """Whether the text, outside quotation marks, speaks as "I" or "we"."""
    own, number = 0, 0
    for block in blocks:
        if block.kind in ("title", "caption", "furniture"):
            continue
        for match in _FIRST_PERSON.finditer(text, block.start, block.end):
            while number < len(quotes) and quotes[number][1] <= match.start():
                number += 1
            own += not (number < len(quotes) and quotes[number][0] <= match.start())
            if own >= enough:
                return True
    return False


def _introducing(text: str, quotes: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    """Who says "My name is Ines Vara" in words of nobody else's quotation."""
    named = _MY_NAME.search(text)
    inside = named is not None and any(start <= named.start("name") < end for start, end in quotes)
    return None if inside else named


def _is_statement(heading: str) -> bool:
    return heading.upper().startswith("STATEMENT")


def _asked(text: str, blocks: Sequence[Block], people: Sequence[Person]) -> Signers:
    """Who answers, where a text is questions on lines of their own and answers: the person named before the first."""
    questions = [n for n, block in enumerate(blocks) if _is_question(text, block)]
    apart = all(second - first > 1 for first, second in pairwise(questions))
    if len(questions) < _QUESTIONS or not apart or questions[-1] == len(blocks) - 1:
        return Signers()
    first = blocks[questions[0]].start
    asked = tuple(person for person in people if person.mentions[0][0] < first)[:1]
    return Signers(asked, answers=tuple(n for n in range(questions[0], len(blocks)) if n not in questions))


def _is_question(text: str, block: Block) -> bool:
    return text[block.end - 1] == "?" and block.end - block.start <= _QUESTION and text[block.start] not in '“"'


def _poster(text: str, people: Sequence[Person]) -> Signers:
    """Whose account a post comes from, named before its handle: "Ines Vara @vara · Apr 24", "Court Watch @watch"."""
    post = _POST.match(text)
    if post is None:
        return Signers()
    if post["name"] is None:
        handle = post["handle"]
        return Signers((Person(name=handle, surname=handle, mentions=(post.span("handle"),)),))
    named = _people_in(people, *post.span("name")) or _as_written(post)
    return Signers(named, None if named else post["name"].strip())


def _as_written(headed: re.Match[str]) -> tuple[Person, ...]:
    """The name in a heading that nothing else shows to be a person's: "I, Ines Vara, declare", "From: Vara, Ines"."""
    words, (start, end) = headed["name"].strip(), headed.span("name")
    turned = _LAST_FIRST.match(words)
    name = f"{turned['first']} {turned['last']}" if turned else words.split(",")[0].strip()
    if not _NAME_LINE.fullmatch(name) or _is_no_name(name):
        return ()
    name = name.title() if name.isupper() else name
    return (Person(name=name, surname=name.split()[-1], mentions=((start, end),)),)


def _is_no_name(name: str) -> bool:
    lists = (("not_names", "bodies"), ("not_names", "places"), ("titles", "roles"), ("organisation_heads", "heads"))
    return any(word.lower() in load_words(*each) for word in name.split() for each in lists)


def _people_in(people: Sequence[Person], start: int, end: int) -> tuple[Person, ...]:
    return tuple(person for person in people if any(start <= s and e <= end for s, e in person.mentions))


def _signers(text: str, blocks: Sequence[Block], people: Sequence[Person], *, letter: bool) -> tuple[Person, ...]:
    """Those whose names stand on short lines of their own at the end, after a closing or the last paragraph."""
    tail = [block for block in blocks[-_LAST_LINES:] if block.end - block.start <= _SHORT]
    closing = _closing(text, tail)
    lines = tail[closing + 1 :] if closing is not None else tail
    signed = tuple(p for p in people if any(_begins_line(text, s, e, line) for s, e in p.mentions for line in lines))
    if closing is not None:
        known = {mention for person in signed for mention in person.mentions}
        signed += tuple(_unknown(text, lines, known))
    if signed:
        return signed
    head = [b for b in blocks[:4] if b.end - b.start <= 2 * _SHORT and not _DEAR.match(text, b.start)]
    titled = [p for p in people if p.titles and any(line.start <= p.mentions[0][0] < line.end for line in head)]
    return tuple(titled) if letter else ()


def _closing(text: str, blocks: Sequence[Block]) -> int | None:
    """Number of the line that takes leave: "Sincerely,"."""
    return next((n for n, block in enumerate(blocks) if _CLOSING.match(text[block.start : block.end])), None)


def _signed_off(text: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Who ends a note of theirs with a dash and a name: "Please pray. — Ines"."""
    found = _SIGN_OFF.search(text)
    if found is None or _is_no_name(found["name"]):
        return ()
    known = _people_in(people, *found.span("name"))
    return known or (Person(name=found["name"], surname=found["name"].split()[-1], mentions=(found.span("name"),)),)


def _unknown(text: str, lines: Sequence[Block], known: Collection[tuple[int, int]]) -> Iterator[Person]:
    """Names on lines under a closing that nothing else in the text shows to be people's."""
    for line in lines:
        name = _NAME_LINE.match(text, line.start, line.end)
        if name and not any(line.start <= start < line.end for start, _ in known) and not _is_no_name(name["name"]):
            yield Person(name=name["name"], surname=name["name"].split()[-1], mentions=(name.span("name"),))


def _begins_line(text: str, start: int, end: int, line: Block) -> bool:
    if not (line.start <= start and end <= line.end) or text[end : end + 1] == ":":
        return False
    before = text[line.start : start].strip(" –—-•").lower().rstrip(".")
    titles = load_words("titles", "titles") | {"the"}
    return not before or all(word.rstrip(".") in titles for word in before.split())
