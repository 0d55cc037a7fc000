"""Invented documents for the tests of the store, and a record in a fresh folder."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest

from portico.facts import Account, Action, Claim, Reading, Source, Span, Statement, Statistic, Text
from portico.reading import Document
from portico.store import Record, backup, open_record

Invented = Callable[..., tuple[Document, Reading]]


def invent(
    name: str = "Ozren Vantrell",
    *,
    private: bool = False,
    zone: str = "hallway",
    number: int = 0,
    courthouse: str = "the brick court behind the mill",
    speaker: str = "Ilka Sorrow",
    accounts: int = 1,
) -> tuple[Document, Reading]:
    """A document that tells of a person in every way a document can, and its reading."""
    words = f"{number}: {name} was taken in the {zone} of {courthouse}, said {speaker}. {name}’s friends will rally."
    text = Text(words)
    whole = text.span(0, len(words))
    original = words.encode() if number % 3 else f"<html><p>{words}</html>".encode()
    source = Source(
        sha256=hashlib.sha256(original).hexdigest(),
        media_type="text/plain",
        size=len(original),
        title=f"On {name}",
        byline=f"By {speaker}",
        publisher=f"The {speaker} Post",
        url=f"https://post.example/{name.replace(' ', '-').lower()}",
        published_on="2026-04-02",
        private=private,
    )

    def claim(attribute: str, value: str | int) -> Claim:
        return Claim(attribute=attribute, value=value, spans=(whole,), asserted_by=speaker, cue="taken")

    account = Account(
        claims=(
            claim("kind", "arrest"),
            claim("date", "2026-04-01"),
            claim("zone", zone),
            claim("courthouse", courthouse),
            claim("people_arrested", 1),
            claim("name", name),
            claim("age", 34),
            claim("gender", "female"),
            claim("outcome", f"{name} is held"),
        )
    )
    reading = Reading(
        id=f"{name} {number}",
        source=source.sha256,
        text=text.sha256,
        published_on="2026-04-02",
        reader="test 1",
        language="en",
        accounts=(account,) * accounts,
        statements=(
            Statement(
                speaker=speaker,
                organisation=f"Friends of {name}",
                role=f"aunt of {name}",
                kind="direct",
                spans=(whole,),
                about=name,
            ),
        ),
        actions=(
            Action(kind="rally", spans=(whole,), organiser=speaker, place=f"{name} Square", demand=f"Free {name}"),
        ),
        statistics=(Statistic(value=3, spans=(whole,), what=f"like {name}", source=speaker),),
    )
    return Document(id=reading.id, source=source, text=text, original=original), reading


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of the store runs on both databases; one that looks into one's own ways asks for that `_only`."""
    if "kept_in" in metafunc.fixturenames:
        each = ("sqlite", "postgresql")
        only = [name for name in each if f"{name}_only" in metafunc.fixturenames]
        metafunc.parametrize("kept_in", only or each, indirect=True)


@pytest.fixture
def sqlite_only() -> None:
    """Asked for by tests of files, and of several records at once."""


@pytest.fixture
def postgresql_only() -> None:
    """Asked for by tests of what is done otherwise for a record in PostgreSQL."""


@pytest.fixture(autouse=True)
def kept_in(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where records are kept in this test: "sqlite" or "postgresql"."""
    with pytest.MonkeyPatch.context() as environment:
        if request.param == "sqlite":
            environment.delenv("PORTICO_DATABASE_URL", raising=False)
            yield "sqlite"
        else:
            with request.getfixturevalue("cluster").record() as url:
                environment.setenv("PORTICO_DATABASE_URL", url)
                yield "postgresql"


@pytest.fixture
def another_record(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[None]]:
    """Inside it, records are others than before: for a test that makes several, one after the other."""

    @contextmanager
    def begun() -> Iterator[None]:
        if "PORTICO_DATABASE_URL" not in os.environ:
            yield
            return
        with pytest.MonkeyPatch.context() as environment, request.getfixturevalue("cluster").record() as url:
            environment.setenv("PORTICO_DATABASE_URL", url)
            yield

    return begun


@pytest.fixture(scope="session")
def cluster() -> Iterator[object]:
    """A PostgreSQL of these tests alone, thrown away at their end."""
    # Here, since the benchmarks read this file too, and know nothing of the tests' folders.
    from postgresql_cluster import programs_of_postgresql, running  # type: ignore[import-not-found]

    programs = programs_of_postgresql()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL's programs are missing: tools/programs installs them")
        pytest.skip("PostgreSQL's programs are not installed")
    with running(programs) as cluster:
        yield cluster


@pytest.fixture
def invented() -> Invented:
    return invent


class Told(Protocol):
    def __call__(self, text: str = ..., *, private: bool = ..., **facts: str | int) -> tuple[Document, Reading]: ...


@pytest.fixture
def telling() -> Told:
    """Documents that tell of one event: each fact with a span of its own, where the text has its words."""
    numbers = count()

    def tell(text: str = "", *, private: bool = False, **facts: str | int) -> tuple[Document, Reading]:
        number = next(numbers)
        shown = Text(f"{text} Report {number}: {', '.join(map(str, facts.values()))}.")
        original = shown.content.encode()
        source = Source(
            sha256=hashlib.sha256(original).hexdigest(),
            media_type="text/plain",
            size=len(original),
            title=f"Report {number}",
            published_on="2026-04-02",
            private=private,
        )
        claims = tuple(
            Claim(attribute=name, value=value, spans=(_span(shown, str(value)),)) for name, value in facts.items()
        )
        reading = Reading(
            id=f"report {number}",
            source=source.sha256,
            text=shown.sha256,
            published_on="2026-04-02",
            reader="test 1",
            accounts=(Account(claims=claims),) if claims else (),
        )
        return Document(id=reading.id, source=source, text=shown, original=original), reading

    return tell


def _span(text: Text, words: str) -> Span:
    start = text.content.index(words)
    return text.span(start, start + len(words))


class Clock:
    """A clock that goes a minute further each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 4, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "key"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture
def record(folder: Path, key_file: Path, clock: Clock) -> Iterator[Record]:
    with open_record(folder, key_file=key_file, create=True, clock=clock) as opened:
        yield opened


@pytest.fixture
def eventful(folder: Path, record: Record, invented: Invented) -> Record:
    """A record with public and private documents, decisions, an erasure, a checkpoint, and tables beside it."""
    by = "person:7f3a"
    for number in range(6):
        record.add(*invented(f"Ozren Vantrell {number}", number=number, private=number % 2 == 0), actor=by)
    accounts = sorted(record.accounts())
    record.link(accounts[0], accounts[1], actor=by, reason="one hour")
    record.decide(f"c-{accounts[2][2:]}.0", "accept", actor=by, reason="\\N is no null\t\n, \u2028 nor this")
    record.erase(record.people()[2].id, actor=by)
    record.checkpoint()
    (folder / "tables" / "part").mkdir(parents=True)
    (folder / "tables" / "part" / "rows.parquet").write_bytes(b"PAR1 rows")
    return record


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a backup goes."""
    return tmp_path / "copies" / "ours.portico"


@pytest.fixture
def erased_meanwhile(folder: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes a backup: before it is packed, somebody else erases a person."""
    pack = backup._pack

    def meanwhile(*parts: Any) -> None:
        with open_record(folder, key_file=key_file) as other:
            other.erase(other.people()[0].id, actor="person:7f3a")
        pack(*parts)

    monkeypatch.setattr(backup, "_pack", meanwhile)
