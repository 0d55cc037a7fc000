"""Tables of how the reader does, in Markdown: by writer, field by field, errors by kind."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bench.development_set import ARTICLES, WRITERS, Json, answers, documents, scorer, written_by
from portico.reading import flatten, read
from portico.reading.answers import answer_of, read_answer
from portico.reading.comparing import KINDS, compare

Found = Mapping[str, Json]

HEAD = "incident F1 (P, R) | fields right | overfilled | speakers | actions | statistics | near-misses"
_ASKED = (
    ("asked of full texts", "≥ 0.85 | ≥ 0.88 | ≤ 0.05 | ≥ 0.88 | ≥ 0.75 | ≥ 0.75 | 0 %"),
    ("asked of passages", "≥ 0.65 | ≥ 0.80 | ≤ 0.06 | ≥ 0.80 | ≥ 0.60 | ≥ 0.60 | ≤ 10 %"),
    ("the goal, of both", "0.92 | 0.90 | 0.03 | 0.90 | 0.85 | 0.85 | 0 %"),
)


def score_table(found: Found, *, timed: bool = False) -> Iterator[str]:
    """A row for each writer, for all passages together, and what is asked.

    timed  with a column of milliseconds a text
    """
    yield f"| | {HEAD} |" + " ms a text |" * timed
    yield "|---" * (8 + timed) + "|"
    for name, ids in written_by().items():
        label = WRITERS[name] if name == "full" else f"{name}: {WRITERS[name]}"
        yield f"| {label} | {score_cells(ids, found)} |" + (f" {milliseconds(ids):.0f} |" if timed else "")
    every = passages()
    yield f"| **all passages** | {score_cells(every, found)} |" + (f" {milliseconds(every):.0f} |" if timed else "")
    for label, figures in _ASKED:
        yield f"| {label} | {figures} |" + " |" * timed


def score_cells(ids: Sequence[str], found: Found) -> str:
    """The figures of `HEAD` for some texts, counted together."""
    result = scorer().score(answers(ids), {one: found[one] for one in ids})
    events, fields, near = result["incidents"], result["fields_micro"], result["near_misses"]
    cells = [
        f"{events['f1']:.3f} ({events['precision']:.2f}, {events['recall']:.2f})",
        f"{fields['accuracy'] or 0:.3f}",
        f"{fields['overfilled_rate']:.3f}",
        *(f"{result[part]['f1']:.3f}" for part in ("statements", "actions", "statistics")),
        f"{near['articles_with_false']} of {near['articles']}",
    ]
    return " | ".join(cells)


def passages() -> list[str]:
    """The passages of every writer; counted together, each counts once."""
    return [one for name, ids in written_by().items() if name != "full" for one in ids]


def milliseconds(ids: Sequence[str]) -> float:
    """Processor time for one text, so that a busy machine does not count against the reader."""
    opened = list(documents(ids))
    began = time.process_time()
    for one in opened:
        flatten(read(one), one.text)
    return (time.process_time() - began) * 1000 / len(opened)


def field_table(found: Found) -> Iterator[str]:
    yield "| field | full texts: right of known | overfilled | passages: right of known | overfilled |"
    yield "|---" * 5 + "|"
    parts = written_by()["full"], passages()
    scores = [scorer().score(answers(ids), {one: found[one] for one in ids})["fields"] for ids in parts]
    for name in scores[0]:
        yield f"| {name} | " + " | ".join(_field_cells(fields[name]) for fields in scores) + " |"


def _field_cells(field: Json) -> str:
    share = f" ({field['accuracy']:.2f})" if field["known"] else ""
    return f"{field['correct']} of {field['known']}{share} | {field['overfilled']} of {field['blank']}"


def error_table(found: Found) -> Iterator[str]:
    """How many errors of each kind, the most frequent first; `portico read --misses` shows each with its words."""
    counted: Counter[tuple[str, str]] = Counter()
    for one, flat in found.items():
        answer = read_answer(ARTICLES / "gold" / f"{one}.json")
        counted.update((miss.what, miss.kind) for miss in compare(answer_of(flat), answer))
    yield "| | " + " | ".join(KINDS) + " |"
    yield "|---" * (len(KINDS) + 1) + "|"
    totals = Counter({what: sum(counted[what, kind] for kind in KINDS) for what, _ in counted})
    for what, _ in totals.most_common():
        yield f"| {what} | " + " | ".join(str(counted[what, kind] or "") for kind in KINDS) + " |"
