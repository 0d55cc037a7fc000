"""E-mails: the newest words first, what they quote and the signature set apart, day and sender from the head."""

from email.message import EmailMessage
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.reading import Document, DocumentError, open_document, read
from portico.reading.layout import blocks

ANSWER = (
    "ICE officers arrested a 30-year-old man in the hallway of the Linn County Courthouse on Monday.\n\n"
    "He was shown no warrant, and no officer gave a name, a clerk told us."
)
QUESTION = "Did ICE agents arrest two women at Essex County Courthouse on Friday?"


def mail(body: str = ANSWER, html: str | None = None, **head: str) -> EmailMessage:
    message = EmailMessage()
    told = {
        "From": "Ada Hale <ada@press.example>",
        "To": "Tom Marsh <tom@wire.example>",
        "Date": "Tue, 03 Jun 2025 23:12:00 -0700",
        "Subject": "Answer on the arrest",
    }
    for name, words in (told | head).items():
        if words:
            message[name] = words
    message.set_content(body)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def opened(message: EmailMessage | bytes, published_on: str | None = None, publisher: str | None = None) -> Document:
    original = message if isinstance(message, bytes) else message.as_bytes()
    return open_document(original, id="answer", published_on=published_on, publisher=publisher)


def kinds(document: Document) -> dict[str, str]:
    text = document.text.content
    return {text[block.start : block.end]: block.kind for block in blocks(text)}


def courts(document: Document) -> list[object]:
    return [account.value("courthouse") for account in read(document).accounts]


def test_a_press_answer_gives_its_words_its_day_and_its_sender():
    document = opened(mail())
    assert document.text.content == (
        "From: Ada Hale <ada@press.example>\nDate: Tue, 03 Jun 2025 23:12:00 -0700\n"
        f"Subject: Answer on the arrest\n\n{ANSWER}"
    )
    source = document.source
    assert (source.media_type, source.title, source.byline) == ("message/rfc822", "Answer on the arrest", "Ada Hale")
    assert source.published_on == "2025-06-03"  # the sender's own day, though it was the 4th in Greenwich
    (account,) = read(document).accounts
    assert (account.value("date"), account.value("zone"), account.value("age")) == ("2025-06-02", "hallway", 30)


def test_what_the_caller_knows_goes_before_what_the_head_says():
    source = opened(mail(), published_on="2025-06-01", publisher="Harbor Wire").source
    assert (source.published_on, source.publisher) == ("2025-06-01", "Harbor Wire")


QUOTING = {
    "marked": f"{ANSWER}\n\nOn Tue, Jun 3, 2025 at 9:14 AM Tom Marsh <t@wire.example> wrote:\n> {QUESTION}\n>\n> Tom\n",
    "broken mark": f"{ANSWER}\n\nOn Tue, Jun 3, 2025 at 9:14 AM Tom Marsh\n<tom@wire.example> wrote:\n\n> {QUESTION}\n",
    "not marked": f"{ANSWER}\n\nOn 6/3/2025 9:14 AM, Tom Marsh wrote:\n\n{QUESTION}\n\nTom\n",
    "original message": f"{ANSWER}\n\n-----Original Message-----\nFrom: Tom Marsh\nSent: June 3, 2025 9:14 AM\n"
    f"To: Ada Hale\nSubject: An arrest\n\n{QUESTION}\n",
    "bare head": f"{ANSWER}\n\nFrom: Tom Marsh <tom@wire.example>\nSent: Tuesday, June 3, 2025 9:14 AM\n"
    f"To: Ada Hale\nSubject: An arrest\n\n{QUESTION}\n",
    "answer below": f"On Tue, Jun 3, 2025 at 9:14 AM Tom Marsh <tom@wire.example> wrote:\n> {QUESTION}\n\n{ANSWER}\n",
    "between": f"> Tom asks:\n> {QUESTION}\nNo. {ANSWER}\n> And when will you say more?\nOn Friday.\n",
}


@pytest.mark.parametrize("name", QUOTING)
def test_what_a_mail_quotes_is_kept_and_not_read_as_its_own(name):
    document = opened(mail(QUOTING[name]))
    found = kinds(document)
    assert QUESTION in document.text.content
    assert {kind for words, kind in found.items() if QUESTION in words} == {"furniture"}
    assert courts(document) == ["Linn County Courthouse"]


def test_own_words_below_a_quotation_come_first():
    text = opened(mail(QUOTING["answer below"])).text.content
    assert text.index("Linn County") < text.index("Essex County")


@pytest.mark.parametrize(
    "below",
    [
        "-- \nAda Hale\nPress Office, Harbor Clinic\n555-0100",
        "Sent from my phone",
        "CONFIDENTIALITY NOTICE: this message was arrested by ICE at Essex County Courthouse on Friday.",
        "This e-mail is confidential and intended for the person named; ICE arrested a man at Essex County Courthouse.",
    ],
)
def test_signatures_and_disclaimers_are_kept_and_not_read(below):
    document = opened(mail(f"{ANSWER}\n\n{below}\n"))
    found = kinds(document)
    assert all(found[line.strip()] == "furniture" for line in below.split("\n"))
    assert courts(document) == ["Linn County Courthouse"]


