"""Demands and what answered them on screen: proposed, linked and taken back by a person, told from both sides."""

import html
import re
from functools import partial

import pytest
from django.urls import reverse

from portico.web.access.acts import Role
from portico.web.access.models import Restriction, Team
from portico.web.inbox.receiving import text_taken

RULE = "ny-oca-directive-1-2019"
ANSWER = (
    "“The hallways are ours to keep, and we will keep them,” Chief Administrative Judge Janet Moreno said on Monday."
)


def words(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def demand(desk) -> str:
    return next(each.id for each in desk.record.actions() if each.action.demand)


@pytest.fixture
def answer(desk, demand) -> str:
    """A statement of another document than the demand's."""
    asked = next(each.source for each in desk.record.actions() if each.id == demand)
    return next(each.id for each in desk.record.statements() if each.source != asked)


@pytest.fixture
def documenter(desk):
    return desk.client([Role.DOCUMENTER])


def page(client, demand: str, **asked) -> str:
    return words(client.get(f"/statements/actions/{demand}/", asked))


def link(client, demand: str, answer: str):
    return client.post(f"/statements/actions/{demand}/answer/", {"answer": answer})


def test_a_person_links_an_answer_and_it_stands_on_both_sides(desk, documenter, demand, answer):
    assert "No answer is linked That is not to say that there was none." in page(documenter, demand)
    size = desk.record.size
    assert link(documenter, demand, answer).status_code == 302
    (entry,) = desk.record.newest("demand_answered")
    assert (entry.actor, entry.subject, desk.record.size) == (documenter.user.actor, demand, size + 1)
    shown = page(documenter, demand)
    assert f"Linked by {documenter.user.name} on " in shown
    assert "No answer is linked" not in shown
    asked = desk.record.actions()
    asks = next(each.action.demand for each in asked if each.id == demand)
    assert f"Answers the demand of Local 910 : {asks}" in words(documenter.get("/statements/"))
    assert "Answered:" in words(documenter.get("/statements/actions/"))


def test_the_same_again_is_once(desk, documenter, demand, answer):
    link(documenter, demand, answer)
    size = desk.record.size
    link(documenter, demand, answer)
    assert desk.record.size == size


def test_it_is_undone_at_once_or_taken_back_later(desk, documenter, demand, answer):
    link(documenter, demand, answer)
    shown = documenter.get(f"/statements/actions/{demand}/").content.decode()
    number = re.search(r'name="number" value="(\d+)"', shown)
    assert number
    documenter.post("/inbox/undo/", {"number": number[1], "next": "/"})
    assert desk.record.demand_answers() == ()
    link(documenter, demand, answer)
    another = desk.client([Role.REVIEWER])
    another.post(f"/statements/actions/{demand}/take-back/", {"answer": answer})
    assert desk.record.demand_answers() == ()
    assert "Taken back: it no longer stands as an answer." in page(another, demand)
    assert "Answers the demand" not in words(documenter.get("/statements/"))
    assert len(desk.record.newest("demand_answered")) == 2


def test_a_rule_answers_too_and_its_page_says_so(documenter, demand):
    link(documenter, demand, RULE)
    assert "Answers the demand of Local 910" in words(documenter.get(reverse("rules:rule", args=[RULE])))
    assert (
        documenter.get(f"/statements/actions/{demand}/")
        .content.decode()
        .count(f'href="{reverse("rules:rule", args=[RULE])}"')
        == 1
    )


def test_what_those_who_were_asked_said_since_is_proposed_and_nothing_is_linked_by_itself(desk, documenter, demand):
    paper = partial(text_taken, publisher="The Kings Ledger", url="", private=False)
    desk.record.add(*paper(words=ANSWER, published_on="2019-05-21"), actor="person:test")
    (said,) = [each for each in desk.record.statements() if each.statement.speaker == "Janet Moreno"]
    desk.record.add(*paper(words=ANSWER.replace("hallways", "lobbies"), published_on="2019-05-02"), actor="x")
    shown = page(documenter, demand)
    assert "The hallways are ours to keep" in shown, said
    assert "The lobbies are ours" not in shown
    assert desk.record.demand_answers() == ()


def test_words_find_what_may_answer_and_masked_ones_do_not(documenter, demand):
    assert "At no time was anyone kept" in page(documenter, demand, words="AT NO TIME")
    assert "Link as an answer" in page(documenter, demand, words="directive 1-2019")
    for each in ("Quintera", "nothing holds this"):
        assert "Nothing holds these words" in page(documenter, demand, words=each)


def test_who_only_looks_sees_the_answer_and_no_button(desk, documenter, demand, answer):
    link(documenter, demand, answer)
    reader = desk.client([Role.READER])
    shown = page(reader, demand, words="at no time")
    assert "Linked by" in shown
    assert "Take back" not in shown
    assert "Link as an answer" not in shown
    assert link(reader, demand, RULE).status_code == 403
    assert reader.post(f"/statements/actions/{demand}/take-back/", {"answer": answer}).status_code == 403


@pytest.mark.parametrize("named", ["", "s-none", "no-such-rule", "itself", "an account"])
def test_what_is_no_answer_is_not_linked(desk, documenter, demand, named):
    named = {"itself": demand, "an account": next(iter(desk.record.accounts()))}.get(named, named)
    size = desk.record.size
    assert link(documenter, demand, named).status_code == 404
    assert link(documenter, "x-none", RULE).status_code == 404
    assert desk.record.size == size


def test_what_is_closed_to_a_team_is_on_neither_side(desk, documenter, demand, answer):
    link(documenter, demand, answer)
    told = next(each for each in desk.record.demand_answers())
    account = next(each for each in desk.record.accounts().values() if each.source == told.answer_source)
    Restriction.objects.create(account=account.id, source=account.source, team=Team.objects.create(name="Kings"))
    size = desk.record.size
    assert "No answer is linked" in page(documenter, demand)
    assert link(documenter, demand, answer).status_code == 404
    documenter.post(f"/statements/actions/{demand}/take-back/", {"answer": answer})
    assert desk.record.size == size
    Restriction.objects.all().delete()
    account = next(each for each in desk.record.accounts().values() if each.source == told.action_source)
    Restriction.objects.create(account=account.id, source=account.source, team=Team.objects.get())
    assert documenter.get(f"/statements/actions/{demand}/").status_code == 404
    assert "Answers the demand" not in words(documenter.get("/statements/"))


def test_programs_read_what_answered_a_demand_and_not_what_is_closed(desk, documenter, demand, answer):
    link(documenter, demand, answer)
    link(documenter, demand, RULE)
    told = desk.record.demand_answers()[0]

    def answered_by() -> list[str]:
        rows = desk.program([Role.READER]).get("/api/v1/actions").json()["rows"]
        return next(each["answered_by"] for each in rows if each["id"] == demand)

    assert answered_by() == [answer, RULE]
    account = next(each for each in desk.record.accounts().values() if each.source == told.answer_source)
    Restriction.objects.create(account=account.id, source=account.source, team=Team.objects.create(name="Kings"))
    assert answered_by() == [RULE]


def test_it_is_linked_without_script_and_fits_a_phone(desk_tab, served, demonstration, axe, demand):
    for width in (320, 1280):
        desk_tab.show(f"{served}/statements/actions/{demand}/?words=at+no+time", width=width, script=False)
        desk_tab.value("document.querySelector('#may-answer form button').click()")
        desk_tab.wait_for(
            "document.querySelector('main [role=status]') || document.body.innerText.includes('Linked by')"
        )
        desk_tab.show(f"{served}/statements/actions/{demand}/?words=directive", width=width)
        assert desk_tab.value("document.documentElement.scrollWidth") <= width
        assert desk_tab.faults(axe) == []
    assert len(demonstration.record.demand_answers()) >= 1
    assert desk_tab.logged == []
