"""Reading on screen: the document beside its claims; accepting, correcting, rejecting; two people at one claim."""

import html
import re

import pytest

from portico.facts import Span
from portico.web.access.acts import Role
from portico.web.read.finding import find_words


def hit(pattern: str, page: str, group: int = 1, flags: int = 0) -> str:
    """What a pattern finds on a page; it must be there."""
    found = re.search(pattern, page, flags)
    assert found, pattern
    return found[group]


def words(answer) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def ledger(desk):
    """The news story: its hash."""
    return next(name for name, each in desk.record.documents().items() if each.source.media_type == "text/html")


def claim(desk, source: str, attribute: str, at: int = 0) -> str:
    (account,) = desk.record.told_by(source).values()
    return [each.id for each in account.told if each.claim.attribute == attribute][at]


def form(client, source: str, claim: str) -> dict[str, str]:
    """What the page's own form for a claim carries."""
    page = client.get(f"/read/{source}/?show=all").content.decode()
    seen = hit(rf'name="claim" value="{re.escape(claim)}"><input type="hidden" name="seen" value="([^"]*)"', page)
    return {"claim": claim, "seen": seen}


def decide(client, source: str, claim: str, decision: str, **typed):
    return client.post(f"/read/{source}/decide/", {**form(client, source, claim), "decision": decision, **typed})


def standing(desk, claim: str):
    account = f"a-{claim[2:].partition('.')[0]}"
    return desk.record.decisions([account]).get(claim)


def value(desk, claim: str):
    account = desk.record.account(f"a-{claim[2:].partition('.')[0]}")
    return next((each.claim for each in account.claims if each.id == claim), None)


def test_every_claim_is_lit_with_its_words_and_each_leads_to_the_other(desk, ledger):
    page = desk.client().get(f"/read/{ledger}/").content.decode()
    numbers = re.findall(r'<li class="claim k(\d+)', page)
    assert len(numbers) == 23
    for number in numbers:
        assert f'id="c{number}"' in page
        assert re.search(rf'(mark|span)\s+class="[^"]*\bk{number}\b', page), number
        assert f'href="#c{number}"' in page or f'aria-label="Claim {number}"' in page
    assert "Immigration agents take man in Brooklyn courthouse hallway" in page


def test_what_others_say_stands_beside_a_claim(desk, ledger):
    page = words(desk.client().get(f"/read/{ledger}/"))
    assert "Where in the building proposed hallway hallway" in page
    where = page[page.index("Where in the building") : page.index("Custody")]
    assert "differs Both can stand." in where
    assert "D Immigration and Customs Enforcement, New York lobby lobby" in where
    assert "not denied according to U.S. Immigration and Customs Enforcement (ICE)" in page


def test_two_spellings_of_one_building_do_not_differ(desk, ledger):
    page = words(desk.client().get(f"/read/{ledger}/"))
    place = page[page.index("Courthouse proposed") : page.index("Date proposed")]
    assert "in other words or less exactly: 120 Schermerhorn Street" in place
    assert "differs" not in place


def test_accepting_leads_to_the_next_claim_and_shows_the_way_back(desk, ledger):
    client, kind = desk.client(), claim(desk, ledger, "kind")
    answer = decide(client, ledger, kind, "accept")
    assert standing(desk, kind).decision == "accept"
    assert standing(desk, kind).actor == client.user.actor
    page = client.get(answer.headers["Location"])
    assert "Claim 2 accepted. Undo" in words(page)
    assert re.search(r'id="c3" data-item tabindex="-1" autofocus', page.content.decode())
    assert "accepted by you" in words(page)
    assert "1 of 23 decided" in words(page)


def test_a_place_is_decided_with_what_follows_from_it(desk, ledger):
    client, place = desk.client(), claim(desk, ledger, "courthouse")
    decide(client, ledger, place, "accept")
    (account,) = desk.record.told_by(ledger).values()
    assert len(account.decided) == 7
    client.post(f"/read/{ledger}/undo/", form(client, ledger, place))
    (account,) = desk.record.told_by(ledger).values()
    assert account.decided == {}


def test_rejecting_asks_why_and_keeps_it_with_the_claim(desk, ledger):
    client, zone = desk.client(), claim(desk, ledger, "zone")
    page = client.get(f"/read/{ledger}/?reject={zone}")
    assert "Reject the claim" in words(page)
    decide(client, ledger, zone, "reject", reason="The story means the floor below.")
    assert standing(desk, zone).decision == "reject"
    assert desk.whole.decisions([f"a-{zone[2:].partition('.')[0]}"])[zone].reason == "The story means the floor below."
    assert value(desk, zone) is None
    assert "rejected by you" in words(client.get(f"/read/{ledger}/?show=decided"))


