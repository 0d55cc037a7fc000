"""The reader against our own passages that nothing is fitted on: `tests/reading/unseen_passages.yaml`.

`python -m bench.score_own [--misses] [odd|even]` scores all, or every second one, so that the misses of one half can be
read while the other half stays a check. Needs the scorer of `../shared/data/articles`, as the other measurements do.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from bench.score_reading import Json, line, misses, scorer
from portico.reading import Document, flatten, open_document, read

PASSAGES = Path(__file__).parents[1] / "tests" / "reading" / "unseen_passages.yaml"
_RENAMED = {"people": "people_arrested"}
_OF_PERSON = ("name", "age", "gender", "role")


def passages(half: str = "") -> list[Json]:
    """All of them, or the `odd` or `even` ones by their place in the file."""
    every: list[Json] = yaml.safe_load(PASSAGES.read_text("utf-8"))
    return every if not half else [one for number, one in enumerate(every) if number % 2 == (half == "odd")]


def document(passage: Mapping[str, object]) -> Document:
    published = passage["published_on"]
    return open_document(
        str(passage["text"]).encode(),
        "text/plain",
        id=str(passage["id"]),
        published_on=str(published) if published else None,
    )


def answer(passage: Json) -> Json:
    """The coded answer in the form of the development set."""
    return {
        "incidents": [_event(each) for each in passage.get("incidents") or ()],
        "statements": [
            {"speaker": speaker, "organisation": body, "kind": kind}
            for speaker, body, kind in map(_parts, passage.get("statements") or ())
        ],
        "actions": [
            {"kind": kind, "organiser": who, "date": {"value": day}, "place": place, "target": whom}
            for kind, who, day, place, whom in map(_parts, passage.get("actions") or ())
        ],
        "statistics": [
            {"value": float(str(value)), "what": what} for value, what in map(_parts, passage.get("statistics") or ())
        ],
        "meta": {"category": "near_miss" if passage.get("near") else ""},
    }


def _event(told: Json) -> Json:
    known = {_RENAMED.get(name, name): value for name, value in told.items() if name not in (*_OF_PERSON, "date")}
    day = told.get("date")
    return known | {
        "date": {"value": str(day) if day else None},
        "person": {name: told[name] for name in _OF_PERSON if name in told},
    }


def _parts(written: str) -> list[str | None]:
    return [part.strip() or None for part in written.split("|")]


def report(half: str, *, with_misses: bool) -> Iterator[str]:
    chosen = passages(half)
    golds = {str(one["id"]): answer(one) for one in chosen}
    documents = [document(one) for one in chosen]
    found = {each.id: flatten(read(each), each.text) for each in documents}
    yield line(half or "own", scorer().score(golds, found))
    if with_misses:
        yield from (f"   {group:<26} {words}" for group, words in sorted(misses(scorer(), golds, found)))


def main(arguments: Sequence[str]) -> None:
    half = next((word for word in arguments if word in ("odd", "even")), "")
    for each in report(half, with_misses="--misses" in arguments):
        print(each)


if __name__ == "__main__":
    main(sys.argv[1:])
