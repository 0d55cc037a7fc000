"""Codes that say less than others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.facts import ATTRIBUTES, LEFT_OPEN, compatible, covers, left_open

CODED = [each.name for each in ATTRIBUTES.values() if each.values]


@pytest.mark.parametrize(
    ("attribute", "one", "other", "expected"),
    [
        ("zone", "inside_unspecified", "hallway", True),
        ("zone", "inside_unspecified", "entrance", False),  # the entrance is not inside
        ("zone", "outside_unspecified", "street_vicinity", True),
        ("zone", "hallway", "lobby", False),
        ("agency", "federal_unspecified", "cbp", True),
        ("agency", "ice", "hsi", True),  # a component of it
        ("agency", "ice", "cbp", False),
        ("agency", "federal_unspecified", "local_police", False),
        ("custody_outcome", "taken", "released", True),
        ("custody_outcome", "not_taken", "released", False),
    ],
)
def test_two_reports_may_both_be_right(attribute, one, other, expected):
    assert compatible(attribute, one, other) is compatible(attribute, other, one) is expected


@given(st.sampled_from(CODED), st.data())
def test_saying_less_is_an_order(attribute, data):
    codes = st.sampled_from(ATTRIBUTES[attribute].values)
    a, b, c = data.draw(codes), data.draw(codes), data.draw(codes)
    assert covers(attribute, a, a)
    assert a == b or not (covers(attribute, a, b) and covers(attribute, b, a))
    assert not (covers(attribute, a, b) and covers(attribute, b, c)) or covers(attribute, a, c)


def test_every_code_named_is_in_the_vocabulary():
    for attribute, codes in LEFT_OPEN.items():
        for code in codes:
            assert {code, *left_open(attribute, code)} <= set(ATTRIBUTES[attribute].values)
