"""What a record promises: each thing once, every answer as of any day, every change an entry."""

from datetime import timedelta

import pytest

from portico.facts import MASKED, IncidentState, Source, Status, Value, Verification
from portico.store import RecordRefused, open_record

BY = "person:7f3a"


def zone(state: IncidentState | None) -> tuple[Value, ...]:
    assert state is not None
    return state.values("zone")


def test_a_document_becomes_an_incident_whose_facts_name_their_source(record, invented):
    document, reading = invented()
    added = record.add(document, reading, actor=BY)
    assert added.new
    assert added.source == document.source.sha256
    (incident,) = record.incidents()
    assert incident.accounts == added.accounts
    assert incident.sources == (added.source,)
    assert incident.id == "i-" + added.accounts[0][2:]
    fact = incident.fact("zone")
    assert (fact.status, fact.values) == (Status.SINGLE_SOURCE, ("hallway",))
    assert fact.claims[0].claim == reading.accounts[0].claims[2]
    stored = record.documents()[added.source]
    assert (stored.source, stored.text, stored.reading) == (document.source, document.text.content, reading.id)
    assert record.original(added.source) == document.original


@pytest.mark.parametrize("private", [False, True])
def test_the_same_document_twice_is_once(record, invented, private):
    first = record.add(*invented(private=private), actor=BY)
    size = record.size
    again = record.add(*invented(private=private), actor=BY)
    assert (again.new, again.accounts) == (False, first.accounts)
    assert record.size == size
    one, two = record.add_all([invented(number=1), invented(number=1)], actor=BY)
    assert (one.new, two.new) == (True, False)


def test_a_private_document_reads_the_same_with_the_key(record, invented):
    document, reading = invented(private=True)
    added = record.add(document, reading, actor=BY)
    stored = record.documents()[added.source]
    assert (stored.source, stored.text, stored.locked) == (document.source, document.text.content, False)
    assert record.original(added.source) == document.original
    assert record.accounts()[added.accounts[0]].account == reading.accounts[0]
    assert [each.statement for each in record.statements()] == list(reading.statements)
    assert [each.action for each in record.actions()] == list(reading.actions)
    assert [each.statistic for each in record.statistics()] == list(reading.statistics)
    assert [each.source for each in record.statements()] == [added.source]


def test_without_the_key_everything_works_with_guarded_values_masked(record, invented, folder):
    document, reading = invented(private=True)
    private = record.add(document, reading, actor=BY)
    public = record.add(*invented("Tamsin Orlo", number=1), actor=BY)
    record.link(private.accounts[0], public.accounts[0], actor=BY, reason="Tamsin Orlo says so")
    with open_record(folder) as locked:
        assert not locked.has_key
        (incident,) = locked.incidents()
        assert zone(incident) == ("hallway",)
        assert incident.fact("zone").status is Status.AGREED
        assert (incident.fact("name").status, incident.values("name")) == (Status.UNKNOWN, (MASKED,))
        assert incident.values("courthouse") == ("the brick court behind the mill",)  # the public one says it in clear
        account = locked.accounts()[private.accounts[0]].account
        assert account.value("courthouse") == MASKED
        assert account.candidates("gender") == ("male", "female", "other")
        stored = locked.documents()[private.source]
        assert (stored.text, stored.locked, stored.reading, stored.erased) == (None, True, None, False)
        bare = Source(
            sha256=private.source,
            media_type="text/plain",
            size=document.source.size,
            published_on="2026-04-02",
            private=True,
        )
        assert stored.source == bare
        assert locked.original(private.source) is None
        assert locked.verify().ok
        assert locked.rebuild().equal
        statement = next(each.statement for each in locked.statements() if each.source == private.source)
        assert (statement.speaker, statement.kind) == (None, "direct")
        with pytest.raises(RecordRefused, match="who the people are is guarded"):
            locked.people()
        more = locked.add(*invented("Ulf Bray", private=True, number=2), actor=BY)  # adding needs no secret
    assert record.accounts()[more.accounts[0]].account.value("name") == "Ulf Bray"


def test_sources_that_differ_are_disputed_once_linked_and_apart_again_when_unlinked(record, invented):
    one = record.add(*invented(), actor=BY).accounts[0]
    two = record.add(*invented(number=1, zone="lobby"), actor=BY).accounts[0]
    three = record.add(*invented(number=2, zone="lobby"), actor=BY).accounts[0]
    assert record.link(three, two, actor=BY) == "i-" + two[2:]
    assert [each.accounts for each in record.incidents()] == [(one,), (two, three)]
    record.link("i-" + one[2:], "i-" + two[2:], actor=BY, reason="same hour")
    (incident,) = record.incidents()
    assert incident.id == "i-" + one[2:]
    assert zone(incident) == ("hallway", "lobby")
    size = record.size
    record.link(one, three, actor=BY)
    assert record.size == size, "linking what is linked is nothing new"
    assert record.unlink(one, actor=BY) == "i-" + one[2:]
    assert [each.id for each in record.incidents()] == ["i-" + one[2:], "i-" + two[2:]]
    assert record.incident("i-" + two[2:]).accounts == (two, three)
    assert record.incident("i-" + three[2:]) is None


