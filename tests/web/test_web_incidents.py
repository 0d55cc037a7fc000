"""Incidents on screen: the list, one event, its history, saying how far it is confirmed, and the page to print."""

import hashlib
import html
import re

import pytest

from portico.facts import Verification
from portico.web.access.acts import Role


def words(response) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def incident(desk):
    return desk.record.incidents()[0].id


def test_the_list_shows_each_event_with_its_fact_line(desk, incident):
    response = desk.client([Role.READER]).get("/incidents/")
    assert "1 incident " in words(response)
    assert "Arrest, Kings County Criminal Court 14 May 2019" in words(response)
    assert f"/incidents/{incident}/".encode() in response.content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "arrest"}, 1),
        ({"kind": "sighting"}, 0),
        ({"zone": "lobby"}, 1),
        ({"zone": "courtroom"}, 0),
        ({"court": "kings"}, 1),
        ({"court": "120 Schermerhorn Street"}, 1),
        ({"court": "New York"}, 1),
        ({"court": "wa"}, 0),
        ({"court": "Queens"}, 0),
        ({"since": "2019-05-14", "until": "2019-05-14"}, 1),
        ({"since": "2019-05-15"}, 0),
        ({"until": "2019-05-13"}, 0),
        ({"verification": "verified"}, 0),
        ({"since": "31/11/2019", "kind": "sighting"}, 1),
    ],
)
def test_filters_narrow_and_a_disputed_fact_fits_each_value(desk, asked, found):
    shown = words(desk.client([Role.READER]).get("/incidents/", asked, headers={"HX-Request": "true"}))
    assert shown.startswith(f"{found} incident")


def test_one_event_with_every_source_and_guarded_words_masked(desk, incident):
    response = desk.client([Role.READER]).get(f"/incidents/{incident}/")
    shown = words(response)
    assert "What each source says" in shown
    assert "Where in the building disputed hallway or lobby" in shown
    assert "Marlon Pierce" in shown
    assert "Quintera" not in shown
    assert "Say so" not in shown


def test_who_may_open_guarded_words_sees_them_unlocked_and_the_log_says_so(desk, incident):
    counsel = desk.client([Role.COUNSEL], unlocked=True)
    size = desk.record.size
    assert "Quintera" in words(counsel.get(f"/incidents/{incident}/"))
    assert desk.record.size > size
    assert desk.record.newest("record_read")[0].actor == counsel.user.actor
    assert "Quintera" not in words(desk.client([Role.COUNSEL]).get(f"/incidents/{incident}/"))


def test_marking_says_who_and_why_and_stands_in_the_history(desk, incident):
    reviewer = desk.client([Role.REVIEWER], unlocked=True)
    said = {"verification": "verified", "reason": "the court’s own report of 20 May"}
    assert reviewer.post(f"/incidents/{incident}/mark/", said).status_code == 302
    assert desk.record.incident(incident).verification is Verification.VERIFIED
    history = words(reviewer.get(f"/incidents/{incident}/history/"))
    assert "incident verified" in history
    assert "the court’s own report of 20 May" in history


def test_marking_without_a_reason_keeps_what_was_chosen(desk, incident):
    response = desk.client([Role.REVIEWER]).post(f"/incidents/{incident}/mark/", {"verification": "refuted"})
    assert response.status_code == 422
    assert b'value="refuted" selected' in response.content
    assert desk.record.incident(incident).verification is Verification.REPORTED


def test_a_reader_may_not_mark(desk, incident):
    said = {"verification": "verified", "reason": "x"}
    assert desk.client([Role.READER]).post(f"/incidents/{incident}/mark/", said).status_code == 403


def test_the_page_to_print_is_self_contained_and_masked(desk, incident):
    response = desk.client([Role.COUNSEL], unlocked=True).get(f"/incidents/{incident}/save/", {"download": "1"})
    assert response["Content-Disposition"] == f'attachment; filename="{incident}.html"'
    assert b"<script" not in response.content
    assert b"Quintera" not in response.content


