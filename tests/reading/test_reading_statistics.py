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
        ("Since March the clinic has heard of a dozen arrests at county courthouses; in 2018 it was three.", [12, 3]),
        ("The number of arrests at Kent County courts has fallen to 12 from 30 a year ago.", [12, 30]),
        ("Last year's courthouse arrests, by the hotline's log: Kent 14, Ashby 6, Marlow 3.", [14, 6, 3]),
        ("Courthouse arrests by county\n\nKent ........ 14\nAshby ....... 6", [14, 6]),
        ("COURT ARRESTS\n\nKent County: 14\nAshby County: 6\n\nMarlow | 3", [14, 6, 3]),
        ("Arrests were recorded at 11 of the state's 24 courthouses last year. Kent had seven, Ashby one.", [11, 7, 1]),
        (
            "Marshals logged 18 visits to courts by agents last year. Six ended in an arrest, against two before.",
            [18, 6],
        ),
        ("The union puts the number of people detained at the Kent courthouse at 17 this year.", [17]),
        ("Since May at least twenty-three have been taken out of the immigration court.", [23]),
        ("The clinic says it has documented 40 cases of people being detained at courthouses since May.", [40]),
        ("By her count 61 people went up to the immigration court this spring and did not come down.", [61]),
        ("Bailiffs' logs show that agents came to the Marlow courthouse 14 times this year.", [14]),
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
        "Agents made 40 arrests in the county jail this year.",
        "Courthouse arrests rose this year. Vara, 41, was in Courtroom 5 at nine, for a fine.",
        "The courthouse at 120 Kent Street opened at 9 a.m.",
    ],
)
def test_numbers_that_are_not(text):
    assert counts(text) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,700", 1700), ("forty-one", 41), ("a hundred", 100), ("2.5", 2.5), ("ten", 10), ("a dozen", 12)],
)
def test_the_value_of_a_number(words, value):
    assert value_of(words) == value
    assert [number.value for number in numbers_in(f"of {words} in", 0, 40)] == [value]


def test_a_number_in_a_list_belongs_to_the_name_beside_it():
    text = "Last year's courthouse arrests, by the hotline's log: Kent 14, Ashby 6, Marlow 3."
    found = read(open_document(text.encode())).statistics
    assert [(number.place, number.value) for number in found] == [("Kent", 14), ("Ashby", 6), ("Marlow", 3)]
