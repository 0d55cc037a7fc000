"""`portico read --misses FOLDER`: readings against answers made by hand, the errors grouped by kind."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from portico.cli.closer import Closely
from portico.cli.output import DONE, NEEDS_A_PERSON, Answer
from portico.facts import PorticoError
from portico.reading import KINDS, Miss, answer_of, compare, read_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One error, with the document, and the cue and words that led to it."""

    id: str
    miss: Miss
    cue: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All errors of one kind about one thing."""

    kind: str
    what: str
    errors: tuple[Missed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How many documents were compared, for the last line."""

    documents: int
    errors: int


def misses(folder: Path, rows: Iterable[Closely | PorticoError]) -> Answer:
    """The groups, the largest first, after every document is read. A document without an answer is told."""
    from portico.cli.prints.misses import misses_lines

    status = [DONE]

    def groups() -> Iterator[Group | Compared | PorticoError]:
        errors: list[Missed] = []
        compared = 0
        for row in rows:
            found = row if isinstance(row, PorticoError) else _compared(folder, row)
            if isinstance(found, PorticoError):
                yield found
            else:
                errors += found
                compared += 1
        if errors:
            status[0] = NEEDS_A_PERSON
        yield from grouped(errors)
        yield Compared(documents=compared, errors=len(errors))

    return Answer(rows=groups(), text=misses_lines, json=_as_json, status=lambda: status[0])


def grouped(errors: Iterable[Missed]) -> Iterator[Group]:
    """By kind and thing, the most frequent first."""
    held: dict[tuple[str, str], list[Missed]] = {}
    for error in errors:
        held.setdefault((error.miss.kind, error.miss.what), []).append(error)
    for (kind, what), of_kind in sorted(
        held.items(), key=lambda each: (-len(each[1]), KINDS.index(each[1][0].miss.kind))
    ):
        yield Group(kind=kind, what=what, errors=tuple(of_kind))


def _compared(folder: Path, row: Closely) -> list[Missed] | PorticoError:
    try:
        answer = read_answer(folder / f"{row.document.id}.json")
    except PorticoError as error:
        return error
    found = compare(answer_of(row.flat()), answer)
    return [_led_to(row, miss) for miss in found]


def _led_to(row: Closely, miss: Miss) -> Missed:
    """The error with the cue and the words of the claim that is behind it."""
    if miss.event is None:
        return Missed(id=row.document.id, miss=miss)
    attribute = "kind" if miss.what == "incident" else miss.what
    claim = next(iter(row.reading.accounts[miss.event].about(attribute)), None)
    if claim is None:
        return Missed(id=row.document.id, miss=miss)
    words = " … ".join(" ".join(row.document.text.words(span).split()) for span in claim.spans)
    return Missed(id=row.document.id, miss=miss, cue=claim.cue, words=words)


def _as_json(row: Group | Compared) -> object:
    return asdict(row)
