"""What each sign of an event weighs, fitted on the development set, and how well that reads writers left out of it.

`python -m bench.fit_reading [--misses]` prints the scores of each writer under weights fitted without that writer's
texts, and what was missed or made up; `--write` fits on all and writes `src/portico/reading/data/event_weights.yaml`.
Needs `../shared/data/articles`.

A setting (`portico.reading.settings`) counts as telling of an event if its day is that of an event in the answers; one
without a day only where the text has a single setting, or tells of no event at all. The rest is left out. The model is
a logistic regression with a quadratic penalty, by plain gradient descent with steps that shrink (Adagrad); the invented
passages of the tests, and one half of our own unseen ones, are always among what it is fitted on.
"""

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

import yaml

from bench.score_own import document as document_of
from bench.score_own import passages
from bench.score_reading import ARTICLES, SETS, Json, line, members, misses, predictions, published, scorer
from portico.reading import Document, open_document
from portico.reading.passage import Passage
from portico.reading.scene import Scene
from portico.reading.settings import Setting, settings_of
from portico.reading.signs import signs_in
from portico.reading.speech import utterances
from portico.reading.weights import Weights

ROOT = Path(__file__).parents[1]
INVENTED = ROOT / "tests" / "reading" / "invented_passages.yaml"
TARGET = ROOT / "src" / "portico" / "reading" / "data" / "event_weights.yaml"
PENALTY, STEPS, RATE = 3.0, 400, 0.5
LEAST_SHOWN = 0.03
HALF = "odd"
"""Which of our own passages are among what is fitted on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: whose it is, its signs, and whether it tells of an event."""

    writer: str
    signs: frozenset[str]
    told: bool


@cache
def rows() -> tuple[Row, ...]:
    """Every setting whose answer is certain, of the development set and of the invented passages."""
    return tuple(_every_row())


def _every_row() -> Iterator[Row]:
    score, dates = scorer(), published()
    for writer in SETS:
        golds: dict[str, Json] = score.load(ARTICLES / "gold", members(writer), True)
        for one, gold in golds.items():
            path = ARTICLES / "texts" / f"{one}.txt"
            days = [event["date"]["value"] for event in gold["incidents"]]
            yield from _rows(writer, open_document(path, published_on=dates[one] or None), days)
    for one in yaml.safe_load(INVENTED.read_text("utf-8")):
        document = open_document(
            one["text"].encode(), "text/plain", id=one["id"], published_on=str(one["published_on"] or "") or None
        )
        yield from _rows("invented", document, [str(day) if day else None for _, day in one["events"]])
    for own in passages(HALF):
        events = [event for event in own.get("incidents") or () if not event.get("optional")]
        days = [str(event["date"]) if event.get("date") else None for event in events]
        yield from _rows("own", document_of(own), days)


def _rows(writer: str, document: Document, days: Sequence[str | None]) -> Iterator[Row]:
    passage = Passage.of(document)
    scene = Scene(passage, utterances(passage))
    settings = settings_of(scene)
    for setting in settings:
        told = _told(setting, days, alone=len(settings) == 1)
        if told is not None:
            yield Row(writer, signs_in(scene, setting), told)


def _told(setting: Setting, days: Sequence[str | None], *, alone: bool) -> bool | None:
    if not days:
        return False
    if setting.day and setting.day.value:
        if any(day and scorer().date_ok(setting.day.value.edtf, day) for day in days):
            return True
        return False if all(days) else None
    return True if alone else None


def fit(known: Sequence[Row]) -> Weights:
    """The weights that make the answers likeliest, less a penalty on large ones."""
    names = sorted(frozenset().union(*(row.signs for row in known)))
    number = {name: place for place, name in enumerate(names)}
    present = [[number[name] for name in sorted(row.signs)] for row in known]
    weights, start = [0.0] * len(names), 0.0
    moved, moved_start = [1e-6] * len(names), 1e-6
    for _ in range(STEPS):
        slope, slope_start = [2 * PENALTY * weight / len(known) for weight in weights], 0.0
        for row, signs in zip(known, present, strict=True):
            error = (_likely(start + sum(weights[sign] for sign in signs)) - row.told) / len(known)
            slope_start += error
            for sign in signs:
                slope[sign] += error
        for place, each in enumerate(slope):
            moved[place] += each * each
            weights[place] -= RATE * each / math.sqrt(moved[place])
        moved_start += slope_start * slope_start
        start -= RATE * slope_start / math.sqrt(moved_start)
    return Weights(start, dict(zip(names, weights, strict=True)))


def _likely(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def without(writer: str) -> Weights:
    """The weights that never saw a text of this writer."""
    return fit([row for row in rows() if row.writer != writer])


@contextmanager
def weighing(weights: Weights) -> Iterator[None]:
    """Inside it the reader weighs events by these weights, not by those it ships with."""
    with mock.patch("portico.reading.signs.load_weights", return_value=weights):
        yield


@cache
def readings_left_out() -> dict[str, Json]:
    """What the reader gives for each text of the set under the weights that never saw its writer."""
    found: dict[str, Json] = {}
    for writer in SETS:
        with weighing(without(writer)):
            found |= predictions(members(writer))[0]
    return found


def left_out(*, with_misses: bool) -> Iterator[str]:
    """The scores of each writer under weights that never saw a text of that writer; then of all passages together."""
    score, found = scorer(), readings_left_out()
    golds: dict[str, Json] = {}
    for writer in SETS:
        answers = score.load(ARTICLES / "gold", members(writer), True)
        yield line(writer, score.score(answers, found))
        if with_misses:
            yield from (f"   {group:<26} {words}" for group, words in sorted(misses(score, answers, found)))
        if writer != "full":
            golds |= answers
    yield line("all", score.score(golds, found))


def written(weights: Weights) -> str:
    """The data file: largest first, so that a reader sees what decides."""
    shown = {name: round(value, 2) for name, value in weights.signs.items() if abs(value) >= LEAST_SHOWN}
    order: Iterable[tuple[str, float]] = sorted(shown.items(), key=lambda each: (-abs(each[1]), each[0]))
    return (
        "# Written by `python -m bench.fit_reading --write`; do not correct by hand, fit again.\n"
        "about: >-\n"
        "  What each sign weighs when a stretch of text without any word of arrest is asked whether it tells of an\n"
        "  event (log odds: with a sum above nought an event is likelier than none). A sign is a cue file and a value\n"
        "  of it, as `zone.hallway`; `text.` before it: anywhere in the text. Fitted on the development set and the\n"
        "  invented passages of the tests; bench/fit_reading.py says how, and how well that reads others.\n"
        f"start: {weights.start:.2f}\n"
        "weights:\n" + "".join(f"  {name}: {value}\n" for name, value in order)
    )


def main(arguments: Sequence[str]) -> None:
    if "--write" in arguments:
        TARGET.write_text(written(fit(rows())), "utf-8")
        return
    for each in left_out(with_misses="--misses" in arguments):
        print(each)


if __name__ == "__main__":
    main(sys.argv[1:])
