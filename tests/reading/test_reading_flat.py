"""The flat output, and what holds of every reading: its words are there, twice is the same, long takes its length."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.facts import Account, Claim, Span, SpanError, Statement, Text
from portico.reading import READER, flatten, open_document, read

SAMPLE = Path(__file__).parents[2] / "src" / "portico" / "cli" / "sample"
REPORT = (
    "BROOKLYN — ICE agents arrested Jonah Quell, 34, in a hallway of Brooklyn Criminal Court on Tuesday, his lawyer, "
    "Ines Vara of Harbor Clinic, said. “Nobody showed a paper,” she said. About ninety defenders walked out on "
    "Wednesday. Harbor Clinic has counted eleven arrests in county courthouses since January."
)
WORDS = [
    *(
        "agents",
        "arrested",
        "detained",
        "in custody",
        "the courthouse",
        "Kent County Courthouse",
        "on Tuesday",
        "Ines Vara",
    ),
    *(
        "said",
        "“",
        "”",
        '"',
        ".",
        ",",
        "\n\n",
        "\n",
        "11",
        "eleven arrests",
        "since March",
        "will rally",
        "Dear Judge:",
    ),
    *("ICE", "he", "she", "according to", "5/14/19", "walked out", "É", "\u2028", "a", "(", ")", "’s", "Harbor Clinic"),
]


def flat_of(reading, text):
    """The object as it is printed and read again."""
    return json.loads(json.dumps(flatten(reading, text)))


def test_the_object_has_every_field_of_the_format_and_no_other():
    document = open_document(REPORT.encode(), id="report", published_on="2019-05-15")
    flat = flat_of(read(document), document.text)
    assert set(flat) == {"id", "published_on", "incidents", "statements", "actions", "statistics"}
    assert (flat["id"], flat["published_on"]) == ("report", "2019-05-15")
    [incident] = flat["incidents"]
    assert set(incident) == {
        *(
            "kind",
            "date",
            "courthouse",
            "courthouse_id",
            "zone",
            "county",
            "city",
            "state",
            "agency",
            "people_arrested",
        ),
        *("person", "proceeding", "warrant", "plain_clothes", "identified", "force_used", "judge_informed"),
        *("counsel_access", "court_staff", "outcome", "asserted_by", "claims"),
    }
    assert set(incident["person"]) == {"name", "age", "gender", "role"}
    assert (incident["date"], incident["judge_informed"]) == ({"value": "2019-05-14", "precision": "day"}, "unknown")
    assert set(flat["statements"][0]) == {"speaker", "organisation", "role", "kind", "about", "quotes", "spans"}
    assert set(flat["actions"][0]) == {*("kind", "organiser", "date", "time", "place", "target", "demand", "spans")}
    assert set(flat["statistics"][0]) == {"value", "what", "place", "period", "source", "spans"}


def test_every_known_value_has_a_claim_whose_words_are_there():
    document = open_document(REPORT.encode(), published_on="2019-05-15")
    [incident] = flat_of(read(document), document.text)["incidents"]
    claimed = {claim["attribute"] for claim in incident["claims"]}
    fields = {name for name, value in incident.items() if value not in (None, "unknown", [], {})}
    fields -= {"person", "claims", "outcome"}
    assert fields <= claimed
    assert all(0 <= a < b <= len(document.text.content) for claim in incident["claims"] for a, b in claim["spans"])


def test_nothing_is_said_that_the_text_does_not_say():
    document = open_document(REPORT.encode())
    reading = read(document)
    outside = Statement(speaker="Ines Vara", organisation=None, role=None, kind="indirect", spans=(Span(0, 9999),))
    with pytest.raises(SpanError):
        flatten(replace(reading, statements=(outside,)), document.text)
    without = replace(outside, spans=())
    with pytest.raises(ValueError, match="without a span"):
        flatten(replace(reading, statements=(without,)), document.text)


def test_a_federal_agency_that_nobody_names_is_unknown_and_an_interrupted_talk_was_given():
    text = Text("agents came between them")
    claims = tuple(
        Claim(attribute=name, value=value, spans=(text.span(0, 6),))
        for name, value in [("kind", "arrest"), ("agency", "federal_unspecified"), ("counsel_access", "interrupted")]
    )
    reading = replace(read(open_document(text.content.encode())), accounts=(Account(claims=claims),))
    [incident] = flat_of(reading, text)["incidents"]
    assert (incident["agency"], incident["counsel_access"]) == ("unknown", "given")


def test_the_sample_is_read_as_the_record_shows_it():
    speakers, acts = [], []
    for name, day in [("ledger.html", "2019-05-15"), ("union.txt", "2019-05-14"), ("agency.txt", "2019-05-15")]:
        reading = read(open_document(SAMPLE / name, published_on=day))
        speakers += [(one.speaker, one.organisation) for one in reading.statements]
        acts += [(act.kind, act.organiser, act.date) for act in reading.actions]
    ice = (None, "U.S. Immigration and Customs Enforcement (ICE)")
    assert speakers == [
        *[("Ines Calloway", "Borough Defenders"), ice, ("Peter Halloran", "state court system")],
        *[(None, "Local 910"), ("Marlon Pierce", "Local 910"), ice],
    ]
    assert acts == [
        ("walkout", "defenders", None),
        ("rally", "Local 910", "2019-05-16"),
        ("rally", "Local 910", "2019-05-16"),
    ]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from([None, "2019-05-15"]))
def test_any_words_are_read_and_every_span_holds(words, published_on):
    document = open_document((" ".join(words) or "x").encode() + b" x", published_on=published_on)
    reading = read(document)
    flatten(reading, document.text)
    assert reading.reader == READER
    assert reading == read(document)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    document = open_document(f"x {text}".encode("utf-8", "replace"), "text/plain")
    flatten(read(document), document.text)


def test_a_long_text_takes_its_length(monkeypatch):
    """Twice the text, about twice the searches: counted, not timed."""
    from portico.reading import cues

    searched = []
    compiled = cues._compiled

    class Counting:
        def __init__(self, expression):
            self.pattern = compiled(expression)

        def search(self, text, start, end):
            searched.append(end - start)
            return self.pattern.search(text, start, end)

        def match(self, text, start, end):
            return self.pattern.match(text, start, end)

    monkeypatch.setattr(cues, "_compiled", Counting)
    work = []
    for times in (100, 200):
        searched.clear()
        read(open_document("\n\n".join([REPORT] * times).encode(), published_on="2019-05-15"))
        work.append(sum(searched))
    assert work[1] <= 2.5 * work[0]
