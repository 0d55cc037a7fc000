"""The full-text index in SQLite: FTS5 over the passages, ranked by Okapi BM25, a word in a title five times as heavy.

Words are found by their English stem (Porter's of 1980), without accents; none is too common to be found. What is taken
out leaves no word behind in the index's own tables (`secure-delete`). To rank takes most of the time of a search: where
more than `MOST_RANKED` passages hold the words, the newest of them are ranked, and the others follow, the newest first.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections

from portico.store.terms import BEGIN, END, SNIPPET_WORDS, Found, Only, Term

MADE = (
    """CREATE VIRTUAL TABLE store_words USING fts5(
        title, body, content='store_passage', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
    )""",
    "INSERT INTO store_words(store_words, rank) VALUES ('secure-delete', 1)",
)
TAKEN_AWAY = ("DROP TABLE store_words",)
MOST_RANKED = 30_000
_PUT = "INSERT INTO store_words(rowid, title, body) VALUES (%s, %s, %s)"
_TAKE = "INSERT INTO store_words(store_words, rowid, title, body) VALUES ('delete', %s, %s, %s)"
_EMPTY = "INSERT INTO store_words(store_words) VALUES ('delete-all')"
_MARKS = f"'{BEGIN}', '{END}'"

Words = tuple[int, str, str]
"""Number, title and body of a passage."""


def put(alias: str, passages: Iterable[Words]) -> None:
    _many(alias, _PUT, list(passages))


def take(alias: str, passages: Iterable[Words]) -> None:
    """Takes out passages. They must be as they were put: the index knows them by their words."""
    _many(alias, _TAKE, list(passages))


def _many(alias: str, sql: str, rows: Sequence[Words]) -> None:
    if rows:
        with connections[alias].cursor() as cursor:
            cursor.executemany(sql, rows)


def empty(alias: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(_EMPTY)


class Look:
    """One search."""

    def __init__(self, alias: str, terms: Sequence[Term], only: Only) -> None:
        wanted = " AND ".join(_quoted(term) for term in terms if not term.without)
        unwanted = "".join(f" NOT {_quoted(term)}" for term in terms if term.without)
        self._alias, self._only = alias, only
        self._match = f"({wanted}){unwanted}"
        # With the plus the numbers are looked up for each match; without it, matches would be for each number.
        self._where = "store_words MATCH %s" + only.where("+rowid")

    def count(self) -> int:
        ((total,),) = self._rows(f"SELECT count(*) FROM store_words WHERE {self._where}")  # noqa: S608
        return int(total)

    def best(self, offset: int, limit: int) -> list[Found]:
        newest = f"FROM store_words WHERE {self._where} ORDER BY rowid DESC"
        if offset + limit <= MOST_RANKED:
            found = self._rows(
                f"SELECT rowid, score FROM (SELECT rowid, bm25(store_words, 5.0, 1.0) AS score {newest} "  # noqa: S608
                f"LIMIT {MOST_RANKED}) AS few ORDER BY score, rowid LIMIT {limit:d} OFFSET {offset:d}"
            )
        else:
            found = self._rows(f"SELECT rowid, 0.0 {newest} LIMIT {limit:d} OFFSET {offset:d}")
        return self._shown({number: -score for number, score in found}) if found else []

    def _shown(self, ranks: dict[int, float]) -> list[Found]:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(
                f"SELECT rowid, highlight(store_words, 0, {_MARKS}), "  # noqa: S608
                f"snippet(store_words, 1, {_MARKS}, '…', {SNIPPET_WORDS}) FROM store_words "
                f"WHERE store_words MATCH %s AND rowid IN ({', '.join(map(str, ranks))})",
                [self._match],
            )
            words = {number: (title, body) for number, title, body in cursor.fetchall()}
        return [Found(number, rank, *words[number]) for number, rank in ranks.items()]

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(sql, [self._match, *self._only.values])
            return list(cursor.fetchall())


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.begins else ""}'
