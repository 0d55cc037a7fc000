"""Demands and what answered them: linked by a person, in the log, undone by an entry, gone with its document."""

import pytest

from portico.policy import load_rules
from portico.store import RecordRefused, open_record

BY = "person:7f3a"
RULE = next(iter(load_rules().rules)).id


@pytest.fixture
def asked(record, invented):
    """The id of an action with a demand, and of a statement and another action of a later document."""
    one, two = (record.add(*invented(number=number), actor=BY).source for number in range(2))
    action, other = (next(each.id for each in record.actions() if each.source == source) for source in (one, two))
    return action, next(each.id for each in record.statements() if each.source == two), other


def linked(record) -> list[tuple[str, str]]:
    return [(each.action, each.answer) for each in record.demand_answers()]


def test_what_a_person_says_answers_a_demand_stands_in_order_and_in_the_log(record, asked, folder, key_file):
    action, statement, other = asked
    batches = [record.answer_demand(action, each, actor=BY) for each in (statement, other, RULE)]
    assert linked(record) == [(action, statement), (action, other), (action, RULE)]
    said = record.demand_answers()[0]
    assert (said.actor, said.batch) == (BY, batches[0])
    assert said.action_source != said.answer_source
    assert record.demand_answers()[2].answer_source is None
    assert [each.type for each in record.history(action)] == ["demand_answered"] * 3
    assert [each.subject for each in record.history(statement)] == [action]
    assert record.history(action)[2].details == {"action": action, "answer": RULE}
    assert record.verify().ok
    assert record.rebuild().equal
    with open_record(folder, key_file=key_file) as again:
        assert again.demand_answers() == record.demand_answers()


def test_the_same_again_is_once(record, asked):
    action, statement, _ = asked
    assert record.answer_demand(action, statement, actor=BY)
    size = record.size
    assert record.answer_demand(action, statement, actor=BY) is None
    assert record.size == size


def test_it_is_undone_and_that_too(record, asked):
    action, statement, _ = asked
    batch = record.answer_demand(action, statement, actor=BY)
    record.undo(batch, actor=BY)
    assert linked(record) == []
    record.undo(record.history(batch)[-1].batch, actor=BY)
    assert linked(record) == [(action, statement)]
    assert record.answer_demand(action, RULE, actor=BY)
    assert record.rebuild().equal


@pytest.mark.parametrize("which", [0, 1])
def test_it_goes_with_either_document_and_comes_back_with_it(record, asked, which):
    action, statement, _ = asked
    record.answer_demand(action, statement, actor=BY)
    batch = list(record.documents().values())[which].batch
    record.undo(batch, actor=BY)
    assert linked(record) == []
    record.undo(record.history(batch)[-1].batch, actor=BY)
    assert linked(record) == [(action, statement)]


def test_only_a_demand_is_answered_and_only_by_what_there_is(record, asked):
    action, statement, _ = asked
    size = record.size
    for wrong in ("x-none", statement, RULE):
        with pytest.raises(RecordRefused, match=f"{wrong} is no action with a demand.*Nothing was written"):
            record.answer_demand(wrong, statement, actor=BY)
    for wrong in (action, "s-none", "no-rule", record.accounts().popitem()[0]):
        with pytest.raises(RecordRefused, match=f"{wrong} is no statement, other action or rule"):
            record.answer_demand(action, wrong, actor=BY)
    assert record.size == size


def test_a_demand_of_a_private_document_is_linked_by_who_can_read_it(record, invented, asked, folder):
    private = record.add(*invented(number=7, private=True), actor=BY).source
    demand = next(each.id for each in record.actions() if each.source == private)
    with open_record(folder) as locked, pytest.raises(RecordRefused, match="no action with a demand"):
        locked.answer_demand(demand, RULE, actor=BY)
    record.answer_demand(demand, RULE, actor=BY)
    with open_record(folder) as locked:
        assert linked(locked) == [(demand, RULE)]
