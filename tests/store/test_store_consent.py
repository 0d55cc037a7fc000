"""Consent in the record: entries that are kept, folded and rebuilt; what they keep out of counts; who falls due."""

from datetime import date

import pytest

from portico.counting import count
from portico.record import Consent
from portico.store import RecordRefused, open_record
from portico.store.projections import dump

ACTOR = "person:7f3a"
MAY = date(2026, 5, 1)


def given(purpose, answer="given", on=MAY, until=None):
    return Consent(purpose=purpose, answer=answer, on=on, until=until)


@pytest.fixture
def two(record, invented):
    """A private note and a public page of the same event, linked."""
    note = record.add(*invented(private=True, number=1), actor=ACTOR)
    page = record.add(*invented("Berit Solace", number=2), actor=ACTOR)
    incident = record.link(note.accounts[0], page.accounts[0], actor=ACTOR)
    return note, page, incident


def person_of(record, added):
    return record.account(added.accounts[0]).person


def test_what_was_said_last_stands_and_what_was_said_before_is_kept(record, two):
    note, _page, _incident = two
    person = person_of(record, note)
    record.record_consent(person, given("story", until=date(2026, 12, 31)), actor=ACTOR, how="on the phone")
    record.record_consent(person, given("story", "withdrawn", on=date(2026, 6, 2)), actor=ACTOR)
    (stands,) = record.consents(person)
    assert (stands.consent.answer, stands.consent.on, stands.actor) == ("withdrawn", date(2026, 6, 2), ACTOR)
    first, second = (each for each in record.history(person) if each.type == "consent_recorded")
    assert (first.details["answer"], second.details["answer"]) == ("given", "withdrawn")
    assert first.details["reason"] == "on the phone"


def test_the_same_twice_is_once_and_nobody_else_has_a_consent(record, two):
    note, _page, _incident = two
    size = record.size
    for _ in range(2):
        record.record_consent(note.source, given("media"), actor=ACTOR)
    assert record.size == size + 1
    with pytest.raises(RecordRefused, match="there is no person or document p-nobody"):
        record.record_consent("p-nobody", given("media"), actor=ACTOR)


def test_how_it_was_said_is_sealed_and_goes_with_the_person(record, folder, two):
    note, _page, _incident = two
    person = person_of(record, note)
    record.record_consent(person, given("story"), actor=ACTOR, how="Whispered by the fountain")
    with open_record(folder) as locked:
        assert [each.how for each in locked.consents(person)] == [None]
    assert record.consents(person)[0].how == "Whispered by the fountain"
    record.erase(person, actor=ACTOR)
    assert record.consents(person)[0].how is None
    assert record.consents(person)[0].consent.purpose == "story"
    record.record_consent(person, given("story", "withdrawn"), actor=ACTOR, how="typed after the erasure")
    assert record.verify().ok


def test_who_says_no_to_statistics_is_counted_by_the_words_of_others_alone(record, two):
    note, page, incident = two
    before = record.countable()
    record.record_consent(note.source, given("statistics", "refused"), actor=ACTOR)
    (left,) = record.countable()
    assert (left.id, left.sources) == (incident, (page.source,))
    assert record.incident(incident).sources == before[0].sources  # it still stands as it did
    record.record_consent(person_of(record, page), given("statistics", "withdrawn"), actor=ACTOR)
    assert record.countable() == ()
    record.record_consent(note.source, given("statistics"), actor=ACTOR)
    assert record.countable()[0].sources == (note.source,)


@pytest.mark.parametrize("by", [[], ["month"], ["zone"], ["county"]])
def test_quick_figures_leave_out_the_same(record, invented, two, by):
    note, _page, _incident = two
    record.add(*invented("Oda Marsh", number=3, zone="lobby"), actor=ACTOR)
    record.record_consent(note.source, given("statistics", "refused"), actor=ACTOR)
    slow = count("with-sightings", record.countable(), by=by)
    quick = record.counted("with-sightings", by=by)
    assert [(r.cells, r.lower, r.upper) for r in quick.rows] == [(r.cells, r.lower, r.upper) for r in slow.rows]
    assert (quick.total.lower, quick.total.upper, quick.base) == (slow.total.lower, slow.total.upper, slow.base)
    row = record.behind("with-sightings", {})
    assert {*row.certain, *row.possible} == {*slow.total.certain, *slow.total.possible}


def test_as_of_an_earlier_instant_it_was_counted(record, two):
    note, page, _incident = two
    then = record.history(page.source)[-1].at
    for each in (note, page):
        record.record_consent(each.source, given("statistics", "refused"), actor=ACTOR)
    assert record.countable() == ()
    assert len(record.countable(as_of=then)) >= 1


def test_who_falls_due_is_named_until_a_person_erased_them(record, two):
    note, page, _incident = two
    mine, theirs = person_of(record, note), person_of(record, page)
    record.record_consent(mine, given("representation", until=date(2026, 6, 30)), actor=ACTOR)
    record.record_consent(theirs, given("story", "withdrawn", on=date(2026, 5, 20)), actor=ACTOR)
    assert [each.subject for each in record.due(date(2026, 6, 30))] == [theirs]
    assert [(each.subject, each.since) for each in record.due(date(2026, 7, 1))] == [
        (theirs, date(2026, 5, 20)),
        (mine, date(2026, 7, 1)),
    ]
    record.erase(theirs, actor=ACTOR)
    assert [each.subject for each in record.due(date(2026, 7, 1))] == [mine]


def test_rebuilt_from_the_log_it_is_the_same_byte_for_byte(record, two):
    note, _page, _incident = two
    record.record_consent(note.source, given("statistics", "refused"), actor=ACTOR)
    record.record_consent(person_of(record, note), given("story", until=date(2026, 9, 1)), actor=ACTOR)
    before = dump(record.aliases[0])
    assert b"statistics" in before["consented"]
    assert record.rebuild().equal
    assert dump(record.aliases[0]) == before


def test_a_consent_recorded_by_mistake_is_taken_back(record, two):
    note, _page, _incident = two
    record.record_consent(note.source, given("statistics", "refused"), actor=ACTOR)
    batch = record.history(note.source)[-1].batch
    record.undo(batch, actor=ACTOR)
    assert record.consents(note.source) == ()
    assert len(record.countable()) == 1
    assert record.rebuild().equal
