"""Consent: what holds on a day, and from which day on nothing keeps who somebody is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.record import ANSWERS, NAMING, PURPOSES, Consent, allows, due_since

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 30)


def said(purpose, answer, on=MAY, until=None):
    return Consent(purpose=purpose, answer=answer, on=on, until=until)


CONSENTS = st.builds(
    Consent,
    purpose=st.sampled_from(PURPOSES),
    answer=st.sampled_from(ANSWERS),
    on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    until=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)


@pytest.mark.parametrize(
    ("consents", "since"),
    [
        ([], None),
        ([said("representation", "given")], None),
        ([said("representation", "given", until=JUNE)], date(2026, 7, 1)),
        ([said("representation", "given", until=JUNE), said("story", "given")], None),
        (
            [said("representation", "given", until=JUNE), said("story", "withdrawn", on=date(2026, 8, 2))],
            date(2026, 8, 2),
        ),
        ([said("representation", "withdrawn", on=JUNE)], JUNE),
        ([said("story", "refused")], None),  # nobody was asked whether they are represented
        ([said("representation", "refused"), said("statistics", "given")], MAY),  # a count needs nobody's name
        ([said("statistics", "withdrawn")], None),
    ],
)
def test_nothing_keeps_a_name_from_a_day_on(consents, since):
    assert due_since(consents) == since


def test_nothing_said_allows_nothing():
    assert not allows([], "story", MAY)
    assert not allows([said("media", "given")], "story", MAY)


@given(CONSENTS, st.dates(date(2019, 1, 1), date(2031, 1, 1)))
def test_a_consent_holds_from_its_day_to_its_last(consent, on):
    inside = consent.on <= on and (consent.until is None or on <= consent.until)
    assert allows([consent], consent.purpose, on) is (consent.answer == "given" and inside)


@given(st.lists(CONSENTS, unique_by=lambda each: each.purpose), st.integers(0, 1000))
def test_who_is_due_is_allowed_nothing_that_names_them(consents, later):
    since = due_since(consents)
    if since is not None:
        on = since + timedelta(days=later)
        assert not any(allows(consents, purpose, on) for purpose in NAMING)
