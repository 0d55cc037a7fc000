"""Guarded words: an unlocked session, a role that may, an entry in the log; and incidents that are closed to a team."""

import time

import pytest
from django.http import HttpResponse
from django.urls import get_resolver

from portico.facts import ATTRIBUTES, DataClass
from portico.web.access.acts import ROLES, Act, Role
from portico.web.access.models import Restriction, Team
from portico.web.access.permissions import may, visible, visible_sources
from portico.web.access.restrictions import release, restrict, teams_of
from portico.web.access.viewer import Viewer, forget_viewer, viewer_for, viewer_of
from portico.web.desk import records
from portico.web.desk.records import best_record, guarded_record, record_of

MAY_OPEN = [role for role in Role if Act.OPEN_GUARDED in ROLES[role]]


@pytest.fixture
def shows_guarded(monkeypatch):
    """The start page shows the people of an incident, as a screen would."""

    def page(request):
        names = [each.name or "" for each in guarded_record(request, "i-1", "i-2").people()]
        return HttpResponse(" ".join(names))

    start = next(part for part in get_resolver().url_patterns if getattr(part, "namespace", None) == "desk")
    monkeypatch.setattr(start.url_patterns[0], "callback", page)


def opened(desk):
    return list(desk.record.newest("record_read"))


def test_a_locked_session_gets_the_way_to_unlock_and_nothing_is_read(desk, shows_guarded):
    answer = desk.client([Role.COUNSEL]).get("/")
    assert answer.status_code == 403
    assert "Unlock guarded words" in answer.content.decode()
    assert 'name="next" value="/"' in answer.content.decode()
    assert opened(desk) == []


def test_an_unlocked_one_reads_and_the_log_says_so(desk, shows_guarded):
    client = desk.client([Role.COUNSEL], unlocked=True)
    answer = client.get("/")
    assert answer.status_code == 200
    entry = opened(desk)[0]
    assert entry.actor == client.user.actor
    assert entry.details == {"subjects": ("i-1", "i-2"), "shown": "desk:start"}
    assert desk.record.verify().problems == ()
    assert [each.type for each in desk.record.history("i-2")] == ["record_read"]


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY_OPEN])
def test_a_role_that_may_not_does_not_even_unlocked(desk, shows_guarded, role):
    answer = desk.client([role], unlocked=True).get("/")
    assert answer.status_code == 403
    assert opened(desk) == []


def test_unlocking_asks_who_it_is_and_lasts_for_a_while(desk):
    user = desk.user([Role.COUNSEL], password="three grey herons wade")
    client = desk.client(user=user)
    answer = client.post("/account/unlock/", {"next": "/account/"})
    assert answer.headers["Location"].startswith("/account/confirm/")
    confirmed = client.post(
        answer.headers["Location"], {"password": "three grey herons wade", "next": "/account/unlock/"}
    )
    assert confirmed.headers["Location"] == "/account/"
    assert "Guarded words: open" in client.get("/account/").content.decode()
    session = client.session
    session["portico_unlocked_at"] -= 15 * 60 + 1
    session.save()
    assert "Guarded words: locked" in client.get("/account/").content.decode()


def test_locking_asks_again(desk):
    user = desk.user([Role.COUNSEL], password="three grey herons wade")
    client = desk.client(user=user, unlocked=True)
    client.post("/account/lock/", {"next": "/account/"})
    assert client.post("/account/unlock/").headers["Location"].startswith("/account/confirm/")


def test_signing_in_does_not_unlock(desk):
    assert "Guarded words: locked" in desk.client([Role.COUNSEL]).get("/account/").content.decode()


@pytest.mark.parametrize("name", sorted(ATTRIBUTES))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("unlocked", [True, False])
def test_a_field_opens_by_its_class_the_role_and_the_session(name, role, unlocked):
    viewer = Viewer(actor="person:x", roles=frozenset({role}), enrolled=True, unlocked=unlocked)
    looks = Act.LOOK in ROLES[role]
    expected = {
        DataClass.CLEAR: looks,
        DataClass.GUARDED: looks and unlocked and role in MAY_OPEN,
        DataClass.SEALED: False,
    }[ATTRIBUTES[name].data_class]
    assert may(viewer, Act.LOOK, attribute=name) is expected


def test_a_token_does_no_more_than_its_scopes(desk):
    user = desk.user(list(Role))
    viewer = viewer_for(user, scopes=[Act.LOOK])
    assert may(viewer, Act.LOOK)
    assert not may(viewer, Act.DECIDE)
    assert not may(viewer, Act.ACCOUNT)


def test_a_restricted_account_closes_its_incident_and_its_document_to_everybody_but_the_team(desk):
    incident = desk.record.incidents()[0]
    account = desk.record.accounts()[incident.accounts[-1]]
    team = Team.objects.create(name="Kings trial team")
    Restriction.objects.create(account=account.id, source=account.source, team=team)
    outside, inside = desk.user([Role.REVIEWER]), desk.user([Role.REVIEWER])
    inside.teams.add(team)
    out, in_ = viewer_for(outside), viewer_for(inside)
    assert visible(out, desk.record.incidents()) == ()
    assert visible(in_, desk.record.incidents()) == desk.record.incidents()
    assert account.source not in visible_sources(out, desk.record.documents())
    assert account.source in visible_sources(in_, desk.record.documents())
    assert not may(out, Act.DECIDE, accounts=incident.accounts)
    assert may(in_, Act.DECIDE, accounts=incident.accounts)


def test_unlinking_does_not_open_what_was_closed(desk):
    incident = desk.record.incidents()[0]
    first, *_others, last = incident.accounts
    team = Team.objects.create(name="Kings trial team")
    Restriction.objects.create(account=last, source=desk.record.accounts()[last].source, team=team)
    desk.record.unlink(last, actor="person:test")
    seen = {
        account for state in visible(viewer_for(desk.user()), desk.record.incidents()) for account in state.accounts
    }
    assert first in seen
    assert last not in seen


def test_masked_and_whole_are_two_faces_of_one_record(desk, rf):
    request = rf(desk.user([Role.DOCUMENTER]))
    masked = record_of(request)
    assert not masked.has_key
    assert best_record(request, "i-1") is masked
    request.session["portico_unlocked_at"] = time.time()
    forget_viewer(request)
    assert viewer_of(request).unlocked
    assert best_record(request, "i-1").has_key
    assert masked.size == records._records().whole.size


@pytest.fixture
def rf():
    """A request of somebody, outside any page."""
    from django.test import RequestFactory

    def make(user):
        request = RequestFactory().get("/")
        request.user, request.session, request.resolver_match = user, {}, None
        return request

    return make


def test_restricting_is_logged_and_released_again(desk, rf):
    team = Team.objects.create(name="Kings trial team")
    user = desk.user([Role.REVIEWER])
    request = rf(user)
    incident = desk.record.incidents()[0]
    restrict(request, incident, team)
    restrict(request, incident, team)
    assert teams_of(incident) == (team,)
    assert visible(viewer_of(request), desk.record.incidents()) == ()
    release(request, incident)
    assert visible(viewer_of(request), desk.record.incidents())
    assert [each.details["what"] for each in desk.record.newest("access_changed")] == [
        "released",
        "restricted",
        "restricted",
    ]
