"""`portico rules` and `portico place`: thin over their rooms."""

import json

import pytest


def test_rules_of_a_place_and_day(portico):
    result = portico(
        *["rules", "--date", "2019-05-14", "--state", "NY", "--county", "Kings", "--court-system", "ny_ucs", "--json"],
        *["--fact", "location_zone=public_interior", "--fact", "agents_stated_purpose=yes", "--fact", "agency=ice_ero"],
    )
    (case,) = result.rows
    assert case["rules_in_force"]["certain"] == ["ny-oca-directive-1-2019", "us-ice-11072.1"]
    assert case["results"]["ny-oca-1-2019.P5-purpose"]["result"] == "consistent"
    assert case["ask_next"]


def test_no_rule_found_is_an_answer_of_its_own(portico):
    result = portico("rules", "--date", "1999-01-01", "--state", "NY")
    assert result.status == 0
    assert "no rule found for this date and place" in result.out


def test_one_rule_with_its_citations(portico):
    result = portico("rules", "ny-oca-directive-1-2019")
    assert "Source: http" in result.out
    assert "Confidence high" in result.out


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"place": {"state": "NY"}, "facts": {"weather": "rain"}}, "weather"),
        ({"place": {"state": "NY"}, "facts": {"action": "raid"}}, "arrest, attempted_arrest"),
        ({"place": {"date": "2019-02-30"}, "facts": {}}, "2019-02-30"),
        ({"place": {"moon": "full"}, "facts": {}}, "moon"),
    ],
)
def test_a_case_file_with_something_unknown_says_what_may_stand_there(portico, tmp_path, case, says):
    (tmp_path / "case.json").write_text(json.dumps(case), "utf-8")
    result = portico("rules", "--case", "case.json")
    assert result.status == 2
    assert says in result.err
    assert "case.json" in result.err


def test_a_place_is_never_a_bare_guess(portico):
    (bronx,) = portico("place", "Bronx Criminal Court", "--json").rows
    assert bronx["courthouse_id"] is None
    assert len(bronx["candidates"]) == 2
    (kings,) = portico("place", "120 Schermerhorn Street", "--json").rows
    assert kings["courthouse_id"] == "nyc-120-schermerhorn"
    assert kings["label"] == "state_local_court"


def test_many_places_from_a_file(portico, tmp_path):
    (tmp_path / "marks.csv").write_text("landmark,aor\nEL PASO COUNTY COURT HOUSE,DEN\nPARK ROW,NYC\n", "utf-8")
    rows = portico("place", "--file", "marks.csv", "--aor-column", "aor", "--json").rows
    assert rows[0]["state"] == "CO"
    assert rows[1]["label"] == "not_court"
    assert "has no column" in portico("place", "--file", "marks.csv", "--column", "x").err
