"""Adding documents: keys first, then files, then entries and projections in one transaction."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portico.facts import Reading
from portico.store import behind, originals
from portico.store.collecting import not_collecting
from portico.store.ids import told_id
from portico.store.keyring import Sealer, new_id, pooled
from portico.store.log import Draft
from portico.store.models import Received, Told
from portico.store.opened import Opened
from portico.store.originals import Original
from portico.store.sealing import seal_account, seal_document
from portico.store.values import Added

if TYPE_CHECKING:
    from portico.reading import Document

Read = tuple["Document", Reading]
_AT_ONCE = 400


@dataclass(slots=True)
class _Gathered:
    """What a chunk of documents will write."""

    drafts: list[Draft] = field(default_factory=list)
    files: list[Original] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)

    def may_wait_for_files(self, *, listed: bool) -> bool:
        """Whether nothing reads the files before the commit: lists read the words of public documents alone."""
        return len(self.drafts) >= behind.MANY and (not listed or all(each.key for each in self.files))


def add(opened: Opened, chunk: Sequence[Read], *, actor: str, batch: str, listed: bool) -> list[Added]:
    """Appends these documents in one transaction, each once.

    listed  lists and figures have them when it returns, however many they are; see `behind`

    A crash before the commit leaves keys that open nothing, and files that no entry names: opening sweeps them.
    """
    for document, reading in chunk:
        _check_belonging(document, reading)
    random = pooled(opened.random)
    sealer = Sealer(opened.identity.public, random)
    # The lock outlasts the commit: who opens the record meanwhile sees the entries before it may sweep their files.
    with not_collecting(), originals.adding(opened.folder), opened.writing():
        gathered = _gather(opened.databases.record, chunk, batch, sealer)
        files = originals.sealed_files(gathered.files, sealer)
        sealer.keep(opened.databases.keyring)
        with _files_written(opened, files, meanwhile=gathered.may_wait_for_files(listed=listed)):
            opened.append(gathered.drafts, actor, listed=listed)
    return gathered.added


@contextmanager
def _files_written(opened: Opened, files: Sequence[tuple[str, Iterable[bytes]]], *, meanwhile: bool) -> Iterator[None]:
    """Writes the files, so that they are there before the entries are committed.

    meanwhile  while entries are hashed, which takes as long; only where nothing reads them yet
    """
    if not meanwhile:
        originals.write(opened.folder, files)
        yield
        return
    with ThreadPoolExecutor(1, "originals") as aside:
        written = aside.submit(originals.write, opened.folder, files)
        yield
        written.result()


def _check_belonging(document: "Document", reading: Reading) -> None:
    """A reading of other bytes, or spans in another text, would show words that the document does not have."""
    digest = hashlib.sha256(document.original).hexdigest()
    if not digest == document.source.sha256 == reading.source:
        raise ValueError("the reading, the document and its bytes do not belong together")
    if reading.text != document.text.sha256:
        raise ValueError("the reading is of another text than the document's")


def _gather(alias: str, chunk: Sequence[Read], batch: str, sealer: Sealer) -> _Gathered:
    held = _held(alias, [document.source.sha256 for document, _ in chunk])
    gathered = _Gathered()
    for document, reading in chunk:
        source = document.source.sha256
        is_new = source not in held
        if is_new:
            drafts, file = _draft(document, reading, batch, sealer)
            gathered.drafts.extend(drafts)
            gathered.files.append(file)
            held[source] = [each.subject for each in drafts if each.type == "account_proposed"]
        gathered.added.append(Added(source=source, accounts=tuple(held[source]), new=is_new, batch=batch))
    return gathered


def _held(alias: str, sources: Sequence[str]) -> dict[str, list[str]]:
    """Of these documents, those that the record holds, each with its accounts."""
    held: dict[str, list[str]] = {}
    for start in range(0, len(sources), _AT_ONCE):
        some = sources[start : start + _AT_ONCE]
        received = Received.objects.using(alias).filter(until=None, source__in=some)
        held.update((source, []) for source in received.values_list("source", flat=True))
        told = Told.objects.using(alias).filter(until=None, kind="account", source__in=some)
        for each in told.order_by("position"):
            held[each.source].append(each.told)
    return held


def _draft(document: "Document", reading: Reading, batch: str, sealer: Sealer) -> tuple[list[Draft], Original]:
    source = document.source.sha256
    key = new_id("d", sealer.random) if document.source.private else ""
    received = seal_document(reading, document.source, document.id, batch=batch, key=key, sealer=sealer)
    drafts = [Draft("source_received", source, received)]
    for position, account in enumerate(reading.accounts):
        person = new_id("p", sealer.random)
        name = told_id("account", source, position)
        proposed = seal_account(
            account, name, source=source, position=position, batch=batch, person=person, key=key, sealer=sealer
        )
        drafts.append(Draft("account_proposed", name, proposed))
    return drafts, Original(source, document.original, originals.encode_text(document.text.content), key)
