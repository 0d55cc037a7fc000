"""Statements: what each speaker of a text is reported to have said; at most one for each speaker."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from portico.facts import Span, Statement, Text
from portico.reading.cues import Hit, load_cues
from portico.reading.floor import Floor
from portico.reading.names import CALLER
from portico.reading.passage import Passage
from portico.reading.voices import Party, Voice, is_determined, parties_in, voice_after, voice_before

_AFTER_QUOTE = re.compile(r"[”\"]\s*$")
_AFTER_PAUSE = re.compile(r"(?:[,—–-]|\b[Ss]o)\s*$")
_FOLLOWED = re.compile(
    r"\s*(?:(?: (?:on )?\w+day)?(?: (?:through|via|in|to|for|on|by|with) (?:[\w’'-]+ ){1,4})?,?\s*that\b|:)"
)
_THAT = re.compile(r"\s+that\b")
_QUOTE_FOLLOWS = re.compile(r"[,:]? [“\"]")
_JOINED = re.compile(r"\b(?:and|but) (?:\w+ly |also |then |still )?$")
_CLAUSE = re.compile(r"[;:—–]\s*")
_COMMA_BEFORE, _COMMA_AFTER = re.compile(r", (?:the )?$"), re.compile(r"(?: (?:on )?\w+day)?[,.]")
_COLON = re.compile(r":\s*[“\"]$")
_OPENING = re.compile(r"(?:[•*–—-]\s*)?(?:(?:And |Then |Word )?[Ff]rom |(?:And )?[Ff]or |[Tt]o )?")
_SIGNED = re.compile(r"[.,]?[”\"]\s*(?:[—–-]+\s*)?")
_LINE_OF = re.compile(r"(?:, (?P<as>[^:\n]{2,60}))?: +(?=\S)")
_BULLET_OF = re.compile(r"(?:[•*–—-]+\s*)?(?P<titles>(?:[A-Z][\w’'-]*\.? )*)")
_NOTED = re.compile(r"(?:, [^:\n]{2,90}| \([^()\n]{2,50}\))?: +(?=\S)")
_ANSWERED = re.compile(r"\?[”\"]?\s*$")
_TURN = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ.'’-]+){0,3}(?:, [^:\n]{2,60})?: ")
_ASKS = ("host", "anchor", "reporter", "moderator", "interviewer", "narrator")
_LINES_OF_A_TRANSCRIPT = 3
_WORDS_OF_A_QUOTE = 4
_BULLET = 4
_BESIDE = 3
_NAME_AND_ROLE = 90


@dataclass(frozen=True, slots=True)
class Utterance:
    """Somebody says something: the sentence, whom it names, and the exact words in it."""

    start: int
    end: int
    block: int
    voice: Voice
    quotes: tuple[tuple[int, int], ...] = ()


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
    floor = Floor()
    turns = sum(_TURN.match(passage.text.content, block.start) is not None for block in passage.blocks)
    transcript = turns >= _LINES_OF_A_TRANSCRIPT
    asking = _who_only_asks(passage) if transcript else frozenset()
    found: list[Utterance] = [] if transcript else [*_own_words(passage), *_callers(passage)]
    for number, block in enumerate(passage.blocks):
        spoken = _line_of_transcript(passage, number) if transcript else _noted(passage, number)
        if spoken and spoken.voice.person and spoken.voice.person.name not in asking:
            found.append(spoken)
        elif block.kind not in ("title", "caption", "furniture", "dateline"):
            found += _in_block(passage, number, floor)
    return tuple(found)


def _line_of_transcript(passage: Passage, number: int) -> Utterance | None:
    """ "VARA: It was quick." Those who only ask and announce are not heard."""
    block, text = passage.blocks[number], passage.text.content
    first = next(iter(passage.people_between(block.start, block.start + 1)), None)
    if first is None or not text[first[0] : first[1]].isupper():
        return None
    start, end, person = first
    line = _LINE_OF.match(text, end, block.end)
    if line is None or (line["as"] or "").lower().startswith(_ASKS) or (person.role or "").lower() in _ASKS:
        return None
    voice = Voice(start, end, person=person, role=line["as"])
    return Utterance(block.start, block.end, number, voice, ((line.end(), block.end),))


def _who_only_asks(passage: Passage) -> frozenset[str]:
    """Whose turns in a transcript, two at least, are questions for the most part: an interviewer is no source."""
    turns: dict[str, list[bool]] = {}
    for number, block in enumerate(passage.blocks):
        spoken = _line_of_transcript(passage, number)
        if spoken and spoken.voice.person:
            asked = _ANSWERED.search(passage.text.content, block.start, block.end) is not None
            turns.setdefault(spoken.voice.person.name, []).append(asked)
    return frozenset(name for name, asked in turns.items() if len(asked) > 1 and 2 * sum(asked) > len(asked))


def _noted(passage: Passage, number: int) -> Utterance | None:
    """What minutes note of each who spoke: "* Ines Vara, retired clerk: saw two men by the door." """
    block, text = passage.blocks[number], passage.text.content
    begins = _BULLET_OF.match(text, block.start, block.end)
    first = next(iter(passage.people_between(block.start, begins.end() if begins else block.start)), None)
    if first is None or begins is None or block.kind not in ("prose", "note"):
        return None
    noted, (start, end, person) = _NOTED.match(text, first[1], block.end), first
    named = text[begins.start("titles") : end].strip()
    if noted is None or " " not in named or named.isupper() or named.endswith("."):
        return None
    quotes = passage.quotes_between(block.start, block.end)
    return Utterance(block.start, block.end, number, Voice(start, end, person=person, role=person.role), quotes)


def _own_words(passage: Passage) -> Iterator[Utterance]:
    """A letter, declaration or statement is its author's words from beginning to end."""
    signers = passage.signers
    own = [
        (n, block)
        for n, block in enumerate(passage.blocks)
        if block.kind in ("prose", "note") and (signers.answers is None or n in signers.answers)
    ]
    if not signers or not own:
        return
    number, first = own[0]
    words = tuple((block.start, block.end) for _, block in own)
    voices = [Voice(first.start, first.end, person=person, role=person.role) for person in signers.people]
    for voice in voices or [Voice(first.start, first.end, body=signers.body)]:
        yield Utterance(first.start, own[-1][1].end, number, voice, words)


