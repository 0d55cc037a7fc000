"""Where words stand in a text that somebody selected or wrote down."""

import re

from portico.facts import Span


def find_words(text: str, words: str, *, near: int = 0) -> Span | None:
    """The place of these words that is nearest to a point; None if they are not there. White space counts as one space.

    near  code points from the beginning: where they were selected, or where the old words stand

    >>> find_words("He came. He  left.", "He left")
    Span(start=9, end=17)
    >>> find_words("a cat, a cat", "cat", near=8)
    Span(start=9, end=12)
    """
    wanted = words.split()
    if not wanted:
        return None
    found = re.finditer(r"\s+".join(map(re.escape, wanted)), text)
    places = [Span(each.start(), each.end()) for each in found]
    return min(places, key=lambda place: (abs(place.start - near), place.start), default=None)
