"""Statements: what each speaker of a text is reported to have said; at most one for each speaker."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from portico.facts import Span, Statement, Text
from portico.reading.cues import Hit, load_cues
from portico.reading.names import Person
from portico.reading.passage import Passage
from portico.reading.voices import Party, Voice, parties_in, voice_after, voice_before

_QUOTE_END = re.compile(r"[”\"’',—–-]\s*$")
_FOLLOWED = re.compile(r"\s*(?:,?\s*that\b|:)")
_SPEAKING_ROLES = ("spokes", "official")
_OFFICES = frozenset(("sheriff", "mayor", "governor", "prosecutors"))
_WORDS_OF_A_QUOTE = 4


@dataclass(frozen=True, slots=True)
class Utterance:
    """Somebody says something: the sentence, whom it names, and the exact words in it."""

    start: int
    end: int
    block: int
    voice: Voice
    quotes: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Floor:
    """Who has the floor while the text is read from its beginning: the person and the body last in view."""

    person: Person | None = None
    body: str | None = None
    role: Voice | None = None
    voice: Voice | None = None
    bodies: list[str] = field(default_factory=list)


def find_statements(passage: Passage, heard: Sequence[Utterance] | None = None) -> tuple[Statement, ...]:
    """The statements of a text, in the order in which the speakers are first heard.

    heard  the utterances of the text, if the caller has found them already
    """
    grouped: dict[str, list[Utterance]] = {}
    for utterance in utterances(passage) if heard is None else heard:
        grouped.setdefault(_key(utterance.voice), []).append(utterance)
    return tuple(_statement(passage.text, heard) for heard in grouped.values())


def utterances(passage: Passage) -> tuple[Utterance, ...]:
    """Every time somebody named is reported to speak, with the quotations that are theirs."""
    floor = _Floor()
    found: list[Utterance] = []
    for number, block in enumerate(passage.blocks):
        if block.kind not in ("title", "caption", "furniture", "dateline"):
            found += _in_block(passage, number, floor)
    return tuple(found)


def _in_block(passage: Passage, number: int, floor: _Floor) -> list[Utterance]:
    """The utterances of a paragraph; a quotation without a verb of its own goes to the speaker beside it."""
    found: list[Utterance] = []
    for start, end in passage.sentences_of(number):
        found += _in_sentence(passage, number, start, end, floor)
    taken = {quote for utterance in found for quote in utterance.quotes}
    for quote in passage.quotes_between(passage.blocks[number].start, passage.blocks[number].end):
        if quote not in taken:
            _give(passage, number, quote, found, floor)
    return found


def _in_sentence(passage: Passage, number: int, start: int, end: int, floor: _Floor) -> Iterator[Utterance]:
    text, quotes = passage.text.content, passage.quotes_between(start, end)
    parties = parties_in(
        text,
        start,
        end,
        people=passage.people_between(start, end),
        bodies=passage.bodies_between(start, end),
        hidden=quotes,
    )
    free = [hit for hit in load_cues("speech").find(text, start, end) if not _inside(hit, quotes)]
    heard = False
    for hit in free:
        voice = _heard(text, hit, start, end, parties)
        resolved = _resolved(voice, floor, passage) if voice else None
        if resolved is None or not _counts(hit, text, quotes):
            continue
        heard = True
        floor.voice = resolved
        _remember(floor, resolved)
        yield Utterance(start, end, number, resolved, quotes)
        quotes = ()
    if not heard:
        _notice(parties, floor)


def _heard(text: str, hit: Hit, start: int, end: int, parties: Sequence[Party]) -> Voice | None:
    """Whom a verb of speech belongs to: after it when words come first or it names a source, else before it."""
    if hit.value == "source":
        return voice_after(text, hit.end, end, parties)
    before = voice_before(text, hit.start, parties)
    inverted = hit.start == start or _QUOTE_END.search(text, start, hit.start) is not None
    if inverted and not (before and before.end == hit.start - 1):
        return voice_after(text, hit.end, end, parties) or before
    return before or (None if hit.value == "weak" else voice_after(text, hit.end, end, parties) if inverted else None)


def _counts(hit: Hit, text: str, quotes: Sequence[tuple[int, int]]) -> bool:
    return hit.value != "weak" or bool(quotes) or _FOLLOWED.match(text, hit.end) is not None


def _inside(hit: Hit, quotes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in quotes)


def _resolved(voice: Voice, floor: _Floor, passage: Passage) -> Voice | None:
    """The voice with pronouns and "the agency" traced to whom they stand for; None when it stays nameless."""
    if voice.pronoun:
        return _by_pronoun(voice, floor)
    if voice.named:
        return voice if voice.person or _may_speak(voice) else None
    if voice.same:
        return _same(voice, floor)
    return _by_role(voice, floor, passage)


def _may_speak(voice: Voice) -> bool:
    return True


def _by_pronoun(voice: Voice, floor: _Floor) -> Voice | None:
    word = (voice.pronoun or "").lower()
    if word in ("he", "she"):
        wanted = "male" if word == "he" else "female"
        if floor.person and floor.person.gender in (None, wanted):
            return replace(voice, person=floor.person)
        return replace(voice, body=floor.role.body, role=floor.role.role) if floor.role else None
    if word == "it" and floor.body:
        return replace(voice, body=floor.body)
    return None


def _same(voice: Voice, floor: _Floor) -> Voice | None:
    """ "The agency": the body last in view; "the union": the last with such a word; "the statement": whose it was."""
    word = (voice.same or "").split()[-1]
    if word in ("statement", "release", "email", "e-mail", "letter", "memo", "post", "message"):
        return replace(floor.voice, start=voice.start, end=voice.end) if floor.voice else None
    fitting = [body for body in reversed(floor.bodies) if word in body.lower()]
    body = fitting[0] if fitting else floor.body
    return replace(voice, body=body) if body else None


def _by_role(voice: Voice, floor: _Floor, passage: Passage) -> Voice | None:
    """A nameless role: the person the text introduces with it, or for a spokesperson the body last in view."""
    role = voice.role or ""
    named = [person for person in passage.people if person.role and role in person.role.lower().split()]
    if len(named) == 1 and not role.endswith("s"):
        return replace(voice, person=named[0])
    if role.startswith("spokes") and floor.body:
        return replace(voice, body=floor.body)
    return replace(voice, body=role) if role in _OFFICES else None


def _remember(floor: _Floor, voice: Voice) -> None:
    if voice.person:
        floor.person, floor.role = voice.person, None
    elif voice.role:
        floor.person, floor.role = None, voice
    if voice.body and not voice.person:
        floor.body = voice.body
    if voice.body:
        floor.bodies.append(voice.body)


def _notice(parties: Sequence[Party], floor: _Floor) -> None:
    """A sentence without speech: its first person or body comes into view."""
    first = next((party for party in parties if party.kind in ("person", "body")), None)
    if first and first.person:
        floor.person, floor.role = first.person, None
    floor.bodies += [party.body for party in parties if party.body]
    last = next((party.body for party in parties if party.body), None)
    if last:
        floor.body = last


def _give(passage: Passage, number: int, quote: tuple[int, int], found: list[Utterance], floor: _Floor) -> None:
    """A quotation without a verb goes to the last speaker before it in the paragraph, else to the next one in it."""
    long = len(passage.text.content[slice(*quote)].split()) >= _WORDS_OF_A_QUOTE
    if found:
        before = [n for n, utterance in enumerate(found) if utterance.start <= quote[0]]
        place = before[-1] if before else 0
        if long or found[place].quotes:
            found[place] = replace(found[place], quotes=tuple(sorted((*found[place].quotes, quote))))
    elif floor.voice and long and _opens(passage, number, quote):
        block = passage.blocks[number]
        found.append(Utterance(block.start, block.end, number, floor.voice, (quote,)))


def _opens(passage: Passage, number: int, quote: tuple[int, int]) -> bool:
    return quote[0] - passage.blocks[number].start < 3


def _key(voice: Voice) -> str:
    if voice.person:
        return f"person {voice.person.name}"
    return f"body {voice.body}"


def _statement(text: Text, heard: Sequence[Utterance]) -> Statement:
    voices = [utterance.voice for utterance in heard]
    person = voices[0].person
    quotes = sorted({quote for utterance in heard for quote in utterance.quotes})
    body = (person.organisation if person else None) or next((v.body for v in voices if v.body), None)
    return Statement(
        speaker=person.name if person else None,
        organisation=body,
        role=(person.role if person else None) or next((v.role for v in voices if v.role), None),
        kind="direct" if quotes else "indirect",
        quotes=tuple(text.span(start, end) for start, end in quotes),
        spans=tuple(_spans(text, heard)),
    )


def _spans(text: Text, heard: Sequence[Utterance]) -> Iterator[Span]:
    """The sentences heard, with the quotations that reach beyond them."""
    for start, end in dict.fromkeys((utterance.start, utterance.end) for utterance in heard):
        yield text.span(start, end)
    for utterance in heard:
        for start, end in utterance.quotes:
            if not any(other.start <= start and end <= other.end for other in heard):
                yield text.span(start, end)
