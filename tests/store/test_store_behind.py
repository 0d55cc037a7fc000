"""What follows from a large batch is made later: no answer misses what was acknowledged, whatever comes between."""

from dataclasses import replace

import pytest
from django.db import connections

from portico.facts import Account, Claim
from portico.store import IncidentFilter, behind, following, open_record, undoing

BY = "person:7f3a"
ROWS = behind.MANY


@pytest.fixture
def table(invented):
    """A document whose reading has as many rows as are left for later."""

    def make(number: int = 0, rows: int = ROWS, name: str = "Ozren Vantrell"):
        document, reading = invented(name, number=number)
        spans = reading.accounts[0].claims[0].spans
        accounts = tuple(
            Account(
                claims=tuple(
                    Claim(attribute=each, value=value, spans=spans)
                    for each, value in (("kind", "arrest"), ("state", "NY"), ("age", row % 80))
                )
            )
            for row in range(rows)
        )
        return document, replace(reading, accounts=accounts)

    return make


def folded(record) -> int:
    with connections[record.aliases[0]].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_folded")
        return int(cursor.fetchone()[0])


QUESTIONS = {
    "list": lambda record: record.find_incidents(limit=1).total,
    "filter": lambda record: record.find_incidents(IncidentFilter(state=("NY",)), limit=1).total,
    "search": lambda record: record.search("arrest", kinds=["incident"], limit=1).total,
    "figures": lambda record: record.counted("arrests-only").base,
    "inbox": lambda record: record.inbox(limit=1).total,
    "arrivals": lambda record: record.arrivals(waiting=True).total * ROWS,
    "rows": lambda record: len(
        record.incident_rows([each.incident for each in record.told_by(*record.documents()).values()])
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_question_after_a_large_batch_has_all_of_it(record, table, question):
    record.add(*table(), actor=BY)
    assert (folded(record), len(record.accounts())) == (0, ROWS)
    assert QUESTIONS[question](record) == ROWS
    assert folded(record) == ROWS


def test_what_a_person_adds_is_folded_at_once_and_so_is_what_came_before(record, table, telling):
    record.add(*table(), actor=BY)
    record.add(*telling("Lathe.", kind="arrest"), actor=BY)
    assert folded(record) == ROWS + 1


def test_whoever_changes_something_changes_it_in_all_of_the_batch(record, table):
    added = record.add(*table(), actor=BY)
    record.link(added.accounts[0], added.accounts[-1], actor=BY)
    record.decide(f"c-{added.accounts[1][2:]}.1", "correct", value="VT", actor=BY)
    assert record.find_incidents(limit=1).total == ROWS - 1
    assert record.find_incidents(IncidentFilter(state=("VT",))).total == 1
    record.undo(added.batch, actor=BY)
    assert record.find_incidents().total == 0
    assert record.rebuild().equal


def test_rebuilding_gives_what_was_left_for_later_too(record, table):
    record.add(*table(), actor=BY)
    assert record.rebuild().equal
    assert record.find_incidents(limit=1).total == ROWS


def test_one_opening_sees_what_another_left(folder, key_file, record, table):
    with open_record(folder, key_file=key_file) as other:
        assert other.find_incidents().total == 0
        record.add(*table(), actor=BY)
        assert other.find_incidents(limit=1).total == ROWS
    assert folded(record) == ROWS


def test_what_a_crash_interrupted_is_made_whole_by_the_next_question(record, table, monkeypatch):
    record.add(*table(rows=2 * ROWS), actor=BY)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as here:
        here.setattr(following._Follower, "_write_documents", killed)
        with pytest.raises(KeyboardInterrupt):
            record.find_incidents()
    assert folded(record) == 0, "half of it would be a list that misses something"
    assert record.find_incidents(limit=1).total == 2 * ROWS


def test_no_more_is_left_for_later_than_a_reader_may_wait_for(record, table, monkeypatch):
    monkeypatch.setattr(behind, "MOST", 2 * ROWS)
    left = []
    for number in range(5):
        record.add(*table(number), actor=BY)
        left.append((number + 1) * ROWS - folded(record))
    assert left == [ROWS, 2 * ROWS, ROWS, 2 * ROWS, ROWS]
    assert record.find_incidents(limit=1).total == 5 * ROWS


def test_a_batch_is_taken_back_part_by_part_and_ends_as_if_at_once(record, invented, monkeypatch):
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    together = [invented(number=number) for number in range(5)]
    added = list(record.add_all(together, actor=BY, batch="b-0", at_once=2, listed=True))
    (first, *_), (second, *_), (third, *_) = (each.accounts for each in added[:3])
    other = record.add(*invented(number=9), actor=BY).accounts[0]
    record.link(first, third, actor=BY)
    record.link(second, other, actor=BY)
    record.decide(f"c-{third[2:]}.0", "reject", actor=BY)
    before = record.find_incidents().total
    record.undo("b-0", actor=BY)
    assert [each.id for each in record.incidents()] == [f"i-{other[2:]}"]
    assert record.rebuild().equal
    (undone,) = record.newest("import_undone", 1)
    record.undo(undone.batch, actor=BY)
    assert record.find_incidents().total == before
    assert record.rebuild().equal


def test_an_erasure_reaches_what_was_left_for_later(record, invented, table):
    document, reading = table(number=1)
    _, telling = invented("Ozren Vantrell", number=1)
    record.add(document, replace(reading, accounts=(*telling.accounts, *reading.accounts)), actor=BY)
    person = next(each.id for each in record.people() if each.name)
    record.erase(person, actor=BY, with_originals=True)
    assert record.search("Vantrell").total == 0
    assert record.rebuild().equal
