"""Imports of tables and answers about landmarks in the log: once, undone as one, rebuilt and verified."""

from portico.places import answer_of
from portico.store import TableImport

BY = "person:7f3a"
DONE = TableImport(
    id="import-5f0c",
    profile="ero-arrests",
    version=1,
    fingerprint="f" * 64,
    importer="portico-tables/1",
    files=("a" * 64,),
    report="b" * 64,
    rows_in=5,
    rows_stored=4,
    rows_rejected=1,
    altered=2,
)


def test_an_import_is_in_the_log_once_and_taken_back_as_one(record, invented):
    list(record.add_all([invented()], actor=BY, batch=DONE.id))
    assert record.note_import(DONE, actor=BY)
    assert not record.note_import(DONE, actor="person:other")
    (stored,) = record.imports()
    assert (stored.tables, stored.actor) == (DONE, BY)
    assert [each.type for each in record.history(DONE.id)][-1] == "tables_imported"
    assert [each.id for each in record.resolve("import-5f")] == [DONE.id]

    record.undo(DONE.id, actor=BY)
    assert record.imports() == ()
    assert not record.accounts()
    assert record.note_import(DONE, actor="person:other")
    assert record.imports()[0].actor == "person:other"
    assert record.rebuild().equal
    assert not record.verify().problems


def test_the_last_answer_about_a_landmark_holds_until_it_is_taken_back(record):
    first = answer_of("ELM JUSTICE CENTER", "not_court", "DEN")
    second = answer_of("Elm  Justice Ctr", "state_local_court", "DEN", county="Elm", state="CO")
    assert record.answer_landmark(first, actor=BY)
    assert record.answer_landmark(first, actor=BY) is None
    batch = record.answer_landmark(second, actor=BY)
    assert record.answers() == {second.key: second}
    record.undo(batch, actor=BY)
    assert record.answers() == {first.key: first}
    assert record.rebuild().equal
    assert not record.verify().problems
