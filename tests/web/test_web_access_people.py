"""The screen of people and access: roles, teams, links, and the log of who did and read what."""

import re

import pytest
from django.core.management import call_command
from django.db import connection

from portico.web.access.acts import Role
from portico.web.access.models import Invitation, Session, Team, User


@pytest.fixture
def administrator(desk):
    return desk.client([Role.ADMINISTRATOR])


def changes(desk) -> list[str]:
    return [each.details["what"] for each in reversed(desk.record.newest("access_changed"))]


def test_roles_and_teams_are_given_and_the_log_says_so_by_pseudonyms(desk, administrator):
    someone, team = desk.user([Role.READER]), Team.objects.create(name="Kings trial team")
    answer = administrator.post(f"/people/{someone.pk}/", {"roles": ["documenter", "counsel"], "teams": [team.pk]})
    assert answer.status_code == 302
    someone.refresh_from_db()
    assert someone.role_set == {Role.DOCUMENTER, Role.COUNSEL}
    assert list(someone.teams.all()) == [team]
    entry = desk.record.newest("access_changed")[0]
    assert (entry.actor, entry.subject) == (administrator.user.actor, someone.actor)
    assert entry.details["details"] == ("counsel", "documenter", f"team:{team.pk}")
    assert desk.record.verify().problems == ()


def test_the_last_administrator_stays_one(desk, administrator):
    me = administrator.user.pk
    told = administrator.post(f"/people/{me}/", {"roles": ["reader"]})
    assert told.status_code == 422
    assert "Somebody must be administrator" in told.content.decode()
    administrator.post(f"/people/{me}/close/")
    assert "this is the last administrator" in administrator.get(f"/people/{me}/").content.decode()
    assert User.objects.get(pk=me).is_active
    assert changes(desk) == []


def test_a_link_is_made_shown_once_and_taken_back(desk, administrator):
    made = administrator.post("/people/invite/", {"name": "Ilka Sorrow", "roles": ["reader"]}).content.decode()
    assert "/account/invited/" in made
    listed = administrator.get("/people/").content.decode()
    assert "Ilka Sorrow" in listed
    assert "/account/invited/" not in listed
    administrator.post(f"/people/invitations/{Invitation.objects.get().pk}/take-back/")
    assert not Invitation.objects.exists()
    assert changes(desk) == ["invited", "invitation_taken_back"]


def test_an_invitation_without_a_role_is_told_and_keeps_what_was_typed(administrator):
    answer = administrator.post("/people/invite/", {"name": "Ilka Sorrow"})
    assert answer.status_code == 422
    assert "Choose at least one role" in answer.content.decode()
    assert 'value="Ilka Sorrow"' in answer.content.decode()


def test_teams_have_one_name_each(administrator):
    administrator.post("/people/teams/", {"name": "Kings trial team"})
    answer = administrator.post("/people/teams/", {"name": "kings TRIAL team"})
    assert "There is a team of this name" in answer.content.decode()
    assert Team.objects.count() == 1


def test_who_read_what_is_shown_by_name_and_html_in_a_name_is_inert(desk, administrator):
    reader = desk.user([Role.COUNSEL])
    User.objects.filter(pk=reader.pk).update(name="<b onclick=x>Orla</b>")
    desk.record.note_read(["i-1"], actor=reader.actor, shown="incidents:one")
    page = administrator.get("/people/reads/").content.decode()
    assert "&lt;b onclick=x&gt;Orla&lt;/b&gt;" in page
    assert "incidents:one" in page
    assert "<b onclick" not in page


def test_sessions_are_ended_from_afar(desk, administrator):
    other = desk.client([Role.READER])
    administrator.post(f"/people/{other.user.pk}/sessions/end/")
    assert other.get("/").status_code == 302
    mine = Session.objects.filter(user=administrator.user)
    desk.client(user=administrator.user)
    assert mine.count() == 2
    administrator.post("/account/sessions/end/")
    assert [each.session_key for each in mine] == [administrator.session.session_key]


def test_signing_out_has_the_browser_forget(desk):
    client = desk.client([Role.READER])
    answer = client.post("/account/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").status_code == 302
    assert not Session.objects.filter(user=client.user).exists()


