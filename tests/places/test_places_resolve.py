"""A spelling given by itself: every name of the data, every misleading name, and what only narrows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.facts import PartialDate
from portico.places import Courthouse, Gazetteer, load_gazetteer, resolve

ROWS = load_gazetteer().courthouses
BY_SPELLING = sorted({(spelling, row.state) for row in ROWS for spelling in row.spellings})


def ids(text, state=None, **told):
    return {each.courthouse.id for each in resolve(text, state, **told).candidates}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_spelling_in_the_data_leads_to_its_courthouse(row):
    for spelling in row.spellings:
        assert row.id in ids(spelling, row.state)
        assert row.id in ids(spelling.upper(), row.state)


def test_no_spelling_of_the_data_is_certain_for_another_courthouse():
    for spelling, state in BY_SPELLING:
        certain = resolve(spelling, state).courthouse
        assert certain is None or any(spelling in row.spellings and row == certain for row in ROWS)


OLD = Courthouse(
    id="x-old",
    name="Ferry Street Courthouse",
    county="Kings",
    state="NY",
    court_system="ny_ucs",
    closed=PartialDate("2009-05-01"),
)
NEW = Courthouse(
    id="x-new",
    name="Ferry Street Courthouse",
    county="Kings",
    state="NY",
    court_system="ny_ucs",
    opened=PartialDate("2009-05-01"),
)


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("FERRY STREET courthouse", None, {"x-old", "x-new"}),  # no day: both, and a person decides
        ("Ferry St. Court House", "2009-05-01", {"x-new"}),  # the day of the move belongs to the new one
        ("Ferry Street Courthouse", "2009-04", {"x-old"}),
        ("Ferry Street Courthouse", "2009", {"x-old", "x-new"}),
        ("the courthouse", "2017-11-28", set()),  # too vague: say so
        ("", None, set()),
        ("?!", None, set()),
    ],
)
def test_a_text_may_mean(text, on, expected):
    found = resolve(text, on=on and PartialDate(on), gazetteer=Gazetteer([OLD, NEW]))
    assert {each.courthouse.id for each in found.candidates} == expected
    assert (found.courthouse is not None) == (len(expected) == 1)


# Every line of the README's "Names that mislead" that a spelling can have.
@pytest.mark.parametrize(
    ("text", "state", "on", "expected"),
    [
        ("Bronx Criminal Court", "NY", None, {"nyc-265-east-161", "nyc-215-east-161"}),
        ("Bronx Supreme Court", "NY", None, {"nyc-265-east-161", "nyc-851-grand-concourse"}),
        ("Staten Island Criminal Court", "NY", "2015-09-27", {"nyc-67-targee"}),
        ("Staten Island Criminal Court", "NY", "2015-09-28", {"nyc-26-central"}),
        ("Nassau Family Court", "NY", "2024-09-30", {"ny-nassau-1200-old-country"}),
        ("Nassau Family Court", "NY", "2024-10-15", {"ny-nassau-1200-old-country", "ny-nassau-101-county-seat"}),
        ("Nassau Family Court", "NY", "2024-11-01", {"ny-nassau-101-county-seat"}),
        ("Brooklyn Supreme Court", "NY", None, {"nyc-320-jay", "nyc-360-adams"}),
        ("40 Foley Square", "NY", None, {"nyc-40-foley"}),
        ("Chicago Immigration Court", "IL", None, {"eoir-chicago-monroe", "eoir-chicago-van-buren-old"}),
        (
            "Houston Immigration Court",
            "TX",
            None,
            {"eoir-houston-gessner", "eoir-houston-greenspoint", "eoir-houston-jefferson", "eoir-houston-smith-old"},
        ),
        ("El Paso County Courthouse", "TX", None, {"tx-el-paso-courthouse"}),
        ("Kent County Courthouse", "RI", None, {"ri-kent-noel"}),
        ("Washington County Courthouse", "OR", None, {"or-washington-courthouse"}),
        ("Cambridge District Court", "MA", None, {"ma-medford-cambridge-malden-district"}),
        ("Portland courthouse", None, None, {"me-portland-cumberland", "or-multnomah-central"}),
        ("Cape May Court House", "NJ", None, set()),
        ("Wayne County criminal courthouse", "MI", "2024-09-02", {"mi-wayne-frank-murphy"}),
        ("Wayne County criminal courthouse", "MI", "2024-09-03", {"mi-wayne-cjc"}),
        ("Multnomah County Courthouse", "OR", "2017-01-30", {"or-multnomah-old"}),
        ("Multnomah County Courthouse", "OR", "2020-10-05", {"or-multnomah-central", "or-multnomah-old"}),
        ("Multnomah County Courthouse", "OR", "2021", {"or-multnomah-central"}),
        ("Clackamas County Courthouse", "OR", "2025-06-01", {"or-clackamas-courthouse"}),
        ("Lowell Immigration Court", "MA", None, {"eoir-chelmsford"}),
    ],
)
def test_a_misleading_name_leads_to_all_it_may_mean(text, state, on, expected):
    assert ids(text, state, on=on and PartialDate(on)) == expected


SHARED = [
    (spelling, state)
    for spelling, state in BY_SPELLING
    if sum(row.state == state and spelling in row.spellings for row in ROWS) > 1
]


@pytest.mark.parametrize(("spelling", "state"), SHARED)
def test_a_name_of_two_rows_is_never_a_guess_between_them(spelling, state):
    found = resolve(spelling, state)
    assert found.courthouse is None
    assert len(found.candidates) > 1


def test_a_lone_row_is_not_certain_while_a_namesake_has_none():
    assert ids("Hall County Courthouse") == {"ga-hall-courthouse"}
    assert resolve("Hall County Courthouse").courthouse is None  # Nebraska and Texas have a Hall County too
    assert resolve("Hall County Courthouse", "GA").courthouse is not None
    elsewhere = resolve("Hall County Courthouse", "NE")
    assert (elsewhere.courthouse, elsewhere.candidates, elsewhere.county, elsewhere.state) == (None, (), "Hall", "NE")


@pytest.mark.parametrize(
    ("text", "state", "county"),
    [
        ("Sublette County Courthouse", "WY", "Sublette"),
        ("Polk County Justice Center, Des Moines, Iowa", "IA", "Polk"),
        ("Kingston City Court, N.Y.", "NY", "Ulster"),
    ],
)
def test_where_no_row_exists_it_is_a_court_of_that_county_and_state(text, state, county):
    found = resolve(text)
    assert found.courthouse is None
    assert (found.county, found.state) == (county, state)
    assert "No building" in found.reason


@pytest.mark.parametrize(
    ("text", "aor", "label"),
    [
        ("FERRY COUNTY COURTHOUSE", "SEA", "state_local_court"),
        ("FTM- LEE CTY COURT", "MIA", "state_local_court"),
        ("FERRY COUNTY DISTRICT/CIRCUIT COURT", "BAL", "state_local_court"),
        ("UNITED STATES DISTRICT COURT, TACOMA", "SEA", "federal_court"),
        ("EOIR PORTLAND", "SEA", "immigration_court"),
        ("SEATTLE IMMIGRATION COURT", "SEA", "immigration_court"),
        ("FERRY COUNTY PROBATION", "SEA", "not_court"),
        ("12TH DISTRICT COURT PROBATION, JACKSON", "DET", "not_court"),
        ("FERRY COUNTY COURTHOUSE, PROBATION", "SEA", "state_local_court"),  # the text puts it in the courthouse
        ("FERRY COUNTY JAIL", "SEA", "not_court"),
        ("DISTRICT ATTORNEY, FERRY COUNTY", "SEA", "not_court"),
        ("12 COURT STREET", "SEA", "not_court"),
        ("CAPE MAY COURTHOUSE, NJ", "NEW", "not_court"),
        ("US MARSHALS, EASTERN DISTRICT OF WASHINGTON", "SEA", "not_court"),
        ("SEATTLE FIELD OFFICE", "SEA", "not_court"),
        ("TACOMA DETENTION CENTER", "SEA", "not_court"),
        ("BROOKLYN CENTRAL BOOKING", "NYC", "ambiguous"),
        ("DENVER CENTRAL BOOKING", "DEN", "not_court"),
        ("FERRY COUNTY COURT HOLDING FACILITY", "SEA", "ambiguous"),
        ("FERRY COUNTY JUSTICE CENTER", "SEA", "ambiguous"),
        ("26 FEDERAL PLAZA", "NYC", "ambiguous"),  # ICE has offices there too
        ("120 SCHERMERHORN ST, BROOKLYN", "NYC", "state_local_court"),
        ("26 FEDERAL PLAZA, EOIR", "NYC", "immigration_court"),
    ],
)
def test_the_label_says_what_the_words_name(text, aor, label):
    assert resolve(text, aor=aor).label == label


def test_small_slips_are_mended_where_the_state_is_known():
    found = resolve("SPRINGFEILD DISTICT COURT", aor="BOS")
    assert (found.county, found.state) == ("Hampden", "MA")
    assert found.candidates[0].score == 0.7
    assert 'Read as "springfield district court".' in found.reason
    assert resolve("SPRINGFEILD DISTICT COURT").county is None  # where it may be anywhere, a place is not mended


def test_a_county_courthouse_described_scores_the_one_so_named_first():
    found = resolve("Kings County courthouse", "NY")
    assert [(each.courthouse.id, each.score) for each in found.candidates][:2] == [
        ("nyc-360-adams", 1.0),
        ("nyc-120-schermerhorn", 0.5),
    ]
    assert (found.courthouse, found.county, found.state) == (None, "Kings", "NY")


def test_an_area_of_responsibility_gives_way_to_a_state_that_the_words_name():
    found = resolve("WALKER COUNTY COURTHOUSE, TEXAS", aor="NYC")
    assert (found.county, found.state) == ("Walker", "TX")


def test_an_area_of_responsibility_chooses_the_state():
    assert resolve("EL PASO COUNTY COURT HOUSE", aor="DEN").state == "CO"
    assert resolve("EL PASO COUNTY COURT HOUSE", aor="ELP").state == "TX"
    assert resolve("KENT COUNTY COURT", aor="BOS").state == "RI"
    assert resolve("El Paso County Courthouse", aor="no such area") == resolve("El Paso County Courthouse")


@pytest.mark.parametrize(
    ("written", "aor", "label", "county", "state"),
    [
        ("ROMEO MUNICIPAL COURT", "DET", "state_local_court", "Macomb", "MI"),
        ("BLAINE MUNICIPAL COURT, WA", "SEA", "state_local_court", "Whatcom", "WA"),
        ("GUAYNABO COURT", "MIA", "state_local_court", "Guaynabo", "PR"),
        ("VERNON JUDICIAL MARSHALS LOCKUP", "BOS", "ambiguous", "Tolland", "CT"),
        ("US DISTRICT COURT NORTHERN OHIO (USMS)", "NYC", "ambiguous", None, "OH"),
        ("US PROBATION, TOLEDO COURTHOUSE", "DET", "federal_court", "Lucas", "OH"),
    ],
)
def test_a_town_without_a_row_has_its_county_and_words_of_one_state_tell_it(written, aor, label, county, state):
    found = resolve(written, aor=aor)
    assert (found.label, found.county, found.state) == (label, county, state)


def test_it_is_json_as_the_command_prints_it():
    found = resolve("Brooklyn Criminal Court", "NY").to_json()
    assert found == {
        "text": "Brooklyn Criminal Court",
        "label": "state_local_court",
        "courthouse": "Kings County Criminal Court",
        "courthouse_id": "nyc-120-schermerhorn",
        "county": "Kings",
        "state": "NY",
        "candidates": [
            {
                "courthouse_id": "nyc-120-schermerhorn",
                "courthouse": "Kings County Criminal Court",
                "county": "Kings",
                "state": "NY",
                "score": 1.0,
            }
        ],
        "reason": "The words name a state or local court. Only one building fits.",
    }


STATES = sorted({row.state for row in ROWS})


@settings(max_examples=150, deadline=None)
@given(
    spelling=st.sampled_from(BY_SPELLING).map(lambda pair: pair[0]),
    state=st.none() | st.sampled_from(STATES),
    aor=st.none() | st.sampled_from(["NYC", "BOS", "SEA", "ELP", "DEN", "??"]),
    on=st.none() | st.sampled_from(["2009", "2017-11-28", "2020-03", "2024-10-07", "XXXX-11-28"]).map(PartialDate),
    county=st.none() | st.sampled_from(["Kings", "Washington County", "Essex"]),
    city=st.none() | st.sampled_from(["Brooklyn", "Portland", "Salem"]),
)
def test_state_area_day_county_and_city_only_narrow(spelling, state, aor, on, county, city):
    every = resolve(spelling)
    narrowed = resolve(spelling, state, aor, on=on, county=county, city=city)
    assert {each.courthouse for each in narrowed.candidates} <= {each.courthouse for each in every.candidates}
    assert narrowed.courthouse is None or len(narrowed.candidates) == 1


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_an_answer(text):
    found = resolve(text)
    assert found.text == text
    assert found.reason.endswith(".")