@pytest.mark.parametrize("page", ["", "history/", "save/"])
def test_an_incident_that_is_not_there(desk, page):
    assert desk.client([Role.READER]).get(f"/incidents/i-nothing/{page}").status_code == 404


def test_pages_fit_a_phone_and_break_no_policy(served, tab, desk):
    tab.own = (served, "data:")
    incident = desk.record.incidents()[0].id
    for page in ("", f"{incident}/", f"{incident}/history/", f"{incident}/save/"):
        tab.show(f"{served}/incidents/{page}", width=320)
        assert tab.value("document.documentElement.scrollWidth") <= 320
        assert tab.logged == []


def test_an_incident_is_closed_to_a_team_and_opened_again(desk):
    from portico.web.access.models import Team

    team = Team.objects.create(name="Kings trial team")
    incident = desk.record.incidents()[0].id
    inside = desk.client([Role.REVIEWER])
    inside.user.teams.add(team)
    outside = desk.client([Role.COUNSEL])
    shown = inside.post(f"/incidents/{incident}/close/", {"team": team.pk}, follow=True)
    assert b"Closed to all but Kings trial team" in shown.content
    assert outside.get(f"/incidents/{incident}/").status_code == 404
    assert incident not in outside.get("/incidents/").content.decode()
    assert outside.post(f"/incidents/{incident}/open/").status_code == 404
    assert inside.post(f"/incidents/{incident}/open/").status_code == 302
    assert outside.get(f"/incidents/{incident}/").status_code == 200
    assert [each.details["what"] for each in desk.record.newest("access_changed")] == ["released", "restricted"]


def test_who_closes_an_incident_to_others_is_led_away_from_it(desk):
    from portico.web.access.models import Team

    team = Team.objects.create(name="Kings trial team")
    incident = desk.record.incidents()[0].id
    client = desk.client([Role.COUNSEL])
    assert client.post(f"/incidents/{incident}/close/", {"team": team.pk}).headers["Location"] == "/incidents/"
    assert client.get(f"/incidents/{incident}/").status_code == 404


def test_a_team_that_is_none_closes_nothing(desk):
    incident = desk.record.incidents()[0].id
    answer = desk.client([Role.COUNSEL]).post(f"/incidents/{incident}/close/", {"team": "77"})
    assert answer.status_code == 422
    assert desk.client([Role.READER]).get(f"/incidents/{incident}/").status_code == 200
    assert "/close/" not in desk.client([Role.DOCUMENTER]).get(f"/incidents/{incident}/").content.decode()


def test_a_document_is_saved_as_it_came_and_the_log_says_by_whom(desk, incident):
    private = next(name for name, each in desk.record.documents().items() if each.source.private)
    locked = desk.client([Role.COUNSEL]).get(f"/incidents/{incident}/original/{private}/")
    assert b"Quintera" not in locked.content
    assert b"access" in locked.content or locked.status_code == 403
    client = desk.client([Role.COUNSEL], unlocked=True)
    for source in desk.record.incident(incident).sources:
        answer = client.get(f"/incidents/{incident}/original/{source}/")
        assert hashlib.sha256(answer.content).hexdigest() == source
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith(f'attachment; filename="{source[:12]}.')
        assert source in desk.record.newest("record_read")[0].details["subjects"]


def test_a_document_of_another_incident_or_none_is_not_there(desk, incident):
    client = desk.client([Role.COUNSEL], unlocked=True)
    size = desk.record.size
    for source in ("0" * 64, "..", "%2e%2e%2fkeyring.sqlite3"):
        assert client.get(f"/incidents/{incident}/original/{source}/").status_code == 404
    assert desk.record.size == size
    assert desk.client([Role.READER]).get(f"/incidents/{incident}/original/{'0' * 64}/").status_code == 403