def _callers(passage: Passage) -> Iterator[Utterance]:
    """The record of a call is what its caller tells."""
    for person in passage.people:
        if person.role == CALLER:
            place = person.mentions[0][0]
            number = next(n for n, block in enumerate(passage.blocks) if place < block.end)
            block = passage.blocks[number]
            yield Utterance(block.start, block.end, number, Voice(*person.mentions[0], person=person, role=CALLER))


def _in_block(passage: Passage, number: int, floor: Floor) -> list[Utterance]:
    """The utterances of a paragraph; a quotation without a verb of its own goes to the speaker beside it."""
    found: list[Utterance] = []
    for start, end in passage.sentences_of(number):
        found += _in_sentence(passage, number, start, end, floor)
    if not found and (signed := _under_quote(passage, number)):
        floor.hear(signed.voice)
        return [signed]
    taken = {quote for utterance in found for quote in utterance.quotes}
    for quote in passage.quotes_between(passage.blocks[number].start, passage.blocks[number].end):
        if quote not in taken:
            _give(passage, number, quote, found, floor)
    return found


def _under_quote(passage: Passage, number: int) -> Utterance | None:
    """A paragraph that is a quotation and then the name of who said it, no more: '"It was quick." Ines Vara, clerk'."""
    block, text = passage.blocks[number], passage.text.content
    quotes = passage.quotes_between(block.start, block.end)
    if len(quotes) != 1 or quotes[0][0] - block.start > _BULLET:
        return None
    mark = _SIGNED.match(text, quotes[0][1], block.end)
    people = passage.people_between(quotes[0][1], block.end)
    if mark is None or not people or block.end - mark.end() > _NAME_AND_ROLE:
        return None
    bodies = passage.bodies_between(mark.end(), block.end)
    parties = parties_in(text, mark.end(), block.end, people=people, bodies=bodies, hidden=quotes)
    voice = voice_after(text, mark.end(), block.end, parties)
    return Utterance(block.start, block.end, number, voice, quotes) if voice and voice.person else None


