"""Documents: text and saved pages open, everything else is refused with words for a person."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.facts import DateError
from portico.reading import DocumentError, open_document, read
from portico.reading.kinds import LARGEST

STORY = "<p>Agents took a baker in the lobby of the courthouse on Monday, his lawyer said, and nobody knew why.</p>" * 6


def page(head="", body=STORY, title="Baker taken in courthouse lobby"):
    article = f"<article><h1>{title}</h1>{body}</article>"
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{article}</body></html>"


def test_plain_text_keeps_its_words_and_its_bytes(tmp_path):
    file = tmp_path / "note of tuesday.txt"
    file.write_bytes("Note.\r\nZoé was there.".encode())
    document = open_document(file, published_on="2019-05-14", publisher="Ida Quell", private=True)
    assert document.id == "note of tuesday"
    assert document.text.content == "Note.\nZoé was there."
    assert document.original == file.read_bytes()
    assert (document.source.media_type, document.source.size, document.source.private) == ("text/plain", 22, True)
    assert (document.source.published_on, document.source.publisher) == ("2019-05-14", "Ida Quell")


def test_a_page_gives_its_text_with_the_title_first_and_once():
    head = (
        '<meta property="og:site_name" content="The Harbor Wire"><meta name="author" content="Ida Quell">'
        '<link rel="canonical" href="https://wire.example/baker">'
        '<meta property="article:published_time" content="2019-05-15T09:00:00Z">'
    )
    document = open_document(page(head).encode())
    assert document.text.content.splitlines()[0] == "Baker taken in courthouse lobby"
    assert document.text.content.count("Baker taken in courthouse lobby") == 1
    source = document.source
    assert (source.title, source.byline, source.publisher) == (
        "Baker taken in courthouse lobby",
        "Ida Quell",
        "The Harbor Wire",
    )
    assert (source.url, source.published_on, source.media_type) == (
        "https://wire.example/baker",
        "2019-05-15",
        "text/html",
    )


def test_the_day_of_publication_is_never_that_of_an_update():
    both = (
        '<meta property="article:modified_time" content="2019-06-20T09:00:00Z">'
        '<meta property="article:published_time" content="2019-05-15T09:00:00Z">'
    )
    assert open_document(page(both).encode()).source.published_on == "2019-05-15"


def test_what_the_caller_knows_goes_before_what_the_page_says():
    head = '<meta property="article:published_time" content="2019-05-15T09:00:00Z">'
    document = open_document(
        page(head).encode(), published_on="2019-05-14", url="https://caller.example/x", publisher="Caller"
    )
    source = document.source
    assert (source.published_on, source.url, source.publisher) == ("2019-05-14", "https://caller.example/x", "Caller")


@pytest.mark.parametrize(
    ("original", "words", "noted"),
    [
        ("Zoé".encode("utf-8-sig"), "Zoé", False),
        ("Zoé said".encode("utf-16"), "Zoé said", False),
        ("Zoé said so then".encode("utf-16-le"), "Zoé said so then", False),
        ("Zoé said".encode("utf-32"), "Zoé said", False),
        ("Zoé said “no”".encode("cp1252"), "Zoé said “no”", False),
        ("Zoé ".encode() + b"\xe9 said so", "Zoé � said so", True),
        (b"He said\0 no, again and again", "He said� no, again and again", True),
    ],
)
def test_a_text_in_any_encoding_is_read_and_what_was_lost_is_said(original, words, noted):
    document = open_document(original)
    assert document.text.content == words
    assert bool(document.notes) is noted


def test_a_page_in_the_encoding_it_declares():
    declared = page(
        '<meta charset="windows-1252">', STORY + "<p>Zoé said “no” to him and went on her way to the market.</p>"
    )
    assert "Zoé said “no” to him" in open_document(declared.encode("cp1252")).text.content


@pytest.mark.parametrize(
    ("original", "reason", "words"),
    [
        (b"", "empty", "the document is empty"),
        (b" \n\t ", "empty", "Check that it was saved or sent whole"),
        (b"%PDF-1.7 ...", "broken", "this PDF is damaged"),
        (b"PK\x03\x04....", "kind_not_read", "Word"),
        (b"\x89PNG\r\n\x1a\n....", "kind_not_read", "PNG image"),
        (
            b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\n--x",
            "no_text",
            "this e-mail holds no text",
        ),
        (b"WARC/1.0\r\n", "kind_not_read", "web archive"),
        (bytes(range(32)) * 20, "binary", "are not text"),
        (b"<html><body><script>run()</script></body></html>", "no_text", "holds no text"),
    ],
)
def test_other_kinds_are_refused_by_name_and_say_what_next(original, reason, words):
    with pytest.raises(DocumentError, match="Nothing was read from it and nothing was changed") as refused:
        open_document(original, id="scan 7")
    assert refused.value.reason == reason
    assert str(refused.value).startswith("scan 7: ")
    assert words in str(refused.value)


def test_an_email_without_parts_is_plain_text():
    document = open_document(
        b"From: Harbor Clinic\nDate: Wed, 15 May 2019 17:02\nSubject: Answer\n\nWe have no comment."
    )
    assert document.source.media_type == "text/plain"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DocumentError, match=r"gone\.txt: the file could not be opened.*Check the name"):
        open_document(tmp_path / "gone.txt")


def test_a_document_larger_than_the_cap_says_what_to_do(tmp_path):
    file = tmp_path / "corpus.txt"
    with file.open("wb") as large:
        large.truncate(LARGEST + 1)
    with pytest.raises(DocumentError, match=r"at most 50,000,000 are read.*Split it into its articles"):
        open_document(file)


def test_a_date_that_cannot_be_is_refused():
    with pytest.raises(DateError, match="2019-02-30"):
        open_document(b"Hello there.", published_on="2019-02-30")


@pytest.mark.parametrize("depth", [300, 100_000])
def test_deep_markup_ends(depth):
    deep = "<html><body>" + "<div>" * depth + "Agents left. " * 60 + "</div>" * depth + "</body></html>"
    try:
        words = open_document(deep.encode()).text.content
    except DocumentError as refused:
        words = str(refused)
    assert "Agents left" in words or "holds no text" in words


def test_exploding_entities_do_not_explode():
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>' + page(
        body=STORY + "<p>&c;</p>"
    )
    assert len(open_document(bomb.encode()).text.content) < 10_000


def test_a_text_in_another_language_is_said_to_be_one():
    words = "El hombre fue detenido en el pasillo de la corte por los agentes, y su abogada no pudo hablar con él."
    assert read(open_document(words.encode())).language == "es"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_open_or_are_refused(original):
    try:
        document = open_document(original)
    except DocumentError:
        return
    assert document.text.content.strip()


@settings(max_examples=30, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_given_day_is_kept(day):
    assert open_document(b"Hello there.", published_on=day.isoformat()).source.published_on == day.isoformat()
