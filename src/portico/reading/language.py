"""The language of a text, as far as its commonest words tell: enough to say "this is not English"."""

import re

from portico.reading.cues import load_words

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 1_500
_SHARE = 0.12
_FEW = 8
LANGUAGES = ("en", "es", "fr", "pt")


def language_of(text: str) -> str | None:
    """BCP 47 code of the language whose commonest words make up most of the text; None if no known one does.

    Words that two of the languages share count for both, so a name or a quotation does not decide.
    """
    words = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    if len(words) < _FEW:
        return None
    counts = {code: sum(map(load_words("languages", code).__contains__, words)) for code in LANGUAGES}
    best = max(LANGUAGES, key=lambda code: counts[code])
    return best if counts[best] >= _SHARE * len(words) else None
