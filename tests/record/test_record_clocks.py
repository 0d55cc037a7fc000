"""Two clocks: what the record held at an instant."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.record import Held, as_of

NOON = datetime(2019, 5, 16, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_it_is_held_from_its_start_up_to_but_not_at_its_end():
    held = Held("claim", NOON, NOON + HOUR)
    assert [held.at(NOON - HOUR), held.at(NOON), held.at(NOON + HOUR)] == [False, True, False]


def test_without_an_instant_it_is_what_is_held_still():
    held = [Held("corrected", NOON, NOON + HOUR), Held("correction", NOON + HOUR)]
    assert as_of(held, None) == ("correction",)
    assert as_of(held, NOON) == ("corrected",)
    assert as_of(held, NOON + HOUR) == ("correction",)


def test_an_instant_without_time_zone_is_a_mistake():
    with pytest.raises(ValueError, match="needs a time zone"):
        Held("claim", NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="needs a time zone"):
        as_of([Held("claim", NOON)], NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="cease to be held"):
        Held("claim", NOON, NOON - HOUR)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=6, unique=True).map(sorted), st.integers(-1, 25))
def test_successive_corrections_are_held_one_at_a_time(hours, asked):
    ends = [*hours[1:], None]
    held = [
        Held(hour, NOON + hour * HOUR, None if end is None else NOON + end * HOUR)
        for hour, end in zip(hours, ends, strict=True)
    ]
    assert len(as_of(held, NOON + asked * HOUR)) == (1 if asked >= hours[0] else 0)
