"""In a real browser: two people at one thing, a double click, a session that ended. Nobody's typed work is lost."""

import time

import pytest
from django.conf import settings

from portico.web.access.acts import Role
from portico.web.access.models import Invitation, Session, User
from portico.web.inbox.models import Draft

PASSWORD = "three grey herons wade"


@pytest.fixture
def person(desk):
    return desk.user(list(Role), password=PASSWORD)


@pytest.fixture
def signed_in(tab, served_desk, desk, person):
    """A tab in which this person is signed in."""
    own = tab.own
    tab.own, tab.logged[:] = (served_desk, "data:", "about:"), []
    tab.ask("Network.clearBrowserCookies")
    tab.show(f"{served_desk}/account/sign-in/")
    tab.value("sessionStorage.clear()")
    client = desk.client(user=person)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": served_desk}
    tab.ask("Network.setCookie", httpOnly=True, path="/", **cookie)
    yield tab
    tab.own = own


def write(tab, where: str, text: str) -> None:
    tab.value(f"document.querySelector({where!r}).focus()")
    tab.value("document.activeElement.select && document.activeElement.select()")
    tab.ask("Input.insertText", text=text)


def here(tab, condition: str) -> None:
    tab.wait_for(f"document.readyState === 'complete' && ({condition})")


def wait_until(true, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def sign_in(tab, desk, person) -> None:
    """From the page of signing in, as a person does."""
    here(tab, "location.pathname === '/account/sign-in/'")
    write(tab, "[name=login]", person.username)
    write(tab, "[name=password]", PASSWORD)
    tab.press("Enter")
    here(tab, "location.pathname === '/account/second/'")
    write(tab, "[name=code]", desk.code_of(person))
    tab.press("Enter")


def end_session(person) -> None:
    for row in Session.objects.filter(user=person):
        store = row.get_session_store_class()(row.session_key)
        store["portico_seen"] = time.time() - 3600
        store.save()


def zone_of(desk) -> tuple[str, str]:
    """The news page of the sample, and its claim of where the arrest was."""
    source = next(name for name, each in desk.record.documents().items() if each.source.media_type == "text/html")
    (account,) = desk.record.told_by(source).values()
    return source, next(each.id for each in account.told if each.claim.attribute == "zone")


def test_two_people_correct_one_claim_and_each_sees_the_other(signed_in, served_desk, desk):
    tab, (source, zone) = signed_in, zone_of(desk)
    tab.show(f"{served_desk}/read/{source}/?correct={zone}", width=320)
    tab.value("document.querySelector('.claim.fix [name=value][value=elevator]').click()")
    write(tab, ".claim.fix [name=reason]", "as the caller told it")
    other = desk.user(list(Role))
    desk.record.decide(zone, "correct", value="lobby", actor=other.actor, reason="the plan says so")
    tab.value("document.querySelector('.claim.fix button.go').click()")
    here(tab, "document.querySelector('main').textContent.includes('Somebody else decided about this claim meanwhile')")
    page = tab.value("document.querySelector('main').textContent")
    assert other.name in page
    assert "lobby" in page
    assert "as the caller told it" in tab.value("document.querySelector('main').innerHTML")
    assert tab.value("document.documentElement.scrollWidth") <= 320
    tab.value("document.querySelector('main form button.go').click()")
    here(tab, "location.search.includes('done=')")
    assert len(desk.record.history(zone)) == 2
    assert desk.record.account(f"a-{zone[2:].split('.')[0]}").account.value("zone") == "elevator"


def test_two_people_mark_one_incident_and_what_was_typed_stays(signed_in, served_desk, desk):
    tab, incident = signed_in, desk.record.incidents()[0].id
    tab.show(f"{served_desk}/incidents/{incident}/")
    tab.value("document.querySelector('#id_verification').value = 'corroborated'")
    write(tab, "#id_reason", "two sources, one of them the agency")
    other = desk.client(list(Role))
    other.post(f"/incidents/{incident}/mark/", {"verification": "verified", "reason": "counsel", "was": "reported"})
    tab.value("document.querySelector('#id_reason').form.requestSubmit()")
    here(tab, f"document.querySelector('main').textContent.includes('Meanwhile {other.user.name} marked it')")
    assert tab.value("document.querySelector('#id_reason').value") == "two sources, one of them the agency"
    assert desk.record.incident(incident).verification.value == "verified"
    tab.value("document.querySelector('#id_reason').form.requestSubmit()")
    here(tab, "location.search === '?marked=yes'")
    assert desk.record.incident(incident).verification.value == "corroborated"
    assert tab.value("document.querySelector('#id_reason').value") == ""


def test_a_double_click_is_once(signed_in, served_desk, desk):
    tab, incident = signed_in, desk.record.incidents()[0].id
    tab.show(f"{served_desk}/incidents/{incident}/")
    tab.value("document.querySelector('#id_verification').value = 'verified'")
    write(tab, "#id_reason", "counsel")
    click_twice = "(b => {{ b.click(); b.click(); b.dispatchEvent(new MouseEvent('dblclick')) }})({})"
    tab.value(click_twice.format("document.querySelector('#id_reason').form.querySelector('button')"))
    here(tab, "location.search === '?marked=yes'")
    assert [each.type for each in desk.record.history(incident)].count("incident_verified") == 1
    tab.show(f"{served_desk}/people/invite/")
    write(tab, "#id_name", "Ilka Sorrow")
    tab.value("document.querySelector('[name=roles][value=reader]').click()")
    tab.value(click_twice.format("document.querySelector('main form .actions button')"))
    here(tab, "!!document.querySelector('#link')")
    assert Invitation.objects.filter(name="Ilka Sorrow").count() == 1


def test_a_double_click_without_script_is_once_too(desk):
    client, incident = desk.client(), desk.record.incidents()[0].id
    sent = {"verification": "verified", "reason": "counsel", "was": "reported"}
    answers = [client.post(f"/incidents/{incident}/mark/", sent) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert [each.type for each in desk.record.history(incident)].count("incident_verified") == 1


def test_a_session_that_ended_leads_back_with_what_was_typed(signed_in, served_desk, desk, person):
    tab, (source, zone) = signed_in, zone_of(desk)
    tab.show(f"{served_desk}/read/{source}/?correct={zone}")
    tab.value("document.querySelector('.claim.fix [name=value][value=elevator]').click()")
    write(tab, ".claim.fix [name=reason]", "the caller was there")
    end_session(person)
    tab.value("document.querySelector('.claim.fix button.go').click()")
    sign_in(tab, desk, person)
    here(tab, f"location.pathname === '/read/{source}/' && location.search.includes('correct=')")
    assert tab.value("document.querySelector('.claim.fix [name=reason]').value") == "the caller was there"
    assert tab.value("document.querySelector('.claim.fix [name=value]:checked').value") == "elevator"
    assert desk.record.history(zone) == ()
    tab.value("document.querySelector('.claim.fix button.go').click()")
    here(tab, "location.search.includes('done=')")
    assert desk.record.account(f"a-{zone[2:].split('.')[0]}").account.value("zone") == "elevator"


def test_a_text_being_pasted_outlives_the_session_and_nobody_else_sees_it(signed_in, served_desk, desk, person):
    tab = signed_in
    tab.show(f"{served_desk}/inbox/text/")
    write(tab, "#id_words", "Agents waited in the lobby of the courthouse on May 14, 2019.")
    tab.press("Shift")
    wait_until(lambda: Draft.kept(person, "text").get("words", "").startswith("Agents waited"))
    end_session(person)
    tab.value("document.querySelector('#id_words').form.requestSubmit()")
    sign_in(tab, desk, person)
    here(tab, "location.pathname === '/inbox/text/'")
    assert "Agents waited in the lobby" in tab.value("document.querySelector('#id_words').value")
    other = desk.client(user=User.objects.create(username="other", password=None, roles=list(Role)), enrolled=True)
    assert "Agents waited" not in other.get("/inbox/text/").content.decode()


def test_what_is_guarded_is_not_kept_in_the_browser(signed_in, served_desk, desk):
    tab = signed_in
    private = next(name for name, each in desk.record.documents().items() if each.source.private)
    (account,) = desk.record.told_by(private).values()
    tab.show(f"{served_desk}/consent/{account.person}/")
    write(tab, "#id_how", "by his sister Ludmila")
    tab.value("document.querySelector('#id_purpose').value = 'story'")
    tab.value("document.querySelector('#id_purpose').dispatchEvent(new Event('input', {bubbles: true}))")
    assert "story" in tab.value("JSON.stringify(sessionStorage)")
    assert "Ludmila" not in tab.value("JSON.stringify(sessionStorage)")
