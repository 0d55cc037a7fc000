"""The page of one incident: complete, self-contained, linked both ways, and silent about who somebody is."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from portico.facts import Claim, IncidentState, SourcedClaim, Span, Statement
from portico.web.dossier import Dossier, DossierSource
from portico.web.report import render

VOID = {"meta", "link", "br", "path", "rect", "line", "circle", "input", "img", "hr"}


class Strict(HTMLParser):
    """Whether every element is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> twice the same attribute")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


def faults(page: str) -> list[str]:
    parser = Strict()
    parser.feed(page)
    return parser.faults + parser.open


def tree_of(page: str):
    return lxml_html.document_fromstring(page.encode())


def words_of(article) -> str:
    """The text of a document as shown, without the numbers of the facts."""
    for number in article.xpath(".//sup"):
        number.drop_tree()
    return re.sub(r"\s+", " ", article.text_content()).strip()


@pytest.fixture(scope="module")
def page(dossier: Dossier) -> str:
    return render(dossier)


@pytest.fixture(scope="module")
def tree(page):
    return tree_of(page)


def test_it_is_well_formed_and_the_same_each_time(page, dossier):
    assert faults(page) == []
    assert render(dossier) == page


def test_ids_are_unique_and_every_link_within_the_page_has_its_target(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href") if href.startswith("#")} <= set(ids)


def test_it_holds_everything_and_forbids_itself_the_rest(page, tree):
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert (
        policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert tree.xpath("//script | //iframe | //img | //form | //@style | //link[@rel='stylesheet']") == []
    assert not any(name.startswith("on") for each in tree.iter() for name in each.attrib)
    assert "url(http" not in style


def test_every_claim_has_one_note_and_every_span_one_place(tree, dossier, sources):
    for source in sources:
        shown = [each for each in source.claims if each.claim.attribute not in ("age", "gender", "name", "county")]
        notes = tree.xpath(f"//section[@id='src-{source.letter}']//li/@id")
        places = tree.xpath(f"//section[@id='src-{source.letter}']//li//a[@class='at']/@href")
        assert len(notes) == len(shown)
        assert len(set(places)) == sum(len(each.claim.spans) for each in shown)


def test_each_document_is_shown_whole(dossier, sources):
    for article, source in zip(
        tree_of(render(replace(dossier, show_guarded=True))).xpath("//article[@class='doc']"), sources, strict=True
    ):
        assert words_of(article) == re.sub(r"\s+", " ", source.text).strip()


def test_the_table_has_every_fact_of_an_event_in_its_order(tree):
    rows = [re.sub(r"\s+", " ", row.text_content()).strip() for row in tree.xpath("//table[caption]//tr[@id]/th")]
    assert rows[0] == "1 What happenedagreed"
    assert rows[4] == "5 Where in the buildingdisputed"
    assert rows[13] == "14 Force on the personnot said"
    assert len(rows) == 23


def test_words_in_the_table_lead_to_their_place(tree):
    for link in tree.xpath("//table[contains(@class, 'matrix')]//td//a[@class='cite']"):
        (target,) = tree.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert words_of(link).startswith(words_of(target))


def test_both_answers_to_one_question_stand_side_by_side(tree):
    row = tree.xpath("//tr[@id='f15']")[0].text_content()
    assert "denied or not denied" in row
    assert "not denied: nobody was kept from speaking with counsel according to an agency spokesperson" in row


def test_statements_are_whole_and_by_organisation(tree):
    voices = tree.xpath("//article[@class='voice']")
    speakers = [voice.xpath("h3")[0].text_content() for voice in voices]
    assert speakers == ["Ines Calloway", "A spokesperson, unnamed", "Marlon Pierce", "Peter Halloran"]
    said = [q.text_content() for q in voices[1].xpath(".//q")]
    assert said[0] == "At no time was anyone kept from speaking with an attorney"
    assert said[1].startswith("Our officers follow")
    assert said[1].endswith("for the person arrested.")
    assert "Court officers" not in speakers
    assert "that a report would be filed" in voices[3].text_content()


def test_a_quotation_keeps_the_marks_that_stand_outside_its_passage(dossier, sources):
    union = sources[1]
    start = union.text.index("No one should have")
    span = Span(start, union.text.index(",” said Marlon"))
    said = Statement(speaker="M", organisation=None, role=None, kind="direct", spans=(span,), quotes=(span,))
    tree = tree_of(render(replace(dossier, sources=(replace(union, statements=(said,)),), findings=())))
    (passage,) = tree.xpath("//article[@class='voice']//p[@dir='auto']")
    assert passage.text_content().startswith("“No one should have")
    assert passage.xpath("q/@class") == ["opens"]  # its closing mark stands after a comma: the page adds one


def test_passages_that_overlap_are_one_and_marks_are_added_where_the_source_has_none(dossier, sources):
    union, words = sources[1], "She was not allowed one word with him."
    start = union.text.index(words)
    spans = (Span(start, start + len(words)), Span(start + 4, start + len(words)))
    said = Statement(speaker="M", organisation=None, role=None, kind="direct", spans=spans, quotes=spans[1:])
    tree = tree_of(render(replace(dossier, sources=(replace(union, statements=(said,)),), findings=())))
    (passage,) = tree.xpath("//article[@class='voice']//p[@dir='auto']")
    assert passage.text_content().startswith("She was not allowed")
    assert passage.xpath("q/@class") == [""]


def test_a_source_that_spells_the_value_its_own_way_is_not_quoted_twice(tree):
    assert "Court:" not in tree.xpath("//tr[@id='f4']")[0].text_content()


def test_findings_say_what_they_rest_on_and_lack(tree):
    signs = [each.get("class") for each in tree.xpath("//span[starts-with(@class, 'find ')]")]
    assert signs == ["find ask", "find fits", "find apart", "find fits-not"]
    rules = tree.xpath("//section[@aria-labelledby='h-rules']")[0].text_content()
    assert "Lacks: who in the court looked at the warrant" in rules
    assert "Left open by the sources: warrant kind" in rules
    assert "Purpose stated to staff (20) C" in rules
    assert "Where in the building (5): hallway or lobby A B C D" in rules
    assert "Guides court staff. Confidence in this reading: medium" in rules
    assert "Presumes no safe alternative and approved: no. Without that: not enough known" in rules
    assert "Not certain that it was in force there that day" in rules


def test_rules_that_reach_no_fact_are_not_consistent(dossier):
    apart = tuple(each for each in dossier.findings if each.finding.result.value == "not_applicable")
    assert "No rule in force reaches these facts" in render(replace(dossier, findings=apart))
    assert "No rule in force reaches these facts" not in render(dossier)


def test_the_minutes_of_each_source(tree):
    (described,) = tree.xpath("//desc")
    assert described.text_content().startswith(
        "A: custody soon after 10:00. B: no time given. "
        "C: notice 9:30, notice 9:41, counsel 9:55, custody 9:53. D: custody about 9:45."
    )


def test_a_source_that_tells_of_no_arrest_gives_no_time_of_custody(dossier, sources):
    agency = sources[3]
    kinds = [each for each in agency.claims if each.claim.attribute == "kind"]
    sighting = replace(kinds[0], claim=replace(kinds[0].claim, value="sighting"))
    seen = replace(agency, claims=(sighting, *(each for each in agency.claims if each not in kinds)))
    (described,) = tree_of(render(replace(dossier, sources=(*sources[:3], seen)))).xpath("//desc")
    assert "D: no time given." in described.text_content()


def test_no_minutes_no_strip(dossier, sources):
    silent = replace(dossier, sources=sources[1:2])
    assert "From notice to custody" not in render(silent)


@pytest.mark.parametrize("word", ["Quintera", "Ismael", "34-year-old"])
def test_guarded_words_are_masked_unless_asked_for(dossier, page, word):
    assert word not in page
    assert word in render(replace(dossier, show_guarded=True))


def test_a_guarded_name_is_masked_in_statements_and_actions_too(dossier, sources):
    note = sources[2]
    statement = Statement(
        speaker="Ismael Quintera", organisation=None, role=None, kind="indirect", spans=(Span(100, 220),)
    )
    changed = (*sources[:2], replace(note, statements=(statement,)), sources[3])
    assert "Quintera" not in render(replace(dossier, sources=changed))


def test_it_says_that_guarded_words_are_masked_or_shown(dossier, page):
    assert "Guarded words: masked (name, age)" in page
    assert "Guarded words: shown. Keep this page as you keep the key" in render(replace(dossier, show_guarded=True))


def test_shown_guarded_facts_have_rows_of_their_own(dossier):
    tree = tree_of(render(replace(dossier, show_guarded=True)))
    assert [th.text_content().split("single")[0].strip() for th in tree.xpath("//tr[@id='f24']/th")] == ["24 Name"]


@pytest.mark.parametrize(("withheld", "said"), [("locked", "are locked"), ("erased", "were erased")])
def test_a_withheld_text_leaves_its_facts_and_says_why(dossier, sources, withheld, said):
    note = replace(sources[2], text=None, withheld=withheld)
    page = render(replace(dossier, sources=(*sources[:2], note, sources[3])))
    assert faults(page) == []
    assert said in page
    assert "No paper." not in page
    assert "no words shown" in page
    assert 'href="#n-C-' in page
    assert not re.search(r'href="#C-', page)


def test_an_incident_of_which_nothing_is_known_is_a_page_too():
    nothing = Dossier(
        incident=IncidentState(id="i-0", accounts=(), sources=(), facts=()),
        as_of=datetime(2019, 5, 21, tzinfo=UTC),
        log_size=0,
        log_root="",
        made_with="",
        sources=(),
    )
    page = render(nothing)
    assert faults(page) == []
    assert "Event at a courthouse not named, day not said" in page
    assert "No document tells of this event." in page
    assert "No rule was found for that place and day" in page


HOSTILE = (
    '</style><script>alert(1)</script> "><img src=x onerror=alert(1)> '
    "{{ page }} {% now 'Y' %} \u202e \x00 \ud800 ' \\ *{}"
)


def test_hostile_words_stay_words(dossier, sources):
    claim = SourcedClaim(
        id="c-x",
        account="a",
        source=sources[0].sha256,
        claim=Claim(attribute="zone", value="hallway", spans=(Span(0, 30),), asserted_by=HOSTILE),
    )
    bad = replace(
        sources[0],
        text=HOSTILE * 2,
        heading=HOSTILE,
        publisher=HOSTILE,
        kind=HOSTILE,
        url="javascript:alert(1)",
        claims=(claim,),
        statements=(
            Statement(speaker=HOSTILE, organisation=HOSTILE, role=HOSTILE, kind="direct", spans=(Span(3, 9),)),
        ),
        actions=(),
    )
    incident = replace(dossier.incident, id=HOSTILE)
    page = render(replace(dossier, sources=(bad, *sources[1:]), incident=incident, made_with=HOSTILE, log_root=HOSTILE))
    tree = tree_of(page)
    assert tree.xpath("//script | //img | //@onerror") == []
    assert not [href for href in tree.xpath("//@href") if href.startswith("javascript")]
    assert page.count("</style>") == 1
    assert "\x00" not in page
    assert page.encode()


def test_letters_go_on_after_z(dossier, sources):
    many = tuple(replace(sources[0], letter=f"A{chr(65 + n)}", sha256=f"{n:064}", claims=()) for n in range(9))
    page = render(replace(dossier, sources=many))
    assert faults(page) == []
    assert 'class="fold matrix stacked"' in page


@st.composite
def documents(draw):
    text = draw(st.text(alphabet="ab &<.\n“é", min_size=1, max_size=60))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20)), max_size=8))
    claims = []
    for number, (start, length) in enumerate(spans):
        attribute, value = draw(
            st.sampled_from([("zone", "hallway"), ("warrant", "judicial"), ("name", "b"), ("time", "9")])
        )
        claim = Claim(attribute=attribute, value=value, spans=(Span(start, min(len(text), start + length)),))
        claims.append(SourcedClaim(id=f"c-{number}", account="a", source="s", claim=claim))
    return text, tuple(claims)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents(), show_guarded=st.booleans())
def test_any_claims_on_any_text_give_a_whole_page(dossier, sources, document, show_guarded):
    text, claims = document
    source = replace(sources[1], text=text, claims=claims, statements=(), actions=(), sha256="s")
    tree = tree_of(page := render(replace(dossier, sources=(source,), findings=(), show_guarded=show_guarded)))
    assert faults(page) == []
    assert not [link for link in tree.xpath("//a") if not (link.text_content().strip() or link.get("aria-label"))]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href") if href.startswith("#")} <= set(ids)
    if show_guarded and text.strip():
        assert words_of(tree.xpath("//article[@class='doc']")[0]) == re.sub(r"\s+", " ", text).strip()


def test_a_source_needs_no_more_than_its_letter_and_text(dossier):
    bare = DossierSource(
        letter="A", heading="A note", kind="note", received_at=dossier.as_of, sha256="0" * 64, text="Nothing to see."
    )
    page = render(replace(dossier, sources=(bare,), findings=(), ask_next=(), counts=()))
    assert faults(page) == []
    assert "Nothing in this document is read as a fact of the event." in page
