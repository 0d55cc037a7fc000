"""Layout: blocks of every kind, sentences that abbreviations do not cut, and nothing lost between them."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.reading.layout import blocks, sentences

ARTICLE = """The Harbor Wire

Agents take baker in courthouse lobby

By Ida Quell | May 15, 2019 9:00am | Updated on May 16, 2019 6:20pm

The north door of the courthouse. (Tom Marsh/The Harbor Wire)

Share this:

FAIRBROOK — A baker was taken in the lobby of the county courthouse on Tuesday, his lawyer said, and nobody said why.

“It was quick.”

Related: Council takes up a noise ordinance
"""


def kinds(text):
    return [(block.kind, text[block.start : block.end].splitlines()[0][:25]) for block in blocks(text)]


def test_an_article_falls_into_its_blocks():
    assert kinds(ARTICLE) == [
        ("furniture", "The Harbor Wire"),
        ("title", "Agents take baker in cour"),
        ("dateline", "By Ida Quell | May 15, 20"),
        ("caption", "The north door of the cou"),
        ("furniture", "Share this:"),
        ("prose", "FAIRBROOK — A baker was t"),
        ("quotation", "“It was quick.”"),
        ("furniture", "Related: Council takes up"),
    ]


def test_a_log_is_notes():
    log = "Note to file. Part 7\n\n5/14/19, 11:40 a.m.\n\n9:41 Judge calls me.\n\n0952 Out to the hallway."
    assert [kind for kind, _ in kinds(log)] == ["title", "dateline", "note", "note"]


def test_a_text_broken_to_a_width_is_put_together():
    broken = (
        "A baker was taken in the lobby of the county courthouse on Tuesday\n"
        "morning, his lawyer said, and nobody in the building would say who\n"
        "had come for him or why.\n\nThe agency did not answer."
    )
    assert len(blocks(broken)) == 2


def test_a_line_printed_twice_is_a_caption():
    words = "A man is led past the fountain by several officers"
    story = "The rest of it was told by the neighbours, who stood at their windows and saw all of it, and by a postman."
    assert kinds(f"{words}\n\n{words}\n\n{story}")[:2] == [("caption", words[:25])] * 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was Nov. 28. He left.", 2),
        ("Sgt. Quell of the U.S. Marshals spoke to Mr. J. B. Marsh at 9 a.m. Tuesday.", 1),
        ("“We saw it. We did,” she said. Nobody answered.", 3),
        ("He asked why? Nobody knew! They left.", 3),
        ("1. I am a clerk. 2 men came.", 2),
        ("He works for Acme Inc. The firm is small.", 2),
        ("no capital. here we go on", 1),
    ],
)
def test_sentences(text, count):
    block = blocks(text)[0]
    assert len(sentences(text, block)) == count


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="aB9 .?!\n“”\"':—–-(),\u00e9", max_size=300))
def test_no_word_is_lost_and_nothing_overlaps(text):
    found = blocks(text)
    held = [character for block in found for character in text[block.start : block.end] if not character.isspace()]
    assert held == [character for character in text if not character.isspace()]
    for block in found:
        cut = sentences(text, block)
        words = [c for sentence in cut for c in text[sentence.start : sentence.end] if not c.isspace()]
        assert words == [c for c in text[block.start : block.end] if not c.isspace()]
        assert all(one.end <= other.start for one, other in pairwise(cut))
