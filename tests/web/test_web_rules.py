"""The rules on screen: a courthouse and a day, one rule, an incident's findings, and what an answer would give."""

import html
import re

import pytest

from portico.web.access.acts import Role


def words(response) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_rules_of_a_courthouse_and_a_day(desk):
    client = desk.client([Role.READER])
    asked = {"courthouse": "120 Schermerhorn Street", "state": "NY", "day": "2019-05-14"}
    shown = words(client.get("/rules/", asked))
    assert "In force at Kings County Criminal Court on 14 May 2019 " in shown
    assert "OCA Directive 1-2019" in shown
    assert "ICE Directive 11072.1" in shown
    assert "Rules at Kings County Criminal Court over the years" in shown


def test_two_days_say_what_is_not_on_the_other(desk):
    asked = {"courthouse": "nyc-120-schermerhorn", "day": "2019-05-14", "compare": "2017-11-28"}
    shown = words(desk.client([Role.READER]).get("/rules/", asked))
    assert "on 28 November 2017" in shown
    assert shown.count("not on the other day") >= 2


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"courthouse": "Bronx Criminal Court", "day": "2019-05-14"}, "Which courthouse?"),
        ({"courthouse": "Nowhere Palace", "day": "2019-05-14"}, "No courthouse of that name"),
        ({"courthouse": "120 Schermerhorn Street", "day": "1999-01-01"}, "Not found is not the same as none."),
    ],
)
def test_what_is_not_one_courthouse_or_has_no_rule_is_said(desk, asked, says):
    assert says in words(desk.client([Role.READER]).get("/rules/", asked))


def test_a_day_that_cannot_be_keeps_what_was_typed(desk):
    response = desk.client([Role.READER]).get("/rules/", {"courthouse": "Ferry <b>Street", "day": "31/11/2019"})
    assert response.status_code == 422
    assert b"Ferry &lt;b&gt;Street" in response.content
    assert "This is not a date" in words(response)


def test_one_rule_with_its_sources(desk):
    shown = words(desk.client([Role.READER]).get("/rules/rule/ny-oca-directive-1-2019/"))
    assert "What it asks, in our words" in shown
    assert "https://" in shown
    assert desk.client([Role.READER]).get("/rules/rule/no-such-rule/").status_code == 404


def test_findings_of_an_incident_and_what_an_answer_would_give(desk):
    client = desk.client([Role.READER])
    incident = desk.record.incidents()[0].id
    shown = words(client.get(f"/rules/incident/{incident}/"))
    assert "It is not a ruling on what happened." in shown
    assert "what paper authorised the arrest, and who signed it" in shown
    size = desk.record.size
    supposed = client.get(
        f"/rules/incident/{incident}/", {"warrant_kind": "administrative"}, headers={"HX-Request": "true"}
    )
    assert "Supposed, not recorded: warrant kind: administrative" in words(supposed)
    assert b"<html" not in supposed.content
    assert desk.record.size == size


def test_an_answer_that_is_none_is_left_out(desk):
    incident = desk.record.incidents()[0].id
    shown = desk.client([Role.READER]).get(f"/rules/incident/{incident}/", {"warrant_kind": "<script>", "moon": "full"})
    assert "Supposed" not in words(shown)


def test_guarded_words_stay_masked_and_an_unknown_incident_is_not_there(desk):
    client = desk.client([Role.READER])
    incident = desk.record.incidents()[0].id
    assert b"Quintera" not in client.get(f"/rules/incident/{incident}/").content
    assert client.get("/rules/incident/i-nothing/").status_code == 404


def test_it_fits_a_phone(served, tab):
    tab.own = (served, "data:")  # the browser draws the calendar of a date field from data of its own
    tab.show(f"{served}/rules/?courthouse=nyc-120-schermerhorn&day=2019-05-14", width=320)
    assert tab.value("document.documentElement.scrollWidth") <= 320
    assert tab.logged == []
