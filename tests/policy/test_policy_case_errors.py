"""A case that cannot be used is refused: file, case, key, what stands there and what may."""

from pathlib import Path

import pytest

from portico.policy import CaseError, Place, case_of, evaluate, findings, known_facts, load_cases

WRONG = [
    ("facts: {colour: red}", "colour", "a fact of the vocabulary: arrest_kind"),
    ("facts: {agency: fbi}", "agency", "one of ice_ero"),
    ("facts: {agency: [ice_ero, cbp]}", "agency", "{any_of: [..]}"),
    ("facts: {agency: {any_of: []}}", "agency", "with at least one"),
    ("facts: {agency: {any_of: [ice_ero, unknown]}}", "agency", "one of ice_ero"),
    ("facts: {agency: {one_of: [ice_ero]}}", "agency", "{any_of: [..]}"),
    ("facts: {agency: {any_of: [ice_ero], more: 1}}", "agency", "{any_of: [..]}"),
    ("facts: {agency: 7}", "agency", "one of ice_ero"),
    ("facts: {person_roles: []}", "person_roles", "leave the fact out"),
    ("facts: {person_roles: [unknown]}", "person_roles", "one of party"),
    ("facts: {person_roles: [party, judge]}", "person_roles", "one of party"),
    ("facts: {distance_m: far}", "distance_m", "a number of metres"),
    ("facts: {distance_m: -1}", "distance_m", "a number of metres"),
    ("facts: {distance_m: nan}", "distance_m", "a number of metres"),
    ("facts: [agency]", "facts", "a block of keys"),
    ("place: {date: 2021-02-30}", "date", "a date that can be"),
    ("place: {date: {any_of: [2021-02-03, 2021-13-01]}}", "date", "a date that can be"),
    ("place: {date: yesterday}", "date", "a date that can be"),
    ("place: {state: New York}", "state", "two capitals"),
    ("place: {state: 7}", "state", "two capitals"),
    ("place: {court_system: night_court}", "court_system", "one of ny_ucs"),
    ("place: {county: ''}", "county", "a name"),
    ("place: {building: {any_of: [unknown, x]}}", "building", "a name"),
    ("place: {country: MX}", "country", "US"),
    ("place: {town: Hudson}", "town", "an attribute of a place: country, date"),
    ("fact: {agency: cbp}", "fact", "a key of a case: id, title"),
]


@pytest.mark.parametrize(("text", "key", "wanted"), WRONG)
def test_a_case_that_cannot_be_used(tmp_path: Path, text, key, wanted):
    file = tmp_path / "mine.yaml"
    file.write_text(f"id: c-1\n{text}\n", encoding="utf-8")
    with pytest.raises(CaseError) as refused:
        load_cases(file)
    error, message = refused.value, str(refused.value)
    assert (error.file, error.case, error.key) == ("mine.yaml", "c-1", key)
    assert wanted in error.wanted
    assert message.startswith(f"mine.yaml, case c-1, {key}: ")
    assert "nothing was changed" in message
    assert "ask again" in message
    assert error.exit_status == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "mine.yaml: nothing is not a case"),
        (b"just words", "mine.yaml: 'just words' is not a case"),
        (b"[]", "at least one case"),
        (b"cases: []", "at least one case"),
        (b"cases: [{id: a}, {id: a}]", "mine.yaml, case a, id: 'a' is not an id that no other case"),
        (b"- {id: a}\n- 7", "mine.yaml: 7 is not a case"),
        (b"id: a\nid: b", "mine.yaml, line 1: 'a key stands twice in one block' is not YAML"),
        (b"\xff\xfe\x00", "mine.yaml, byte 0: .* is not UTF-8"),
        (b"[" * 100_000, "nested more than 100 deep"),
        (b"- " * 100_000, "nested more than 100 deep"),
        (b"facts: &a [*a]", "facts: .* is not a block"),
        (b"facts: {agency: !!timestamp soon}", "constructor"),
        (b"facts: {distance_m: !!int soon}", "number that may not stand"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, content, words):
    file = tmp_path / "mine.yaml"
    file.write_bytes(content)
    with pytest.raises(CaseError, match=words):
        load_cases(file)


def test_a_file_of_references_to_references_is_refused_in_a_short_message(tmp_path: Path):
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    file = tmp_path / "mine.yaml"
    file.write_text("\n".join([*rows, "facts: {agency: {any_of: [*a11]}}"]), encoding="utf-8")
    with pytest.raises(CaseError) as refused:
        load_cases(file)
    assert len(str(refused.value)) < 1000


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(CaseError, match=r"gone.yaml: 'No such file or directory' is not a file"):
        load_cases(tmp_path / "gone.yaml")


def test_one_case_a_list_and_a_block_of_cases_are_read_alike(tmp_path: Path):
    one = "{place: {date: 2019-05-14, state: NY}, facts: {judge_informed: no, distance_m: 12}}"
    for number, text in enumerate((one, f"[{one}, {one}]", f"cases: [{one}]")):
        (tmp_path / f"c{number}.yaml").write_text(text, encoding="utf-8")
    single, listed, block = (load_cases(tmp_path / f"c{number}.yaml") for number in range(3))
    assert [case.id for case in (*single, *listed, *block)] == ["c0", "c1-1", "c1-2", "c2-1"]
    assert {(case.place, tuple(case.facts.known.items())) for case in (*single, *listed, *block)} == {
        (single[0].place, (("judge_informed", ("no",)), ("distance_m", (12.0,))))
    }


def test_unknown_equals_leaving_out():
    told = {"agency": "unknown", "judge_informed": None, "hot_pursuit": "unknown"}
    assert known_facts(told) == {}
    assert case_of({"place": {"date": "unknown", "state": None}}).place == Place()


def test_what_is_known_already_stays_so():
    known = known_facts({"person_roles": ["party", "witness"], "agency": {"any_of": ["cbp", "ice_ero"]}})
    assert (
        known_facts(known)
        == known
        == {"person_roles": (frozenset({"party", "witness"}),), "agency": ("cbp", "ice_ero")}
    )


def test_an_error_without_a_file_names_the_case_and_key():
    with pytest.raises(CaseError, match=r"^case door, agency: 'fbi' is not one of"):
        case_of({"facts": {"agency": "fbi"}}, "door")
    with pytest.raises(CaseError, match=r"^agency: 'fbi' is not one of"):
        findings({"agency": "fbi"}, Place())


def test_a_case_that_fits_is_answered():
    assert evaluate(case_of({})).id == "case"
