"""PDF files: their words in reading order, without heads and feet; what cannot be read is refused with words."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.invented_pdf import Page, Words, pdf, set_text

from portico.reading import Document, DocumentError, open_document, read
from portico.reading.pdf import Limits, read_pdf

STORY = (
    "ICE officers arrested a baker in the hallway of the Linn County Courthouse on Monday, his lawyer said, and nobody "
    "at the desk had been told that they would come.\n\n"
    "The officers wore street clothes. They showed no warrant, according to Ines Vara, director of Harbor Clinic, who "
    "had come to the courthouse to speak for another man on the same floor.\n\n"
    "A clerk saw two cars at the back door. The cars left by the north gate before ten, and the hearing was put off "
    "until the lawyer could say where her client had been taken."
)


def opened(*pages: Page, turn: int = 0) -> Document:
    return open_document(pdf(pages, turn=turn), id="report")


def paragraphs(*pages: Page) -> list[str]:
    return opened(*pages).text.content.split("\n\n")


def test_lines_are_paragraphs_again():
    assert paragraphs(set_text(STORY, 72, 72, 70)) == STORY.split("\n\n")


@pytest.mark.parametrize("row_by_row", [False, True])
def test_columns_are_read_one_after_the_other_whatever_the_order_in_the_file(row_by_row):
    first, second, third = STORY.split("\n\n")
    left = set_text(f"{first}\n\n{second}", 60, 140, 38)
    right = set_text(f"{third}\n\n{first}", 330, 140, 38)
    page = [Words("Baker taken in courthouse hallway", 60, 80, 20), *left, *right]
    if row_by_row:
        page.sort(key=lambda words: (words.down, words.left))
    assert paragraphs(page) == ["Baker taken in courthouse hallway", first, second, third, first]


def test_a_heading_across_the_columns_stands_between_what_it_parts():
    first, second, third = STORY.split("\n\n")
    page = [
        *set_text(first, 60, 80, 38),
        *set_text(second, 330, 80, 38),
        Words("WHAT THE CLERK SAW THAT MORNING AT THE BACK DOOR OF THE COURTHOUSE", 60, 240, 12),
        *set_text(third, 60, 280, 38),
        *set_text(first, 330, 280, 38),
    ]
    texts = paragraphs(page)
    assert [texts.index(each) for each in (second, third)] == [1, 3]
    assert texts[2].startswith("WHAT THE CLERK SAW")


def test_three_columns():
    parts = [*STORY.split("\n\n")]
    page = [words for n, part in enumerate(parts) for words in set_text(part, 40 + 185 * n, 80, 30, 9)]
    assert paragraphs(page) == parts


def test_a_table_is_read_row_by_row():
    rows = [
        ("Day", "Court", "Taken"),
        ("May 2", "Linn County Courthouse", "1"),
        ("May 3", "Albany City Court", "2"),
        ("May 7", "Troy City Court", "1"),
        ("May 9", "Essex County Courthouse", "4"),
        ("May 10", "Oak Court", "1"),
    ]
    page = [Words(cell, 72 + 170 * c, 90 + 20 * r) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    assert "May 3 Albany City Court 2" in opened(page).text.content


def paged(texts: list[str], head: str, foot: str) -> list[Page]:
    return [
        [
            Words(head.format(n), 72, 40, 9),
            *set_text(text, 72, 90, 70),
            Words(foot.format(n), 280, 760, 9),
        ]
        for n, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize("foot", ["{}", "Page {} of 3", "- {} -", "Harbor Clinic, incident report, page {}"])
def test_heads_feet_and_page_numbers_go_and_sentences_run_on_over_the_pages(foot):
    first, second, third = STORY.split("\n\n")
    cut = first.index("his lawyer said")
    pages = paged(
        [first[:cut], first[cut:] + "\n\n" + second, third], "Case 1:25-cv-00123 Document 1 Page {} of 3", foot
    )
    document = opened(*pages)
    assert document.text.content.split("\n\n") == [first, second, third]
    assert any("heads, feet and page numbers were left out on 3 pages" in note for note in document.notes)


def test_a_head_that_never_changes_stays_where_it_stands_first():
    texts = paragraphs(*paged(STORY.split("\n\n"), "Harbor Clinic report on arrests in court", "{}"))
    assert texts[0] == "Harbor Clinic report on arrests in court"
    assert len(texts) == 4


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["He was kept in the court-", "house until noon and then he was led away."], "in the courthouse until"),
        (["The officers were in plain-", "clothes when they came up to the man there."], "in plain-clothes when"),
        (["He came with a Mexican-", "American lawyer to the door of the courthouse."], "a Mexican-American lawyer"),
        (
            ["The cross-examination ended. Later the cross-", "examination went on in the same room."],
            "Later the cross-exam",
        ),
        (["They waited for the de\u00ad", "fendant in the hallway of the courthouse then."], "the defendant in"),
        (
            ["The officers came in by two doors at nine -", "nobody had told the clerk that they would."],
            "at nine - nobody had",
        ),
    ],
)
def test_a_word_divided_at_a_line_end_is_whole_again(lines, joined):
    (text,) = paragraphs([Words(line, 72, 80 + 12 * n) for n, line in enumerate(lines)])
    assert joined in text


def test_a_footnote_does_not_part_the_sentence_that_runs_over_it():
    first, second, _ = STORY.split("\n\n")
    cut = second.index("who had come")
    pages = [
        [*set_text(f"{first}\n\n{second[:cut]}", 72, 90, 70), Words("1 The clinic was founded in 1990.", 72, 700, 7)],
        set_text(second[cut:], 72, 90, 70),
    ]
    assert paragraphs(*pages) == [first, second, "1 The clinic was founded in 1990."]


def test_line_numbers_of_a_pleading_go():
    lines = set_text(STORY, 110, 90, 66)
    numbers = [Words(str(n + 1), 72, line.down) for n, line in enumerate(lines)]
    assert paragraphs([*numbers, *lines]) == STORY.split("\n\n")


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_set_sideways_is_read_and_a_stamp_across_it_is_not(turn):
    words = [Words(w.text, w.left, w.down) for w in set_text(STORY, 72, 90, 66)]
    if turn:
        words = [Words(w.text, w.down, 760 - w.left, w.size, 90) for w in words]
    document = opened([*words, Words("DRAFT COPY", 200, 500, 60, 45)], turn=turn)
    assert document.text.content.split("\n\n") == STORY.split("\n\n")
    assert any("set at an angle" in note for note in document.notes)


def test_the_title_is_kept_and_the_day_of_making_is_not_that_of_publication():
    told = {"Title": "Report on courthouse arrests", "CreationDate": "D:20250603120000Z", "Author": "typist"}
    document = open_document(pdf([set_text(STORY, 72, 72, 70)], told), id="report")
    source = document.source
    assert (source.title, source.byline, source.published_on) == ("Report on courthouse arrests", None, None)
    assert source.media_type == "application/pdf"
    assert "made on 2025-06-03; that is not taken for its day of publication" in document.notes[0]


@pytest.mark.parametrize(
    "title", ["Microsoft Word - draft3.docx", "untitled", "report.pdf", "Document1", "20250603_114233", ""]
)
def test_a_title_that_a_program_made_up_is_none(title):
    assert open_document(pdf([set_text(STORY, 72, 72, 70)], {"Title": title}), id="x").source.title is None


def test_a_pdf_gives_the_facts_of_the_same_text():
    plain, printed = (
        read(open_document(original, id="story", published_on="2025-06-03"))
        for original in (STORY.encode(), pdf([set_text(STORY, 72, 72, 60)]))
    )
    assert printed.accounts == plain.accounts != ()


FULL = [set_text(STORY, 72, 72, 70)]


@pytest.mark.parametrize(
    ("original", "reason", "words"),
    [
        (pdf(FULL, locked=True), "encrypted", ["locked with a password", "Open it with the password, print it"]),
        (pdf([[], []]), "scanned", ["has 2 pages and no text", "OCR"]),
        (pdf(FULL)[:300], "broken", ["this PDF is damaged", "Ask for it again"]),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "broken", ["this PDF is damaged"]),
        (pdf([[]] * 2100), "too_many_pages", ["has 2,100 pages; at most 2,000 are read", "Print the pages"]),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_with_what_to_do(original, reason, words):
    with pytest.raises(
        DocumentError, match=r"scan 7: .* Nothing was read from it and nothing was changed\."
    ) as refused:
        open_document(original, id="scan 7")
    assert refused.value.reason == reason
    assert all(each in str(refused.value) for each in words)


def test_one_page_flooded_with_text_is_refused():
    with pytest.raises(DocumentError, match="holds more than 1,000 letters") as refused:
        read_pdf(pdf([set_text(STORY, 72, 72, 70)] * 5), "flood", Limits(letters=1000))
    assert refused.value.reason == "too_long"


def test_a_pdf_that_takes_too_long_is_stopped():
    page = [Words("word " * 18, 20 + 60 * (n % 9), 40 + n // 9 * 1.2, 1) for n in range(5_000)]
    with pytest.raises(DocumentError, match="took longer than 1 seconds and was stopped") as refused:
        read_pdf(pdf([page] * 4), "slow", Limits(seconds=1, letters=10**9))
    assert refused.value.reason == "too_slow"


def test_a_pdf_that_unpacks_without_end_ends_in_a_refusal():
    """200 MB of blanks in 200 kB: the memory is the child's, and bounded."""
    bomb = pdf([[Words(" " * 100_000_000, 72, 72)]])
    assert len(bomb) < 400_000
    with pytest.raises(DocumentError) as refused:
        read_pdf(bomb, "bomb", Limits(seconds=2, memory=400_000_000))
    assert refused.value.reason in ("broken", "too_slow", "scanned", "too_long")