def test_decisions_keep_what_they_correct(record, invented):
    account = record.add(*invented(), actor=BY).accounts[0]
    incident = "i-" + account[2:]
    claim = record.incident(incident).fact("zone").claims[0].id
    record.decide(claim, "correct", actor=BY, value="lobby", reason="the plan says so")
    assert zone(record.incident(incident)) == ("lobby",)
    assert record.incident(incident).fact("zone").claims[0].claim.origin == BY
    assert record.accounts()[account].proposed.value("zone") == "hallway"
    record.decide(claim, "reject", actor=BY)
    assert zone(record.incident(incident)) == ()
    record.decide(claim, "accept", actor=BY)
    size = record.size
    record.decide(claim, "accept", actor=BY)
    assert record.size == size, "the same click twice is one"
    assert zone(record.incident(incident)) == ("hallway",)
    assert record.accounts()[account].decided == {claim: "accept"}
    history = [(each.type, each.details.get("value"), each.details.get("reason")) for each in record.history(claim)]
    assert history == [
        ("claim_corrected", "lobby", "the plan says so"),
        ("claim_rejected", None, None),
        ("claim_accepted", None, None),
    ]


def test_a_corrected_name_is_guarded_like_the_name(record, invented, folder):
    account = record.add(*invented(), actor=BY).accounts[0]
    claim = next(each.id for each in record.accounts()[account].claims if each.claim.attribute == "name")
    record.decide(claim, "correct", actor=BY, value="Ozren Vantrel")
    assert [each.name for each in record.people()] == ["Ozren Vantrel"]
    with open_record(folder) as locked:
        assert locked.accounts()[account].account.value("name") == MASKED


def test_each_answer_can_be_given_as_it_was_then(record, invented, clock):
    account = record.add(*invented(), actor=BY).accounts[0]
    incident = "i-" + account[2:]
    said = []
    for number, step in enumerate(
        (
            lambda: record.decide(f"c-{account[2:]}.2", "correct", actor=BY, value="lobby"),
            lambda: record.set_verification(incident, Verification.CORROBORATED, actor=BY),
            lambda: record.link(account, record.add(*invented(number=9), actor=BY).accounts[0], actor=BY),
            lambda: record.undo(record.documents()[record.accounts()[account].source].batch),
        )
    ):
        said.append((clock.now, record.incidents(), record.accounts(), record.documents(), record.statements()))
        step()
        assert record.incidents() != said[number][1]
    for at, incidents, accounts, documents, statements in said:
        assert record.incidents(as_of=at) == incidents
        assert record.accounts(as_of=at) == accounts
        assert record.documents(as_of=at) == documents
        assert record.statements(as_of=at) == statements
    assert record.incidents(as_of=said[0][0] - timedelta(days=1)) == ()


def test_undoing_is_an_entry_and_can_be_undone(record, invented):
    (batch,) = {each.batch for each in record.add_all([invented(number=n) for n in range(3)], actor=BY)}
    kept = record.add(*invented(number=7), actor=BY)
    before, documents = record.incidents(), record.documents()
    size = record.size
    record.undo(batch, actor=BY)
    assert record.size == size + 1
    assert [each.accounts for each in record.incidents()] == [kept.accounts]
    assert set(record.documents()) == {kept.source}
    with pytest.raises(RecordRefused, match="nothing of a batch"):
        record.undo(batch, actor=BY)
    record.undo(record.history(batch)[-1].batch, actor=BY)
    assert (record.incidents(), record.documents()) == (before, documents)
    assert record.rebuild().equal
    assert record.verify().ok


def test_a_document_taken_back_can_be_added_again(record, invented):
    first = record.add(*invented(private=True), actor=BY)
    record.undo(first.batch, actor=BY)
    again = record.add(*invented(private=True), actor=BY)
    assert again.new
    assert again.accounts == first.accounts
    assert record.documents()[first.source].text == invented()[0].text.content
    assert record.rebuild().equal


def test_an_incident_keeps_how_far_it_was_confirmed(record, invented):
    account = record.add(*invented(), actor=BY).accounts[0]
    incident = record.incidents()[0].id
    record.set_verification(incident, Verification.VERIFIED, actor=BY, reason="court log")
    assert record.incident(incident).verification is Verification.VERIFIED
    other = record.add(*invented(number=1), actor=BY).accounts[0]
    record.link(other, account, actor=BY)
    assert record.incidents()[0].verification is Verification.VERIFIED
    with pytest.raises(RecordRefused, match=r"is not an incident now\. Nothing was written\. It is part of"):
        record.set_verification("i-" + other[2:], Verification.REFUTED, actor=BY)


