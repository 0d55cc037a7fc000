"""A figure as it leaves the desk: with its definition, date, bounds, doubts and sources. Every file prints it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from portico.counting import Definition, Move, Table
from portico.counting.moved import Standing
from portico.store import StoredDocument
from portico.web.numbers.chart import cell_words
from portico.web.wording import apart, listed, moment_words, spaced

MOST_SOURCES = 500
STANDING_WORDS: Mapping[Standing, str] = {
    "out": gettext_lazy("does not count"),
    "may_count": gettext_lazy("may count"),
    "counts": gettext_lazy("counts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document behind the figure. name: of a private one only that it is private."""

    sha256: str
    name: str
    published_on: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was asked and what the record says to it.

    as_of    the instant whose knowledge was counted: of the day asked for its end, else that of counting (UTC)
    sources  of the documents behind the incidents the first `MOST_SOURCES`; documents: how many there are
    earlier  the same question as of an earlier day, and each event that stands otherwise since
    """

    table: Table
    definition: Definition
    as_of: datetime
    command: str
    log_size: int
    log_root: str
    sources: tuple[Source, ...]
    documents: int
    earlier: Table | None = None
    moves: tuple[Move, ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, int, int], ...]:
        """What a row is about, its lower and its upper figure."""
        return tuple((cell_words(self.table, row.cells), row.lower, row.upper) for row in self.table.rows)

    @property
    def bounds(self) -> str:
        """From … to …, or one number where nothing is open."""
        lower, upper = f"{self.table.total.lower:,}", f"{self.table.total.upper:,}"
        return lower if lower == upper else _("{lower} to {upper}").format(lower=lower, upper=upper)

    def facts(self) -> Iterator[tuple[str, str]]:
        """What must stand beside the figure, label by label."""
        table = self.table
        yield _("Definition"), f"{_(table.name)} ({table.definition}, {_('version')} {table.version})"
        yield _("What counts"), _(table.meaning)
        yield _("Counted"), _("people") if table.unit == "people" else _("events")
        if table.where:
            where = (f"{name.replace('_', ' ')}: {listed(cells)}" for name, cells in table.where.items())
            yield _("Only"), apart(where)
        if table.by:
            yield pgettext("counted by", "By"), listed(spaced(name) for name in table.by)
        yield _("As of"), moment_words(self.as_of)
        yield _("Looked at"), ngettext("{n} incident", "{n} incidents", table.base).format(n=f"{table.base:,}")
        yield _("Record"), _("log of {n} entries, {root}").format(n=f"{self.log_size:,}", root=self.log_root[:16])
        yield _("Recompute"), self.command

    def caveats(self) -> Iterator[str]:
        """What the figure does not say."""
        yield _("The first number counts whatever the open questions turn out to be; the second if all turn out so.")
        yield _("The distance between them is not an error margin: each unit of it is an event that can be opened.")
        for each in self.table.open:
            yield _left_open(each.attribute, each.status, len(each.incidents))
        for told in self.table.not_told:
            name = spaced(told.attribute)
            yield _("Nobody tells: {name} (of {n}).").format(name=name, n=f"{len(told.incidents):,}")
        yield _("Events that nobody reported to this record are not counted.")
        yield _("Not for publication as it stands: small figures can point at a person.")

    def precedents(self) -> Iterator[str]:
        """Who counts so."""
        for each in self.definition.follows:
            yield f"{each.publisher}: {each.how}{f' {each.source}' if each.source else ''}"


def _left_open(attribute: str, status: str, number: int) -> str:
    words = ngettext("{n} event is open: {name}, {status}.", "{n} events are open: {name}, {status}.", number)
    return words.format(n=f"{number:,}", name=spaced(attribute), status=spaced(status))


def _change(move: Move) -> str:
    settled = [f"{name.replace('_', ' ')} ({status.replace('_', ' ')}) {_('settled')}" for name, status in move.settled]
    opened = [f"{name.replace('_', ' ')} ({status.replace('_', ' ')}) {_('open')}" for name, status in move.opened]
    return apart([*settled, *opened])


def sources_of(documents: Mapping[str, StoredDocument]) -> tuple[Source, ...]:
    return tuple(_source(each) for each in documents.values())


def _source(document: StoredDocument) -> Source:
    known = document.source
    name = _("private document") if known.private else known.publisher or known.title or _("document")
    return Source(
        sha256=known.sha256,
        name=name,
        published_on=known.published_on or "",
        address="" if known.private else known.url or "",
    )


def behind(table: Table) -> Iterator[tuple[str, str]]:
    """The incidents behind the total, each with the words for how it stands."""
    yield from ((each, str(STANDING_WORDS["counts"])) for each in table.total.certain)
    yield from ((each, str(STANDING_WORDS["may_count"])) for each in table.total.possible)


def move_words(move: Move) -> tuple[str, str, str, str]:
    """An event, how it stood, how it stands, and what changed."""
    return move.incident, str(STANDING_WORDS[move.before]), str(STANDING_WORDS[move.after]), _change(move)
