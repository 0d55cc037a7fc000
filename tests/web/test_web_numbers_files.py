"""The files of a figure: what a workbook and a paper say is what the screen says, and nothing in them runs."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
import typst
from django.utils import translation
from python_calamine import CalamineWorkbook

from portico.counting import count, find_definition
from portico.facts import FactState, IncidentState, Status, Verification
from portico.web.access.acts import Role
from portico.web.numbers.answer import Answer, Source
from portico.web.numbers.paper import paper
from portico.web.numbers.workbook import workbook

BY_ZONE = {"definition": "arrests-and-attempts", "by": "zone"}
EVIL = ("=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", "#strong[x] $ *a* `b` \\", "<b>", "فاطمة 🙂 試")


def incident(name, **told):
    told = {"kind": ("arrest",), "agency": ("ice",), **told}
    facts = (
        FactState(attribute=n, status=Status.AGREED if len(v) == 1 else Status.DISPUTED, values=v)
        for n, v in told.items()
    )
    return IncidentState(id=name, accounts=(), sources=(), facts=tuple(facts), verification=Verification.VERIFIED)


def answer(by=("county",), rows=EVIL, sources=EVIL) -> Answer:
    states = [incident(f"i-{n}", county=(name,), state=("NY",), date=("2019-05-14",)) for n, name in enumerate(rows)]
    states.append(incident("i-x", kind=("arrest", "sighting"), county=(rows[0],), state=("NY",)))
    return Answer(
        table=count(find_definition("arrests-only"), states, by=by),
        definition=find_definition("arrests-only"),
        as_of=datetime(2026, 11, 24, 14, 5, tzinfo=UTC),
        command="portico count arrests-only --by county",
        log_size=12,
        log_root="ab" * 32,
        sources=tuple(Source(sha256="cd" * 32, name=each, published_on="", address="") for each in sources),
        documents=len(sources) + 3,
    )


def sheets(content: bytes):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def printed(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_workbook_says_first_what_it_counts_and_then_the_rows_of_the_screen(desk):
    response = desk.client([Role.READER]).get("/numbers/table.xlsx", BY_ZONE)
    assert response["Content-Disposition"] == 'attachment; filename="arrests-and-attempts.xlsx"'
    told = sheets(response.content)
    assert list(told) == ["About", "Figures", "Events"]
    about = {row[0]: row[1] for row in told["About"] if row[0]}
    assert (about["At least"], about["At most"]) == (1, 1)
    assert isinstance(about["As of"], datetime)
    assert about["Definition"] == "Arrests and attempts (arrests-and-attempts, version 1)"
    assert about["Recompute"] == "portico count arrests-and-attempts --by zone"
    words = "\n".join(str(row[1]) for row in told["About"])
    assert "is not an error margin" in words
    assert "Events that nobody reported" in words
    assert "Immigrant Defense Project" in words
    assert "sha256" in words
    assert "Quintera" not in words
    assert told["Figures"][1:] == [["hallway", 0, 1, 1], ["lobby", 0, 1, 1], ["All", 1, 1, 0]]
    assert told["Events"][1:] == [[desk.record.incidents()[0].id, "counts"]]


def test_words_that_look_like_formulas_are_words():
    content = workbook(answer())
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        cells = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert cells
    assert not any(b"<f>" in each or b"<hyperlink" in each for each in cells)
    told = sheets(content)
    assert {row[0].rsplit(", ")[0] for row in told["Figures"][1:-1]} == set(EVIL)
    assert {str(line).split(", sha256")[0] for _, line in told["About"]} >= set(EVIL)


def test_a_paper_says_what_the_screen_says(desk):
    response = desk.client([Role.READER]).get("/numbers/table.pdf", BY_ZONE)
    assert response["Content-Disposition"] == 'attachment; filename="arrests-and-attempts.pdf"'
    words = " ".join(printed(response.content).split())
    for told in ("Arrests and attempts", "hallway 0 1", "lobby 0 1", "As of", "is not an error margin", "sha256"):
        assert told in words
    assert "Quintera" not in words
    document = pypdfium2.PdfDocument(response.content)
    assert document.get_metadata_value("Title") == "Arrests and attempts"
    assert b"pdfuaid" in response.content
    assert b"/StructTreeRoot" in response.content


@pytest.mark.parametrize("evil", EVIL)
def test_no_word_of_the_data_is_markup_on_paper(evil):
    content = paper(answer(rows=(evil, "Kings"), sources=(evil,)))
    words = "".join(printed(content).split())
    assert ("".join(evil.split()) in words) is evil.isascii()  # other scripts are read in the order they are drawn
    assert (b"pdfuaid" in content) is evil.isascii()


def test_a_paper_of_many_rows_has_pages_and_no_drawing():
    content = paper(answer(rows=[f"County {number:03}" for number in range(120)]))
    words = printed(content)
    assert len(pypdfium2.PdfDocument(content)) > 2
    assert "County 119" in words
    assert "Hatched" not in words


def test_the_template_is_the_only_markup():
    with pytest.raises(typst.TypstError):
        typst.compile(b"#json(bytes(sys.inputs.told)).nothing", sys_inputs={"told": json.dumps({})})


def test_why_it_moved_is_in_every_file(desk):
    client = desk.client([Role.READER])
    day_before = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    asked = {"definition": "arrests-and-attempts", "before": day_before}
    held = desk.record.incidents()[0].id
    (row,) = csv.DictReader(io.StringIO(client.get("/numbers/moved.csv", asked).content.decode()))
    assert (row["incident"], row["before"], row["now"]) == (held, "out", "counts")
    assert row["before_as_of"] < row["as_of"]
    assert sheets(client.get("/numbers/table.xlsx", asked).content)["Moved"][1:] == [
        [held, "does not count", "counts", ""]
    ]
    assert "Why it moved since" in printed(client.get("/numbers/table.pdf", asked).content)
    shown = client.get("/numbers/", asked).content.decode()
    assert "/numbers/moved.csv?definition=arrests-and-attempts" in shown


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx", "table.pdf", "moved.csv"])
def test_what_cannot_be_counted_gives_the_form_again_and_no_file(desk, name):
    response = desk.client([Role.READER]).get(f"/numbers/{name}", {"definition": "arrests-only", "by": "shoe_size"})
    assert response.status_code == 422
    assert response["Content-Type"].startswith("text/html")
    assert b"Count by" in response.content


def test_the_same_answer_gives_the_same_bytes():
    one = answer()
    assert paper(one) == paper(replace(one))
    assert workbook(one) == workbook(replace(one))


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_nothing_is_drawn_beyond_the_margins_in_any_language(language):
    with translation.override(language):
        content = paper(answer(rows=("Kings", "Bronx", "Queens"), sources=("The Ledger",)))
    assert b"pdfuaid" in content
    page = pypdfium2.PdfDocument(content)[0]
    drawn = page.render(scale=1, rev_byteorder=True)
    rows = [bytes(drawn.buffer[at : at + drawn.stride]) for at in range(0, drawn.stride * drawn.height, drawn.stride)]
    margin = 40 * drawn.n_channels
    for row in rows:
        line = row[: drawn.width * drawn.n_channels]
        assert set(line[:margin]) | set(line[-margin:]) == {255}
