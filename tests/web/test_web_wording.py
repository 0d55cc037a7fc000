"""Words for codes and dates."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from portico.facts import ATTRIBUTES, Claim, FactState, SourcedClaim, Span, Status
from portico.web.wording import claim_words, date_words, moment_words, value_words, values_words, voice_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2019-05-14", "14 May 2019"),
        ("2019-05", "May 2019"),
        ("2019", "2019"),
        ("XXXX-11-28", "28 November, year not said"),
        ("XXXX-11", "November, year not said"),
        ("201X", "201X, the rest not said"),
        ("2019-XX-14", "2019"),
    ],
)
def test_dates(edtf, words):
    assert date_words(edtf) == words


def test_a_day_as_a_value_has_its_weekday():
    assert value_words("date", "2019-05-14") == "Tuesday 14 May 2019"


@pytest.mark.parametrize(
    ("attribute", "value", "any_of", "hedge", "words"),
    [
        ("counsel_access", "denied", (), None, "denied"),
        ("counsel_access", "denied", (), "denied", "not denied"),
        ("identified", "yes", (), "denied", "no"),
        ("time", "09:53", (), None, "9:53"),
        ("zone", None, ("hallway", "lobby"), None, "hallway or lobby"),
        ("zone", None, ("hallway", "lobby"), "denied", "neither hallway nor lobby"),
        ("agency", "ice", (), None, "ICE"),
        ("court_staff", "neither", (), None, "no part"),
        ("courthouse", "kings county criminal court", (), None, "kings county criminal court"),
    ],
)
def test_claims(attribute, value, any_of, hedge, words):
    claim = Claim(attribute=attribute, value=value, any_of=any_of, hedge=hedge, spans=(Span(0, 1),))
    assert claim_words(claim) == words


@pytest.mark.parametrize(
    ("attribute", "code"), [(each.name, code) for each in ATTRIBUTES.values() for code in each.values]
)
def test_every_code_has_words_without_a_verdict(attribute, code):
    words = value_words(attribute, code)
    assert "_" not in words
    assert not {"illegal", "violation", "guilty"} & set(words.split())


def test_a_denial_is_given_as_that_and_not_as_every_other_code():
    spans = (Span(0, 1),)
    says = Claim(attribute="counsel_access", value="denied", spans=spans)
    denies = Claim(attribute="counsel_access", value="denied", spans=spans, hedge="denied")
    told = tuple(SourcedClaim(id=str(n), account="a", source="s", claim=c) for n, c in enumerate((says, denies)))
    fact = FactState(
        attribute="counsel_access", status=Status.DISPUTED, values=("denied", "given", "interrupted"), claims=told
    )
    assert values_words(fact) == ("denied", "not denied")


def test_an_instant_is_given_in_utc():
    assert moment_words(datetime(2019, 5, 21, 3, 0, tzinfo=timezone(timedelta(hours=-4)))) == "21 May 2019, 07:00 UTC"
    assert moment_words(datetime(2019, 5, 21, 7, 0, tzinfo=UTC)) == "21 May 2019, 07:00 UTC"


def test_a_voice_within_a_sentence():
    assert voice_words("An agency spokesperson") == "an agency spokesperson"
    assert voice_words("Ines Calloway") == "Ines Calloway"
