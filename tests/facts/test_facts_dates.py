"""Partial dates: what may be, and what cannot."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.facts import DateError, PartialDate, Truth

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def partial(draw):
    """A date with some digits unknown, and one day that fits it."""
    day = draw(DAYS)
    spelt = day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]
    masked = "".join("X" if c != "-" and draw(st.integers(0, 3)) == 0 else c for c in spelt)
    return PartialDate(masked), day


@pytest.mark.parametrize(
    ("edtf", "precision", "first", "last"),
    [
        ("2017-11-28", "day", date(2017, 11, 28), date(2017, 11, 28)),
        ("2017-11", "month", date(2017, 11, 1), date(2017, 11, 30)),
        ("2016-02", "month", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017", "year", date(2017, 1, 1), date(2017, 12, 31)),
        ("201X", "year", date(2010, 1, 1), date(2019, 12, 31)),
        ("2017-1X-31", "day", date(2017, 10, 31), date(2017, 12, 31)),
    ],
)
def test_reach(edtf, precision, first, last):
    one = PartialDate(edtf)
    assert (one.precision, one.first, one.last) == (precision, first, last)


@pytest.mark.parametrize(
    "edtf", ["31/11/2017", "2017-11-31", "2017-13", "2017-02-29", "0000", "XXXX-02-30", "", "2017-1"]
)
def test_a_date_that_cannot_be_is_refused_and_says_what_to_write(edtf):
    with pytest.raises(DateError, match=r"is not a date\. Give a day as 2017-11-28"):
        PartialDate(edtf)


@given(partial())
def test_the_day_it_was_made_of_may_be_meant(pair):
    one, day = pair
    assert one.may_be(day)
    assert one.first <= day <= one.last
    assert one.day in (None, day)
    assert one.may_equal(PartialDate.of(day))


@given(partial(), partial())
def test_equality_is_symmetric_and_certain_only_between_days(a, b):
    assert a[0].may_equal(b[0]) == b[0].may_equal(a[0])
    assert a[0].same_day(b[0]) is b[0].same_day(a[0])
    if a[0].same_day(b[0]) is Truth.TRUE:
        assert a[0].day == b[0].day is not None
    if a[1] == b[1]:
        assert a[0].may_equal(b[0])


def test_two_masks_that_share_no_day():
    assert not PartialDate("2017-02").may_equal(PartialDate("XXXX-XX-31"))
    assert PartialDate("2017-11").days()[-1] == date(2017, 11, 30)