def _in_sentence(passage: Passage, number: int, start: int, end: int, floor: Floor) -> Iterator[Utterance]:
    text, quotes, hidden = passage.text.content, passage.quotes_between(start, end), passage.quotes_over(start, end)
    parties = parties_in(
        text,
        start,
        end,
        people=passage.people_between(start, end),
        bodies=passage.bodies_between(start, end),
        hidden=hidden,
    )
    heard = False
    for hit in load_cues("speech").find(text, start, end):
        voice = _heard(text, hit, start, end, parties) if not _inside(hit, hidden) else None
        resolved = floor.resolve(voice, parties, passage.people_by_role) if voice else None
        if resolved is None or not (_counts(hit, text, quotes) or _is_between_commas(hit, text, resolved)):
            continue
        heard = True
        floor.hear(resolved)
        yield Utterance(start, end, number, resolved, quotes)
        quotes = ()
    spoken = _colon(text, start, end, parties, quotes) if not heard and quotes else None
    voice = floor.resolve(spoken, parties, passage.people_by_role) if spoken else None
    if voice:
        floor.hear(voice)
        yield Utterance(start, end, number, voice, quotes)
    elif not heard:
        floor.see(parties)


def _colon(
    text: str, start: int, end: int, parties: Sequence[Party], quotes: Sequence[tuple[int, int]]
) -> Voice | None:
    """Whoever begins a sentence that ends in a colon and a quotation: 'The clerk, Ines Vara: "It was quick."'"""
    opening = _OPENING.match(text, start, end)
    place = opening.end() if opening else start
    return voice_after(text, place, end, parties) if _COLON.search(text, start, quotes[0][0]) else None


def _heard(text: str, hit: Hit, start: int, end: int, parties: Sequence[Party]) -> Voice | None:
    """Whom a verb of speech belongs to: after it when words come first or it names a source, else before it."""
    if hit.value in ("source", "aside"):
        return voice_after(text, hit.end, end, parties)
    if hit.value == "pronoun":
        words = text[hit.start : hit.end].lower().split()
        return Voice(hit.start, hit.end, pronoun="he" if {"he", "his"} & set(words) else "she")
    if hit.value == "subject":
        return voice_after(text, start, end, parties)
    before = voice_before(text, hit.start, parties)
    if before and (before.apposed or before.end == hit.start - 1):
        return before
    quoted = _AFTER_QUOTE.search(text, start, hit.start) is not None
    if hit.start == start or quoted or (_AFTER_PAUSE.search(text, start, hit.start) and not _THAT.match(text, hit.end)):
        after = voice_after(text, hit.end, end, parties)
        theirs = after and after.pronoun and not (before and before.named)
        if after and (after.named or quoted or theirs or is_determined(text, hit.end)):
            return after
    return before or _joined(text, hit, start, parties)


def _joined(text: str, hit: Hit, start: int, parties: Sequence[Party]) -> Voice | None:
    """Whoever begins the clause, when the verb is its second: "Ines Vara stands by the door and says …".

    Where others are named between, only somebody by name, with exact words after the verb.
    """
    quoted = _QUOTE_FOLLOWS.match(text, hit.end) is not None
    if hit.cue.id == "told" or not _JOINED.search(text, start, hit.start):
        return None
    clause = max((found.end() for found in _CLAUSE.finditer(text, start, hit.start)), default=start)
    mine = [party for party in parties if clause <= party.start < hit.start]
    alone = len({party.body or party.word for party in mine}) == 1
    subject = quoted and any(party.kind == "person" for party in mine[:2])
    return voice_after(text, clause, hit.start, mine) if alone or subject else None


def _counts(hit: Hit, text: str, quotes: Sequence[tuple[int, int]]) -> bool:
    if hit.value == "aside":
        return bool(quotes)
    return hit.value != "weak" or bool(quotes) or _FOLLOWED.match(text, hit.end) is not None


def _is_between_commas(hit: Hit, text: str, voice: Voice) -> bool:
    """ "A call nobody makes, the group cautions, is a number nobody has": a weak verb and its speaker, no more."""
    last = max(hit.end, voice.end)
    first = min(hit.start, voice.start)
    commas = _COMMA_BEFORE.search(text, max(0, first - _BULLET), first) and _COMMA_AFTER.match(text, last)
    return hit.value == "weak" and commas is not None and abs(hit.start - voice.end) < _BESIDE


def _inside(hit: Hit, quotes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in quotes)


def _give(passage: Passage, number: int, quote: tuple[int, int], found: list[Utterance], floor: Floor) -> None:
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
