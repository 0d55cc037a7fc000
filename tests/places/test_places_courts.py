"""Courts in running text: what is one, what only looks like one, and which rows it may mean."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.facts import PartialDate
from portico.places import find_courts, load_gazetteer

TEXTS = Path(__file__).parents[2].parent / "shared" / "data" / "articles" / "texts"


def id_of(court):
    return court.courthouse and court.courthouse.id


@pytest.mark.parametrize(
    ("text", "name", "courthouse"),
    [
        ("when he arrived at Brooklyn Criminal Court for a hearing", "Brooklyn Criminal Court", "nyc-120-schermerhorn"),
        ("in a hallway of 120 Schermerhorn Street, steps from", "120 Schermerhorn Street", "nyc-120-schermerhorn"),
        ("They were at 120 Schermerhorn.", "120 Schermerhorn", "nyc-120-schermerhorn"),
        ("Kings County Criminal Court, Part AP3", "Kings County Criminal Court", "nyc-120-schermerhorn"),
        ("the immigration court on Varick Street", "immigration court on Varick Street", "nyc-201-varick"),
        ("outside 26 Federal Plaza on Monday", "26 Federal Plaza", "nyc-26-federal-plaza"),
        ("outside the QUEENS CRIMINAL COURTHOUSE", "QUEENS CRIMINAL COURTHOUSE", "nyc-125-01-queens"),
        ("the Queens County Criminal Court House", "Queens County Criminal Court House", "nyc-125-01-queens"),
        ("He left the Yakima County Courthouse", "Yakima County Courthouse", "wa-yakima-courthouse"),
        (
            "Yakima County’s courthouse? The Yakima County courthouse",
            "Yakima County’s courthouse",
            "wa-yakima-courthouse",
        ),
        ("at the Roderick Ireland Courthouse", "Roderick Ireland Courthouse", "ma-springfield-ireland"),
        ("the Immigration Court of San Diego, Calif.", "Immigration Court of San Diego", "eoir-san-diego"),
    ],
)
def test_one_court_is_certain(text, name, courthouse):
    found = next(court for court in find_courts(text) if not court.generic)
    assert (found.name, id_of(found)) == (name, courthouse)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("the Multnomah County Courthouse", {"or-multnomah-central", "or-multnomah-old"}),
        ("Superior Court in Fresno", {"ca-fresno-m-street", "ca-fresno-main", "ca-fresno-sisk"}),
        ("the district court in Lowell, Mass.", {"ma-lowell-district-old", "ma-lowell-justice-center"}),
        ("the county courthouse in Hillsboro, Oregon", {"or-washington-courthouse"}),
        ("the main courthouse on Van Ness in Fresno", {"ca-fresno-main"}),
        ("the Washington County Courthouse in Hillsboro, Ore.", {"or-washington-courthouse"}),
        ("Family Court, 330 Jay St., Brooklyn", {"nyc-330-jay"}),
        ("North Las Vegas Justice Court", {"nv-north-las-vegas-justice"}),
        ("the Family Justice Center Courthouse in San Jose, Calif.", {"ca-santa-clara-family"}),
        ("JACKSON CO COURTHOUSE, MEDFORD, OR", {"or-jackson-courthouse"}),
        ("the Hudson County Superior Court", {"nj-hudson-administration", "nj-hudson-guarini"}),
        ("Kingston City Court", set()),
        ("the courthouse in Gretna", set()),
    ],
)
def test_a_court_may_be_any_of(text, candidates):
    (found,) = (court for court in find_courts(text) if not court.generic)
    assert {row.id for row in found.candidates} == candidates


def test_a_county_courthouse_described_may_be_any_building_of_a_county_whose_courts_sit_apart():
    (found,) = find_courts("in the lobby of the Kings County courthouse in Brooklyn")
    assert found.name == "Kings County courthouse"
    assert {"nyc-120-schermerhorn", "nyc-330-jay", "nyc-360-adams"} <= {row.id for row in found.candidates}
    assert (found.county, found.city, found.state, found.court_system) == ("Kings", "Brooklyn", "NY", "ny_ucs")
    assert found.courthouse is None


def test_a_street_of_several_courthouses_leaves_all_open():
    (found,) = find_courts("the courthouse on Centre Street")
    assert {"nyc-60-centre", "nyc-80-centre", "nyc-100-centre", "nyc-111-centre"} <= {
        row.id for row in found.candidates
    }
    assert found.courthouse is None


@pytest.mark.parametrize(
    ("text", "county", "city", "state", "system"),
    [
        ("Kingston City Court, N.Y.", "Ulster", "Kingston", "NY", "ny_ucs"),
        ("Sublette County Courthouse", "Sublette", None, "WY", "state_or_local"),
        ("the Jefferson Parish courthouse in Gretna, La.", "Jefferson", "Gretna", "LA", "state_or_local"),
        ("the federal courthouse in Tacoma, Wash.", "Pierce", "Tacoma", "WA", "federal_article_iii"),
        ("Marion County Courthouse", "Marion", None, None, None),
        ("Salem Municipal Court in Oregon", "Marion", "Salem", "OR", "state_or_local"),
    ],
)
def test_without_a_building_the_place_is_told_as_far_as_it_is_sure(text, county, city, state, system):
    (found,) = find_courts(text)
    assert found.courthouse is None
    assert (found.county, found.city, found.state) == (county, city, state)
    assert found.court_system == system or found.candidates


@pytest.mark.parametrize("text", ["outside the courthouse", "the court building", "in family court on Monday"])
def test_a_court_that_nothing_names_is_generic(text):
    (found,) = find_courts(text)
    assert found.generic
    assert found.candidates == ()


def test_a_generic_court_takes_its_candidates_from_the_callers_place():
    (found,) = find_courts("inside immigration court since early", city="Charlotte", state="NC")
    assert [row.id for row in found.candidates] == ["eoir-charlotte"]
    assert found.courthouse is None


@pytest.mark.parametrize(
    "text",
    [
        "The Supreme Judicial Court ruled that officers may not hold him.",
        "A judge of the Southern District of New York agreed; SDNY declined to comment.",
        "the U.S. Supreme Court, the Ninth Circuit Court of Appeals",
        "Brooklyn District Attorney Eric Gonzalez and Chief Judge Janet DiFiore",
        "Multnomah County Circuit Court Judge Ann Smith",
        "the presiding judge of the Multnomah County Circuit Court",
        "He lives in Cape May Court House, N.J.",
        "They met on Court Street near Court Square.",
        "court officers, court records and courthouses",
        "the county probation office and the public defender",
        "He goes to court.",
        "the Protect Our Courthouse Act and the Open Courthouse Coalition",
        "a New York State court and a California Superior Court judge",
    ],
)
def test_what_only_looks_like_a_court_is_none(text):
    assert find_courts(text) == ()


@pytest.mark.parametrize(
    ("text", "courthouse"),
    [
        ("Agents went to the Washington County Courthouse in western Oregon.", "or-washington-courthouse"),
        ("In Hillsboro, Ore., they waited at the Washington County Courthouse.", "or-washington-courthouse"),
        ("In Pennsylvania, they waited at the Washington County Courthouse.", "pa-washington-courthouse"),
        ("They waited at the Washington County Courthouse.", None),
        ("From Oregon and Pennsylvania they came to the Washington County Courthouse.", None),
    ],
)
def test_the_areas_of_the_text_narrow_a_shared_name(text, courthouse):
    (found,) = find_courts(text)
    assert id_of(found) == courthouse


def test_a_courts_own_name_bears_nothing_out():
    (found,) = find_courts("He was due in Middlesex Superior Court.")  # a town of New Jersey, counties of four states
    assert found.courthouse is None
    assert found.state is None


def test_what_the_caller_tells_goes_before_the_text():
    text = "The family is from Pennsylvania. Agents were at the Washington County Courthouse."
    assert id_of(find_courts(text, state="OR")[0]) == "or-washington-courthouse"
    assert find_courts(text, state="OR", county="Marion")[0].candidates == ()


def test_a_day_leaves_out_what_was_not_in_use():
    (found,) = find_courts("at the Multnomah County Courthouse", on=PartialDate("2017-01-30"))
    assert id_of(found) == "or-multnomah-old"


def test_a_bare_name_counts_only_with_its_state():
    (alone,) = find_courts("They were at the Central Courthouse.")
    assert alone.bare
    assert alone.courthouse is None
    (here,) = find_courts("They were at the Central Courthouse in Oregon.")
    assert id_of(here) == "or-multnomah-central"


WORDS = st.sampled_from(
    [
        *(row.name for row in load_gazetteer().courthouses[::40]),
        *("the courthouse", "Washington", "County", "in", "Salem", ", ", ". ", "Ore.", "120", "Main St.", "Court"),
        *("house", "’s", "\n", "судья", "—", "Family", "ICE", "on", "É"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=120))
def test_spans_lie_in_the_text_in_order_and_hold_the_words(text):
    end = 0
    for court in find_courts(text):
        assert end <= court.start < court.end <= len(text)
        assert text[court.start : court.end] == court.name
        assert court.courthouse is None or court.candidates == (court.courthouse,)
        end = court.end


@pytest.mark.parametrize("given_state", ["OR", "NY", "MA"])
def test_told_a_state_no_candidate_is_in_another(given_state):
    text = "Washington County Courthouse, Essex County Courthouse, Marion County Courthouse, Portland courthouse"
    assert {row.state for court in find_courts(text, state=given_state) for row in court.candidates} <= {given_state}


def test_all_texts_at_hand_are_read_with_true_spans():
    if not TEXTS.is_dir():
        pytest.skip("the development texts are not beside the repository")
    for file in TEXTS.glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        assert all(text[court.start : court.end] == court.name for court in find_courts(text))
