"""The full-text index in PostgreSQL: a tsvector of each passage, kept by the database, ranked by how often words stand.

Words are found by their English stem (Snowball's), without accents; none is too common to be found. A word in a title
is heavier; a long passage weighs its words less. To rank a passage, PostgreSQL reads its vector: where more than
`MOST_RANKED` hold the words, the newest of them are ranked, and the others follow, the newest first.
"""

import string
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db import connections, transaction

from portico.store.terms import BEGIN, END, SNIPPET_WORDS, Found, Only, Term

_ACCENTED = "àáâãäåāăąçćčďèéêëēėęěğìíîïīįńñňòóôõöōőřśšşșťțùúûüūůűųýÿžźż"
_PLAIN = "".join(unicodedata.normalize("NFKD", letter)[0] for letter in _ACCENTED)
_LETTERS = f"{_ACCENTED}{_ACCENTED.upper()}"
# Between marks its parser would see numbers with a sign, addresses and compounds: a date would be none of its numbers.
_MARKS = string.punctuation + "’‘“”–—…·"


def _plain_in_sql(words: str) -> str:
    """Words without capitals, accents and marks, as an expression that is the same whatever the server's language."""
    marks = _MARKS.replace("'", "''")
    return f"translate(lower({words}), '{_LETTERS}{marks}', '{_PLAIN * 2}{' ' * len(_MARKS)}')"


_PLAINLY = str.maketrans(_LETTERS, _PLAIN * 2)


MADE = (
    "CREATE TEXT SEARCH DICTIONARY portico_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION portico_words (COPY = simple)",
    """ALTER TEXT SEARCH CONFIGURATION portico_words ALTER MAPPING
        FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH portico_stem""",
    f"""ALTER TABLE store_passage ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('portico_words', {_plain_in_sql("title")}), 'A')
        || setweight(to_tsvector('portico_words', {_plain_in_sql("left(body, 400000)")}), 'D')
    ) STORED""",
    "CREATE INDEX passage_words ON store_passage USING gin (words)",
)
TAKEN_AWAY = (
    "ALTER TABLE store_passage DROP COLUMN words",
    "DROP TEXT SEARCH CONFIGURATION portico_words",
    "DROP TEXT SEARCH DICTIONARY portico_stem",
)
MOST_RANKED = 3000
_AROUND = f"StartSel={BEGIN}, StopSel={END}"
_FEW = f"{_AROUND}, MaxWords={SNIPPET_WORDS}, MinWords={SNIPPET_WORDS // 2}, MaxFragments=1"


class Look:
    """One search."""

    def __init__(self, alias: str, terms: Sequence[Term], only: Only) -> None:
        query = " && ".join(f"{'!!' if term.without else ''}{_query(term)}" for term in terms)
        self._alias, self._only = alias, only
        self._values = [_value(term) for term in terms]
        self._from = f"FROM store_passage, (SELECT {query} AS asked) AS question"
        self._where = "words @@ asked" + only.where("number")

    def count(self) -> int:
        # Of a frequent word it would rather read every vector than the index, which takes ten times as long.
        with transaction.atomic(using=self._alias), connections[self._alias].cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"SELECT count(*) {self._from} WHERE {self._where}", [*self._values, *self._only.values])
            ((total,),) = cursor.fetchall()
        return int(total)

    def best(self, offset: int, limit: int) -> list[Found]:
        newest = f"SELECT number, words, asked {self._from} WHERE {self._where} ORDER BY number DESC"
        if offset + limit <= MOST_RANKED:
            found = self._rows(
                f"SELECT number, ts_rank(words, asked, 1) AS score FROM ({newest} LIMIT {MOST_RANKED}) AS few "  # noqa: S608
                f"ORDER BY score DESC, number LIMIT {limit:d} OFFSET {offset:d}"
            )
        else:
            found = self._rows(f"SELECT number, 0.0 FROM ({newest} LIMIT {limit:d} OFFSET {offset:d}) AS others")  # noqa: S608
        return self._shown(dict(found)) if found else []

    def _shown(self, ranks: dict[int, float]) -> list[Found]:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(
                f"SELECT number, ts_headline('portico_words', title, asked, '{_AROUND}, HighlightAll=true'), "
                f"ts_headline('portico_words', body, asked, '{_FEW}') {self._from} "
                f"WHERE number IN ({', '.join(map(str, ranks))})",
                self._values,
            )
            words = {number: (title, body) for number, title, body in cursor.fetchall()}
        return [Found(number, rank, *words[number]) for number, rank in ranks.items()]

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(sql, [*self._values, *self._only.values])
            return list(cursor.fetchall())


def _query(term: Term) -> str:
    return f"{'to_tsquery' if term.begins else 'phraseto_tsquery'}('portico_words', %s)"


def _value(term: Term) -> str:
    words = [word.lower().translate(_PLAINLY) for word in term.words]
    return " <-> ".join(words) + ":*" if term.begins else " ".join(words)