def test_a_get_changes_nothing(desk, administrator):
    """Every address that changes something asks for POST: a link or a picture elsewhere cannot do it."""
    from portico.web.access.permissions import endpoints

    other = desk.user([Role.READER])
    for name in endpoints():
        if name.startswith("people:") and "GET" not in endpoints()[name]:
            path = f"/people/{other.pk}/{name.removeprefix('people:').replace('_', '-')}/"
            assert administrator.get(path).status_code in (403, 404)
    other.refresh_from_db()
    assert other.is_active


def test_the_tables_go_down_and_up_again(desk):
    desk.user([Role.READER])
    call_command("migrate", "access", "zero", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        left = [table for table in connection.introspection.table_names(cursor) if table.startswith("access_")]
    assert left == []
    call_command("migrate", verbosity=0, interactive=False)
    assert not User.objects.exists()
    assert desk.user([Role.READER]).pk
    call_command("makemigrations", "access", "--check", "--dry-run", verbosity=0)


def reads(client, **asked) -> str:
    """The rows of who read what, as a reader sees them."""
    page = client.get("/people/reads/", asked).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<tbody")[2].partition("</tbody>")[0]).split())


def test_who_read_what_is_narrowed_by_person_kind_thing_and_day(desk, administrator):
    counsel, documenter = desk.user([Role.COUNSEL]), desk.user([Role.DOCUMENTER])
    desk.record.note_read(["i-11", "p-7"], actor=counsel.actor, shown="incidents:incident")
    desk.record.note_read(["i-22"], actor=documenter.actor, shown="read:document")
    administrator.post(f"/people/{counsel.pk}/sessions/end/")
    everything = reads(administrator)
    assert "opened guarded words: Incidents (incidents:incident) i-11 p-7" in everything
    assert "signed somebody out everywhere" in everything
    assert "i-22" not in reads(administrator, actor=counsel.actor)
    assert "i-11" not in reads(administrator, kind="access_changed")
    assert "i-22" in reads(administrator, thing="i-2")
    assert "i-11" not in reads(administrator, thing="i-2")
    assert reads(administrator, until="2001-01-01") == ""
    assert "i-11" in reads(administrator, since="2001-01-01")


def test_what_is_asked_of_the_reads_and_cannot_be_is_told(administrator):
    answer = administrator.get("/people/reads/", {"since": "31/11/2026", "thing": "<b>i-1"})
    assert answer.status_code == 422
    assert "31/11/2026" in answer.content.decode()
    assert "&lt;b&gt;i-1" in answer.content.decode()


def test_many_reads_have_pages(desk, administrator):
    for number in range(60):
        desk.record.note_read([f"i-{number:03}"], actor="person:x", shown="incidents:incident")
    assert "i-059" in reads(administrator)
    assert "i-000" not in reads(administrator)
    assert "i-000" in reads(administrator, page="2")


def test_a_recovery_code_lets_one_in_once_and_new_ones_end_the_old(desk):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    password = "three grey herons wade"
    person = desk.user([Role.READER], password=password)
    codes = RecoveryCodes.activate(person)
    one, other = codes.get_unused_codes()[:2]

    def tries(code: str):
        client = desk.visitor()
        client.post("/account/sign-in/", {"login": person.username, "password": password})
        client.post("/account/second/", {"code": code})
        return client.get("/").status_code

    assert [tries(one), tries(one)] == [200, 302]
    codes.instance.delete()
    fresh = RecoveryCodes.activate(person).get_unused_codes()[0]
    assert [tries(other), tries(fresh)] == [302, 200]


def test_ones_own_sessions_are_listed_and_the_others_ended(desk):
    here = desk.client([Role.READER])
    there = desk.client(user=here.user)
    page = here.get("/account/").content.decode()
    assert page.count("<tr>") == 3
    assert "this one" in page
    here.post("/account/sessions/end/")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_of_reads_fits_and_keeps_nobody_out(demonstration, served, tab, axe, width):
    demonstration.record.note_read(
        ["i-3fe64f1203083369", "p-91ec766f8db95fab"], actor="person:x", shown="read:document"
    )
    tab.own = (served, "data:")
    tab.show(f"{served}/people/reads/", width=width)
    assert tab.value("document.documentElement.scrollWidth") <= width
    assert tab.faults(axe) == []
    assert tab.logged == []
