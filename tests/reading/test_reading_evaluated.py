"""`make eval`: its tables count what they say, and a proposer beside the rules is scored by the same measure."""

import importlib
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from portico.facts import PorticoError
from portico.reading import Rules, proposals_of

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT.parent / "shared" / "data" / "articles"

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the development set (../shared/data/articles) is absent")


@cache
def bench(name: str) -> ModuleType:
    """A module of `bench/`, which lies beside the tests and is not installed."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    return importlib.import_module(f"bench.{name}")


def some() -> list[str]:
    return [one for each in bench("development_set").written_by().values() for one in each][::25]


class Failing:
    origin = "model:failing"

    def propose(self, document):
        raise PorticoError("it does not answer")


class FromAnswers:
    """Proposes the answer's speakers, with the name as quoted words: what the text has not is dropped."""

    origin = "model:answers"

    def propose(self, document):
        [answer] = bench("development_set").answers([document.id]).values()
        said = [each | {"quote": each["speaker"] or each["organisation"]} for each in answer["statements"]]
        return proposals_of(json.dumps({"statements": said}), document, self.origin)


def rows(proposer):
    lines = list(bench("evaluate_model").proposer_table(proposer, some()))
    return {line.split(" | ")[0].strip("| "): line.split(" | ")[1:] for line in lines if line.startswith("| ")}, lines


def test_the_rules_beside_themselves_add_nothing():
    found, _ = rows(Rules())
    assert found["rules"] == found["both"] == found["portico-reading-1"]


def test_a_failing_proposer_leaves_the_rules_figures():
    found, lines = rows(Failing())
    assert found["rules"] == found["both"]
    assert f"{len(some())} texts failed" in "\n".join(lines)
    assert "- failed: it does not answer" in lines


def test_a_proposer_that_knows_more_raises_both():
    found, _ = rows(FromAnswers())
    speakers = {name: float(cells[3]) for name, cells in found.items() if name in ("rules", "both")}
    assert speakers["both"] > speakers["rules"]


def test_passages_read_well_by_weights_that_never_saw_their_writer():
    """What a new text may expect; the bars are 0.65, 0.80, 0.06 and 10 %. These floors only rise."""
    development, fit = bench("development_set"), bench("fit_reading")
    ids = [one for name, each in development.written_by().items() if name != "full" for one in each]
    found = fit.readings_left_out()
    scores = development.scorer().score(development.answers(ids), {one: found[one] for one in ids})
    assert scores["incidents"]["f1"] >= 0.76
    assert scores["fields_micro"]["accuracy"] >= 0.83
    assert scores["fields_micro"]["overfilled_rate"] <= 0.06
    assert scores["near_misses"]["articles_with_false"] <= 1


def test_passages_of_our_own_read_no_worse_than_when_they_were_last_measured():
    """They were coded before the reader was tried on them; docs/reading.md says what it gave then. Floors only rise."""
    own = bench("score_own")
    golds = {str(one["id"]): own.answer(one) for one in own.passages()}
    documents = [own.document(one) for one in own.passages()]
    scores = own.scorer().score(golds, {each.id: own.flatten(own.read(each), each.text) for each in documents})
    assert scores["incidents"]["f1"] >= 0.71
    assert scores["fields_micro"]["accuracy"] >= 0.81
    assert scores["fields_micro"]["overfilled_rate"] <= 0.06
    assert scores["statements"]["f1"] >= 0.86
    assert scores["near_misses"]["articles_with_false"] <= 2


def test_what_is_measured_goes_between_its_markers_and_the_rest_stays(tmp_path, monkeypatch):
    evaluate = bench("evaluate_reading")
    page = tmp_path / "reading.md"
    page.write_text(f"Before\n{evaluate.BEGIN}\nold\n{evaluate.END}\nAfter\n", "utf-8")
    monkeypatch.setattr(evaluate, "PAGE", page)
    evaluate.write(["| new |"])
    words = page.read_text("utf-8")
    assert words.startswith("Before\n")
    assert words.endswith("\nAfter\n")
    assert "| new |" in words
    assert "old" not in words
