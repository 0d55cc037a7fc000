"""The keyring: data keys of persons and private documents, which can be destroyed.

Each subject (a person, a private document) has data keys of its own. A data key is sealed under the key of the session
that made it, and that one, once, to the record's public key (HPKE): writing needs no secret, and 10,000 persons cost
one sealing to the public key instead of 10,000 (80 µs each). To destroy a data key is to destroy its row.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from portico.custody import LockedError, SealedKey, decrypt, encrypt, new_data_key
from portico.facts import to_json
from portico.store.databases import insert_all
from portico.store.models import DataKey, SessionKey
from portico.store.payloads import Box

Random = Callable[[int], bytes]
_SCHEMA = "portico.store 1"
_AT_ONCE = 400  # ids in one query
_DRAWN = 4096  # bytes


def binding(table: str, row: str) -> bytes:
    """What ties a ciphertext to the place it stands in: `custody.row_binding`, for ids that need no checking."""
    return to_json((_SCHEMA, table, row))


def new_id(prefix: str, random: Random = os.urandom) -> str:
    """A random id, which says nothing about what it names."""
    return f"{prefix}-{random(8).hex()}"


def pooled(random: Random) -> Random:
    """Draws from the system some thousand bytes at a time: a row needs seven draws, each a call. For one append."""
    held, at = b"", 0

    def draw(size: int) -> bytes:
        nonlocal held, at
        if at + size > len(held):
            held, at = random(max(size, _DRAWN)), 0
        at += size
        return held[at - size : at]

    return draw


@dataclass(slots=True)
class Sealer:
    """Seals for one append. Its keys must be kept (`keep`) before anything sealed is."""

    public: bytes
    random: Random = os.urandom
    session: str = ""
    _session_key: bytes = field(default=b"", repr=False)
    _keys: dict[str, tuple[str, bytes]] = field(default_factory=dict, repr=False)
    _rows: list[tuple[object, ...]] = field(default_factory=list, repr=False)
    _sessions: list[SessionKey] = field(default_factory=list, repr=False)

    def seal(self, plaintext: bytes, subjects: Sequence[str], place: bytes) -> Box:
        """The words under one key of each subject: with any of the keys destroyed, they are gone.

        place  `binding` of where they will stand
        """
        keys, joined = self._joined_key(subjects)
        return Box(keys=keys, sealed=encrypt(joined, plaintext, place, self.random))

    def sealing(self, subjects: Sequence[str]) -> tuple[tuple[str, ...], Callable[[bytes, bytes], bytes]]:
        """The same for words that come piece by piece: the ids of the keys, and what seals a piece in its place.

        It may be called once the keys were kept, and in another thread: it draws its chance from the system.
        """
        keys, joined = self._joined_key(subjects)
        return keys, lambda plaintext, place: encrypt(joined, plaintext, place)

    def _joined_key(self, subjects: Sequence[str]) -> tuple[tuple[str, ...], bytes]:
        keys = [self._key_of(subject) for subject in dict.fromkeys(subjects)]
        return tuple(name for name, _ in keys), _joined([key for _, key in keys])

    def _key_of(self, subject: str) -> tuple[str, bytes]:
        known = self._keys.get(subject)
        if known is None:
            known = self._keys[subject] = (new_id("k", self.random), new_data_key(self.random))
            self._add_row(subject, *known)
        return known

    def _add_row(self, subject: str, key_id: str, data_key: bytes) -> None:
        if not self._session_key:
            self._begin_session()
        sealed = encrypt(self._session_key, data_key, binding("data_key", key_id), self.random)
        self._rows.append((key_id, subject, self.session, sealed))

    def _begin_session(self) -> None:
        self.session, self._session_key = new_id("w", self.random), new_data_key(self.random)
        sealed = SealedKey.seal(self._session_key, self.public, binding("session_key", self.session))
        self._sessions.append(SessionKey(id=self.session, sealed=sealed.to_bytes()))

    def keep(self, keyring: str) -> None:
        """Writes the new keys; later ones of the same session are written by the next call."""
        with transaction.atomic(using=keyring):
            SessionKey.objects.using(keyring).bulk_create(self._sessions)
            insert_all(keyring, DataKey, ("id", "subject", "session", "sealed"), self._rows)
        self._sessions, self._rows = [], []
        self._keys = {}


@dataclass(slots=True)
class Opener:
    """Opens boxes for one answer. Without the private key every box stays shut."""

    keyring: str
    private: bytes | None = field(repr=False)
    _data_keys: dict[str, bytes | None] = field(default_factory=dict, repr=False)
    _sessions: dict[str, bytes] = field(default_factory=dict, repr=False)

    def prepare(self, boxes: Iterable[Box | None]) -> None:
        """Fetches the keys of many boxes at once."""
        if self.private is None:
            return
        wanted = {key for box in boxes if box for key in box.keys} - self._data_keys.keys()
        ordered = sorted(wanted)
        for start in range(0, len(ordered), _AT_ONCE):
            self._fetch(ordered[start : start + _AT_ONCE])

    def open(self, box: Box | None, place: bytes) -> bytes | None:
        """The words again; None when there are none, the key is not there or was destroyed.

        Raises LockedError when the key fits but the bytes were changed.
        """
        if box is None or self.private is None:
            return None
        self.prepare([box])
        keys = [self._data_keys[key] for key in box.keys]
        if any(key is None for key in keys):
            return None
        return decrypt(_joined(key for key in keys if key is not None), box.sealed, place)

    def _fetch(self, ids: Sequence[str]) -> None:
        rows = {row.id: row for row in DataKey.objects.using(self.keyring).filter(id__in=ids)}
        for key_id in ids:
            row = rows.get(key_id)
            self._data_keys[key_id] = None if row is None else self._unsealed(row)

    def _unsealed(self, row: DataKey) -> bytes:
        return decrypt(self._session_key(row.session), bytes(row.sealed), binding("data_key", row.id))

    def _session_key(self, session: str) -> bytes:
        if session not in self._sessions:
            assert self.private is not None
            found = SessionKey.objects.using(self.keyring).filter(id=session).first()
            if found is None:
                raise LockedError(
                    binding("session_key", session), "its key is missing", "Restore the keyring from a backup."
                )
            sealed = SealedKey.from_bytes(bytes(found.sealed))
            self._sessions[session] = sealed.open(self.private, binding("session_key", session))
        return self._sessions[session]


def destroy(keyring: str, subjects: Iterable[str], keys: Iterable[str]) -> int:
    """Destroys every key of the subjects, and single keys. How many there were."""
    return sum(rows.delete()[0] for rows in _chosen(keyring, subjects, keys))


def count(keyring: str, subjects: Iterable[str], keys: Iterable[str]) -> int:
    """How many keys `destroy` would destroy."""
    return len({key for rows in _chosen(keyring, subjects, keys) for key in rows.values_list("id", flat=True)})


def _chosen(keyring: str, subjects: Iterable[str], keys: Iterable[str]) -> Iterator[QuerySet]:
    for column, ids in (("subject", sorted(set(subjects))), ("id", sorted(set(keys)))):
        for start in range(0, len(ids), _AT_ONCE):
            chosen = {f"{column}__in": ids[start : start + _AT_ONCE]}
            yield DataKey.objects.using(keyring).filter(**chosen)


def _joined(keys: Iterable[bytes]) -> bytes:
    """One key from independent random ones: their exclusive or, of which all but one of them tell nothing."""
    joined = 0
    for key in keys:
        joined ^= int.from_bytes(key, "big")
    return joined.to_bytes(32, "big")
