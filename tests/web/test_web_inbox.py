"""The inbox: what came in, the ways in, what may be the same event, bulk acts and undo."""

import hashlib
import html
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from worker_fixtures import work_off  # type: ignore[import-not-found]

from portico.web.access.acts import Role
from portico.web.inbox.models import Aside, Draft, Upload


def hit(pattern: str, page: str, group: int = 1, flags: int = 0) -> str:
    """What a pattern finds on a page; it must be there."""
    found = re.search(pattern, page, flags)
    assert found, pattern
    return found[group]


STORY = (
    "Court Street, 15 May 2019\n\nFederal immigration agents arrested a man in a hallway of Brooklyn Criminal Court "
    "on Tuesday, May 14, 2019, according to Orla Venning, an attorney at Harbor Defenders. She said the agents did not "
    "let her speak with her client."
)
ELSEWHERE = (
    "Agents of Immigration and Customs Enforcement arrested a woman outside the Multnomah County Courthouse in "
    "Portland on March 3, 2020, said Teo Marsh of Riverside Law."
)


def words(answer) -> str:
    """What a reader sees: tags away, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def undecided(desk, source: str) -> int:
    told = desk.record.told_by(source).values()
    return sum(len(each.told) - len(each.decided) for each in told)


def ledger(desk) -> str:
    return next(name for name, each in desk.record.documents().items() if each.source.media_type == "text/html")


def test_it_lists_what_needs_a_person_and_how_much(desk):
    page = words(desk.client().get("/inbox/"))
    assert "Needs a person 4" in page
    assert "29 claims to decide. Tuesday 14 May 2019, Brooklyn Criminal Court. same event as 3 accounts" in page
    assert "Private: its words open in an unlocked session" in page
    assert "Counsel’s note" not in page
    assert "Quintera" not in page


def test_the_navigation_says_how_many_wait(desk):
    assert "Inbox 4" in words(desk.client().get("/"))


def test_a_reader_may_look_but_sees_no_act(desk):
    page = desk.client([Role.READER]).get("/inbox/").content.decode()
    assert "claims to decide" in page
    for act in ("Accept all", "Set aside</button>", "Take a call", "checkbox"):
        assert act not in page


def test_a_pasted_text_becomes_proposals_and_is_read_next(desk):
    client = desk.client()
    answer = client.post("/inbox/text/", {"words": ELSEWHERE, "publisher": "Riverside Weekly"})
    source = answer.headers["Location"].strip("/").split("/")[-1]
    account = next(iter(desk.record.told_by(source).values()))
    assert account.decided == {}
    assert account.account.value("date") == "2020-03-03"
    assert desk.record.document(source).source.publisher == "Riverside Weekly"
    assert "Kept, and read" in words(client.get(answer.headers["Location"]))


def test_the_same_text_twice_is_once_and_leads_to_the_first(desk):
    client = desk.client()
    first = client.post("/inbox/text/", {"words": ELSEWHERE})
    size = len(desk.record.documents())
    again = client.post("/inbox/text/", {"words": ELSEWHERE})
    assert "The record has these words already" in words(again)
    assert first.headers["Location"] in again.content.decode()
    assert len(desk.record.documents()) == size


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"words": ""}, "This field is required."),
        (
            {"words": ELSEWHERE, "published_on": "31/11/2019"},
            "31/11/2019 is not a date. Give a day as 2019-05-14, a month as 2019-05, or leave it empty.",
        ),
        ({"words": "\x01\x02\x03\x04\x05\x06\x07\x08" * 40}, "these 320 bytes are not text"),
    ],
)
def test_a_text_that_cannot_be_taken_says_why_and_keeps_what_was_typed(desk, typed, says):
    before = desk.record.size
    answer = desk.client().post("/inbox/text/", {"publisher": "Riverside Weekly", **typed})
    assert answer.status_code == 422
    assert says in words(answer)
    assert "Not saved yet: 1 thing to fix" in words(answer)
    assert 'value="Riverside Weekly"' in answer.content.decode()
    assert desk.record.size == before


def test_html_in_a_text_is_inert(desk):
    client = desk.client()
    told = f"<script>alert(1)</script> <img src=x onerror=alert(2)> {ELSEWHERE}"
    answer = client.post("/inbox/text/", {"words": told, "publisher": "<b>Bold</b>"}, follow=True)
    for page in (answer.content.decode(), client.get("/inbox/").content.decode()):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>Bold</b>" not in page


def test_what_may_be_the_same_event_is_shown_while_typing_within_a_second(desk):
    client = desk.client()
    client.get("/inbox/text/")
    began = time.perf_counter()
    answer = client.post("/inbox/alike/text/", {"words": STORY}, headers={"HX-Request": "true"})
    assert time.perf_counter() - began < 1
    page = words(answer)
    assert "May be the same event Tuesday 14 May 2019, Kings County Criminal Court 4 sources For:" in page
    assert "For: Both give the same day." in page
    assert "4 sources" in page
    assert "<html" not in answer.content.decode()


def test_nothing_is_shown_for_another_event_and_little_that_was_typed(desk):
    client = desk.client()
    for typed in (ELSEWHERE, "", "On", "31/31/31"):
        answer = client.post("/inbox/alike/text/", {"words": typed, "published_on": "no day"})
        assert answer.status_code == 200
        assert "May be the same event" not in words(answer)


def test_what_is_typed_is_kept_sealed_until_it_is_saved(desk):
    client = desk.client()
    client.post("/inbox/alike/call/", {"words": "Ozren Vantrell was taken", "place": "Queens"})
    assert "Ozren Vantrell was taken" in client.get("/inbox/call/").content.decode()
    assert "Ozren" not in desk.client().get("/inbox/call/").content.decode()  # another person's is another draft
    assert not any(b"Ozren" in each.read_bytes() for each in desk.place.folder.rglob("*") if each.is_file())
    client.post("/inbox/call/", {"words": "Ozren Vantrell was taken", "place": "Queens"})
    assert not Draft.objects.filter(user=client.user).exists()


def test_without_script_a_likely_event_is_shown_once_and_then_linked(desk):
    client = desk.client()
    first = client.post("/inbox/text/", {"words": STORY})
    assert "Not saved yet: look at what the record has" in words(first)
    assert "Orla Venning" in first.content.decode()
    seen = hit(r'name="seen" value="([^"]+)"', first.content.decode())
    answer = client.post("/inbox/text/", {"words": STORY, "seen": seen, "same_as": seen.split()[0]})
    source = answer.headers["Location"].strip("/").split("/")[-1]
    account = next(iter(desk.record.told_by(source).values()))
    assert account.incident == seen.split()[0]
    assert len(desk.record.incident(account.incident).accounts) == 5


def test_a_call_is_private_and_what_was_chosen_is_coded_by_a_person(desk):
    client = desk.client()
    told = {
        "place": "120 Schermerhorn",
        "when": "2021-06-02",
        "kind": "arrest",
        "words": "ICE agents in plain clothes arrested Ozren Vantrell by the elevators",
        "may_use": "statistics",
    }
    answer = client.post("/inbox/call/", told)
    source = answer.headers["Location"].strip("/").split("/")[-1]
    document = desk.whole.document(source)
    account = next(iter(desk.whole.told_by(source).values()))
    assert document.source.private
    assert "May be used: statistics only" in document.text
    assert account.account.value("courthouse_id") == "nyc-120-schermerhorn"
    assert account.account.value("date") == "2021-06-02"
    typed = account.account.about("kind")[0]
    assert typed.origin == client.user.actor
    assert document.text[typed.spans[0].start : typed.spans[0].end] == "arrest"
    assert account.account.value("plain_clothes") == "yes"
    assert not any(b"Vantrell" in each.read_bytes() for each in desk.place.folder.rglob("*") if each.is_file())
    assert "Vantrell" not in client.get("/inbox/").content.decode()


def test_a_courthouse_of_a_call_is_named_as_it_is_understood(desk):
    told = {"place": "120 Schermerhorn", "words": "two men"}
    answer = desk.client().post("/inbox/alike/call/", told)
    assert "Kings, NY" in words(answer)
    answer = desk.client().post("/inbox/alike/call/", {"place": "the moon", "words": "two men"})
    assert "It is kept as it was said." in words(answer)


def test_several_files_come_in_and_what_cannot_be_read_says_why_and_is_kept(desk):
    client = desk.client()
    files = [
        SimpleUploadedFile("portland.txt", ELSEWHERE.encode()),
        SimpleUploadedFile("scan-0417.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
        SimpleUploadedFile("nothing.txt", b"  \n"),
    ]
    page = words(client.post("/inbox/files/", {"files_field": files}, follow=True))
    assert "3 files sent by" in page
    assert page.count("It waits to be read.") == 3
    assert "waits for the worker" in page
    work_off()
    page = words(client.get("/inbox/"))
    assert "1 document added. 2 files could not be read." in page
    assert "scan-0417.png" in page
    assert "this is a PNG image, a kind that is not read yet" in page
    assert "nothing.txt: the document is empty." in page
    assert sorted(each.file_name for each in Upload.objects.all()) == ["nothing.txt", "scan-0417.png"]
    assert len(desk.record.documents()) == 5


def test_a_file_is_sealed_and_hashed_before_anything_looks_into_it(desk):
    client = desk.client()
    client.post("/inbox/files/", {"files_field": SimpleUploadedFile("call.txt", b"Ozren Vantrell called")})
    (kept,) = Upload.objects.all()
    assert kept.content == b"Ozren Vantrell called"
    assert kept.sha256 == hashlib.sha256(kept.content).hexdigest()
    assert not any(b"Ozren" in each.read_bytes() for each in desk.place.folder.rglob("*") if each.is_file())
    work_off()
    assert not Upload.objects.exists()
    assert len(desk.record.documents()) == 5


def test_how_far_the_files_are_is_shown_and_the_page_comes_again_when_they_are_read(desk):
    client = desk.client([Role.DOCUMENTER])
    client.post("/inbox/files/", {"files_field": SimpleUploadedFile("portland.txt", ELSEWHERE.encode())})
    page = client.get("/inbox/").content.decode()
    assert 'hx-get="/inbox/sent/" hx-trigger="every 1s"' in page
    assert 'hx-get="/inbox/sent/' not in desk.client([Role.READER]).get("/inbox/").content.decode()
    part = client.get("/inbox/sent/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Refresh" not in part.headers
    work_off()
    assert client.get("/inbox/sent/", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "1 document added." in words(client.get("/inbox/sent/"))
    assert "1 document added." not in words(desk.client().get("/inbox/"))
    client.post("/inbox/files/", {"files_field": SimpleUploadedFile("again.txt", ELSEWHERE.encode())})
    work_off()
    assert "1 was in the record already." in words(client.get("/inbox/"))


def test_files_that_nobody_read_are_read_when_somebody_asks(desk):
    from portico.web.worker.models import Job

    client = desk.client()
    client.post("/inbox/files/", {"files_field": SimpleUploadedFile("portland.txt", ELSEWHERE.encode())})
    (kept,) = Upload.objects.all()
    client.post(f"/inbox/uploads/{kept.pk}/remove/")
    assert Upload.objects.exists(), "the worker may be reading it"
    client.post(f"/work/{Job.objects.get().pk}/stop/")
    assert "It was not read: somebody stopped that." in words(client.get("/inbox/"))
    Job.objects.all().delete()
    assert "the desk stopped before it could" in words(client.get("/inbox/"))
    client.post(f"/inbox/uploads/{kept.pk}/again/")
    work_off()
    assert not Upload.objects.exists()
    assert len(desk.record.documents()) == 5


def test_a_file_that_ends_the_reader_is_named_and_the_next_ones_are_read(monkeypatch):
    from portico.web.inbox.separate import Given, read_apart

    files = [Given(name=f"{n}.txt", content=ELSEWHERE.encode()) for n in range(2)]
    slow = [*read_apart(files, seconds=0.01)]
    assert [each.reading for each in slow] == [None, None]
    assert "0.txt: reading it took too long or too much memory. It is kept here, sealed" in slow[0].problem
    good = [*read_apart(files)]
    assert [each.problem for each in good] == ["", ""]
    assert [each.reading and each.reading.source for each in good] == [
        hashlib.sha256(ELSEWHERE.encode()).hexdigest()
    ] * 2


def test_too_large_and_too_many_files_are_refused_by_name_and_none_is_taken(desk, monkeypatch):
    from portico.web.inbox import forms

    monkeypatch.setattr(forms, "LARGEST_BYTES", 100)
    client = desk.client()
    big = SimpleUploadedFile("big.txt", b"x" * 101)
    answer = client.post("/inbox/files/", {"files_field": [big, SimpleUploadedFile("small.txt", b"word")]})
    assert answer.status_code == 422
    assert "big.txt has 101 bytes; at most 100. No file was taken. Split it" in words(answer)
    many = [SimpleUploadedFile(f"{n}.txt", b"word") for n in range(21)]
    assert "21 files at once; at most 20." in words(client.post("/inbox/files/", {"files_field": many}))
    assert "Choose at least one file." in words(client.post("/inbox/files/"))
    assert not Upload.objects.exists()
    assert len(desk.record.documents()) == 4


def test_a_file_that_was_not_read_can_be_taken_away(desk):
    client = desk.client()
    client.post("/inbox/files/", {"files_field": SimpleUploadedFile("nothing.txt", b" ")})
    work_off()
    answer = client.post(f"/inbox/uploads/{Upload.objects.get().pk}/remove/", follow=True)
    assert "It never was in the record." in words(answer)
    assert not Upload.objects.exists()


def test_all_claims_of_the_chosen_are_accepted_at_once_and_undone_at_once(desk):
    client, source = desk.client(), ledger(desk)
    before = undecided(desk, source)
    page = words(client.post("/inbox/accept/", {"source": [source]}, follow=True))
    assert f"{before - 2} claims accepted. Undo" in page
    assert undecided(desk, source) == 2  # age and gender: nobody has seen them here
    number = hit(r'name="number" value="(\d+)"', client.get("/inbox/").content.decode())
    assert "Undone." in words(client.post("/inbox/undo/", {"number": number}, follow=True))
    assert undecided(desk, source) == before
    assert "Nothing was undone" in words(client.post("/inbox/undo/", {"number": number}, follow=True))


def test_the_button_of_a_line_is_about_that_line_alone(desk):
    client, source = desk.client(), ledger(desk)
    others = [each for each in desk.record.documents() if each != source]
    client.post("/inbox/accept/", {"source": others, "only": source})
    assert all(not each.decided for other in others for each in desk.record.told_by(other).values())
    assert undecided(desk, source) == 2


def test_documents_are_set_aside_and_taken_up_again(desk):
    client, source = desk.client(), ledger(desk)
    page = words(client.post("/inbox/aside/", {"only": source}, follow=True))
    assert "1 document set aside. Undo" in page
    assert "Needs a person 3 Set aside 1" in page
    client.post("/inbox/aside/", {"back": source})
    assert "Needs a person 4" in words(client.get("/inbox/"))
    client.post("/inbox/aside/", {"source": [source, "0" * 64]})
    number = hit(r'name="number" value="(\d+)"', client.get("/inbox/").content.decode())
    client.post("/inbox/undo/", {"number": number})
    assert not Aside.objects.exists()


def test_when_nothing_waits_it_says_so_and_what_to_do_next(desk):
    client = desk.client()
    client.post("/inbox/aside/", {"source": [*desk.record.documents()]})
    page = words(client.get("/inbox/"))
    assert "Nothing waits for a person What comes in next stands here" in page
    assert "No document is decided yet" in words(client.get("/inbox/?show=done"))


def test_what_is_restricted_to_a_team_is_not_there_for_others(desk):
    from portico.web.access.models import Restriction, Team

    source = ledger(desk)
    account = next(iter(desk.record.told_by(source)))
    team = Team.objects.create(name="Kings")
    Restriction.objects.create(account=account, source=source, team=team)
    client = desk.client()
    assert "Kings Ledger" not in words(client.get("/inbox/"))
    client.post("/inbox/accept/", {"source": [source]})
    client.post("/inbox/aside/", {"source": [source]})
    assert not Aside.objects.exists()
    assert desk.record.told_by(source)[account].decided == {}
    # Nor does it show as what something else may be the same as.
    assert "May be the same event" not in words(client.post("/inbox/alike/text/", {"words": STORY}))
