"""What to ask next, answered: a claim with the person's own note as its source, and findings that use it."""

import html
import re

import pytest

from portico.policy import case_of_incident, load_rules
from portico.web.access.acts import Role
from portico.web.rules.answering import recordable

KNOWN = {"target_status": "targeted", "warrant_reviewed_by": "nobody", "whence": "saw", "how": "Ask Ludmila Orsay."}


def words(response) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def incident(desk):
    return desk.record.incidents()[0].id


def test_an_answer_is_a_claim_of_who_gives_it_with_a_note_as_its_source(desk, incident):
    client = desk.client([Role.DOCUMENTER])
    asked = {"target_status": "targeted", "warrant_reviewed_by": "nobody"}
    page = client.get(f"/rules/incident/{incident}/record/", asked).content.decode()
    assert re.search(r'value="targeted" selected', page)
    response = client.post(f"/rules/incident/{incident}/record/?target_status=targeted", KNOWN, follow=True)
    assert "Recorded as your note." in words(response)
    state = desk.record.incident(incident)
    (claim,) = state.fact("target_status").claims
    assert (claim.claim.value, claim.claim.origin) == ("targeted", client.user.actor)
    document = desk.whole.document(claim.source)
    assert document is not None
    assert document.text is not None
    assert document.source.private
    (span,) = claim.claim.spans
    assert document.text[span.start : span.end] == "targeted"
    assert "Ask Ludmila Orsay." in document.text
    assert case_of_incident(state).facts.known["warrant_reviewed_by"] == (frozenset({"nobody"}),)


def test_the_findings_use_it_and_name_it(desk, incident):
    client = desk.client([Role.DOCUMENTER])
    before = words(client.get(f"/rules/incident/{incident}/"))
    client.post(f"/rules/incident/{incident}/record/", KNOWN)
    after = words(client.get(f"/rules/incident/{incident}/"))
    asks = load_rules().vocabulary.facts["target_status"].asks or "missing"
    assert asks in before
    assert asks not in after
    shown = words(client.get(f"/incidents/{incident}/"))
    assert re.search(r"Whether they came for this person.{0,40} targeted", shown)


def test_the_words_of_a_note_are_kept_from_who_may_not_see_them(desk, incident, caplog):
    desk.client([Role.DOCUMENTER]).post(f"/rules/incident/{incident}/record/", KNOWN)
    assert "Orsay" not in words(desk.client().get(f"/incidents/{incident}/"))
    assert "Orsay" not in desk.client([Role.READER]).get(f"/incidents/{incident}/save/").content.decode()
    assert "Orsay" not in caplog.text
    assert "Ask Ludmila Orsay." in words(desk.client(unlocked=True).get(f"/incidents/{incident}/"))


def test_a_double_click_is_once(desk, incident):
    client = desk.client([Role.DOCUMENTER])
    for _ in range(2):
        client.post(f"/rules/incident/{incident}/record/", KNOWN)
    assert len(desk.record.incident(incident).fact("target_status").claims) == 1


def test_two_people_who_know_otherwise_leave_it_disputed(desk, incident):
    for value in ("targeted", "collateral"):
        desk.client([Role.DOCUMENTER]).post(
            f"/rules/incident/{incident}/record/", {**KNOWN, "target_status": value, "how": value}
        )
    state = desk.record.incident(incident)
    assert state.fact("target_status").status.value == "disputed"
    assert set(case_of_incident(state).facts.known["target_status"]) == {"targeted", "collateral"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"target_status": "", "warrant_reviewed_by": ""}, "Answer at least one question"),
        ({"how": ""}, "This field is required"),
        ({"whence": "dreamt"}, "Select a valid choice"),
        ({"target_status": "<script>"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept_of_it(desk, incident, typed, says):
    size = desk.record.size
    response = desk.client([Role.DOCUMENTER]).post(f"/rules/incident/{incident}/record/", {**KNOWN, **typed})
    assert response.status_code == 422
    assert says in words(response)
    assert desk.record.size == size


def test_what_no_code_says_is_named_and_not_recorded(desk, incident):
    shown = words(
        desk.client([Role.DOCUMENTER]).get(
            f"/rules/incident/{incident}/record/", {"warrant_kind": "judicial_federal", "target_status": "targeted"}
        )
    )
    assert "Not recorded here, for a note has no exact word for it: warrant kind: judicial federal" in shown


def test_a_reader_is_not_led_there_and_what_is_not_there_is_not_there(desk, incident):
    reader = desk.client([Role.READER])
    assert "/record/" not in reader.get(f"/rules/incident/{incident}/").content.decode()
    assert reader.post(f"/rules/incident/{incident}/record/", KNOWN).status_code == 403
    assert desk.client([Role.DOCUMENTER]).post("/rules/incident/i-nothing/record/", KNOWN).status_code == 404


def test_what_can_be_recorded_says_exactly_that_in_law():
    rules = load_rules()
    for fact in rules.vocabulary.facts.values():
        for value, attribute in recordable(fact.name).items():
            said = [
                each.answers({attribute: (value,)})
                for each in rules.reported.translations
                if each.reads == (attribute,) and each.legal == fact.name
            ]
            assert said in ([(value,)], [(frozenset({value}),)], [(frozenset({"party", "defendant"}),)])


def test_crimes_and_immigration_status_have_no_field():
    assert recordable("target_categories") == {}
    assert recordable("listed_serious_offence") == {}


@pytest.mark.parametrize("width", [1280, 320])
def test_it_fits_and_nothing_keeps_anybody_out(demonstration, served, tab, axe, width):
    incident = demonstration.record.incidents()[0].id
    tab.own = (served, "data:")
    for path in ("", "record/", "record/?target_status=targeted&warrant_kind=judicial_federal"):
        tab.show(f"{served}/rules/incident/{incident}/{path}", width=width)
        assert tab.value("document.documentElement.scrollWidth") <= width, path
        assert tab.faults(axe) == [], path
    assert tab.logged == []
