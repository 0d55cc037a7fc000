"""Figures: what counts, what may, in which cell, and what is said about it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest

from portico.counting import DIMENSIONS, CountError, DefinitionError, count, definitions, find_definition
from portico.facts import (
    ATTRIBUTES,
    Claim,
    FactState,
    IncidentState,
    PorticoError,
    SourcedClaim,
    Status,
    Verification,
    to_json,
)
from portico.record import fold

ARREST = {"kind": "arrest", "agency": "ice", "zone": "hallway", "date": "2019-05-14"}
INSIDE, SIGHTINGS = find_definition("inside-only"), find_definition("with-sightings")


def incident(number=1, verification="verified", **told):
    """An incident; a tuple is disputed, None is not told."""
    values = {
        name: value if isinstance(value, tuple) else (value,)
        for name, value in (ARREST | told).items()
        if value is not None
    }
    facts = tuple(
        FactState(
            attribute=name,
            status=Status.UNKNOWN
            if name not in values
            else Status.DISPUTED
            if len(values[name]) > 1
            else Status.AGREED,
            values=values.get(name, ()),
        )
        for name in ATTRIBUTES
    )
    return IncidentState(id=f"i{number}", accounts=(), sources=(), facts=facts, verification=Verification(verification))


def figure(definition, **told):
    total = count(definition, [incident(**told)]).total
    return total.lower, total.upper


@pytest.mark.parametrize(
    ("definition", "told", "expected"),
    [
        ("inside-only", {}, (1, 1)),
        ("inside-only", {"zone": "inside_unspecified"}, (1, 1)),
        ("inside-only", {"zone": ("hallway", "lobby")}, (1, 1)),  # wherever: inside
        ("inside-only", {"zone": ("hallway", "entrance")}, (0, 1)),
        ("inside-only", {"zone": "entrance"}, (0, 0)),
        ("inside-only", {"zone": None}, (0, 1)),
        ("arrests-only", {"zone": None}, (1, 1)),  # any place at or near counts
        ("arrests-only", {"kind": "attempted_arrest"}, (0, 0)),
        ("arrests-only", {"kind": ("arrest", "attempted_arrest")}, (0, 1)),
        ("arrests-and-attempts", {"kind": ("arrest", "attempted_arrest")}, (1, 1)),
        ("arrests-and-attempts", {"kind": "sighting"}, (0, 0)),
        ("with-sightings", {"kind": "sighting"}, (1, 1)),
        ("with-sightings", {"kind": None}, (0, 1)),
        ("with-sightings", {"agency": "federal_unspecified"}, (1, 1)),
        ("with-sightings", {"agency": "local_police"}, (0, 0)),
        ("with-sightings", {"agency": None}, (0, 1)),
        ("arrests-only", {"verification": "reported"}, (0, 1)),
        ("arrests-only", {"verification": "corroborated"}, (1, 1)),
        ("arrests-only", {"verification": "unable"}, (0, 1)),
        ("arrests-only", {"verification": "refuted"}, (0, 0)),
        ("with-sightings", {"verification": "reported"}, (1, 1)),
        ("arrests-at-courthouses", {"zone": "parking"}, (1, 1)),
        ("arrests-at-courthouses", {"zone": "outside_unspecified"}, (0, 1)),
        ("people-arrested", {"people_arrested": 3}, (3, 3)),
        ("people-arrested", {"people_arrested": (1, 3)}, (1, 3)),
        ("people-arrested", {"people_arrested": None}, (1, 1)),
        ("people-arrested", {"people_arrested": (2, 4), "verification": "reported"}, (0, 4)),
    ],
)
def test_an_incident_counts_may_count_or_does_not(definition, told, expected):
    assert figure(definitions()[definition], **told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2019-05-14", (1, 1)),
        ("2019-06-01", (0, 0)),  # the first day that no longer counts
        ("2019-05", (1, 1)),
        ("2019", (0, 1)),
        ("XXXX-05-14", (0, 1)),
        ("XXXX-06-14", (0, 0)),
        (("2019-05-14", "2019-06-14"), (0, 1)),
        (None, (0, 1)),
    ],
)
def test_a_period_counts_the_days_that_it_may_hold(told, expected):
    may = msgspec.structs.replace(INSIDE, start=date(2019, 5, 1), before=date(2019, 6, 1))
    assert figure(may, date=told) == expected


@pytest.mark.parametrize(
    ("where", "told", "expected"),
    [
        ({"county": "Kings"}, {"county": "Kings", "state": "NY"}, (1, 1)),
        ({"county": "Kings, NY"}, {"county": "Kings", "state": "NY"}, (1, 1)),
        ({"county": "Kings, CA"}, {"county": "Kings", "state": "NY"}, (0, 0)),
        ({"county": "Kings, NY"}, {"county": "Kings"}, (0, 1)),
        ({"county": "Kings"}, {"county": "Kings County", "state": "NY"}, (1, 1)),
        ({"county": "Kings"}, {}, (0, 1)),
        ({"state": "NY", "county": "Kings"}, {"state": "OR"}, (0, 0)),
        ({"month": "2019-05"}, {}, (1, 1)),
        ({"month": "2019-05"}, {"date": "2019"}, (0, 1)),
        ({"year": "2019", "month": "2018-05"}, {"date": ("2018-05-02", "2019-05-02")}, (0, 0)),  # no day is in both
        ({"zone": "entrance"}, {"zone": ("hallway", "entrance")}, (0, 0)),  # the definition has it inside
        ({"role": ["victim", "witness"]}, {"role": ("victim", "witness")}, (1, 1)),
        ({"role": ["victim", "witness"]}, {"role": None}, (0, 1)),
        ({"courthouse": "x-1"}, {"courthouse": "Ferry Court", "courthouse_id": "x-1"}, (1, 1)),
        ({"courthouse": "ferry court"}, {"courthouse": "Ferry Court", "courthouse_id": "x-1"}, (1, 1)),
        ({"courthouse": "Ferry Court"}, {"courthouse": "Ferry Court"}, (1, 1)),
        ({"courthouse": "x-1"}, {"courthouse_id": ("x-1", "x-2")}, (0, 1)),
        ({"courthouse": "x-1"}, {}, (0, 1)),
    ],
)
def test_where_asks_for_cells(where, told, expected):
    total = count(INSIDE, [incident(**told)], where=where).total
    assert (total.lower, total.upper) == expected


def table_of(*told, by, definition=SIGHTINGS):
    table = count(definition, [incident(n, **each) for n, each in enumerate(told)], by=by)
    return {row.cells: (row.lower, row.upper) for row in table.rows}


def test_a_row_has_what_is_certain_and_what_may_be():
    rows = table_of(
        {"role": "witness"}, {"role": ("witness", "defendant")}, {"role": None}, {"role": "defendant"}, by=["role"]
    )
    assert rows == {("defendant",): (1, 3), ("witness",): (1, 3)}


def test_a_less_exact_place_may_be_any_it_covers():
    rows = table_of({"zone": "hallway"}, {"zone": "inside_unspecified"}, {"zone": "entrance"}, by=["zone"])
    assert rows == {("hallway",): (1, 2), ("inside_unspecified",): (0, 1), ("entrance",): (1, 1)}


def test_no_row_lies_outside_the_definition():
    rows = table_of({"zone": ("hallway", "entrance")}, {"zone": "hallway"}, by=["zone"], definition=INSIDE)
    assert rows == {("hallway",): (1, 2)}


def test_a_series_shows_its_noughts_and_spreads_a_year_over_its_months():
    assert table_of({"date": "2019-03-01"}, {"date": "2019-05-14"}, by=["month"]) == {
        ("2019-03",): (1, 1),
        ("2019-04",): (0, 0),
        ("2019-05",): (1, 1),
    }
    rows = table_of({"date": "2019-03-01"}, {"date": "2019"}, {"date": "XXXX-03-01"}, by=["month"])
    assert len(rows) == 12
    assert (rows["2019-03",], rows["2019-04",]) == ((1, 3), (0, 1))
    assert table_of({"date": "2017-03"}, {"date": "2019"}, by=["year"])["2018",] == (0, 0)


def test_a_mistaken_century_makes_no_series_of_it():
    assert len(table_of({"date": "1019-05-14"}, {"date": "2019-05-14"}, by=["month"])) == 2


def test_what_may_be_of_any_month_may_be_of_a_month_of_which_nobody_tells():
    rows = table_of({"date": "2019-03-01"}, {"date": "2019-05-14"}, {"date": None}, by=["month"])
    assert rows == {("2019-03",): (1, 2), ("2019-04",): (0, 1), ("2019-05",): (1, 2)}


def test_a_date_within_one_month_is_certain_of_the_month():
    assert table_of({"date": ("2019-05-14", "2019-05-15")}, by=["month"]) == {("2019-05",): (1, 1)}


def test_counties_of_one_name_stay_apart():
    rows = table_of(
        {"county": "Washington", "state": "OR"},
        {"county": "Washington", "state": "NY"},
        {"county": "Washington"},
        by=["county"],
    )
    assert rows == {("Washington",): (0, 1), ("Washington, NY",): (1, 2), ("Washington, OR",): (1, 2)}


def test_two_dimensions_of_one_ground_are_settled_together():
    rows = table_of({"date": ("2018-12-31", "2019-01-01")}, by=["month", "year"])
    assert rows == {("2018-12", "2018"): (0, 1), ("2019-01", "2019"): (0, 1)}
    rows = table_of({"role": "witness", "zone": "lobby"}, {"role": None, "zone": "hallway"}, by=["zone", "role"])
    assert rows == {("hallway", "witness"): (0, 1), ("lobby", "witness"): (1, 1)}


def test_what_is_denied_of_a_free_fact_may_be_anything_else():
    def says(source, hedge):
        claim = Claim(attribute="date", value="2019-05-14", spans=(), origin="person:1", hedge=hedge)
        return SourcedClaim(id=source, account=source, source=source, claim=claim)

    (disputed,) = (
        fact for fact in fold([says("a", None), says("b", "denied")], id="x").facts if fact.attribute == "date"
    )
    state = incident()
    facts = tuple(disputed if fact.attribute == "date" else fact for fact in state.facts)
    for month in ("2019-05", "2017-01"):
        total = count(SIGHTINGS, [replace(state, facts=facts)], where={"month": month}).total
        assert (total.lower, total.upper) == (0, 1)


def test_the_table_can_be_cited():
    at = datetime(2020, 4, 1, tzinfo=UTC)
    told: list[dict[str, object]] = [
        {"zone": ("hallway", "entrance"), "courthouse": "Ferry Court", "courthouse_id": "x-1"},
        {"zone": "hallway", "role": None, "courthouse": "Ferry Court", "courthouse_id": "x-1"},
        {"verification": "reported", "zone": ("hallway", "parking")},
        {"kind": "sighting"},
    ]
    table = count(INSIDE, [incident(n, **each) for n, each in enumerate(told)], by=["courthouse"], as_of=at)
    assert (table.definition, table.version, table.as_of, table.base) == ("inside-only", "1", at, 4)
    assert table.meaning == INSIDE.meaning
    assert (table.total.certain, table.total.possible) == (("i1",), ("i0", "i2"))
    assert [(each.attribute, each.status, each.incidents) for each in table.open] == [
        ("zone", "disputed", ("i0", "i2")),
        ("verification", "reported", ("i2",)),
    ]
    assert [(each.attribute, each.incidents) for each in table.not_told] == [("courthouse", ("i2",))]
    assert table.labels == {"x-1": "Ferry Court"}
    assert [(row.cells, row.lower, row.upper) for row in table.rows] == [(("x-1",), 1, 3)]
    written = json.loads(to_json(table))
    assert written["total"] == {"cells": [], "certain": ["i1"], "possible": ["i0", "i2"], "lower": 1, "upper": 3}


def test_people_of_whom_no_number_is_told_are_named():
    table = count(definitions()["people-arrested"], [incident(1), incident(2, people_arrested=2)])
    assert [(each.attribute, each.incidents) for each in table.not_told] == [("people_arrested", ("i1",))]
    assert (table.total.lower, table.total.upper, table.unit) == (3, 3, "people")


def test_a_definition_may_be_named():
    assert count("inside-only", [incident()]) == count(INSIDE, [incident()])
    with pytest.raises(DefinitionError, match="there is no definition of that name"):
        count("weather", [incident()])


def test_the_same_incident_twice_is_once():
    assert count(INSIDE, [incident(1), incident(1)]).total.upper == 1


@pytest.mark.parametrize(
    ("by", "where", "message"),
    [
        (
            ["weather"],
            {},
            f"count by: 'weather' is not known. Nothing was counted. There are: {', '.join(DIMENSIONS)}.",
        ),
        (["age"], {}, "count by: 'age' is not known."),  # guarded: never counted by
        ([], {"name": "x"}, "where: 'name' is not known."),
        ([], {"zone": "roof"}, "where zone: 'roof' is not known. Nothing was counted. There are: courtroom, "),
        (
            [],
            {"month": "May"},
            "where month: 'May' is not known. Nothing was counted. There are: months as 2019-05.",
        ),
        ([], {"year": "2019-05"}, "where year: '2019-05' is not known."),
    ],
)
def test_a_question_that_does_not_exist_lists_those_that_do(by, where, message):
    with pytest.raises(CountError) as refused:
        count(INSIDE, [incident()], by=by, where=where)
    assert isinstance(refused.value, PorticoError)
    assert refused.value.exit_status == 2
    assert str(refused.value).startswith(message)
