"""Consent on screen: recorded by purpose, taken back, what falls due, and no story without it."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from portico.web.access.acts import Role

TODAY = datetime.now(UTC).date()


def words(response) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def note(desk):
    """The account of the private note."""
    private = next(name for name, each in desk.record.documents().items() if each.source.private)
    (account,) = desk.record.told_by(private).values()
    return account


def said(purpose="story", answer="given", on=TODAY, until=TODAY + timedelta(days=90), how="on the phone"):
    return {"purpose": purpose, "answer": answer, "on": f"{on}", "until": f"{until or ''}", "how": how}


def test_what_somebody_allows_is_recorded_shown_and_taken_back(desk, note):
    client = desk.client([Role.DOCUMENTER])
    page = f"/consent/{note.person}/"
    assert "not asked" in words(client.get(page))
    assert client.post(page, said()).status_code == 302
    shown = words(client.get(page))
    assert "Recorded. The log keeps what they said before, too." in shown
    assert "Story given until" in shown
    assert f"recorded by {client.user.name}" in shown
    assert re.search(r"Story: given on \d+ \w+ \d{4}, until \d+ \w+ \d{4}", shown)
    client.post(page, said(answer="withdrawn", until=None))
    assert "Story withdrawn on" in words(client.get(page))
    assert words(client.get("/consent/")).count("withdrawn on") == 1
    assert [each.type for each in desk.record.history(note.person)].count("consent_recorded") == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"until": ""}, "Say until when. Nobody’s name is kept without an end."),
        ({"until": "2001-01-01"}, "The end is before the day they said it."),
        ({"on": "2999-01-01", "until": ""}, "This day is not here yet."),
        ({"answer": "refused"}, "Only what is given has an end."),
        ({"purpose": "publicity"}, "Select a valid choice"),
        ({"answer": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(desk, note, typed, says):
    size = desk.record.size
    response = desk.client([Role.COUNSEL]).post(f"/consent/{note.person}/", {**said(how="by <b>letter"), **typed})
    assert response.status_code == 422
    assert says in words(response)
    assert b"by &lt;b&gt;letter" in response.content
    assert desk.record.size == size


def test_statistics_need_no_end_and_a_no_is_out_of_every_figure(desk, note):
    client = desk.client([Role.DOCUMENTER, Role.COUNSEL])
    client.post(f"/consent/{note.source}/", said("statistics", until=None))
    assert "Looked at 1 incident" in words(client.get("/numbers/"))
    for source in desk.record.incidents()[0].sources:
        client.post(f"/consent/{source}/", said("statistics", "refused", until=None))
    assert "Looked at 0 incidents" in words(client.get("/numbers/"))
    assert b",0,0," in client.get("/numbers/table.csv").content
    assert "Kings County Criminal Court" in words(client.get("/incidents/"))  # the record still has it


def test_how_it_was_said_and_who_it_is_open_only_unlocked(desk, note):
    desk.client([Role.COUNSEL]).post(f"/consent/{note.person}/", said(how="by his sister Ludmila"))
    masked = desk.client([Role.COUNSEL])
    for page in (f"/consent/{note.person}/", "/consent/"):
        assert "Ludmila" not in words(masked.get(page))
        assert "Quintera" not in words(masked.get(page))
    unlocked = desk.client([Role.COUNSEL], unlocked=True)
    assert "by his sister Ludmila" in words(unlocked.get(f"/consent/{note.person}/"))
    assert "Ismael Quintera" in words(unlocked.get("/consent/"))
    assert note.person in desk.record.newest("record_read")[0].details["subjects"]


def test_who_falls_due_is_proposed_and_a_person_erases(desk, note):
    client = desk.client([Role.COUNSEL], unlocked=True)
    client.post(f"/consent/{note.person}/", said("representation", until=TODAY + timedelta(days=20)))
    assert "Nobody is due by that day" in words(client.get("/consent/due/"))
    later = {"on": f"{TODAY + timedelta(days=30)}"}
    assert "representation given until" in words(client.get("/consent/due/", later))
    response = client.post(f"/consent/{note.person}/", said("representation", "withdrawn", until=None), follow=True)
    assert "Nothing keeps who they are any more" in words(response)
    shown = client.get("/consent/due/")
    assert f"/erasing/{note.person}/" in shown.content.decode()
    assert client.get(f"/erasing/{note.person}/").status_code == 200
    assert desk.whole.account(note.id).account.value("name") == "Ismael Quintera"  # looking erases nothing
    client.post(f"/erasing/{note.person}/")
    assert "Nobody is due by that day" in words(client.get("/consent/due/"))
    assert desk.record.account(note.id).erased


def test_a_day_that_is_none_keeps_what_was_typed(desk):
    response = desk.client([Role.COUNSEL]).get("/consent/due/", {"on": "31/11/2026"})
    assert response.status_code == 422
    assert b"31/11/2026" in response.content


@pytest.mark.parametrize("purpose", ["story", "media"])
def test_no_consent_no_story(desk, note, purpose):
    client = desk.client([Role.DOCUMENTER])
    incident = desk.record.incidents()[0].id
    leaves = f"/incidents/{incident}/save/{purpose}/"
    refused = client.post(leaves)
    assert refused.status_code == 409
    assert "not asked" in words(refused)
    assert f"/consent/{note.person}/" in refused.content.decode()
    other = {"story": "media", "media": "story"}[purpose]
    client.post(f"/consent/{note.person}/", said(other))
    assert client.post(leaves).status_code == 409
    client.post(f"/consent/{note.source}/", said(purpose))
    left = client.post(leaves)
    assert left.status_code == 200
    assert left["Content-Disposition"] == f'attachment; filename="{incident}-{purpose}.html"'
    assert b"Quintera" not in left.content
    noted = desk.record.newest("access_changed")[0]
    assert (noted.details["what"], noted.subject) == (f"saved_for_{purpose}", incident)
    client.post(f"/consent/{note.person}/", said(purpose, "refused", until=None))
    assert "refused on" in words(client.post(leaves))


def test_a_published_page_alone_may_be_told_until_somebody_says_no(desk, note):
    client = desk.client([Role.DOCUMENTER])
    desk.record.unlink(note.id, actor="person:x")
    incident = next(each for each in desk.record.incidents() if note.id not in each.accounts)
    assert client.post(f"/incidents/{incident.id}/save/story/").status_code == 200
    client.post(f"/consent/{incident.sources[0]}/", said("story", "refused", until=None))
    assert client.post(f"/incidents/{incident.id}/save/story/").status_code == 409
    assert client.post(f"/incidents/{incident.id}/save/pleasure/").status_code == 404


def test_the_incident_leads_to_everybody_it_tells_of(desk, note):
    desk.client([Role.COUNSEL]).post(f"/consent/{note.person}/", said("media"))
    incident = desk.record.incidents()[0].id
    shown = desk.client([Role.DOCUMENTER]).get(f"/incidents/{incident}/")
    assert f"/consent/{note.person}/" in shown.content.decode()
    assert f"/consent/{note.source}/" in shown.content.decode()
    assert "media given until" in words(shown)
    assert "/consent/" not in desk.client([Role.READER]).get(f"/incidents/{incident}/").content.decode()


def test_what_is_closed_to_a_team_is_not_there_for_others(desk, note):
    from portico.web.access.models import Restriction, Team

    team = Team.objects.create(name="Hotline")
    desk.client([Role.COUNSEL]).post(f"/consent/{note.person}/", said())
    Restriction.objects.create(account=note.id, source=note.source, team=team)
    client = desk.client([Role.COUNSEL])
    assert client.get(f"/consent/{note.person}/").status_code == 404
    assert client.post(f"/consent/{note.person}/", said()).status_code == 404
    assert client.get(f"/consent/{note.source}/").status_code == 404
    assert note.person not in client.get("/consent/").content.decode()
    assert client.get("/consent/p-nobody/").status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.ADMINISTRATOR])
def test_who_only_reads_or_administers_records_no_consent(desk, note, role):
    assert desk.client([role]).post(f"/consent/{note.person}/", said()).status_code == 403


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("en", 1280, "light"), ("es", 320, "dark"), ("ar", 320, "light")]
)
def test_it_fits_and_nothing_keeps_anybody_out(demonstration, served, tab, axe, language, width, scheme):
    desk = demonstration
    private = next(name for name, each in desk.record.documents().items() if each.source.private)
    (account,) = desk.record.told_by(private).values()
    desk.client([Role.COUNSEL]).post(f"/consent/{account.person}/", said("representation", "withdrawn", until=None))
    tab.own = (served, "data:")
    tab.ask("Network.setCookie", name="portico-language", value=language, url=served)
    incident = desk.record.incidents()[0].id
    paths = ("/consent/", f"/consent/{account.person}/", "/consent/due/", f"/incidents/{incident}/")
    others = (f"/rules/incident/{incident}/record/", "/numbers/?definition=arrests-and-attempts&by=zone&and_by=month")
    for path in (*paths, *others, "/people/reads/"):
        tab.show(f"{served}{path}", width=width, scheme=scheme)
        assert tab.value("document.documentElement.scrollWidth") <= width, path
        assert tab.faults(axe) == [], path
    assert tab.logged == []
    tab.ask("Network.clearBrowserCookies")


@pytest.mark.parametrize(
    ("may_use", "stands"),
    [
        ("", {}),
        ("both", {"representation": "given", "statistics": "given"}),
        ("lawyer", {"representation": "given", "statistics": "refused", "story": "refused", "media": "refused"}),
        ("statistics", {"statistics": "given", "representation": "refused", "story": "refused", "media": "refused"}),
    ],
)
def test_what_a_caller_allows_is_recorded_with_the_call(desk, may_use, stands):
    typed = {"words": "Two agents took a man in the lobby.", "kind": "arrest", "may_use": may_use}
    response = desk.client([Role.DOCUMENTER]).post("/inbox/call/", {**typed, "place": "", "when": "", "seen": ""})
    source = response.headers["Location"].split("/")[2]
    assert {each.consent.purpose: each.consent.answer for each in desk.record.consents(source)} == stands
    counted = {source for state in desk.record.countable() for source in state.sources}
    assert (source in counted) is (stands.get("statistics") != "refused")
