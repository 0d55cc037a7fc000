"""Dates: counted from what text and caller make certain, and told apart by what they are of."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.facts import PartialDate
from portico.reading.dates import find_dates, find_times, publication_date
from portico.reading.layout import blocks

WEDNESDAY = PartialDate("2019-05-15")


def values(text, published_on=WEDNESDAY):
    return [mention.value.edtf if mention.value else None for mention in find_dates(text, published_on)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He was taken on Tuesday.", "2019-05-14"),
        ("He was taken on Wednesday.", "2019-05-15"),
        ("He was taken on Thursday.", "2019-05-09"),
        ("They will rally on Thursday.", "2019-05-16"),
        ("He was taken this morning.", "2019-05-15"),
        ("He was taken yesterday.", "2019-05-14"),
        ("It was Tuesday of last week.", "2019-05-07"),
        ("It was last week.", "2019-05"),
        ("It was last month.", "2019-04"),
        ("It was two days ago.", "2019-05-13"),
        ("He was taken May 3.", "2019-05-03"),
        ("He was taken in December.", "2018-12"),
        ("The hearing is set for June 3.", "2019-06-03"),
        ("He was taken on 5/14/19.", "2019-05-14"),
        ("He was taken on 14 May 2019.", "2019-05-14"),
        ("He was taken 14MAY19.", "2019-05-14"),
        ("He was taken on May 14th, 2018.", "2018-05-14"),
        ("Sworn this 9th day of May, 2018.", "2018-05-09"),
        ("He was taken in May of 2018.", "2018-05"),
        ("He was taken on Feb. 30.", None),
        ("It was late on Dec. 30.", "2018-12-30"),
    ],
)
def test_counted_from_the_day_of_publication(words, expected):
    assert values(words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He was taken on Tuesday.", [None]),
        ("He was taken yesterday.", [None]),
        ("He was taken on Nov. 28.", ["XXXX-11-28"]),
        ("He was taken in June.", ["XXXX-06"]),
        ("He was taken Tuesday, Nov. 28. They will rally Thursday.", ["2017-11-28", "2017-11-30"]),
        ("It was Friday, June 12, and in 2020 the rule was new.", ["2020-06-12", "2020"]),
        ("In April 2019 came the rule. He was taken on June 17.", ["2019-04", "2019-06-17"]),
        ("On Jan. 13, 2026 one was taken; nine days later another.", ["2026-01-13", "2026-01-22"]),
        ("One was taken Oct. 3, 2018 and one the next day.", ["2018-10-03", "2018-10-04"]),
    ],
)
def test_without_a_day_of_publication_only_what_the_text_makes_certain(words, expected):
    assert values(words, None) == expected


def test_a_masked_day_of_publication_is_counted_from_too():
    assert values("He was taken yesterday.", PartialDate("XXXX-10-11")) == ["XXXX-10-10"]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("He was taken on May 3.", "event"),
        ("Updated: May 3, 2019", "update"),
        ("Published: May 3, 2019", "publication"),
        ("He had been deported in 2006.", "other"),
        ("The case was adjourned to June 3.", "other"),
        ("That is eleven since March 2018.", "other"),
        ("They ask for a rule by May 30.", "other"),
        ("The agency said Monday that it was quick.", "other"),
        ("It has been so since last Thursday.", "event"),
        ("They will meet on May 30.", "future"),
    ],
)
def test_what_a_date_is_of(words, role):
    assert [mention.role for mention in find_dates(words, WEDNESDAY)] == [role]


@pytest.mark.parametrize("words", ["1/4 in a thread", "It is open 24/7.", "He may march in protest.", "The sun set."])
def test_no_date(words):
    assert values(words) == []


def test_the_head_of_a_text_gives_its_day_and_an_update_does_not():
    stamps = "Updated: May 16, 2019\nPublished: May 15, 2019"
    dated = f"Baker taken in lobby of courthouse\n\n{stamps}\n\nA baker was taken on Monday."
    assert publication_date(dated, blocks(dated)) == WEDNESDAY


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("at 1 p.m.", ["13:00"]),
        ("9:45 a.m.", ["09:45"]),
        ("at noon", ["12:00"]),
        ("17:02", ["17:02"]),
        ("in 8 cases", []),
    ],
)
def test_times(words, expected):
    assert [time for _, _, time in find_times(words, 0, len(words))] == expected


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="MayJun TuesdNov.,0123456789/-last week yoragin", max_size=120), st.sampled_from([None, WEDNESDAY])
)
def test_any_words_give_mentions_inside_them_in_order(text, published_on):
    mentions = find_dates(text, published_on)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
