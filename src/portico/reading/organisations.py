"""Bodies that a text names: agencies, offices, unions, courts, groups; with their initials traced to the full name."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from portico.reading.capitals import MORE_INITIALS, REST, UPPER, WORD
from portico.reading.cues import load_cues, load_words
from portico.reading.layout import Block

_JOINT = r"(?:(?:of|for|and|&|de|del)(?: (?:the|la|las|los))?|la|el)"
_TOKEN = rf"(?:[{UPPER}]{MORE_INITIALS}|{WORD})(?:[’']s?)?"
_NAME = re.compile(
    rf"[{UPPER}](?<![\w/].)(?:{MORE_INITIALS}|{REST})(?:[’']s?)?(?:[ /–]+(?:{_JOINT} )?{_TOKEN})*"
    r"(?: Local \d+|[ /]\d{2,4}(?!\d))?"
)
_INITIALS = re.compile(rf"[{UPPER}](?<!\w.)[{UPPER}]{{2,6}}\b")
_SMALL = frozenset(["of", "for", "and", "the", "on", "in", "to", "against", "&", "de", "la", "del", "los", "las"])
_INTRODUCING = frozenset(["of", "for", "at", "from", "with"])
_WORD = re.compile(r"[\w’'&.-]+")
_BRACKETED = re.compile(rf"\s*[\[(][“\"]?((?:the )?[{UPPER}][\w.]{{1,9}})[”\"]?[\])]")


@dataclass(frozen=True, slots=True)
class Organisation:
    """One mention of a body.

    name  the name the reader gives it: the same for every spelling of it in one text
    cue   the cue that found it; None for a name found by its shape
    """

    start: int
    end: int
    name: str
    cue: str | None = None


def find_organisations(text: str, blocks: Sequence[Block]) -> tuple[Organisation, ...]:
    """Every mention of a body outside furniture, in order, none overlapping another."""
    found: list[Organisation] = []
    for block in blocks:
        if block.kind != "furniture":
            found += _in_block(text, block)
    return _named_alike(text, found, blocks)


def _in_block(text: str, block: Block) -> list[Organisation]:
    known = [
        Organisation(
            hit.start, hit.end, hit.value if hit.value != "as written" else _bare(text[hit.start : hit.end]), hit.cue.id
        )
        for hit in load_cues("organisations").find(text, block.start, block.end)
    ]
    shaped = [each for each in _shaped(text, block) if not _covers(known, each)]
    kept = [k for k in known if not _covers(shaped, k)]
    taken = [(k.start, k.end) for k in kept]
    return sorted(
        [*kept, *(each for each in shaped if not _overlaps(taken, each.start, each.end))], key=lambda o: o.start
    )


def _covers(those: Sequence[Organisation], one: Organisation) -> bool:
    """Whether one of those, in order and apart from each other, holds all words of another."""
    place = bisect_right(those, one.start, key=lambda each: each.start)
    return place > 0 and one.end <= those[place - 1].end


def _shaped(text: str, block: Block) -> Iterator[Organisation]:
    """Runs of capitalised words that hold a word of bodies ("Society", "Coalition", "Sheriff's Office")."""
    if block.kind in ("title", "caption"):
        return
    heads = load_words("organisation_heads", "heads")
    for run in _NAME.finditer(text, block.start, block.end):
        found = list(_WORD.finditer(text, run.start(), run.end()))
        if len(found) < 2 or not any(_head(word[0]) in heads for word in found):
            continue
        for words in _split(found, heads):
            kept = _trimmed(words, heads)
            spoken = [word[0] for word in kept]
            if len(kept) > 1 and any(_head(word) in heads for word in spoken) and not _heading(spoken):
                yield Organisation(kept[0].start(), kept[-1].end(), _bare(text[kept[0].start() : kept[-1].end()]))


def _trimmed(words: Sequence[re.Match[str]], heads: frozenset[str]) -> Sequence[re.Match[str]]:
    """Without what only introduces the body: first words of a sentence, a person's title and name, a day after it."""
    starters, titles = load_words("not_names", "starters"), load_words("titles", "titles")
    before_head = takewhile(lambda number: _head(words[number][0]) not in heads, range(len(words)))
    begins = max((number + 1 for number in before_head if words[number][0] in _INTRODUCING), default=0)
    kept = list(dropwhile(lambda word: word[0].lower() in _SMALL or word[0].lower() in starters, words[begins:]))
    while kept and (kept[-1][0].lower() in _SMALL or kept[-1][0].lower() in load_words("not_names", "days")):
        kept.pop()
    last_head = max((number for number, word in enumerate(kept) if _head(word[0]) in heads), default=-1)
    for number in range(last_head + 1, len(kept) - 1):
        if _head(kept[number][0]) in titles:
            return kept[:number]
    return kept


