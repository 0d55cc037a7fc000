"""The reader against the development set: scores by set and writer, then what is missed or made up, grouped by kind.

`python -m bench.score_reading [full A B C …] [--misses]`; needs `../shared/data/articles`, whose `score.py` scores.
A developer's tool: it is not among the benchmarks that `make bench` runs.
"""

import csv
import importlib.util
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from portico.reading import flatten, open_document, read

ARTICLES = Path(__file__).parents[1].parent / "shared" / "data" / "articles"
SETS = ("full", "A", "B", "C", "D", "E", "F")

Json = dict[str, Any]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("article_score", ARTICLES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def members(name: str) -> list[str]:
    split = json.loads((ARTICLES / "split.json").read_text("utf-8"))
    full = set(split["full"])
    return [one for one in split["dev"] if (one in full if name == "full" else one.startswith(name))]


def published() -> dict[str, str]:
    with (ARTICLES / "index.csv").open(encoding="utf-8") as rows:
        return {Path(row["file"]).stem: row["published_on"] for row in csv.DictReader(rows)}


def predictions(wanted: Sequence[str]) -> tuple[dict[str, Json], float]:
    """What the reader gives for each, and the milliseconds that one text took."""
    dates = published()
    documents = [open_document(ARTICLES / "texts" / f"{one}.txt", published_on=dates[one] or None) for one in wanted]
    read(documents[0])
    began = time.perf_counter()
    found = {document.id: flatten(read(document), document.text) for document in documents}
    return found, (time.perf_counter() - began) * 1000 / len(documents)


def misses(score: ModuleType, golds: dict[str, Json], found: dict[str, Json]) -> Iterator[tuple[str, str]]:
    """Group and line: events missed and made up, fields wrong, silent or filled without need."""
    for one, gold in golds.items():
        mine, its = found[one]["incidents"], gold.get("incidents") or []
        pairs = score.pair(mine, its, score.affinity, 2)
        for left, right in pairs:
            yield from _fields(score, one, mine[left], its[right])
        for number, event in enumerate(mine):
            if number not in {left for left, _ in pairs}:
                yield "made up", f"{one}: {event['kind']} {event['date']['value']} {event['courthouse']}"
        for number, event in enumerate(its):
            if number not in {right for _, right in pairs} and not event.get("optional"):
                yield "missed", f"{one}: {event['kind']} {event['date']['value']} {event['courthouse']}"


def _fields(score: ModuleType, one: str, mine: Json, gold: Json) -> Iterator[tuple[str, str]]:
    for field in score.FIELDS:
        got, wanted = score.get(mine, field), score.get(gold, field)
        if score.known(wanted) and not score.field_ok(field, got, wanted):
            yield ("wrong " if score.known(got) else "silent ") + field, f"{one}: {got!r}, not {wanted!r}"
        elif score.known(got) and not score.known(wanted) and field not in score.GAZETTEER:
            yield f"filled {field}", f"{one}: {got!r}"


def line(name: str, found: Json, took: float | None = None) -> str:
    """One row of scores; took: milliseconds a text."""
    events, fields, near = found["incidents"], found["fields_micro"], found["near_misses"]
    return (
        f"{name:<5} incidents F1 {events['f1']:.3f} (P {events['precision']:.3f} R {events['recall']:.3f})"
        f"  fields {fields['accuracy'] or 0:.3f}  overfilled {fields['overfilled_rate']:.3f}"
        f"  near-misses {near['false_incidents']}/{near['articles']}  policy {found['policy_false_incidents']}"
        f"  speakers {found['statements']['f1']:.3f}  actions {found['actions']['f1']:.3f}"
        f"  statistics {found['statistics']['f1']:.3f}{'' if took is None else f'  {took:.1f} ms'}"
    )


def main(arguments: Sequence[str]) -> None:
    score = scorer()
    wanted = [name for name in arguments if not name.startswith("-")] or SETS
    for name in wanted:
        chosen = members(name)
        golds = score.load(ARTICLES / "gold", chosen, True)
        found, took = predictions(chosen)
        print(line(name, score.score(golds, found), took))
        if "--misses" in arguments:
            for group, words in sorted(misses(score, golds, found)):
                print(f"   {group:<26} {words}")


if __name__ == "__main__":
    main(sys.argv[1:])
