"""Unlisted names: people whom only the sentence shows to be people, with neither title nor age nor a listed given name.

"his client, Ulderico Bash", "the defendant, …", "… was led out": the arrest of somebody is told in few forms. Initials
that stand for a name ("Mr. B.", "O.L.V.", "Jane Doe 3") are names too.
"""

import re
from collections.abc import Iterator, Sequence

from portico.reading.capitals import Word, never_names, runs
from portico.reading.cues import load_words

_INITIALS = re.compile(
    r"(?<![\w.])(?:(?:Mr|Ms|Mrs)\. [A-Z]\.(?=\W)|(?:[A-Z]\.){2,3}(?=[,;’']|\s(?![A-Z]))|(?:Jane|John) Doe \d+)"
)
_SHORT_SURNAME = re.compile(r"(?<![\w.] )(?<![\w.])(?P<given>[^\W\d_a-z][^\W\d_A-Z]{2,}) [A-Z]\.(?! ?[A-Z])")
_NOT_INITIALS = frozenset(
    [
        "U.S.",
        "N.Y.",
        "N.J.",
        "N.H.",
        "N.C.",
        "S.C.",
        "N.D.",
        "S.D.",
        "N.M.",
        "R.I.",
        "D.C.",
        "L.A.",
        "I.C.E.",
        "D.A.",
        "O.U.I.",
        "D.H.S.",
        "P.M.",
        "A.M.",
        "U.N.",
        "D.U.I.",
        "W.V.",
        "B.C.",
    ]
)
_INTRODUCES = re.compile(
    r"\b(?:client|defendant|man|woman|husband|wife|brother|sister|son|daughter|cousin|father|mother|immigrant|person|respondent"
    r"|named|identified (?:by \w+ )?as|called|vendor|cook|driver|worker|foreman|roofer),? $"
)
_DOES = re.compile(
    r"(?:, (?:who|whose|\d{1,2},)|,)? ?(?:who )?"
    r"(?:was|had|would be|were|is in|is now|has been|went|came|got|walked|never|pleaded|left)\b"
)
_HUMAN = re.compile(
    r" (?:had (?:just |already )?(?:been|come|gone|asked|paid|won|\w+ people)|never|went|came|walked|wanted|stepped"
    r"|waited|rode|did not come|was (?:still |just |already )?(?:due|told|asked|sitting|standing|waiting|arrested|taken"
    r"|led|detained|put|held|picked|stopped|met|handcuffed|escorted|seized|in line|leaving|crossing|walking))\b"
    r"|,? (?:who )?(?:is |was )?(?:\d{1,2},"
    r"|an? (?:\d{1,2}-year-old|mother|father|grandmother|native|citizen|worker|cook|driver)\b)"
)
_PARTICLES = frozenset({"de", "la", "del", "y", "das", "dos"})


def unlisted_names(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each between two places of the text."""
    for initials in _INITIALS.finditer(text, start, end):
        if initials[0] not in _NOT_INITIALS:
            yield initials.start(), initials.end(), initials[0]
    for short in _SHORT_SURNAME.finditer(text, start, end):
        if short["given"].lower() not in never_names():
            yield short.start(), short.end(), short[0]
    for run in runs(text, start, end):
        words = _without_starter(run)
        if _is_name(words) and (_is_introduced(text, words[0].start) or _acts(text, words)):
            last = words[-1].end - (1 if words[-1].text.endswith(".") else 0)
            yield words[0].start, last, text[words[0].start : last]


def _without_starter(run: Sequence[Word]) -> Sequence[Word]:
    return run[1:] if run and run[0].bare in load_words("not_names", "starters") else run


def _is_name(words: Sequence[Word]) -> bool:
    if not 2 <= len(words) <= 4 or all(word.text.isupper() for word in words):
        return False
    return all(_may_be(word) for word in words)


def _may_be(word: Word) -> bool:
    if not word.capital:
        return word.bare in _PARTICLES
    return word.bare not in never_names()


def _is_introduced(text: str, start: int) -> bool:
    return _INTRODUCES.search(text, max(0, start - 30), start) is not None


def _acts(text: str, words: Sequence[Word]) -> bool:
    """A double surname, or a name in three parts, that does what the taken do; a pair, what only somebody does."""
    long = len(words) > 2 or any("-" in word.text for word in words)
    return (_DOES if long else _HUMAN).match(text, words[-1].end) is not None
