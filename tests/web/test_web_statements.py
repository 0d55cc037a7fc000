"""Statements and actions on screen: exact words, all alike, guarded words masked; planned actions as a calendar."""

import html
import re

import pytest
from icalendar import Calendar

from portico.web.access.acts import Role


def words(response) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_every_speaker_has_their_exact_words(desk):
    shown = words(desk.client([Role.READER]).get("/statements/"))
    assert "Marlon Pierce Local 910" in shown
    assert "No one should have to choose between answering a judge and going home" in shown
    assert "At no time was anyone kept from speaking with an attorney" in shown


@pytest.mark.parametrize(("who", "found"), [("pierce", 1), ("PIERCE", 1), ("nobody of that name", 0)])
def test_a_name_narrows(desk, who, found):
    shown = words(desk.client([Role.READER]).get("/statements/", {"who": who}, headers={"HX-Request": "true"}))
    assert shown.startswith(f"{found} speaker")


def test_guarded_words_are_masked(desk):
    client = desk.client([Role.COUNSEL], unlocked=True)
    assert b"Quintera" not in client.get("/statements/").content
    assert b"Quintera" not in client.get("/statements/actions/").content


def test_actions_with_their_demands(desk):
    shown = words(desk.client([Role.READER]).get("/statements/actions/"))
    assert "rally Thursday 16 May 2019, 13:00" in shown or "rally 16 May 2019, 13:00" in shown
    assert "courthouse hallways" in shown


def test_planned_actions_leave_as_a_calendar(desk):
    response = desk.client([Role.READER]).get("/statements/actions.ics")
    told = [
        (event.decoded("dtstart").isoformat(), str(event["uid"]))
        for event in Calendar.from_ical(response.content).walk("VEVENT")
    ]
    assert "2019-05-16T13:00:00" in {start for start, _ in told}
    assert all(uid.endswith("@portico") for _, uid in told)


def test_it_fits_a_phone(served, tab):
    tab.own = (served,)
    for page in ("", "actions/"):
        tab.show(f"{served}/statements/{page}", width=320)
        assert tab.value("document.documentElement.scrollWidth") <= 320
        assert tab.logged == []


@pytest.mark.parametrize(("about", "found"), [("at no time was anyone kept", 1), ("Quintera", 0)])
def test_words_of_a_statement_narrow_and_masked_ones_do_not(desk, about, found):
    shown = words(desk.client([Role.READER]).get("/statements/", {"about": about}, headers={"HX-Request": "true"}))
    assert shown.startswith(f"{found} speaker")


def test_a_demand_says_whether_those_who_were_asked_have_spoken_since(desk):
    shown = words(desk.client([Role.READER]).get("/statements/actions/"))
    assert shown.count("no statement of theirs since") == 1
