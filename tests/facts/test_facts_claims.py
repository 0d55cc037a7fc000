"""A claim cannot be made without a value of the vocabulary and the words it rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.facts import Account, Claim, DateError, Span, SpanError, Text, from_json, identify, to_json

TEXT = Text("Agents took him in the hallway.")
HALLWAY = (TEXT.span(23, 30, "hallway"),)


def test_a_claim_keeps_its_words():
    claim = Claim(attribute="zone", value="hallway", spans=HALLWAY)
    assert TEXT.words(claim.spans[0]) == "hallway"
    assert claim.possible == ("hallway",)


@pytest.mark.parametrize(("attribute", "value"), [("zone", "attic"), ("mood", "calm"), ("warrant", "yes")])
def test_values_come_from_the_vocabulary(attribute, value):
    with pytest.raises(ValueError, match=attribute):
        Claim(attribute=attribute, value=value, spans=HALLWAY)


def test_a_guarded_value_is_not_quoted_in_the_message():
    with pytest.raises(ValueError, match="gender") as refused:
        Claim(attribute="gender", value="Ismael", spans=HALLWAY)
    assert "Ismael" not in str(refused.value)


def test_no_value_appears_from_nowhere():
    with pytest.raises(ValueError, match="needs a span"):
        Claim(attribute="zone", value="hallway", spans=())
    with pytest.raises(ValueError, match="needs a value"):
        Claim(attribute="zone", value=None, spans=HALLWAY)
    assert Claim(attribute="zone", value="hallway", spans=(), origin="person:p1").value == "hallway"


def test_a_date_is_a_date():
    with pytest.raises(DateError):
        Claim(attribute="date", value="31/11/2017", spans=HALLWAY)


@pytest.mark.parametrize(
    ("start", "end", "words"), [(0, 0, None), (5, 3, None), (-1, 2, None), (0, 99, None), (0, 6, "agents")]
)
def test_a_span_is_checked_when_made(start, end, words):
    with pytest.raises(SpanError, match="does not lie in the text"):
        TEXT.span(start, end, words)


def test_the_flat_value_is_what_the_text_puts_first_and_never_what_it_only_denies():
    def zone(value, **more):
        return Claim(attribute="zone", value=value, spans=HALLWAY, **more)

    account = Account(
        claims=(zone("lobby", hedge="denied", asserted_by="the agency"), zone("hallway"), zone("elevator"))
    )
    assert account.value("zone") == "hallway"
    assert account.candidates("zone") == ("hallway", "elevator")
    assert account.value("warrant") is None


@given(st.text(min_size=1))
def test_a_text_has_one_hash_and_gives_its_words_back(content):
    text = Text(content)
    assert text.words(text.span(0, len(content))) == content
    assert text.sha256 == Text(content).sha256


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_ids_depend_on_content_alone(parts):
    assert identify("c", parts) == identify("c", dict(reversed(parts.items())))


@given(
    value=st.sampled_from(["hallway", "lobby"]),
    hedge=st.sampled_from([None, "denied", "alleged"]),
    start=st.integers(0, 5),
)
def test_json_gives_the_same_claim_back(value, hedge, start):
    claim = Claim(attribute="zone", value=value, hedge=hedge, spans=(Span(start, start + 1),))
    assert from_json(to_json(claim), Claim) == claim
    assert hash(from_json(to_json(claim), Claim)) == hash(claim)