def _head(word: str) -> str:
    return word.lower().removesuffix("’s").removesuffix("'s").rstrip(".'’")


def _heading(words: Sequence[str]) -> bool:
    return len(words) > 3 and all(word.isupper() for word in words)


def _split(words: Sequence[re.Match[str]], heads: frozenset[str]) -> Iterator[Sequence[re.Match[str]]]:
    """Two bodies joined by "and" are two when each has a word of bodies."""
    titles = load_words("titles", "titles")
    spoken = [_head(word[0]) for word in words]
    last_head = max((number for number, word in enumerate(spoken) if word in heads), default=-1)
    begins, headed = 0, False
    for number, word in enumerate(words):
        goes_on = number < last_head or (number + 1 < len(words) and spoken[number + 1] in titles)
        if word[0] == "and" and headed and goes_on:
            yield words[begins:number]
            begins, headed = number + 1, False
        else:
            headed = headed or spoken[number] in heads
    if begins < len(words):
        yield words[begins:]


def _bare(words: str) -> str:
    """Without an article before and a possessive after."""
    name = re.sub(r"\s+", " ", words)
    name = re.sub(r"^(?:the|a|an) ", "", name, flags=re.IGNORECASE)
    return re.sub(r"(?<!Sheriff)(?<!Prosecutor)[’']s?$", "", name)


def _named_alike(text: str, found: Sequence[Organisation], blocks: Sequence[Block]) -> tuple[Organisation, ...]:
    """Each mention under the fullest name that the text gives the body; initials count as mentions."""
    full = {each.name for each in found}
    short = _initials(text, found)
    mentions = [*found, *_initials_alone(text, found, short, blocks)]
    holding = _by_word(full)
    names = {name: short.get(name) or _fullest(name, holding) for name in full}
    alike = (replace(m, name=names.get(m.name, m.name)) if m.cue in _ALIKE else m for m in mentions)
    return tuple(sorted(alike, key=lambda each: each.start))


_ALIKE = (None, "aclu", "local", "court-administration")


def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(name))


def _by_word(names: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Each word → the names that hold it, so that no name is compared with every other."""
    holding: dict[str, set[str]] = {}
    for name in names:
        for word in _words(name):
            holding.setdefault(word, set()).add(name)
    return {word: frozenset(those) for word, those in holding.items()}


def _fullest(name: str, holding: Mapping[str, frozenset[str]]) -> str:
    """A longer name in the text that holds all of this one's words; the name itself if there is none or several."""
    mine = _words(name) - _SMALL
    if not mine:
        return name
    rarest_first = sorted((holding[word] for word in mine), key=len)
    longer = [n for n in frozenset.intersection(*rarest_first) if n != name and mine < _words(n)]
    return longer[0] if len(longer) == 1 and len(longer[0]) < 70 else name


def _initials(text: str, found: Sequence[Organisation]) -> dict[str, str]:
    """Initials → full name: written in brackets after it, or the first letters of its words."""
    known: dict[str, str] = {}
    for each in found:
        bracket = _BRACKETED.match(text, each.end, min(len(text), each.end + 16))
        if bracket:
            known[bracket[1].removeprefix("the ")] = each.name
        for part in (each.name, re.split(r"[/,–]| Local ", each.name)[0]):
            letters = "".join(w[0] for w in _WORD.findall(part) if w.lower() not in _SMALL and w[0].isupper())
            if len(letters) >= 3:
                known.setdefault(letters, each.name)
    return known


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch reaches into one of these, in order and apart from each other."""
    place = bisect_left(taken, (end, 0))
    return place > 0 and taken[place - 1][1] > start


def _initials_alone(
    text: str, found: Sequence[Organisation], short: dict[str, str], blocks: Sequence[Block]
) -> Iterator[Organisation]:
    taken = sorted((each.start, each.end) for each in found)
    for block in blocks:
        for match in _INITIALS.finditer(text, block.start, block.end):
            if match[0] in short and not _overlaps(taken, match.start(), match.end()):
                yield Organisation(match.start(), match.end(), short[match[0]])
