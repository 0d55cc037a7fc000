"""The shape of a text: blocks (title, dateline, caption, prose, …) and sentences. Time grows only with its length."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from portico.reading.cues import load_cues, load_words
from portico.reading.messages import Part, headers, parts

Kind = Literal["title", "dateline", "caption", "furniture", "prose", "quotation", "note"]

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_STREET = r"(?!\s*(?:-|–|[A-Z]\w+ (?:St|Ave|Street)))"
_NOTE = re.compile(
    rf"(?:[-•*]\s*)?(?:\d{{1,2}}:\d{{2}}|[0-2]\d[0-5]\d\b{_STREET})\s*(?:[ap]\.?m\.?)?\s*[:–—-]?\s+\S",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"”’')\]]*$")
_ENDS_FULL = re.compile(r"[.!?…][\"”’')\]*]*$")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?$")
_WORDS = re.compile(r"\w+")
_LONG_WORDS = re.compile(r"[^\W\d_]{4,}")
_TITLE_LENGTH = 180
_TITLE_WORDS = 4
_REPEATED = 30
_GREETING = 60
_CAPTION_BELOW = "view full caption"
_WRAPPED = range(50, 101)
_WIDEST = 110
_DIGITS = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}|\b(?:19|20)\d\d\b")
_HEAD_BLOCKS = 12

_OF_MESSAGE: dict[Part, Kind] = {
    "head": "dateline",
    "subject": "title",
    "mark": "furniture",
    "quoted": "furniture",
    "signature": "furniture",
}
"""What a message quotes was said elsewhere, by somebody else: nothing is read there."""

_AGENCY = ("Immigration and", "Immigration &", "Customs and", "Citizenship and")
"""What "U.S." begins the name of, though "immigration" begins many a sentence."""

_CLOSERS = "\"”’')]"
_BREAK = re.compile(r"(?:[.!?…]+[\"”’')\]]*|[.!?]['\"”’]?\s?['\"”’])(?=\s|$)")
_NEXT = re.compile(r"\s+[\"“‘'(\[]*([^\s])")
_LAST_WORD = re.compile(r"[\"“‘'(\[]*([\w.&’'-]+)$")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?$|^[A-Z]$")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text, without the white space around it.

    kind  title; dateline (a line that gives author, day or both); caption (of a picture, or a summary under the title);
          furniture (sharing links, related stories); prose; quotation (wholly inside quotation marks);
          note (begins with a time of day, as a log does)
    """

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order, none overlapping another; together they hold every word of it."""
    pieces = list(_pieces(text))
    kinds = _kinds([text[start:end] for start, end in pieces], [_own_kind(text, *piece) for piece in pieces])
    return tuple(Block(start, end, kind) for (start, end), kind in zip(pieces, kinds, strict=True))


def _kinds(lines: Sequence[str], own: Sequence[Kind | None]) -> list[Kind]:
    """The kind of each line, of which `own` is what its words alone settle."""
    if headers(lines):
        return [
            _OF_MESSAGE.get(part) or kind or _greeting(words) or _body_kind(words)
            for part, kind, words in zip(parts(lines), own, lines, strict=True)
        ]
    plain = _plain_kinds(lines, own)
    head = _head_kinds(lines, plain)
    return [plain[number] or head.get(number) or _body_kind(words) for number, words in enumerate(lines)]


def _greeting(words: str) -> Kind | None:
    """ "Dear Ms. Vara," and "Best," address or take leave of somebody: like a dateline, they tell no story."""
    return "dateline" if words.endswith(",") and len(words) <= _GREETING else None


def sentences(text: str, block: Block) -> tuple[Sentence, ...]:
    """The sentences of a block, in order. A quotation of several sentences is cut at each."""
    found, start = [], block.start
    for stop in _BREAK.finditer(text, block.start, block.end):
        if stop.end() < block.end and not _continues(text, start, stop.start(), stop.end(), block.end):
            found.append(Sentence(start, stop.end()))
            start = _skip_space(text, stop.end(), block.end)
    if start < block.end:
        found.append(Sentence(start, block.end))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs: each line is one, unless the text was broken to a width; then lines that run on belong together."""
    lines = [_trimmed(text, line.start(), line.end()) for line in _LINE.finditer(text)]
    broken = all(end - start <= _WIDEST for start, end in lines)
    first = 0
    for number in range(len(lines)):
        if number + 1 == len(lines) or not (broken and _runs_on(text, lines[number], lines[number + 1])):
            yield lines[first][0], lines[number][1]
            first = number + 1