def test_the_beginning_of_an_id_is_enough(record, invented):
    added = record.add(*invented(), actor=BY)
    account = added.accounts[0]
    kinds = {
        account: "account",
        "i-" + account[2:]: "incident",
        f"c-{account[2:]}.2": "claim",
        added.source: "document",
        added.batch: "batch",
        record.people()[0].id: "person",
        record.statements()[0].id: "statement",
        record.actions()[0].id: "action",
        record.statistics()[0].id: "statistic",
    }
    for name, kind in kinds.items():
        assert [(each.kind, each.id) for each in record.resolve(name)] == [(kind, name)]
        shorter = name if kind == "claim" else name[:-3]
        assert [(each.kind, each.id) for each in record.resolve(shorter)] == [(kind, name)]
    assert len(record.resolve(f"c-{account[2:6]}")) == len(record.accounts()[account].claims)
    assert record.resolve("i-ffffffffffffffffff") == record.resolve("") == ()


def test_the_history_of_a_thing_has_everything_that_touched_it(record, invented):
    one = record.add(*invented(), actor=BY)
    two = record.add(*invented(number=1), actor="person:other")
    record.link(one.accounts[0], two.accounts[0], actor=BY, reason="same hour")
    types = [(each.type, each.actor) for each in record.history(two.accounts[0])]
    assert types == [("account_proposed", "person:other"), ("accounts_linked", BY)]
    assert [each.type for each in record.history(one.source)] == ["source_received", "account_proposed"]
    assert [each.type for each in record.history("i-" + one.accounts[0][2:])] == [
        "account_proposed",
        "account_proposed",
        "accounts_linked",
    ]


def test_time_never_runs_back_in_the_log(folder, key_file, invented, clock):
    with open_record(folder, key_file=key_file, create=True, clock=clock) as record:
        record.add(*invented(), actor=BY)
        clock.now -= timedelta(days=400)
        record.add(*invented(number=1), actor=BY)
        times = [each.since for each in record.accounts().values()]
        assert times == sorted(times)


def test_what_one_session_writes_the_next_one_reads(folder, key_file, invented, clock):
    with open_record(folder, key_file=key_file, create=True, clock=clock) as record:
        record.add(*invented(private=True), actor=BY)
        before = (record.incidents(), record.accounts(), record.documents(), record.root)
    with open_record(folder, key_file=key_file) as record:
        assert (record.incidents(), record.accounts(), record.documents(), record.root) == before


def test_two_records_can_be_open_at_once(sqlite_only, tmp_path, key_file, invented):
    with (
        open_record(tmp_path / "one", key_file=key_file, create=True) as one,
        open_record(tmp_path / "two", key_file=key_file, create=True) as two,
    ):
        one.add(*invented(), actor=BY)
        assert (len(one.incidents()), len(two.incidents())) == (1, 0)


def test_checkpoints_and_bundles_hold_what_was_signed(record, invented, tmp_path):
    record.add(*invented(private=True), actor=BY)
    note = record.checkpoint()
    assert record.checkpoint() == note
    record.add(*invented(number=1), actor=BY)
    report = record.verify()
    assert report.ok
    assert (report.checkpoints_checked, report.newest_checkpoint) == (1, 2)
    assert record.export_bundle(tmp_path / "bundle").ok


def test_a_file_of_another_document_is_never_added(record, invented):
    (document, _), (_, other) = invented(), invented(number=1)
    with pytest.raises(ValueError, match="do not belong together"):
        record.add(document, other, actor=BY)
    assert record.size == 0


def test_a_rehearsal_shows_what_would_be_and_leaves_nothing(record, invented):
    one, two = (record.add(*invented(number=n), actor=BY).accounts[0] for n in range(2))
    before = (record.size, record.root, record.incidents())
    with record.rehearsal():
        record.link(one, two, actor=BY, reason="same hour")
        record.set_verification("i-" + one[2:], Verification.VERIFIED, actor=BY)
        record.undo(record.documents()[record.accounts()[two].source].batch)
        assert len(record.incidents()) == 1
    assert (record.size, record.root, record.incidents()) == before
    with record.rehearsal(dry_run=False):
        record.link(one, two, actor=BY)
    assert len(record.incidents()) == 1
    assert record.verify().ok


def test_a_batch_is_continued_by_name_and_undone_as_one(record, invented):
    old = record.add(*invented(), actor=BY)
    batch = None
    for number in range(3):
        (added,) = record.add_all([invented(number=number)], actor=BY, batch=batch)
        batch = added.batch
    record.undo(batch, actor=BY)
    assert set(record.documents()) == {old.source}


def test_who_opened_guarded_words_is_in_the_log_and_stays(record, invented):
    account = record.add(*invented(), actor=BY).accounts[0]
    record.note_read([account], actor="person:other", shown="desk:incident")
    record.note_access("roles", "person:other", actor=BY, details=["documenter"])
    (read,) = record.newest("record_read")
    assert (read.actor, read.subject, read.details["shown"]) == ("person:other", account, "desk:incident")
    assert [each.type for each in record.history(account)] == ["account_proposed", "record_read"]
    for entry in (read, *record.newest("access_changed")):
        with pytest.raises(RecordRefused, match="what was seen cannot be undone"):
            record.undo(entry.batch)
    assert record.rebuild().equal
