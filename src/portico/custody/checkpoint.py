"""Checkpoints: the log's size and root on one day, signed, short enough to be printed in a newspaper.

Signed notes of https://c2sp.org/signed-note with the text of https://c2sp.org/tlog-checkpoint, Ed25519 (RFC 8032).
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portico.facts import PorticoError

_ED25519 = b"\x01"  # signature type identifier of the note format
_LONGEST_NOTE = 16_384  # characters: room for far more than the 16 signatures that must be accepted
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+\Z")
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})\Z")


class CheckpointError(PorticoError):
    """A text is not a checkpoint, or no trusted key has signed it."""

    exit_status = 1

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The checkpoint is not accepted: {reason}. The log is unchanged. "
            "Compare it with the copy you were given when it was made, and check which key signed it."
        )


@dataclass(frozen=True, slots=True)
class LogKey:
    """The public key that a log's checkpoints are signed with: what a witness writes down.

    name    the log's origin: a schema-less address without spaces and plus signs (ValueError otherwise)
    public  32 bytes, Ed25519
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise ValueError("the name of a log has neither spaces nor plus signs")
        if len(self.public) != 32:
            raise ValueError("an Ed25519 public key has 32 bytes")

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature line names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """The usual text form: name, key id in hexadecimal, base64 of type and key, joined by plus signs."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> "LogKey":
        """The key again. Raises CheckpointError when the text is no such key or its parts do not fit together."""
        name, _, rest = text.partition("+")
        _, _, encoded = rest.partition("+")
        raw = _from_base64(encoded)
        if raw is None or raw[:1] != _ED25519 or len(raw) != 33 or not _NAME.match(name):
            raise CheckpointError("the key is not of the form name+id+base64")
        key = cls(name, raw[1:])
        if str(key) != text:
            raise CheckpointError("the key's id does not belong to its name and bytes")
        return key


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log was at one moment.

    origin  which log: also the name of its key
    size    number of entries
    root    Merkle tree hash over them, 32 bytes
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def sign_checkpoint(checkpoint: Checkpoint, signing: bytes) -> str:
    """The checkpoint as a signed note. Whoever signs answers for it: never one that contradicts an earlier one.

    signing  private Ed25519 key, 32 bytes: `KeyFile.signing`
    """
    return sign_note(checkpoint.text, checkpoint.origin, signing)


def open_checkpoint(note: str, keys: Iterable[LogKey]) -> Checkpoint:
    """The checkpoint of a note that a trusted key of the same origin has signed.

    Signatures of unknown keys are passed over, as the format asks. Raises CheckpointError when the note is malformed,
    a known key's signature is wrong, or no known key of this log has signed.
    """
    text, signed_by = open_note(note, keys)
    checkpoint = _parse(text)
    if checkpoint.origin not in signed_by:
        raise CheckpointError(f"no key of {checkpoint.origin} has signed it")
    return checkpoint


def _parse(text: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) != 4 or not lines[0]:
        raise CheckpointError("its text is not the three lines origin, size and root")
    origin, size, encoded = lines[:3]
    root = _from_base64(encoded)
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", size, re.ASCII) or root is None or len(root) != 32:
        raise CheckpointError("its size or root cannot be read")
    return Checkpoint(origin, int(size), root)


def sign_note(text: str, name: str, signing: bytes) -> str:
    """A text with one Ed25519 signature line. The text ends with a newline."""
    private = Ed25519PrivateKey.from_private_bytes(signing)
    key = LogKey(name, private.public_key().public_bytes_raw())
    signature = base64.b64encode(key.id + private.sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def open_note(note: str, keys: Iterable[LogKey]) -> tuple[str, set[str]]:
    """The signed text, and the names of the known keys that signed it. Raises CheckpointError."""
    if len(note) > _LONGEST_NOTE:
        raise CheckpointError("it is too long")
    if re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise CheckpointError("it has control characters")
    body, separator, signatures = note.rpartition("\n\n")
    if not separator or not signatures.endswith("\n"):
        raise CheckpointError("it is not a text, a blank line and signature lines")
    known = {(key.name, key.id): key for key in keys}
    text, signed_by = body + "\n", set()
    for line in signatures[:-1].split("\n"):
        name, raw = _signature(line)
        key = known.get((name, raw[:4]))
        if key is not None:
            _check(key, raw[4:], text)
            signed_by.add(name)
    if not signed_by:
        raise CheckpointError("no known key has signed it")
    return text, signed_by


def _signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE.match(line)
    raw = _from_base64(found[2]) if found else None
    if found is None or raw is None or len(raw) < 5:
        raise CheckpointError("a signature line cannot be read")
    return found[1], raw


def _check(key: LogKey, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature:
        raise CheckpointError(f"the signature of {key.name} does not fit the text") from None


def _from_base64(encoded: str) -> bytes | None:
    """Strict: one spelling for each value, None for any other."""
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == encoded else None
