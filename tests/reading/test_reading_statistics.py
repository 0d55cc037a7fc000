"""Statistics: counts over a period or an area; not crowds, not the people of one event."""

import pytest

from portico.reading import open_document, read
from portico.reading.numbers import numbers_in, value_of


def counts(text):
    return [number.value for number in read(open_document(text.encode(), published_on="2019-05-15")).statistics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Harbor Project has logged 22 courthouse arrests so far this year, against 17 in all of 2018.", [22, 17]),
        ("Agents have made six arrests inside county courthouses since the start of the year.", [6]),
        ("Officers have arrested 150 people in courthouses since 2017, a tally by the Harbor Project shows.", [150]),
        ("In January agents made 20 arrests at courthouses, nine of them in Kent.", [20, 9]),
        ("Arrests in and around courthouses are up 1,700 percent since 2016.", [1700]),
        ("Twice in February agents succeeded in detaining someone at a state court.", [2]),
    ],
)
def test_numbers_that_are_counts(text, expected):
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Agents arrested three men outside the courthouse on Tuesday.",
        "About 150 defenders walked out of the courthouse.",
        "He faced two counts of theft at the courthouse in 2018.",
        "Four lawsuits about courthouse arrests have been filed since 2017.",
        "The courthouse at 120 Kent Street opened at 9 a.m.",
    ],
)
def test_numbers_that_are_not(text):
    assert counts(text) == []


@pytest.mark.parametrize(
    ("words", "value"), [("1,700", 1700), ("forty-one", 41), ("a hundred", 100), ("2.5", 2.5), ("ten", 10)]
)
def test_the_value_of_a_number(words, value):
    assert value_of(words) == value
    assert [number.value for number in numbers_in(f"of {words} in", 0, 40)] == [value]