def test_correcting_takes_a_code_of_the_vocabulary_and_other_words(desk, ledger):
    client, zone = desk.client(), claim(desk, ledger, "zone")
    page = client.get(f"/read/{ledger}/?correct={zone}").content.decode()
    assert re.search(r'value="hallway"[^>]* checked', page)
    assert 'value="lobby"' in page
    answer = decide(client, ledger, zone, "correct", value="elevator", words="walked him to an elevator", near="10")
    assert answer.status_code == 302
    text = desk.record.document(ledger).text
    now = value(desk, zone)
    assert now.value == "elevator"
    assert [text[each.start : each.end] for each in now.spans] == ["walked him to an elevator"]
    page = words(client.get(f"/read/{ledger}/?show=decided"))
    assert "hallway elevator" in page
    assert "corrected by you" in page


def test_words_that_are_not_in_the_document_are_refused_and_what_was_typed_stays(desk, ledger):
    client, zone = desk.client(), claim(desk, ledger, "zone")
    answer = decide(client, ledger, zone, "correct", value="lobby", words="in the cellar", reason="seen on the plan")
    assert answer.status_code == 422
    page = words(answer)
    assert "These words are not in the document. Copy them exactly, or select them in the text." in page
    assert 'value="in the cellar"' in answer.content.decode()
    assert 'value="seen on the plan"' in answer.content.decode()
    assert standing(desk, zone) is None


