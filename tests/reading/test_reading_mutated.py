"""Damaged documents: each is read, or refused in words for a person; every value rests on words that are there."""

from itertools import pairwise

import pytest
from tests.reading.mutations import Mutant, mutant, originals

from portico.facts import PorticoError
from portico.reading import Document, flatten, open_document, read
from portico.reading.layout import blocks

SOME = 300
"""Of the 10,000 that `python -m bench mutated` reads."""


def check(one: Mutant) -> None:
    """Fails where the reader breaks, refuses without the words for it, or says what the text does not."""
    document = opened(one)
    if document is None:
        return
    text = document.text.content
    held = blocks(text)
    assert all(0 <= block.start < block.end <= len(text) for block in held)
    assert all(a.end <= b.start for a, b in pairwise(held))
    reading = read(document)
    assert all(claim.spans and claim.possible for account in reading.accounts for claim in account.claims)
    flatten(reading, document.text)  # refuses a span outside the text, and a value without one


def opened(one: Mutant) -> Document | None:
    """The document; None where it was refused, and the refusal says what it must."""
    try:
        return open_document(one.content, id=f"mutant {one.number}")
    except PorticoError as refused:
        words = str(refused)
    assert words.startswith(f"mutant {one.number}: ")
    assert "Nothing was read from it" in words
    return None


@pytest.mark.parametrize("name", originals())
def test_the_whole_documents_are_read(name):
    document = open_document(originals()[name], id=name)
    assert read(document).accounts


@pytest.mark.parametrize("first", range(0, SOME, 25))
def test_a_damaged_document_is_read_or_refused_and_says_nothing_without_words(first):
    for number in range(first, first + 25):
        one = mutant(number)
        try:
            check(one)
        except Exception as broke:
            raise AssertionError(str(one)) from broke


def test_the_same_number_makes_the_same_document():
    assert mutant(7) == mutant(7)
