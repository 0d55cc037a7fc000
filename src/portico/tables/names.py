"""Headings: two spellings of one heading compare equal."""

import re

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def plain_name(heading: str | None) -> str:
    """A heading without case, spaces and punctuation.

    >>> plain_name("Apprehension  Date"), plain_name("apprehension_date")
    ('apprehensiondate', 'apprehensiondate')
    """
    return _NOT_A_WORD.sub("", (heading or "").casefold())