@pytest.mark.parametrize("text", ["x" * 70, "court-", "1 a"])
def test_a_book_of_one_paragraph_takes_time_that_grows_with_it(text):
    took = []
    for lines in (800, 6_400):
        page = [Words(text, 40 + 80 * (n % 7 if len(text) < 20 else 0), 40 + n % 700, 8) for n in range(400)]
        began = time.process_time()
        assert opened(*[page] * (lines // 400)).text.content
        took.append(time.process_time() - began)
    assert took[1] < max(20 * took[0], 2.0)


def test_pages_without_text_are_told():
    document = opened(set_text(STORY, 72, 72, 70), [], set_text(STORY, 72, 72, 60))
    assert any("no text on 1 of 3 pages (2)" in note for note in document.notes)


def test_the_library_is_loaded_by_the_child_alone():
    code = "import sys; from portico.reading import open_document; open_document(sys.stdin.buffer.read(), id='x');"
    code += "print([name for name in sys.modules if 'pdfium' in name])"
    done = subprocess.run([sys.executable, "-c", code], input=pdf(FULL), capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


@settings(max_examples=12, deadline=None)
@given(
    words=st.lists(
        st.text(st.characters(codec="cp1252", categories=["L", "N", "P"]), min_size=1, max_size=12),
        min_size=8,
        max_size=60,
    ),
    letters=st.integers(20, 80),
)
def test_every_word_of_a_page_is_in_the_text_and_every_span_lies_in_it(words, letters):
    document = opened(set_text(f"Officers arrested a man at Linn County Court. {' '.join(words)}", 60, 60, letters))
    flat = document.text.content.replace("-", "").replace("\u00ad", "").split()
    assert {word.replace("-", "").replace("\u00ad", "") for word in words} - {""} <= {
        *flat,
        *"".join(flat).split(),
    } or all(word.replace("-", "").replace("\u00ad", "") in "".join(flat) for word in words)
    for account in read(document).accounts:
        assert all(document.text.words(span) for claim in account.claims for span in claim.spans)
