"""Another proposer beside the rules on the development set, in Markdown: the rules, the other alone, both together.

The figures are those of one model on one machine, so they are printed and not written to `docs/reading.md`.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.development_set import Json, documents
from bench.reading_tables import HEAD, score_cells
from portico.facts import PorticoError
from portico.reading import Document, Proposer, flatten, read, together


@dataclass(slots=True)
class Beside:
    """What was found in the texts so far, by whom; how long the other took; what went wrong."""

    rules: dict[str, Json] = field(default_factory=dict)
    other: dict[str, Json] = field(default_factory=dict)
    both: dict[str, Json] = field(default_factory=dict)
    seconds: float = 0.0
    dropped: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


def proposer_table(proposer: Proposer, ids: Sequence[str]) -> Iterator[str]:
    """A row for each of the three, then what was dropped and what failed. A failure counts as silence."""
    found = Beside()
    for document in documents(ids):
        _add(found, document, proposer)
    yield f"| {len(ids)} texts | {HEAD} |"
    yield "|---" * 8 + "|"
    for name, flat in (("rules", found.rules), (proposer.origin, found.other), ("both", found.both)):
        yield f"| {name} | {score_cells(ids, flat)} |"
    yield ""
    yield f"{proposer.origin}: {found.seconds / len(ids):.1f} s a text, {len(found.failed)} texts failed."
    yield from (f"- {count} dropped: {why}" for why, count in found.dropped.most_common())
    yield from (f"- failed: {what}" for what in dict.fromkeys(found.failed))


def _add(found: Beside, document: Document, proposer: Proposer) -> None:
    reading = read(document)
    found.rules[document.id] = found.both[document.id] = flatten(reading, document.text)
    found.other[document.id] = {"id": document.id}
    began = time.perf_counter()
    try:
        proposals = proposer.propose(document)
    except PorticoError as error:
        found.failed.append(str(error))
        return
    finally:
        found.seconds += time.perf_counter() - began
    found.dropped.update(each.why for each in proposals.dropped)
    found.other[document.id] = flatten(proposals.reading(reading), document.text)
    found.both[document.id] = together(reading, document.text, proposals).flat(document.text)