def test_a_warning_above_the_words_does_not_swallow_them():
    banner = "CAUTION: This is an external email. Do not open links or attachments."
    document = opened(mail(f"{banner}\n\n{ANSWER}"))
    assert kinds(document)[banner] == "furniture"
    assert courts(document) == ["Linn County Courthouse"]


@pytest.mark.parametrize(
    ("sender", "organisation", "card", "publisher"),
    [
        ("Ada Hale <ada@press.example>", "Harbor Clinic", "", "Harbor Clinic"),
        ("Harbor Legal Aid <news@mail.example>", "", "", "Harbor Legal Aid"),
        ("Ada Hale (Harbor Defense Fund) <ada@mail.example>", "", "", "Harbor Defense Fund"),
        (
            "Ada Hale <ada@gmail.com>",
            "",
            "-- \nAda Hale, director\nHarbor Defense Fund | Oakmont",
            "Harbor Defense Fund",
        ),
        ("Ada Hale <ada@harbordefense.example>", "", "", "harbordefense.example"),
        ("Ada Hale <ada@gmail.com>", "", "", None),
        ("", "", "", None),
    ],
)
def test_the_publisher_is_the_senders_organisation_as_far_as_the_mail_tells(sender, organisation, card, publisher):
    document = opened(mail(f"{ANSWER}\n\n{card}", From=sender, Organization=organisation))
    assert document.source.publisher == publisher


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("Tue, 3 Jun 2025 23:12:00 -0700", "2025-06-03"),
        ("3 Jun 2025 10:00 GMT", "2025-06-03"),
        ("Tuesday, June 3, 2025 9:14 AM", "2025-06-03"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("Tue, 99 Foo 2025", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_of_publication_is_the_day_it_was_sent(sent, day):
    assert opened(mail(Date=sent)).source.published_on == day


RAW = """From: =?utf-8?q?Zo=C3=A9_Hale?= <zoe@press.example>
Date: Tue, 3 Jun 2025 10:12:00 -0400
Subject: =?iso-8859-1?Q?R=E9ponse?= =?utf-8?b?IOKAnG9u4oCdIHRoZSBhcnJlc3Q=?=
MIME-Version: 1.0
Content-Type: text/plain; charset={charset}
Content-Transfer-Encoding: {encoding}

"""


@pytest.mark.parametrize(
    ("charset", "encoding", "body"),
    [
        ("utf-8", "quoted-printable", b"Zo=C3=A9 said =E2=80=9Cno=E2=80=9D to him and =\nwent on."),
        ("windows-1252", "8bit", "Zoé said “no” to him and went on.".encode("cp1252")),
        ("utf-8", "base64", b"Wm/DqSBzYWlkIOKAnG5v4oCdIHRvIGhpbSBhbmQgd2VudCBvbi4="),
        ("us-ascii", "8bit", "Zoé said “no” to him and went on.".encode()),
        ("no-such-set", "8bit", "Zoé said “no” to him and went on.".encode()),
    ],
)
def test_words_in_any_encoding(charset, encoding, body):
    document = opened(RAW.format(charset=charset, encoding=encoding).encode() + body)
    assert document.text.content.endswith("\n\nZoé said “no” to him and went on.")
    assert (document.source.byline, document.source.title) == ("Zoé Hale", "Réponse “on” the arrest")


HTML = f"""<html><head><style>no</style></head><body><p>ICE officers arrested a man in the hallway of the Linn County
 Courthouse on Monday.</p><!-- no --><div>He was shown<br>no warrant.</div><table><tr><td>One</td><td>two</td></tr>
</table><div class='gmail_quote'>Tom asked:<blockquote><p>{QUESTION}</p></blockquote></div></body></html>"""


def test_a_mail_in_html_alone_is_read_word_for_word():
    message = mail("-")
    message.set_content(HTML, subtype="html")
    document = opened(message)
    lines = [line for line in document.text.content.split("\n") if line not in ("", ">")][3:]
    assert lines[0] == "ICE officers arrested a man in the hallway of the Linn County Courthouse on Monday."
    assert lines[1:4] == ["He was shown", "no warrant.", "One two"]
    assert lines[-1] == f"> {QUESTION}"
    assert courts(document) == ["Linn County Courthouse"]


def test_of_two_renditions_the_plain_one_is_read_and_an_empty_one_is_not():
    assert "no warrant." not in opened(mail(ANSWER, HTML)).text.content
    assert "no warrant." in opened(mail(" \n", HTML)).text.content


def test_attachments_are_named_and_not_read():
    message = mail()
    message.add_attachment(b"ICE arrested a man", maintype="application", subtype="pdf", filename="réport.pdf")
    message.add_attachment("ICE arrested a cook in Essex County Courthouse.", filename="log.txt")
    message.add_attachment(mail(QUESTION))
    document = opened(message)
    assert document.notes == (
        "attached and not read: réport.pdf (application/pdf), log.txt (text/plain), another e-mail",
    )
    assert "cook" not in document.text.content
    assert QUESTION not in document.text.content


PASSED_ON = (
    "\n\nBegin forwarded message:\n\nFrom: Press Office, Harbor Clinic <press@harbor.example>\n"
    f"Date: Wed, 4 Jun 2025 08:00:00 -0400\nTo: Ada Hale\nSubject: Statement on the arrest\n\n{ANSWER}\n"
)


def test_a_message_passed_on_without_a_word_is_read_as_the_message_it_is():
    document = opened(mail("FYI, see below." + PASSED_ON))
    source = document.source
    assert (source.title, source.published_on) == ("Statement on the arrest", "2025-06-04")
    assert source.publisher == "Harbor Clinic"
    assert document.text.content.startswith("From: Press Office, Harbor Clinic")
    assert document.text.content.endswith("> Passed on by Ada Hale <ada@press.example>\n> FYI, see below.")
    assert courts(document) == ["Linn County Courthouse"]


def test_a_message_passed_on_under_words_of_weight_stays_the_senders_mail():
    document = opened(mail("We stood in the hallway all morning. " * 12 + PASSED_ON))
    assert (document.source.title, document.source.published_on) == ("Answer on the arrest", "2025-06-03")
    assert courts(document) == ["Linn County Courthouse"]


def test_a_message_pasted_into_a_text_file_keeps_its_text_and_gives_its_head():
    pasted = (
        "From: Press Office, Harbor Clinic\nSent: Tuesday, June 3, 2025 5:12 PM\nTo: All\nSubject: The arrest\n\n"
        f"{QUOTING['original message']}"
    )
    document = opened(pasted.encode())
    assert document.text.content == pasted
    source = document.source
    assert (source.media_type, source.title, source.publisher) == ("text/plain", "The arrest", "Harbor Clinic")
    assert source.published_on == "2025-06-03"
    assert courts(document) == ["Linn County Courthouse"]


@pytest.mark.parametrize(
    "text", ["On June 3 the judge wrote:\n\nNo.", "> a line\n\nMore.", "From: the north door\n\nHe came."]
)
def test_a_text_that_is_no_message_is_left_alone(text):
    document = opened(text.encode())
    assert document.text.content == text
    assert (document.source.title, document.source.published_on, document.source.publisher) == (None, None, None)


@pytest.mark.parametrize(
    ("original", "reason", "words"),
    [
        (
            b"From a@b Tue Jun  3 2025\nFrom: a@b\nMIME-Version: 1.0\n\nx\n\nFrom a@b Tue Jun  3 2025\nFrom: a@b\n\ny",
            "kind_not_read",
            "mailbox of several e-mails",
        ),
        (
            b"MIME-Version: 1.0\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nMIAG",
            "encrypted",
            "is encrypted",
        ),
        (
            b"MIME-Version: 1.0\nContent-Type: image/png; name=hall.png\n\nMIAG",
            "no_text",
            "attached: hall.png (image/png)",
        ),
    ],
)
def test_a_mail_that_cannot_be_read_is_refused_with_what_to_do(original, reason, words):
    with pytest.raises(
        DocumentError, match=r"mail 3: .* Nothing was read from it and nothing was changed\. \w"
    ) as refused:
        open_document(original, id="mail 3")
    assert refused.value.reason == reason
    assert words in str(refused.value)


LINES = (
    ANSWER,
    f"> {QUESTION}",
    "-- ",
    "On 6/3/2025 9:14 AM, Tom wrote:",
    "-----Original Message-----",
    "From: Tom",
    ">",
)
MORE = ("Sent: today", "Subject: x", "Begin forwarded message:", "", "Sent from my phone", "Monday, he said.")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*LINES, *MORE]), max_size=14))
def test_every_word_is_kept_and_every_span_lies_in_the_text(lines):
    document = opened(mail("\n".join([*lines, "Goodbye."])))
    kept = document.text.content.split()
    assert all(word in kept for line in lines for word in line.split() if word.isalpha())
    held = blocks(document.text.content)
    assert all(a.end <= b.start for a, b in pairwise(held))
    for account in read(document).accounts:
        assert all(document.text.words(span) for claim in account.claims for span in claim.spans)


def test_a_sender_in_brackets_without_end_is_kept_as_written():
    document = open_document(f"From: {'(' * 990}\nDate: 13 May 2019\nSubject: log\n\nThey took him.".encode())
    assert "They took him." in document.text.content
