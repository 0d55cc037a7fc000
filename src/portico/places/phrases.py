"""Phrases: the runs of words in a text that name a court, a courthouse or its address, before any row is chosen.

A phrase is found in two ways: as a spelling of the gazetteer, or by its grammar. Merged, the longer one says where the
words stand, and the spelling says which rows they may mean.
"""

import re
from collections.abc import Iterator, Sequence

from portico.places.areas import state_beside
from portico.places.cut import CutText, is_something_else, other_name_end, positions
from portico.places.grammar import OTHER_PLACE, by_grammar
from portico.places.names import Names, Naming
from portico.places.phrase import Phrase
from portico.places.spelling import Word

_COMMA = re.compile(r",? ?\(?\Z|, ?\Z| [-–—] \Z")


def court_phrases(found: Sequence[Word], names: Names) -> list[Phrase]:
    """The phrases of a text, in order, none overlapping another."""
    text = CutText(found, names)
    spelled, heads = _spelled(text), by_grammar(text)
    return _merged(text, spelled, heads)


def _spelled(text: CutText) -> list[Phrase]:
    """Every spelling of the gazetteer, the longest at each place."""
    phrases: list[Phrase] = []
    past = 0
    for at in positions(text, text.names.spellings.first_words):
        if at < past:
            continue
        past = other_name_end(text, at)
        if past > at:
            continue
        end, namings = text.names.spellings.longest_at(text.norms, at)
        if namings and _is_written_as_name(text, at, end, namings) and not is_something_else(text, at, end):
            state = state_beside(text.found, text.norms, end)
            phrases.append(Phrase(first=at, stop=end, namings=namings, state=state[1] if state else None))
            past = end
    return phrases


def _is_written_as_name(text: CutText, at: int, end: int, namings: Sequence[Naming]) -> bool:
    first = text.found[at]
    if not first.capital or any(not _COMMA.match(word.gap) and not text.joined(i) for i, word in _inner(text, at, end)):
        return False
    if namings[0].how == "address":
        return text.found[at + 1].capital if end > at + 1 else False
    return True


def _inner(text: CutText, at: int, end: int) -> Iterator[tuple[int, Word]]:
    yield from enumerate(text.found[at + 1 : end], start=at + 1)


def _merged(text: CutText, spelled: list[Phrase], heads: list[Phrase]) -> list[Phrase]:
    """Each place in the text once: the grammar's words, the gazetteer's rows."""
    kept: list[Phrase] = []
    at = 0
    for phrase in heads:
        inside: list[Phrase] = []
        while at < len(spelled) and spelled[at].first < phrase.stop:
            (inside if phrase.first < spelled[at].stop else kept).append(spelled[at])
            at += 1
        longest = max(inside, key=lambda each: each.stop - each.first, default=None)
        kept.append(_both(text, longest, phrase) if longest else phrase)
    kept.extend(spelled[at:])
    kept.sort(key=lambda phrase: (phrase.first, -phrase.stop))
    return _with_addresses(text, _apart(kept))


def _apart(phrases: list[Phrase]) -> list[Phrase]:
    """Of phrases that share words, the first, which is the longer."""
    kept: list[Phrase] = []
    for phrase in phrases:
        if not kept or kept[-1].stop <= phrase.first:
            kept.append(phrase)
    return kept


def _both(text: CutText, spelling: Phrase, phrase: Phrase) -> Phrase:
    extra = text.norms[phrase.first : spelling.first]
    if phrase.street and spelling.namings[0].how != "name":
        return phrase._replace(streets=phrase.streets or tuple(naming.courthouse for naming in spelling.namings))
    if spelling.first > phrase.first and extra[-1] in OTHER_PLACE and text.found[spelling.first - 1].capital:
        return phrase
    if spelling.first > phrase.first and spelling.namings[0].how == "bare" and phrase.name:
        return phrase
    if spelling.stop > phrase.stop or (spelling.stop == phrase.stop and not phrase.name):
        # The spelling has the place's words in it: "Washington County Courthouse (Washington, Pennsylvania)".
        return spelling._replace(
            head=phrase.head,
            kinds=phrase.kinds,
            formal=phrase.formal,
            name=phrase.name,
            county=phrase.county,
            city=phrase.city,
            city_name=phrase.city_name,
            mixed=phrase.mixed,
        )
    stop = spelling.stop if phrase.name else phrase.stop
    state = spelling.state or phrase.state
    return phrase._replace(first=spelling.first, stop=stop, namings=spelling.namings, state=state)


def _with_addresses(text: CutText, phrases: list[Phrase]) -> list[Phrase]:
    """A name and the address right after it are one place."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if (
            before is not None
            and phrase.namings
            and phrase.namings[0].how == "address"
            and before.stop <= phrase.first <= before.stop + 1
            and (phrase.first == before.stop or text.norms[before.stop] in ("at", "on"))
            and text.found[before.stop].gap.strip(" ,(—–-") == ""
            and not before.street
        ):
            joined[-1] = before._replace(
                streets=tuple(naming.courthouse for naming in phrase.namings),
                street=True,
                stop=phrase.stop if before.generic else before.stop,
            )
        else:
            joined.append(phrase)
    return joined
