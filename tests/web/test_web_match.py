"""Matching on screen: two accounts side by side; linked, kept apart, left for later; nothing lost by a merge."""

import html
import re

import pytest

from portico.web.access.acts import Role


def hit(pattern: str, page: str, group: int = 1, flags: int = 0) -> str:
    """What a pattern finds on a page; it must be there."""
    found = re.search(pattern, page, flags)
    assert found, pattern
    return found[group]


def words(answer) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def union(desk):
    """The union's account, no longer linked with the others."""
    name = next(name for name, each in desk.record.documents().items() if "Union" in (each.source.publisher or ""))
    (account,) = desk.record.told_by(name)
    desk.record.unlink(account, actor="person:test")
    return account


def source_of(desk, account: str) -> str:
    return desk.record.account(account).source


def pair_of(client, **query) -> str:
    return client.get("/match/", query).headers["Location"].partition("?")[0]


def test_two_accounts_stand_side_by_side_with_what_speaks_for_and_against(desk, union):
    client = desk.client()
    page = words(client.get(pair_of(client, source=source_of(desk, union))))
    assert "For one event Both name the same courthouse. Both give the same day." in page
    assert "Where in the building" in page
    assert re.search(r"Score (over )?0\.\d\d of 1: an order in which to look, not odds\.", page)
    assert "linked with 2 other accounts already" in page


def test_linking_loses_no_claim_and_can_be_undone(desk, union):
    client = desk.client()
    before = {each.id for account in desk.record.accounts().values() for each in account.told}
    where = pair_of(client, source=source_of(desk, union))
    answer = client.post(f"{where}decide/", {"decision": "link", "reason": "Same hallway, same morning."})
    page = client.get(answer.headers["Location"])
    assert "Linked: both tell of one event. Undo" in words(page)
    state = desk.record.incident(desk.record.account(union).incident)
    assert len(state.accounts) == 4
    after = {each.id for account in desk.record.accounts().values() for each in account.told}
    assert after == before
    folded = {each.id for fact in state.facts for each in fact.claims}
    assert {each.id for each in desk.record.account(union).claims} <= folded
    number = hit(r'name="number" value="(\d+)"', page.content.decode())
    client.post("/inbox/undo/", {"number": number, "next": "/match/"})
    assert len(desk.record.incident(desk.record.account(union).incident).accounts) == 1


def test_what_is_kept_apart_is_kept_and_never_proposed_again(desk, union):
    client = desk.client()
    where = pair_of(client)
    client.post(f"{where}decide/", {"decision": "apart", "reason": "Another man, another floor."})
    assert "No two accounts look like one event now" in words(client.get("/match/"))
    assert "No two accounts look like one event now" in words(client.get("/match/", {"source": source_of(desk, union)}))
    assert "People keep them apart: they are not proposed again." in words(client.get(where))
    assert "may be an event of the record" not in words(client.get("/inbox/near/", {"source": source_of(desk, union)}))
    # Nor in another session, nor by the other accounts of that event.
    assert "No two accounts" in words(desk.client().get("/match/"))
    # Once more is once; and linking stays possible.
    size = desk.record.size
    client.post(f"{where}decide/", {"decision": "apart"})
    assert desk.record.size == size
    client.post(f"{where}decide/", {"decision": "link"})
    assert len(desk.record.incident(desk.record.account(union).incident).accounts) == 4


def test_keeping_apart_can_be_undone(desk, union):
    client = desk.client()
    where = pair_of(client)
    answer = client.post(f"{where}decide/", {"decision": "apart"}, follow=True)
    number = hit(r'name="number" value="(\d+)"', answer.content.decode())
    client.post("/inbox/undo/", {"number": number})
    assert pair_of(client) == where


def test_later_leaves_it_for_another_session(desk, union):
    client = desk.client()
    where = pair_of(client)
    size = desk.record.size
    answer = client.post(f"{where}decide/", {"decision": "later"}, follow=True)
    while b"decide/" in answer.content:
        answer = client.post(f"{pair_of(client)}decide/", {"decision": "later"}, follow=True)
    assert "left for later" in words(answer)
    assert desk.record.size == size
    assert pair_of(desk.client()) == where


def test_linking_what_is_linked_already_changes_nothing(desk, union):
    client = desk.client()
    where = pair_of(client)
    client.post(f"{where}decide/", {"decision": "link"})
    size = desk.record.size
    client.post(f"{where}decide/", {"decision": "link"})
    client.post(f"{where}decide/", {"decision": "apart"})
    assert desk.record.size == size


def test_the_inbox_asks_once_it_is_there_what_may_be_an_event_of_the_record(desk, union):
    client = desk.client()
    page = html.unescape(client.get("/inbox/").content.decode())
    answer = client.get(hit(r'hx-get="(/inbox/near/[^"]+)"', page), headers={"HX-Request": "true"})
    assert answer.content.decode().count("may be an event of the record") == 4  # the union's, and of the others'
    assert f'id="near-{source_of(desk, union)[:16]}" hx-swap-oob="true"' in answer.content.decode()
    assert f'id="near-{source_of(desk, union)[:16]}"' in page
    assert f"/match/?source={source_of(desk, union)}" in page  # without script, too


def test_guarded_words_are_masked_and_open_unlocked(desk, union):
    note = next(name for name, each in desk.record.documents().items() if each.source.private)
    (account,) = desk.record.told_by(note)
    locked = words(desk.client().get(f"/match/{union}/{account}/"))
    assert "Quintera" not in locked
    assert "name, guarded" in locked
    assert "Ismael Quintera" in words(desk.client(unlocked=True).get(f"/match/{union}/{account}/"))


def test_unknown_accounts_and_what_one_may_not_know_of_are_not_there(desk, union):
    from portico.web.access.models import Restriction, Team

    client = desk.client()
    where = pair_of(client)
    assert client.get("/match/a-1/a-2/").status_code == 404
    assert client.post(f"{where}decide/", {"decision": "merge"}).status_code == 404
    Restriction.objects.create(account=union, source=source_of(desk, union), team=Team.objects.create(name="Kings"))
    assert client.get(where).status_code == 404
    assert client.post(f"{where}decide/", {"decision": "link"}).status_code == 404
    assert "No two accounts" in words(client.get("/match/"))


def test_who_may_not_decide_may_not_match(desk, union):
    assert desk.client([Role.READER]).get("/match/").status_code == 403
