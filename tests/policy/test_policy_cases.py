"""Every rule answers its cases: its force around each of its dates, and what its provisions say."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from portico.policy import Case, case_of, evaluate, load_cases, load_rules, rules_in_force

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "policies"
FILES = sorted(file for file in CASES.glob("*.yaml") if file.name != "development.yaml")
BOOK = load_rules()
MEASURED = "307b22b890f71eedfd752856368168b73ce42458c3c372aa58d26893ceb86ffc"


class Words(yaml.SafeLoader):
    """Days and yes or no stay as written."""


Words.yaml_implicit_resolvers = {}


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=Words)


def force_of(rule: str, place: Mapping[str, object], on: object) -> str:
    found = rules_in_force(case_of({"place": {**place, "date": on}}).place)
    sides = {"certain": found.certain, "uncertain": found.uncertain}
    return next((name for name, rules in sides.items() if rule in {each.id for each in rules}), "none")


def forces() -> Iterator[object]:
    for file in FILES:
        force = read(file)["force"]
        around = [(force["place"], day, expected) for day, expected in force["days"].items()]
        around += [(each["place"], each["on"], each["force"]) for each in force.get("elsewhere", [])]
        for place, on, expected in around:
            yield pytest.param(
                file.stem, place, on, expected, id=f"{file.stem} {on} {' '.join(map(str, place.values()))}"
            )


@pytest.mark.parametrize(("rule", "place", "on", "expected"), list(forces()))
def test_a_rule_is_in_force_on_and_around_its_dates(rule, place, on, expected):
    assert force_of(rule, place, on) == expected


def answers() -> Iterator[object]:
    for file in FILES:
        raw = read(file)
        base = raw.get("base", {})
        for each in raw.get("cases", []):
            assert set(each) <= {"id", "place", "facts", "expect"}, f"{each}: quote an id with a comma"
            merged = {part: {**base[part], **each.get(part, {})} for part in ("place", "facts")}
            yield pytest.param(merged, each["expect"], id=f"{file.stem}: {each['id']}")


@pytest.mark.parametrize(("case", "expected"), list(answers()))
def test_a_provision_answers(case, expected):
    found = {finding.provision: finding for finding in evaluate(case_of(case)).findings}
    for provision, answer in expected.items():
        result, without = answer if isinstance(answer, list) else (answer, answer)
        finding = found[provision]
        assert (finding.result.value, finding.without_presumptions.value) == (result, without), provision


def test_every_rule_has_a_file_of_cases():
    assert {file.stem for file in FILES} == {rule.id for rule in BOOK.rules}


def test_every_date_of_a_rule_has_the_day_before_the_day_and_the_day_after():
    for rule in BOOK.rules:
        days = set(read(CASES / f"{rule.id}.yaml")["force"]["days"])
        for day in rule.period.turns:  # each date, and the day after it
            assert day.isoformat() in days, f"{rule.id}: {day}"
        before = {rule.period.begins, rule.period.earliest, rule.period.ends, rule.period.uncertain_after} - {None}
        assert all(day.fromordinal(day.toordinal() - 1).isoformat() in days for day in before if day), rule.id


def test_every_provision_that_can_be_evaluated_has_a_case():
    tested = {provision for file in FILES for each in read(file).get("cases", []) for provision in each["expect"]}
    assert {provision.id for rule in BOOK.rules for provision in rule.evaluable} <= tested


def development() -> list[object]:
    copies = [CASES / "development.yaml"]
    if SHARED.exists():
        copies.append(SHARED / "dev_cases.yaml")
    return [
        pytest.param(case, raw, id=f"{file.parent.name} {case.id}")
        for file in copies
        for case, raw in zip(load_cases(file), yaml.safe_load(file.read_text(encoding="utf-8"))["cases"], strict=True)
    ]


@pytest.mark.parametrize(("case", "raw"), development())
def test_a_development_case_is_equal_in_every_detail(case: Case, raw):
    answer: Any = evaluate(case).to_json()
    expected = raw["rules_in_force"]
    certain, uncertain = answer["rules_in_force"]["certain"], answer["rules_in_force"]["uncertain"]
    assert set(certain) == set(expected.get("certain", []))
    assert set(uncertain) == set(expected.get("uncertain", []))
    assert not set(raw.get("must_not_return", [])) & {*certain, *uncertain}
    assert set(raw["expect"]) <= set(answer["results"])
    for provision, found in answer["results"].items():
        want = raw["expect"].get(provision, "not_applicable")
        want = want if isinstance(want, dict) else {"result": want}
        pair = (want["result"], want.get("without_presumptions", want["result"]))
        assert (found["result"], found["without_presumptions"]) == pair, provision


def test_the_development_cases_are_those_that_were_measured():
    """Ten of ten, on exactly this file; a new case raises the number, none is taken away."""
    cases = (CASES / "development.yaml").read_bytes()
    assert hashlib.sha256(cases).hexdigest() == MEASURED
    assert len(load_cases(CASES / "development.yaml")) == 10


def test_the_copy_of_the_development_cases_is_the_shared_one():
    if not SHARED.exists():
        pytest.skip("../shared is not there to compare with")
    ours, theirs = CASES / "development.yaml", SHARED / "dev_cases.yaml"
    assert yaml.safe_load(ours.read_text("utf-8")) == yaml.safe_load(theirs.read_text("utf-8"))


def test_the_rule_files_say_what_the_compiled_file_says():
    if not SHARED.exists():
        pytest.skip("../shared is not there to compare with")
    whole = yaml.safe_load((SHARED / "policies.yaml").read_text("utf-8"))
    folder = Path(__file__).parents[2] / "src" / "portico" / "policy" / "data"

    def data(name: str) -> object:
        return yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))

    for rule in whole["rules"]:
        mine = data(f"rules/{rule['id']}")
        assert isinstance(mine, dict)
        assert str(mine.pop("read_on")) == "2026-11-24"
        assert mine == rule
    assert len(whole["rules"]) == len(BOOK.rules)
    assert data("named_conditions") == whole["named_conditions"]
    assert data("buildings") == whole["buildings"]
    assert data("related") == whole["related_not_covering_courthouses"]
    assert data("litigation") == whole["litigation"]
    assert data("watchlist") == whole["watchlist"]
    assert data("not_found") == whole["no_courthouse_rule_found"]
    vocabulary: Any = data("vocabulary")
    for part, names in whole["vocabulary"].items():
        assert list(vocabulary[part]) == list(names)
        for name, said in names.items():
            assert said.items() <= vocabulary[part][name].items()  # questions were added, nothing taken away
