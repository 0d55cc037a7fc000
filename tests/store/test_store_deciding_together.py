"""Several decisions as one; who decided meanwhile; what is kept apart; what is left to decide."""

import pytest

from portico.cli.demo import demonstrate, sample_documents
from portico.facts import Span
from portico.store import Choice, ClaimChanged, RecordRefused, open_record

ME, OTHER = "person:me", "person:other"


@pytest.fixture
def record(tmp_path):
    with open_record(tmp_path / "record", key_file=tmp_path / "key", create=True) as opened:
        demonstrate(opened, sample_documents())
        yield opened


@pytest.fixture
def account(record):
    return next(iter(record.accounts()))


def claim(account: str, place: int) -> str:
    return f"c-{account[2:]}.{place}"


def test_several_decisions_are_one_batch_and_undone_as_one(record, account):
    choices = [
        Choice(claim=claim(account, 0), decision="accept"),
        Choice(claim=claim(account, 10), decision="correct", value="lobby", spans=(Span(3, 9),), reason="The plan."),
    ]
    batch = record.decide_all(choices, actor=ME)
    stand = record.decisions([account])
    assert [(each.decision, each.value, each.together) for each in stand.values()] == [
        ("accept", None, 2),
        ("correct", "lobby", 2),
    ]
    assert record.account(account).account.about("zone")[0].spans == (Span(3, 9),)
    record.undo(batch, actor=ME)
    assert [each.decision for each in record.decisions([account]).values()] == [None, None]
    assert record.account(account).decided == {}
    assert record.rebuild().equal


def test_all_of_it_already_so_writes_nothing(record, account):
    choices = [Choice(claim=claim(account, 0), decision="accept")]
    assert record.decide_all(choices, actor=ME)
    size = record.size
    assert record.decide_all(choices, actor=OTHER) is None
    assert record.size == size


def test_who_had_not_seen_what_others_decided_is_told_and_nothing_is_written(record, account):
    zone, kind = claim(account, 10), claim(account, 0)
    record.decide(zone, "reject", actor=OTHER)
    size = record.size
    choices = [Choice(claim=kind, decision="accept", seen=0), Choice(claim=zone, decision="accept", seen=0)]
    with pytest.raises(ClaimChanged, match=f"somebody else decided about {zone} meanwhile. Nothing was written. Look"):
        record.decide_all(choices, actor=ME)
    assert record.size == size
    seen = record.decisions([account])[zone].changed
    assert record.decide_all([Choice(claim=zone, decision="accept", seen=seen)], actor=ME)


def test_an_undoing_is_a_change_that_must_be_seen_too(record, account):
    zone = claim(account, 10)
    batch = record.decide_all([Choice(claim=zone, decision="reject")], actor=OTHER)
    seen = record.decisions([account])[zone].changed
    record.undo(batch, actor=OTHER)
    with pytest.raises(ClaimChanged):
        record.decide_all([Choice(claim=zone, decision="accept", seen=seen)], actor=ME)


def test_accounts_are_kept_apart_once_and_it_can_be_undone(record):
    one, other, *_ = record.accounts()
    with pytest.raises(RecordRefused, match="are one event"):
        record.keep_apart(one, other, actor=ME)
    record.unlink(other, actor=ME)
    record.keep_apart(one, other, actor=ME, reason="Another floor.")
    size = record.size
    record.keep_apart(other, one, actor=OTHER)
    assert record.size == size
    assert record.apart([one]) == record.apart([other]) == {frozenset((one, other))}
    entry = record.latest(one)
    assert (entry.type, entry.details["reason"]) == ("accounts_kept_apart", "Another floor.")
    assert record.rebuild().equal
    record.undo(entry.batch, actor=ME)
    assert record.apart([one]) == set()
    assert record.rebuild().equal


def test_documents_are_listed_by_what_is_left_to_decide(record, account):
    source = record.account(account).source
    assert record.arrivals(waiting=True).total == 4
    record.decide_all([Choice(claim=each.id, decision="accept") for each in record.account(account).told], actor=ME)
    assert record.arrivals(waiting=False).rows == (source,)
    newest = record.arrivals(limit=1).rows[0]
    waiting = record.arrivals(waiting=True, without=[newest])
    assert waiting.total == 2
    assert record.arrivals(waiting=True, older_than=newest).rows == waiting.rows
    assert record.arrivals(only=[source]).rows == (source,)
    assert record.arrived_accounts(1) == tuple(record.told_by(newest))
    assert record.latest("c-nothing.0") is None
