"""An open record: its databases, who it is, and the key if there is one."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portico.custody import KeyFile, LogKey, default_key_file, ensure_key_file, open_key_file
from portico.store import behind, log
from portico.store.databases import Databases
from portico.store.errors import RecordError, in_plain_words
from portico.store.keyring import Random, Sealer
from portico.store.log import Draft, Logged
from portico.store.models import Identity as IdentityRow
from portico.store.view import View

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Identity:
    """Which record it is. public: data keys are sealed to it; log_key: checks its checkpoints."""

    origin: str
    public: bytes
    log_key: LogKey


@dataclass(frozen=True, slots=True)
class Opened:
    """What every step on a record needs."""

    databases: Databases
    key: KeyFile | None
    identity: Identity
    clock: Clock
    random: Random

    @property
    def folder(self) -> Path:
        return self.databases.folder

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; nothing else is written to the record meanwhile."""
        with in_plain_words(self.folder), self.databases.writing():
            yield

    def sealer(self) -> Sealer:
        return Sealer(self.identity.public, self.random)

    def view(self, as_of: datetime | None = None) -> View:
        """The record as it stood at an instant; now, if None."""
        return View(self.databases, self.key, log.size_at(self.databases.record, as_of))

    def append(self, drafts: Sequence[Draft], actor: str, *, listed: bool = False) -> list[Logged]:
        """Appends entries and changes the projections by them. Inside `writing`. listed: see `behind`."""
        if not drafts:
            return []
        alias = self.databases.record
        entries = log.append(alias, self.databases.keyring, drafts, actor=actor, clock=self.clock, random=self.random)
        behind.take_in(self.databases, entries, listed=listed)
        return entries


def identify(
    databases: Databases, key_file: Path | None, *, create: bool, random: Random
) -> tuple[KeyFile | None, Identity]:
    """The key, if it is this record's, and who the record is; that is written now if the record is new."""
    row = IdentityRow.objects.using(databases.record).first()
    if row is None:
        if not create:
            raise RecordError(
                databases.folder,
                "its making was interrupted",
                "It holds nothing.",
                "Make it again: `portico add FILE…`.",
            )
        key, _ = ensure_key_file(key_file or default_key_file(os.environ, Path.home()))
        return key, _write_identity(databases, key, random)
    identity = Identity(row.origin, bytes(row.public), LogKey.parse(row.log_key))
    if key_file is None or not os.path.lexists(key_file):
        return None, identity
    key = open_key_file(key_file)
    return (key if key.sealing_public == identity.public else None), identity


def _write_identity(databases: Databases, key: KeyFile, random: Random) -> Identity:
    origin = f"portico.record/{random(8).hex()}"
    identity = Identity(origin, key.sealing_public, key.log_key(origin))
    with databases.writing():
        IdentityRow.objects.using(databases.record).create(
            id=1, origin=origin, public=identity.public, log_key=str(identity.log_key)
        )
        log.begin(databases.record)
    return identity
