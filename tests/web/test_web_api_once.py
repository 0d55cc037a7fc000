"""A call sent again with its Idempotency-Key: done once, answered the same, kept for a day and without words."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils import timezone

from portico.web.access.acts import Role
from portico.web.access.permissions import endpoints
from portico.web.api.document import openapi
from portico.web.api.once import HEADER, KEPT_HOURS, LONGEST, REPLAYED
from portico.web.tokens.models import KeptAnswer

TEXT = "Immigration agents arrested a man in the lobby of Queens Criminal Court on May 3, 2019, his lawyer said."


@pytest.fixture
def program(desk):
    return desk.program([Role.REVIEWER])


def send(client, path: str, key: str | None = "7f1c", **told):
    headers = {} if key is None else {HEADER: key}
    return client.post(f"/api/v1/{path}", told, content_type="application/json", headers=headers)


def same(one, other) -> bool:
    return (one.status_code, one.content) == (other.status_code, other.content)


def test_the_same_call_with_the_same_key_is_once_and_answered_the_same(desk, program):
    first = send(program, "documents", words=TEXT)
    size = desk.record.size
    again = send(program, "documents", words=TEXT)
    assert first.status_code == 201
    assert same(first, again)  # without a key it is 200, and not new
    assert send(program, "documents", None, words=TEXT).status_code == 200
    assert (REPLAYED in first.headers, again.headers[REPLAYED]) == (False, "true")
    assert desk.record.size == size


def test_a_decision_is_answered_as_it_was_though_somebody_decided_otherwise_since(desk, program):
    claim = desk.record.incidents()[0].fact("zone").claims[0].id
    first = send(program, f"claims/{claim}/decision", decision="accept", seen=0)
    seen = first.json()["seen"]
    assert send(program, f"claims/{claim}/decision", "other", decision="reject", seen=seen).status_code == 200
    assert send(program, f"claims/{claim}/decision", None, decision="accept", seen=0).status_code == 409
    assert same(first, send(program, f"claims/{claim}/decision", decision="accept", seen=0))


@pytest.mark.parametrize("other", ["body", "address"])
def test_the_same_key_with_another_call_is_refused_and_does_nothing(desk, program, other):
    send(program, "documents", words=TEXT)
    size = desk.record.size
    if other == "body":
        answer = send(program, "documents", words=TEXT.replace("May", "June"))
    else:
        answer = send(program, "reports", words=TEXT)
    told = answer.json()
    assert (answer.status_code, told["code"], desk.record.size) == (422, "key_used", size)
    assert told["what"] == "Nothing was read or written."
    assert told["why"] == "This key came with another call before."
    assert told["next"] == "Give each call a key of its own."


def test_a_call_that_was_refused_did_nothing_and_may_be_corrected_with_its_key(program):
    assert send(program, "documents", words="").status_code == 422
    assert not KeptAnswer.objects.exists()
    assert send(program, "documents", words=TEXT).status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * (LONGEST + 1), "a\tb"])
def test_a_key_that_cannot_be_is_said(desk, program, key):
    size = desk.record.size
    answer = send(program, "documents", key, words=TEXT)
    assert (answer.status_code, desk.record.size) == (422, size)
    assert list(answer.json()["fields"]) == [HEADER]
    assert "visible ASCII" in answer.json()["why"]


def test_keys_of_two_programs_are_two(desk, program):
    other = desk.program([Role.REVIEWER])
    assert send(program, "documents", words=TEXT).status_code == 201
    answer = send(other, "documents", words=TEXT)
    assert (answer.status_code, REPLAYED in answer.headers) == (200, False)


def test_a_file_is_the_same_whatever_stands_between_its_parts(desk, program):
    def upload(content: bytes):
        file = SimpleUploadedFile("report.txt", content)
        return program.post("/api/v1/files", {"file": file, "private": "true"}, headers={HEADER: "file-1"})

    first, again = upload(TEXT.encode()), upload(TEXT.encode())
    assert first.status_code == 201
    assert same(first, again)
    assert again.headers[REPLAYED] == "true"
    assert upload(TEXT.encode() + b"!").json()["code"] == "key_used"


def test_it_is_forgotten_after_a_day(program):
    send(program, "documents", words=TEXT)
    KeptAnswer.objects.update(began=timezone.now() - timedelta(hours=KEPT_HOURS, seconds=1))
    assert send(program, "documents", words=TEXT).status_code == 200
    assert KeptAnswer.objects.count() == 1


def test_while_it_is_being_answered_the_same_waits_and_a_dead_server_does_not_hold_it(program):
    send(program, "documents", words=TEXT)
    KeptAnswer.objects.update(status=0, sealed=b"")
    answer = send(program, "documents", words=TEXT)
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (409, "being_answered", "1")
    KeptAnswer.objects.update(began=timezone.now() - timedelta(minutes=6))
    assert send(program, "documents", words=TEXT).status_code == 200
    assert KeptAnswer.objects.get().status == 200


def test_many_at_once_are_one(desk, program):
    answers, size = [], desk.record.size

    def ask() -> None:
        answers.append(send(program, "documents", words=TEXT))
        connections.close_all()

    asking = [threading.Thread(target=ask) for _ in range(5)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert {each.status_code for each in answers} <= {201, 409}
    assert [REPLAYED in each.headers for each in answers if each.status_code == 201].count(False) == 1
    assert desk.record.size > size
    assert same(send(program, "documents", words=TEXT), next(each for each in answers if each.status_code == 201))


def test_what_breaks_is_not_kept(program, monkeypatch):
    from portico.web.api import documents

    def broken(*_, **__):
        raise ValueError("Ozren Vantrell was sent here")

    with monkeypatch.context() as broke:
        broke.setattr(documents, "_added", broken)
        assert send(program, "documents", words=TEXT).status_code == 500
    assert not KeptAnswer.objects.exists()
    assert send(program, "documents", words=TEXT).status_code == 201


def test_nothing_that_was_sent_or_answered_can_be_read_beside_the_key(desk, program):
    words = f"Ozren Vantrell, 34, called. {TEXT}"
    told = {"taken_at": "2026-11-24T15:04:31Z", "words": words}
    answer = send(program, "reports", "key-of-Vantrell", **told)
    assert answer.status_code == 201
    connections["default"].close()
    kept = b"".join(path.read_bytes() for path in desk.place.folder.glob("desk*"))
    for each in ("Vantrell", "Queens Criminal", answer.json()["source"]):
        assert each.encode() not in kept, each
    assert KeptAnswer.objects.get().answer == answer.content


def test_a_token_that_is_over_opens_no_kept_answer(program):
    send(program, "documents", words=TEXT)
    program.token.delete()
    assert send(program, "documents", words=TEXT).json()["code"] == "token_unknown"
    assert not KeptAnswer.objects.exists()


def test_every_call_that_writes_takes_it_and_says_so():
    writing = [call for methods in openapi()["paths"].values() for method, call in methods.items() if method == "post"]
    told = [methods for name, methods in endpoints().items() if name.startswith("api:") and "POST" in methods]
    assert len(writing) == len(told)
    for call in writing:
        (parameter,) = [each for each in call["parameters"] if each["in"] == "header"]
        assert parameter["name"] == HEADER
        assert f"{KEPT_HOURS} hours" in parameter["description"]
    for methods in openapi()["paths"].values():
        for method, call in methods.items():
            assert method == "post" or not any(each["in"] == "header" for each in call["parameters"])
