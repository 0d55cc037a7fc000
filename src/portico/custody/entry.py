"""Entries: one line of the log, bound to its payload by a salted commitment and to the tree by its leaf."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from portico.facts import to_json

SALT_LENGTH = 32

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z\Z")
# Ids stand in the header unescaped, so that a verifier in any language finds them by plain search.
_ID = re.compile(r"[!#-\[\]-~]{1,200}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the log keeps of one happening. Make it with `make_entry`; one read from storage may be anything: `verify`.

    sequence    place in the log, from 0
    at          UTC instant, RFC 3339 with microseconds: 2026-11-24T10:39:12.000000Z
    actor       pseudonymous id of who did it
    type        what happened: account_proposed, claim_accepted, person_erased, …
    subject     id of what it happened to
    commitment  32 bytes: HMAC-SHA256 under the entry's salt over its payload as stored; says nothing without the salt
    leaf        32 bytes: `leaf_hash` of all the above, the leaf of the Merkle tree
    """

    sequence: int
    at: str
    actor: str
    type: str
    subject: str
    commitment: bytes
    leaf: bytes

    @property
    def header(self) -> bytes:
        """The canonical JSON that the leaf is the hash of, the commitment in lower-case hexadecimal."""
        return _header(
            actor=self.actor,
            at=self.at,
            commitment=self.commitment.hex(),
            sequence=self.sequence,
            subject=self.subject,
            type=self.type,
        )


def _header(**fields: str | int) -> bytes:
    return to_json(fields)


def commit(payload: bytes, salt: bytes) -> bytes:
    """The commitment to a payload: HMAC-SHA256 (RFC 2104) with the salt as its key.

    payload  canonical bytes exactly as stored, guarded parts as ciphertext
    salt     32 random bytes used for this entry only (ValueError if not 32): once destroyed, the commitment can be
             neither checked nor guessed at, and the tree still verifies
    """
    if len(salt) != SALT_LENGTH:
        raise ValueError(f"a salt has {SALT_LENGTH} bytes, this one {len(salt)}")
    return hmac.digest(salt, payload, "sha256")


def leaf_hash(header: bytes) -> bytes:
    """The leaf of a header: SHA-256(0x00 ‖ header), RFC 6962 §2.1."""
    return hashlib.sha256(b"\x00" + header).digest()


def make_entry(
    *,
    sequence: int,
    at: datetime,
    actor: str,
    type: str,  # noqa: A002 - the log's own word, as in Entry
    subject: str,
    payload: bytes,
    salt: bytes,
) -> Entry:
    """The next entry. Raises ValueError when the instant has no zone, the salt not 32 bytes, or an id is not
    1–200 printable ASCII characters without space, quotation mark and backslash.
    """
    for name, value in (("actor", actor), ("type", type), ("subject", subject)):
        if not is_id(value):
            raise ValueError(f"the {name} is not an id of printable ASCII without spaces, quotes and backslashes")
    when, commitment = utc_text(at), commit(payload, salt)
    header = _header(actor=actor, at=when, commitment=commitment.hex(), sequence=sequence, subject=subject, type=type)
    return Entry(
        sequence=sequence,
        at=when,
        actor=actor,
        type=type,
        subject=subject,
        commitment=commitment,
        leaf=leaf_hash(header),
    )


def is_id(value: str) -> bool:
    """Whether a text may stand in a header as actor, type or subject."""
    return _ID.match(value) is not None


def is_instant(text: str) -> bool:
    """Whether a text is spelled as `utc_text` spells an instant."""
    return _INSTANT.match(text) is not None


def utc_text(at: datetime) -> str:
    """An instant as the log writes it. Raises ValueError if it has no time zone.

    >>> utc_text(datetime(2017, 11, 28, 15, 4, tzinfo=UTC))
    '2017-11-28T15:04:00.000000Z'
    """
    if at.tzinfo is None:
        raise ValueError("an instant of the log needs a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
