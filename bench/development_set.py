"""The development set of `../shared/data/articles`: documents, answers, writers, and the scorer that comes with it."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache

from bench.score_reading import ARTICLES, SETS, Json, members, published, scorer
from portico.reading import Document, open_document

__all__ = ["ARTICLES", "WRITERS", "Json", "answers", "digest", "documents", "scorer", "written_by"]

WRITERS = {
    "full": "full texts",
    "A": "Northeast press 2016–21",
    "B": "the West and court documents",
    "C": "immigration courts 2025–26",
    "D": "South, Midwest and unprinted notes",
    "E": "misleading texts, policy, statistics",
    "F": "the hardest tellings",
}


@cache
def written_by() -> dict[str, tuple[str, ...]]:
    """The ids of each writer; the full texts count as one writer."""
    return {name: tuple(members(name)) for name in SETS}


def documents(ids: Sequence[str]) -> Iterator[Document]:
    """Each text opened as a caller would who knows its day of publication."""
    dates = published()
    for one in ids:
        yield open_document(ARTICLES / "texts" / f"{one}.txt", published_on=dates[one] or None)


def answers(ids: Sequence[str]) -> dict[str, Json]:
    """The answers as the scorer wants them."""
    loaded: dict[str, Json] = scorer().load(ARTICLES / "gold", ids, True)
    return loaded


def digest(ids: Sequence[str]) -> str:
    """SHA-256 over texts and answers in the order given: figures are comparable only where it is the same."""
    content = hashlib.sha256()
    for one in ids:
        content.update((ARTICLES / "texts" / f"{one}.txt").read_bytes())
        content.update((ARTICLES / "gold" / f"{one}.json").read_bytes())
    return content.hexdigest()
