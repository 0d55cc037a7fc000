"""What an entry promises: one spelling in bytes, a commitment that says nothing without its salt, a leaf over all."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.custody import Entry, canonical, commit, leaf_hash, make_entry, utc_text
from portico.facts import Text

AT = datetime(2017, 11, 28, 15, 4, 5, 678901, tzinfo=UTC)
SALT = bytes(range(32))


def entry(**changed: object) -> Entry:
    fields = {"sequence": 3, "at": AT, "actor": "person:7f3a", "type": "claim_accepted", "subject": "claim-51c0"}
    return make_entry(**{**fields, "payload": b"{}", "salt": SALT, **changed})  # type: ignore[arg-type]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("aé€😀z"), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
@settings(max_examples=200)
def test_canonical_bytes_are_what_any_json_writer_makes_with_sorted_keys(value):
    expected = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert canonical(value) == expected.encode()
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_the_same_number(value):
    assert json.loads(canonical(value)) == value


def test_facts_and_sets_have_one_spelling_too():
    span = Text("in the hallway").span(7, 14, "hallway")
    assert canonical({"span": span, "set": {"b", "a", "c"}}) == b'{"set":["a","b","c"],"span":{"end":14,"start":7}}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("-inf")]}])
def test_numbers_that_json_would_write_as_null_are_refused(value):
    with pytest.raises(ValueError, match="not finite"):
        canonical(value)


@pytest.mark.parametrize("value", [{1: "a", "1": "b"}, {"a": {None: 1}}, object()])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_the_header_is_canonical_and_holds_everything_but_the_payload():
    made = entry()
    assert made.header == canonical(json.loads(made.header))
    assert json.loads(made.header) == {
        "actor": "person:7f3a",
        "at": "2017-11-28T15:04:05.678901Z",
        "commitment": hmac.new(SALT, b"{}", hashlib.sha256).hexdigest(),
        "sequence": 3,
        "subject": "claim-51c0",
        "type": "claim_accepted",
    }


def test_the_leaf_is_the_hash_of_the_header_as_certificate_transparency_makes_it():
    made = entry()
    assert made.leaf == leaf_hash(made.header) == hashlib.sha256(b"\0" + made.header).digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"sequence": 4},
        {"at": AT + timedelta(microseconds=1)},
        {"actor": "person:7f3b"},
        {"type": "claim_rejected"},
        {"subject": "claim-51c1"},
        {"payload": b"[]"},
        {"salt": bytes(32)},
    ],
)
def test_any_other_field_is_another_leaf(changed):
    assert entry(**changed).leaf != entry().leaf


def test_an_instant_is_written_in_utc_with_microseconds():
    eastern = timezone(timedelta(hours=-5))
    assert utc_text(datetime(2017, 11, 28, 20, 0, tzinfo=eastern)) == "2017-11-29T01:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        utc_text(datetime(2017, 11, 28))  # noqa: DTZ001 - the mistake that is refused


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_salt_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        commit(b"{}", bytes(length))


@pytest.mark.parametrize("value", ["", "two words", 'quo"te', "back\\slash", "é", "line\n", "x" * 201])
@pytest.mark.parametrize("field", ["actor", "type", "subject"])
def test_an_id_that_a_verifier_could_misread_is_refused(field, value):
    with pytest.raises(ValueError, match=field):
        entry(**{field: value})