def _runs_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a line was broken to a width: of that width, none blank after it, and the next begins no note or list."""
    words, gap = text[slice(*line)], text[line[1] : following[0]]
    if gap.count("\n") > 1 or len(words) not in _WRAPPED or _is_apart(words):
        return False
    if _ENDS_SENTENCE.search(words):
        return text[following[0]].islower()
    return not _NOTE.match(text, following[0]) and text[following[0]] not in "-•*#>"


def _is_apart(words: str) -> bool:
    return _is_byline(words) or _is_caption(words) or _is_furniture(words)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _plain_kinds(lines: Sequence[str], own: Sequence[Kind | None]) -> list[Kind | None]:
    """The kind of each line that its own words or its neighbours settle; None for the rest."""
    again = {words for words, times in Counter(lines).items() if times > 1 and len(words) > _REPEATED}
    kinds: list[Kind | None] = ["caption" if words in again else kind for words, kind in zip(lines, own, strict=True)]
    for number, words in enumerate(lines):
        if words.lower() == _CAPTION_BELOW:
            for beside in (number - 1, number + 1):
                if 0 <= beside < len(lines) and kinds[beside] is None and (beside < number or len(lines[beside]) < 60):
                    kinds[beside] = "caption"
    return kinds


def _own_kind(text: str, start: int, end: int) -> Kind | None:
    words = text[start:end]
    if _NOTE.match(words):
        return "note"
    if not any(load_cues(name).may_be_in(text, start, end) for name in ("datelines", "captions", "furniture")):
        return None
    if _is_byline(words):
        return "dateline"
    if _is_caption(words):
        return "caption"
    return "furniture" if _is_furniture(words) else None


def _head_kinds(lines: Sequence[str], plain: Sequence[Kind | None]) -> dict[int, Kind]:
    """Kinds of the lines above the story: one is the title, what precedes it furniture, what follows a summary."""
    open_lines = [n for n in range(_first_prose(lines, plain)) if plain[n] is None]
    if not open_lines:
        return {}
    title = next((n for n in open_lines if _may_be_title(lines[n])), open_lines[0])
    return {
        n: "furniture" if n < title else _title_or_story(lines[n]) if n == title else _below_title(lines, plain, n)
        for n in open_lines
    }


def _may_be_title(words: str) -> bool:
    return len(words) <= _TITLE_LENGTH and len(_WORDS.findall(words)) >= _TITLE_WORDS


def _title_or_story(words: str) -> Kind:
    """A first line that ends with a full stop is the story's, unless it is written in a title's capitals."""
    capitals = sum(word[0].isupper() for word in _LONG_WORDS.findall(words))
    return "prose" if words.endswith(".") and 2 * capitals < len(_LONG_WORDS.findall(words)) else "title"


def _below_title(lines: Sequence[str], plain: Sequence[Kind | None], number: int) -> Kind:
    """A line with a day is a dateline, a sentence the story's unless the byline is to come, the rest a summary."""
    if _DIGITS.search(lines[number]) and len(lines[number]) < 80:
        return "dateline"
    if _ENDS_FULL.search(lines[number]) and "dateline" not in plain[number + 1 : number + 4]:
        return "prose"
    return "caption"


def _first_prose(lines: Sequence[str], plain: Sequence[Kind | None]) -> int:
    """Number of the line with which the story begins: the first long one that ends as a sentence does."""
    for number, words in enumerate(lines[:_HEAD_BLOCKS]):
        if plain[number] == "note":
            return number
        long_enough = len(words) > 90 or len(_WORDS.findall(words)) > 15
        # A sentence above the byline is a picture's caption or a summary, not the story.
        summary = "dateline" in plain[number + 1 : number + 4]
        if plain[number] is None and long_enough and _ENDS_FULL.search(words) and not summary:
            return number
    return 0


def _body_kind(words: str) -> Kind:
    return "quotation" if _QUOTED.match(words) else "prose"


def _is_byline(words: str) -> bool:
    return len(words) < 160 and load_cues("datelines").has(words)


def _is_caption(words: str) -> bool:
    return len(words) < 400 and load_cues("captions").has(words)


def _is_furniture(words: str) -> bool:
    return len(words) < 200 and load_cues("furniture").has(words)


def _continues(text: str, sentence: int, stop: int, end: int, limit: int) -> bool:
    """Whether a full stop ends no sentence: an abbreviation, an initial, or what follows begins in lower case."""
    following = _NEXT.match(text, end, limit)
    if not following:
        return False
    if following[1].islower() or text[sentence:stop].strip("(#").isdigit():
        return True
    if text[stop] != "." or text[stop:end].strip(_CLOSERS) != ".":
        return False
    word = _LAST_WORD.search(text, max(sentence, stop - 24), stop)
    return word is not None and _is_open(word[1], text, following.start(1), limit)


def _is_open(word: str, text: str, following: int, limit: int) -> bool:
    """Whether a word with a full stop is more likely an abbreviation than a sentence's end."""
    bare = word.lower().rstrip(".")
    if bare == "u.s" and text.startswith(_AGENCY, following):
        return True
    if bare in load_words("abbreviations", "always"):
        return bare != "no" or text[following].isdigit()
    if bare in load_words("abbreviations", "sometimes") or _INITIALS.search(word):
        following_word = _WORDS.match(text, following, limit)
        return following_word is None or following_word[0].lower() not in load_words("abbreviations", "starters")
    return False


def _skip_space(text: str, place: int, limit: int) -> int:
    while place < limit and text[place].isspace():
        place += 1
    return place
