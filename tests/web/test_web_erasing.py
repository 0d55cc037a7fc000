"""Erasing on screen: unlocked, seen before it is done, gone afterwards, and in the log."""

import pytest

from portico.web.access.acts import Role
from portico.web.access.models import Restriction, Team


@pytest.fixture
def person(desk):
    return next(each for each in desk.whole.people() if each.name)


def test_names_are_shown_in_an_unlocked_session_only_and_the_log_says_so(desk, person):
    locked = desk.client([Role.COUNSEL]).get("/erasing/")
    assert locked.status_code == 403
    assert person.name not in locked.content.decode()
    client = desk.client([Role.COUNSEL], unlocked=True)
    assert person.name in client.get("/erasing/", {"name": person.name[:4].lower()}).content.decode()
    assert "Nobody is told of by that name" in client.get("/erasing/", {"name": "zzz"}).content.decode()
    assert {each.subject for each in desk.record.newest("record_read")} == {"people"}


@pytest.mark.parametrize("role", [Role.READER, Role.DOCUMENTER, Role.REVIEWER, Role.ADMINISTRATOR])
def test_only_counsel_erases(desk, person, role):
    assert desk.client([role], unlocked=True).post(f"/erasing/{person.id}/").status_code == 403
    assert person in desk.whole.people()


def test_it_is_seen_before_it_is_done_and_then_the_name_is_gone(desk, person):
    client = desk.client([Role.COUNSEL], unlocked=True)
    before = desk.record.size
    seen = client.get(f"/erasing/{person.id}/").content.decode()
    assert "What erasing would reach" in seen
    assert desk.record.size == before + 1  # that it was looked at
    assert person in desk.whole.people()
    done = client.post(f"/erasing/{person.id}/", {"originals": "yes"}).content.decode()
    assert "Erased" in done
    assert person.id not in {each.id for each in desk.whole.people()}
    entry = desk.record.newest("person_erased")[0]
    assert entry.actor == client.user.actor
    assert client.get(f"/erasing/{person.id}/").status_code == 404
    assert desk.record.verify().problems == ()


def test_what_is_closed_to_a_team_is_not_found_by_others(desk, person):
    team = Team.objects.create(name="Kings trial team")
    Restriction.objects.create(account=person.account, source=person.source, team=team)
    client = desk.client([Role.COUNSEL], unlocked=True)
    assert person.id not in client.get("/erasing/").content.decode()
    assert client.get(f"/erasing/{person.id}/").status_code == 404
    assert client.get(f"/erasing/{person.source}/").status_code == 404
