"""Writing through the API: once for the same, seen or refused, and in the log as the person of the token."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from portico.facts import Verification
from portico.store import Choice
from portico.web.access.acts import Role

TEXT = "Immigration agents arrested a man in the lobby of Queens Criminal Court on May 3, 2019, his lawyer said."


@pytest.fixture
def program(desk):
    return desk.program([Role.REVIEWER])


def send(client, path: str, **told):
    return client.post(f"/api/v1/{path}", told, content_type="application/json")


def claim_of(desk, attribute: str) -> str:
    state = desk.record.incidents()[0]
    return state.fact(attribute).claims[0].id


def actors(desk, since: int) -> set[str]:
    kinds = (
        *("source_received", "account_proposed", "claim_accepted", "claim_rejected", "claim_corrected"),
        *("accounts_linked", "accounts_unlinked", "accounts_kept_apart", "incident_verified"),
    )
    return {each.actor for kind in kinds for each in desk.record.newest(kind) if each.sequence >= since}


def test_a_text_is_added_read_and_once(desk, program):
    size = desk.record.size
    first, again = (send(program, "documents", words=TEXT, publisher="The Queens Ledger") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "new": False}
    (account,) = first.json()["accounts"]
    shown = program.get(f"/api/v1/accounts/{account}").json()
    assert {"zone": "lobby", "date": "2019-05-03"}.items() <= {
        each["attribute"]: each["claim"]["value"] for each in shown["claims"] if each["claim"]
    }.items()
    assert all(each["decided"] is None for each in shown["claims"])
    assert actors(desk, size) == {program.user.actor}
    assert desk.record.verify().problems == ()


def test_a_report_sent_twice_is_one_call(desk, program):
    report = {
        "taken_at": "2026-11-24T15:04:31Z",
        "words": "Four men in plain clothes are waiting at the door.",
        "place": "Queens Criminal Court",
        "when": "2026-11-24",
        "kind": "sighting",
        "may_use": "lawyer",
    }
    first, again = (send(program, "reports", **report) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    document = program.get(f"/api/v1/documents/{first.json()['source']}").json()
    assert (document["locked"], document["text"], document["source"]["private"]) == (True, None, True)
    (account,) = document["accounts"]
    coded = {each["attribute"]: each["claim"] for each in account["claims"] if not each["guarded"]}
    assert coded["kind"]["value"] == "sighting"
    assert coded["kind"]["origin"] == program.user.actor
    assert "plain clothes" not in program.get(f"/api/v1/incidents/{account['incident']}").content.decode()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"taken_at": "2026-11-24T15:04:00"}, "taken_at"),
        ({"taken_at": "yesterday"}, "taken_at"),
        ({"when": "31/11/2026"}, "when"),
        ({"kind": "raid"}, "kind"),
        ({"words": ""}, "words"),
    ],
)
def test_a_report_that_cannot_be_says_which_field(desk, program, told, field):
    size = desk.record.size
    answer = send(program, "reports", **{"taken_at": "2026-11-24T15:04:00Z", "words": "x", **told})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert desk.record.size == size


@pytest.mark.parametrize("name", ["note.txt", "../../../etc/passwd", "..\\..\\x.txt", "a\x00b.txt"])
def test_a_file_is_read_apart_whatever_it_is_called(desk, program, name):
    def upload():
        return program.post("/api/v1/files", {"file": SimpleUploadedFile(name, TEXT.encode()), "private": "false"})

    first, again = upload(), upload()
    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert {path.name for path in desk.place.folder.parent.iterdir()} <= {"record", "key", "key.desk"}


@pytest.mark.parametrize(("content", "says"), [(b"", "empty"), (b"%PDF-1.7 nothing", "PDF"), (b"\x00\x01\x02", "")])
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(desk, program, content, says):
    from portico.web.inbox.models import Upload

    size = desk.record.size
    answer = program.post("/api/v1/files", {"file": SimpleUploadedFile("report.pdf", content)})
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_call")
    assert says in answer.json()["why"]
    assert desk.record.size == size
    assert not Upload.objects.exists()


def test_a_claim_is_accepted_corrected_and_rejected(desk, program):
    claim, size = claim_of(desk, "zone"), desk.record.size
    accepted = send(program, f"claims/{claim}/decision", decision="accept", seen=0).json()
    assert (accepted["decided"]["decision"], accepted["decided"]["by"]) == ("accept", program.user.actor)
    again = send(program, f"claims/{claim}/decision", decision="accept", seen=0)
    assert (again.status_code, again.json()) == (200, accepted)
    sent = {"decision": "correct", "value": "lobby", "seen": accepted["seen"], "reason": "the clerk says so"}
    corrected = send(program, f"claims/{claim}/decision", **sent).json()
    assert (corrected["claim"]["value"], corrected["decided"]["value"]) == ("lobby", "lobby")
    assert send(program, f"claims/{claim}/decision", **sent).json() == corrected
    rejected = send(program, f"claims/{claim}/decision", decision="reject", seen=corrected["seen"]).json()
    assert rejected["decided"]["decision"] == "reject"
    assert [each.type for each in desk.record.history(claim)] == ["claim_accepted", "claim_corrected", "claim_rejected"]
    assert actors(desk, size) == {program.user.actor}
    assert desk.record.verify().problems == ()


def test_a_correction_rests_on_the_words_that_are_named(desk, program):
    claim = claim_of(desk, "zone")
    wrong = {"decision": "correct", "value": "lobby", "seen": 0, "words": "in the vestibule"}
    assert list(send(program, f"claims/{claim}/decision", **wrong).json()["fields"]) == ["words"]
    right = send(program, f"claims/{claim}/decision", **{**wrong, "words": "walked him to an elevator"}).json()
    assert right["words"] == ["walked him to an elevator"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"decision": "correct"}, "a correction needs a value"),
        ({"decision": "accept", "value": "lobby"}, "only a correction has one"),
        ({"decision": "correct", "value": "ballroom"}, "none of courtroom"),
    ],
)
def test_a_decision_that_cannot_be_says_why_and_what_survived(desk, program, told, says):
    size = desk.record.size
    answer = send(program, f"claims/{claim_of(desk, 'zone')}/decision", seen=0, **told)
    assert (answer.status_code, answer.json()["code"]) == (422, "refused")
    assert says in answer.json()["why"]
    assert answer.json()["what"] == "Nothing was written."
    assert answer.json()["next"]
    assert desk.record.size == size


def test_who_decides_on_what_they_no_longer_see_gets_the_other_decision(desk, program):
    claim = claim_of(desk, "zone")
    desk.record.decide_all([Choice(claim=claim, decision="correct", value="lobby")], actor="person:other")
    answer = send(program, f"claims/{claim}/decision", decision="reject", seen=0)
    told = answer.json()
    assert (answer.status_code, told["code"], told["what"]) == (409, "changed", "Nothing was written.")
    assert (told["now"]["decided"]["by"], told["now"]["decided"]["value"]) == ("person:other", "lobby")
    assert send(program, f"claims/{claim}/decision", decision="reject", seen=told["now"]["seen"]).status_code == 200


def test_of_two_at_once_one_decides_and_the_other_is_told(desk, program):
    claim, found = claim_of(desk, "zone"), []

    def decide(decision):
        found.append(send(program, f"claims/{claim}/decision", decision=decision, seen=0).status_code)
        connections.close_all()

    asking = [threading.Thread(target=decide, args=[each]) for each in ("accept", "reject")]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert sorted(found) == [200, 409]
    assert len(desk.record.history(claim)) == 1


@pytest.mark.parametrize("claim", ["c-nothing.0", "c-", "nothing", "c-0.999999", "i-0"])
def test_a_claim_that_is_none_is_not_there(program, claim):
    answer = send(program, f"claims/{claim}/decision", decision="accept", seen=0)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_accounts_are_unlinked_kept_apart_and_linked_again(desk, program):
    state = desk.record.incidents()[0]
    first, last, size = state.accounts[0], state.accounts[-1], desk.record.size
    apart = send(program, f"accounts/{last}/unlink", reason="another day").json()["incidents"]
    assert apart != [state.id]
    assert send(program, f"accounts/{last}/unlink").json()["incidents"] == apart
    for _ in range(2):
        kept = send(program, "links", accounts=[first, last], decision="apart").json()["incidents"]
    assert kept == [state.id, *apart]
    for _ in range(2):
        linked = send(program, "links", accounts=[first, last], reason="the same man").json()["incidents"]
    assert linked == [state.id, state.id]
    made = [each.type for each in desk.record.history(last) if each.sequence >= size]
    assert made.count("accounts_linked") == 1
    assert actors(desk, size) == {program.user.actor}
    assert send(program, "links", accounts=[first, last], decision="apart").status_code == 422


def test_an_incident_is_marked_once_and_a_stale_mark_is_told(desk, program):
    state = desk.record.incidents()[0]
    sent = {"verification": "corroborated", "reason": "the clerk of the court", "seen": "reported"}
    for _ in range(2):
        answer = send(program, f"incidents/{state.id}/mark", **sent)
        assert (answer.status_code, answer.json()["verification"]) == (200, "corroborated")
    assert len(desk.record.newest("incident_verified")) == 1
    desk.record.set_verification(state.id, Verification.VERIFIED, actor="person:other", reason="seen")
    told = send(program, f"incidents/{state.id}/mark", **{**sent, "verification": "refuted"})
    assert (told.status_code, told.json()["code"], told.json()["now"]) == (409, "changed", "verified")
    assert desk.record.incident(state.id).verification is Verification.VERIFIED


def test_a_get_changes_nothing(desk, program):
    state, size = desk.record.incidents()[0], desk.record.size
    for path in (
        f"incidents/{state.id}/mark",
        f"claims/{claim_of(desk, 'zone')}/decision",
        "links",
        "reports",
        "files",
    ):
        answer = program.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert desk.record.size == size
