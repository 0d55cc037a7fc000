"""With which letters a match of a regular expression begins: where to try it, instead of at every place of a text."""

from collections.abc import Iterable, Sequence

from portico.reading.expressions import Alternatives, Part

LONGEST = 7
_MOST = 60

Openings = frozenset[str]


def openings(found: Alternatives) -> Openings | None:
    """Strings of small letters, with one of which every match begins, one blank for any white space between words.

    None where that is not certain.

    >>> from portico.reading.expressions import alternatives
    >>> sorted(openings(alternatives(r"(?<!not )(?:he )?(?:took|is)\\s+away")))
    ['he is a', 'he took', 'is away', 'took aw']
    """
    begun = {each for each, _ in _of_any(found)}
    for longest in range(LONGEST, 0, -1):
        short = frozenset(each[:longest] for each in begun)
        if len(short) <= _MOST:
            return short if all(each[:1].isalnum() for each in short) else None
    return None


_Begun = frozenset[tuple[str, bool]]
"""Strings, and whether what follows may still be added to each."""


def _of_any(found: Alternatives) -> _Begun:
    return frozenset().union(*map(_of_sequence, found))


def _of_sequence(parts: Sequence[Part]) -> _Begun:
    begun: _Begun = frozenset([("", True)])
    for part in parts:
        if len(begun) > 4 * _MOST or not any(is_open for _, is_open in begun):
            break
        if not part.around:
            begun = _followed(begun, part)
    return begun


def _followed(begun: _Begun, part: Part) -> _Begun:
    """Every string that is open, with the part after it; as it was too, where the part may be left out."""
    following = _of_any(part.groups) if part.groups else frozenset([(part.letter, part.letter != "")])
    again = part.again and part.letter != " "
    longer = (_joined(first, second, is_open and not again) for first in _open(begun) for second, is_open in following)
    kept = begun if part.least == 0 else {each for each in begun if not each[1]}
    return frozenset((*kept, *longer))


def _open(begun: Iterable[tuple[str, bool]]) -> list[str]:
    return [each for each, is_open in begun if is_open]


def _joined(first: str, second: str, is_open: bool) -> tuple[str, bool]:
    whole = first + second
    return whole[:LONGEST], is_open and len(whole) < LONGEST