@pytest.mark.parametrize(
    ("attribute", "typed", "says"),
    [
        ("zone", "moon", "Select a valid choice. moon is not one of the available choices."),
        ("date", "31/11/2019", "31/11/2019 is not a date. Write a day as 2017-11-28"),
        ("people_arrested", "some", "Enter a whole number."),
        ("courthouse", "Kings County courthouse", "This may be: "),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(desk, ledger, attribute, typed, says):
    answer = decide(desk.client(), ledger, claim(desk, ledger, attribute), "correct", value=typed)
    assert answer.status_code == 422
    assert says in words(answer)


def test_another_courthouse_leads_to_its_own_county_and_building(desk, ledger):
    client, place = desk.client(), claim(desk, ledger, "courthouse")
    decide(client, ledger, place, "correct", value="1200 SW 1st Ave, Portland")
    (account,) = desk.record.told_by(ledger).values()
    assert account.account.value("courthouse") == "1200 SW 1st Ave, Portland"
    assert account.account.value("county") == "Multnomah"
    assert account.account.value("state") == "OR"
    assert "nyc" not in str(account.account.value("courthouse_id"))


def test_two_people_at_one_claim_see_each_other_and_lose_nothing(desk, ledger):
    zone = claim(desk, ledger, "zone")
    one, other = desk.client(), desk.client()
    before = form(other, ledger, zone)
    decide(one, ledger, zone, "correct", value="lobby", reason="the plan says so")
    typed = {"decision": "correct", "value": "elevator", "words": "walked him to an elevator", "reason": "as told"}
    answer = other.post(f"/read/{ledger}/decide/", {**before, **typed})
    assert answer.status_code == 409
    page = words(answer)
    assert "Somebody else decided about this claim meanwhile" in page
    assert one.user.name in page
    assert "lobby" in page
    assert "elevator" in page
    assert "as told" in page
    assert value(desk, zone).value == "lobby"
    seen = hit(r'name="seen" value="([^"]*)"', answer.content.decode())
    again = other.post(f"/read/{ledger}/decide/", {"claim": zone, "seen": seen, **typed})
    assert again.status_code == 302
    assert value(desk, zone).value == "elevator"
    assert len(desk.record.history(zone)) == 2  # both are kept


def test_accepting_what_somebody_else_accepted_meanwhile_is_no_conflict(desk, ledger):
    kind = claim(desk, ledger, "kind")
    one, other = desk.client(), desk.client()
    before = form(other, ledger, kind)
    decide(one, ledger, kind, "accept")
    assert other.post(f"/read/{ledger}/decide/", {**before, "decision": "accept"}).status_code == 302
    assert len(desk.record.history(kind)) == 1


@pytest.mark.parametrize(
    "typed", [{"decision": "accept"}, {"decision": "reject"}, {"decision": "correct", "value": "lobby"}]
)
def test_a_double_click_is_once(desk, ledger, typed):
    client, zone = desk.client(), claim(desk, ledger, "zone")
    sent = {**form(client, ledger, zone), **typed}
    answers = [client.post(f"/read/{ledger}/decide/", sent) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert len(desk.record.history(zone)) == 1


def test_undo_takes_back_one_decision_and_another_can_follow(desk, ledger):
    client, zone = desk.client(), claim(desk, ledger, "zone")
    decide(client, ledger, zone, "reject")
    client.post(f"/read/{ledger}/undo/", form(client, ledger, zone))
    assert value(desk, zone).value == "hallway"
    assert standing(desk, zone).decision is None
    assert decide(client, ledger, zone, "accept").status_code == 302
    assert standing(desk, zone).decision == "accept"


def test_those_that_agree_are_accepted_together(desk, ledger):
    client = desk.client()
    answer = client.post(f"/read/{ledger}/agreed/", follow=True)
    assert re.search(r"(\d+) claims accepted\. Undo", words(answer))
    (account,) = desk.record.told_by(ledger).values()
    decided = {each.claim.attribute for each in account.told if each.id in account.decided}
    assert "kind" in decided
    assert "zone" not in decided
    assert "age" not in decided


def test_who_somebody_is_opens_and_is_decided_only_unlocked(desk, ledger):
    age = claim(desk, ledger, "age")
    client = desk.client()
    page = client.get(f"/read/{ledger}/?show=all").content.decode()
    assert "34-year-old" not in page
    assert f'value="{age}"' not in page
    answer = client.post(f"/read/{ledger}/decide/", {"claim": age, "seen": "0", "decision": "accept"})
    assert answer.headers["Location"].startswith("/account/unlock/")
    assert standing(desk, age) is None
    open_client = desk.client(unlocked=True)
    assert "34" in words(open_client.get(f"/read/{ledger}/?show=all"))
    assert decide(open_client, ledger, age, "accept").status_code == 302
    assert standing(desk, age).decision == "accept"


def test_a_private_document_is_locked_until_it_is_unlocked(desk):
    note = next(name for name, each in desk.record.documents().items() if each.source.private)
    assert "This document is private: its words open in an unlocked session." in words(
        desk.client().get(f"/read/{note}/")
    )
    page = words(desk.client(unlocked=True).get(f"/read/{note}/"))
    assert "Ismael Quintera" in page
    assert "Counsel’s note" in page


def test_the_next_document_is_the_next_that_waits(desk, ledger):
    client = desk.client()
    order = re.findall(r'/read/([0-9a-f]{64})/" data-key', client.get("/inbox/").content.decode())
    assert client.get(f"/read/?after={order[0]}").headers["Location"] == f"/read/{order[1]}/"
    assert client.get(f"/read/?after={order[-1]}").headers["Location"] == f"/read/{order[0]}/"
    client.post("/inbox/aside/", {"source": order})
    assert client.get("/read/").headers["Location"] == "/inbox/"


def test_a_reader_sees_the_claims_and_no_act(desk, ledger):
    page = desk.client([Role.READER]).get(f"/read/{ledger}/").content.decode()
    assert "Where in the building" in page
    for act in ('value="accept"', "?correct=", "?reject=", "Same event?"):
        assert act not in page


def test_what_one_may_not_know_of_is_not_there(desk, ledger):
    from portico.web.access.models import Restriction, Team

    client = desk.client()
    assert client.get(f"/read/{'0' * 64}/").status_code == 404
    account = next(iter(desk.record.told_by(ledger)))
    Restriction.objects.create(account=account, source=ledger, team=Team.objects.create(name="Kings"))
    assert client.get(f"/read/{ledger}/").status_code == 404
    assert client.post(f"/read/{ledger}/decide/", {"claim": "c-1.0", "decision": "accept"}).status_code == 404
    # Of its event nothing is told beside the other documents either.
    union = next(name for name, each in desk.record.documents().items() if "Union" in (each.source.publisher or ""))
    assert "Kings Ledger" not in words(client.get(f"/read/{union}/"))


@pytest.mark.parametrize(
    ("text", "wanted", "near", "found"),
    [
        ("a cat, a cat", "cat", 0, Span(2, 5)),
        ("a cat, a cat", "cat", 9, Span(9, 12)),
        ("in the\n  hallway", "the hallway", 0, Span(3, 16)),
        ("(sic) [sic]", "[sic]", 0, Span(6, 11)),
        ("a cat", "dog", 0, None),
        ("a cat", "  ", 0, None),
    ],
)
def test_words_are_found_where_they_were_selected(text, wanted, near, found):
    assert find_words(text, wanted, near=near) == found
