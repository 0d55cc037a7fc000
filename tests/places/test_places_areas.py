"""Areas in running text: states, counties and cities, and names that are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.places import county_of, find_areas, state_name, usps


def areas(text):
    return [(area.kind, area.name, area.county, area.state) for area in find_areas(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agents in Oregon", [("state", "Oregon", None, "OR")]),
        (
            "in Washington County, Oregon",
            [("county", "Washington", "Washington", "OR"), ("state", "Oregon", None, "OR")],
        ),
        ("he moved to Washington", [("state", "Washington", None, None)]),
        ("a court in Washington, D.C.", [("state", "District of Columbia", None, "DC")]),
        ("PORTLAND, Maine (AP)", [("city", "Portland", "Cumberland", "ME"), ("state", "Maine", None, "ME")]),
        ("NORRISTOWN, Pa. — She", [("city", "Norristown", "Montgomery", "PA"), ("state", "Pennsylvania", None, "PA")]),
        ("in Hillsboro, OR", [("city", "Hillsboro", "Washington", "OR"), ("state", "Oregon", None, "OR")]),
        ("in New York City", [("city", "New York City", None, "NY")]),
        ("across New York", [("state", "New York", None, "NY")]),
        ("in Brooklyn", [("city", "Brooklyn", "Kings", "NY")]),
        ("from Manhattan", [("city", "Manhattan", "New York", "NY")]),
        ("the Bronx", [("city", "Bronx", "Bronx", "NY")]),
        ("in Staten Island", [("city", "Staten Island", "Richmond", "NY")]),
        ("Prince George’s County", [("county", "Prince George's", "Prince George's", "MD")]),
        ("Jefferson Parish", [("county", "Jefferson", "Jefferson", "LA")]),
        ("in Marion County", [("county", "Marion", "Marion", None)]),
        (
            "Washington and Multnomah counties",
            [("county", "Washington", "Washington", "OR"), ("county", "Multnomah", "Multnomah", "OR")],
        ),
        ("Tina Austin and Miss Madison met Lawrence Reed", []),
        ("a mobile home near the media", []),
        ("a citizen of Brazil, a man from Lebanon, in August, at the Hall of Justice, 90 Washington Street", []),
        ("a judge of Suffolk Superior Court; Bill 1188, Del. Marcus", []),
        ('MODESTO — "The record', [("city", "Modesto", "Stanislaus", "CA")]),
        ("a man from Lebanon, Pa.", [("city", "Lebanon", "Lebanon", "PA"), ("state", "Pennsylvania", None, "PA")]),
    ],
)
def test_a_text_names(text, expected):
    assert areas(text) == expected


def test_a_shared_name_lists_the_states_it_may_be_in():
    (area,) = find_areas("in Portland")
    assert area.state is None
    assert set(area.candidates) == {"OR", "ME"}


@pytest.mark.parametrize(
    ("city", "state", "county"),
    [
        ("Hillsboro", "OR", "Washington"),
        ("brooklyn", "NY", "Kings"),
        ("Washington", "DC", "District of Columbia"),
        ("Nowhere at all", "OR", None),
    ],
)
def test_the_county_of_a_city(city, state, county):
    assert county_of(city, state) == county


def test_states_have_codes_and_names():
    assert [usps(name) for name in ("Oregon", "Ore.", "or", "N.Y.", "new york", "Atlantis")] == [
        "OR",
        "OR",
        "OR",
        "NY",
        "NY",
        None,
    ]
    assert (state_name("PR"), state_name("xx")) == ("Puerto Rico", None)


WORDS = st.sampled_from(
    ["Portland", "New", "York", "County", ",", "Ore.", "in", "the", "Washington", "and", "counties"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=20).map(" ".join) | st.text(max_size=120))
def test_spans_lie_in_the_text_in_order(text):
    end = 0
    for area in find_areas(text):
        assert end <= area.start < area.end <= len(text)
        assert area.state is None or area.state in area.candidates
        end = area.end
