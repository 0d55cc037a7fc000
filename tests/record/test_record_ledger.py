"""The ledger of statements and demands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.facts import Action, Span, Statement
from portico.record import SourcedStatement, answered, demands, ledger, may_answer, said_since, unanswered

WORDS = (Span(0, 5),)


def said(number, speaker, organisation=None, on="2019-05-15"):
    statement = Statement(speaker=speaker, organisation=organisation, role=None, kind="direct", spans=WORDS)
    return SourcedStatement(id=f"s{number}", source=f"doc{number}", published_on=on, statement=statement)


def groups(statements):
    return {frozenset(each.id for each in row.statements) for row in ledger(statements)}


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (("Oda Ferrand", "Harbor Defenders"), ("Oda Ferrand", "Harbor Defenders"), True),
        (("Oda Ferrand", "Harbor Defenders"), ("Ms. Ferrand", "Harbor Defenders"), True),
        (("Oda Ferrand", "Harbor Defenders"), ("Oda Ferrand", None), True),
        (("Oda Ferrand", "Harbor Defenders"), ("Oda Ferrand", "Dock Union"), False),  # a person decides
        (("Oda Ferrand", "Harbor Defenders"), ("Ferrand", None), False),  # a surname alone, anywhere
        (("Oda Ferrand", "Harbor Defenders"), ("Ilya Ferrand", "Harbor Defenders"), False),
        ((None, "The Agency"), (None, "the agency"), True),
        ((None, None), (None, None), False),
    ],
)
def test_two_statements_are_one_speakers(one, other, together):
    assert (len(ledger([said(1, *one), said(2, *other)])) == 1) is together


def test_a_surname_that_two_share_joins_neither():
    both = [said(1, "Oda Ferrand", "Harbor"), said(2, "Ilya Ferrand", "Harbor"), said(3, "Ferrand", "Harbor")]
    assert len(ledger(both)) == 3


def test_positions_stand_in_order_of_time_under_the_fullest_name():
    (row,) = ledger(
        [
            said(1, "Ferrand", "Harbor Defenders", None),
            said(2, "Oda Ferrand", "Harbor Defenders", "2019-05"),
            said(3, "Oda Ferrand", "Harbor Defenders", "2017-11-28"),
        ]
    )
    assert (row.speaker, row.organisation) == ("Oda Ferrand", "Harbor Defenders")
    assert [each.id for each in row.statements] == ["s3", "s2", "s1"]


def test_speakers_stand_in_alphabetical_order_of_organisation():
    rows = ledger([said(1, "A", "Union"), said(2, "Z", "Agency"), said(3, "B", "Agency")])
    assert [(row.organisation, row.speaker) for row in rows] == [("Agency", "B"), ("Agency", "Z"), ("Union", "A")]


SAID = st.lists(
    st.tuples(
        st.sampled_from(("Oda Ferrand", "Ferrand", "Ilya Ferrand", "Oda", None)),
        st.sampled_from(("Dock", "Pier", None)),
    ),
    max_size=6,
)


@given(SAID, st.randoms(use_true_random=False))
def test_no_statement_is_lost_and_order_and_repetition_group_alike(speakers, random):
    statements = [said(number, *each) for number, each in enumerate(speakers)]
    shuffled = [*statements, *statements]
    random.shuffle(shuffled)
    assert groups(statements) == groups(shuffled)
    assert sorted(each.id for row in ledger(statements) for each in row.statements) == sorted(
        each.id for each in statements
    )


def test_a_demand_is_open_until_a_person_links_an_answer():
    rally = Action(
        kind="rally", spans=WORDS, organiser="Dock Union", target="the chief judge", demand="keep agents out"
    )
    (asked,) = demands({"action-1": rally, "action-2": Action(kind="march", spans=WORDS)})
    assert (asked.action, asked.by, asked.of, asked.demand) == (
        "action-1",
        "Dock Union",
        "the chief judge",
        "keep agents out",
    )
    met = answered(answered(asked, ["rule-1"]), ["statement-2", "rule-1"])
    assert met.answered_by == ("rule-1", "statement-2")
    assert unanswered([asked, met]) == (asked,)


@pytest.mark.parametrize(
    ("whom", "day", "told"),
    [
        ("the Harbor Defenders", "2019-05-15", ["s1", "s3"]),  # s3 is undated: it may be later
        ("Harbor Defenders of the East", None, ["s1", "s2", "s3"]),
        ("Oda Ferrand", "2019-05-15", ["s1"]),
        ("Dock Union", None, []),
        ("", None, []),
    ],
)
def test_what_was_said_since_by_whoever_was_asked(whom, day, told):
    said_all = [
        said(1, "Oda Ferrand", "Harbor Defenders", "2019-05-16"),
        said(2, None, "Harbor Defenders", "2019-05-02"),
        said(3, None, "Harbor Defenders", None),
    ]
    assert [each.id for each in said_since(whom, day, said_all)] == told


def test_what_may_answer_a_demand_is_of_those_who_were_asked_and_not_before_it():
    asked = Action(
        kind="rally", spans=WORDS, organiser="Dock Union", target="chief judge", demand="x", date="2019-05-15"
    )
    actions = {
        "asked": asked,
        "ruled": Action(kind="other", spans=WORDS, organiser="the Chief Judge", date="2019-06-01"),
        "before": Action(kind="other", spans=WORDS, organiser="Chief Judge", date="2019-05-01"),
        "undated": Action(kind="letter", spans=WORDS, organiser="Chief Judge Moreno"),
        "another's": Action(kind="march", spans=WORDS, organiser="Harbor Defenders", date="2019-06-01"),
    }
    named, other, by_office = (
        said(1, "Chief Judge Moreno", on="2019-05-15"),
        said(2, "Oda Ferrand"),
        said(3, "A. Moreno"),
    )
    by_office = replace(by_office, statement=replace(by_office.statement, role="Chief Judge"))
    earlier = replace(by_office, id="s4", published_on="2019-05-01")
    statements = [earlier, by_office, other, named]
    assert may_answer(asked, statements, actions) == ("s1", "s3", "ruled", "undated")
    assert may_answer(replace(asked, target=None), statements, actions) == ()
