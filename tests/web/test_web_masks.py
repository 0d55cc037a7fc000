"""Guarded words are masked where a claim has them, and wherever else they stand."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.facts import Claim, SourcedClaim, Text
from portico.web.masks import Mask, guarded_words, masks, merged


def claim(text: str, attribute: str, value: str, words: str) -> SourcedClaim:
    start = text.index(words)
    made = Claim(attribute=attribute, value=value, spans=(Text(text).span(start, start + len(words), words),))
    return SourcedClaim(id=f"{attribute}-{start}", account="a", source="s", claim=made)


def shown(text: str, *claims: SourcedClaim) -> str:
    found = masks(text, claims, guarded_words((text, each) for each in claims))
    for each in reversed(found):
        text = text[: each.start] + f"[{'+'.join(each.kinds)}]" + text[each.end :]
    return text


@pytest.mark.parametrize(
    ("text", "attribute", "value", "words", "expected"),
    [
        (
            "Client Ada Brandt. Ms. Brandt’s file.",
            "name",
            "Ada Brandt",
            "Ada Brandt",
            "Client [name]. Ms. [name]’s file.",
        ),
        ("ADA  BRANDT, called Brandt", "name", "Ada Brandt", "ADA  BRANDT", "[name], called [name]"),
        ("Brandt brandted a brandt", "name", "Brandt", "Brandt", "[name] brandted a brandt"),
        ("Li left. They list Li.", "name", "Li", "Li", "[name] left. They list [name]."),
        ("a 34-year-old, 34 people", "age", "34", "34-year-old", "a [age], 34 people"),
        (
            "A 012 345 678 twice: A 012 345 678",
            "a_number",
            "A 012 345 678",
            "A 012 345 678",
            "[A-number] twice: [A-number]",
        ),
        ("his cousin said his cousin", "name", "his cousin", "his cousin", "[name] said his cousin"),
        ("Zoë Ångström and Ångström", "name", "Zoë Ångström", "Zoë Ångström", "[name] and [name]"),
        ("he was taken", "gender", "male", "he", "he was taken"),
    ],
)
def test_masked(text, attribute, value, words, expected):
    assert shown(text, claim(text, attribute, value, words)) == expected


def test_a_name_told_in_one_text_is_masked_in_another():
    note = "Client: Ada Brandt."
    words = guarded_words([(note, claim(note, "name", "Ada Brandt", "Ada Brandt"))])
    assert masks("Mx. Brandt was seen", (), words) == (Mask(4, 10, ("name",)),)


def test_a_name_whose_text_is_locked_is_masked_by_its_value():
    named = claim("Ada Brandt", "name", "Ada Brandt", "Ada Brandt")
    assert masks("Ada", (), guarded_words([(None, named)])) == (Mask(0, 3, ("name",)),)


def test_names_joined_by_a_semicolon_are_several_people():
    text = "Ada Brandt; Cem Dogan"
    words = guarded_words([(text, claim(text, "name", text, text))])
    assert len(masks("Dogan saw Ada Brandt", (), words)) == 2


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from(["name", "age"])), max_size=8))
def test_merged_masks_cover_the_same_and_do_not_touch(found):
    before = [Mask(start, start + length, (kind,)) for start, length, kind in found]
    after = merged(before)
    assert {at for each in after for at in range(each.start, each.end)} == {
        at for each in before for at in range(each.start, each.end)
    }
    assert all(one.end < other.start for one, other in itertools.pairwise(after))


def test_two_kinds_in_the_same_words_are_both_named():
    assert merged([Mask(0, 5, ("name",)), Mask(3, 8, ("age",))]) == (Mask(0, 8, ("name", "age")),)
