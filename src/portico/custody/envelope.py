"""Envelopes: a person's data under a key of their own, and that key sealed to the record's public key.

Sealing needs only the public key, so adding to a record needs no secret. Destroying the sealed key destroys the
person's data in every copy of the record.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from portico.custody.canonical import canonical
from portico.custody.entry import SALT_LENGTH
from portico.facts import PorticoError

Random = Callable[[int], bytes]

_KEY = 32
_NONCE = 12
_VERSION = b"\x01"
_KEY_ID = 8
_SEALED = 80  # X25519 share 32, key 32, tag 16
_PURPOSE = b"portico data key 1\x00"


class LockedError(PorticoError):
    """Guarded data cannot be opened: the wrong key, or bytes that were changed."""

    def __init__(self, aad: bytes, why: str, next_step: str) -> None:
        where = f" of row {aad.decode(errors='replace')}" if aad else ""
        super().__init__(f"The guarded data{where} cannot be opened: {why}. Nothing was changed. {next_step}")


def new_data_key(random: Random = os.urandom) -> bytes:
    """A fresh key for one person's data: 32 random bytes."""
    return random(_KEY)


def new_salt(random: Random = os.urandom) -> bytes:
    """A fresh salt for one entry's commitment: 32 random bytes."""
    return random(SALT_LENGTH)


def row_binding(schema: str, table: str, row: str) -> bytes:
    """The associated data that ties a ciphertext to its row: moved to another row, it no longer opens."""
    return canonical([schema, table, row])


def encrypt(data_key: bytes, plaintext: bytes, aad: bytes, random: Random = os.urandom) -> bytes:
    """AES-256-GCM under the key: version 1, a random nonce of 96 bits, ciphertext and tag.

    aad  `row_binding` of the row that it is stored in
    """
    nonce = random(_NONCE)
    return _VERSION + nonce + AESGCM(data_key).encrypt(nonce, plaintext, _VERSION + aad)


def decrypt(data_key: bytes, ciphertext: bytes, aad: bytes) -> bytes:
    """The plaintext again. Raises LockedError for another key, another row or a single changed bit."""
    try:
        if ciphertext[:1] != _VERSION or len(data_key) != _KEY:
            raise InvalidTag
        nonce, sealed = ciphertext[1 : 1 + _NONCE], ciphertext[1 + _NONCE :]
        return AESGCM(data_key).decrypt(nonce, sealed, _VERSION + aad)
    except (InvalidTag, ValueError):
        raise LockedError(
            aad,
            "it was encrypted under another key or for another row, or its bytes were changed",
            "Run `portico verify`; if the log fails there, restore the record from a backup.",
        ) from None


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A data key that only the holder of the key file opens; HPKE of RFC 9180, X25519-HKDF-SHA256-AES256GCM.

    recipient  8 bytes that name the public key it is sealed to
    sealed     80 bytes
    """

    recipient: bytes
    sealed: bytes

    @classmethod
    def seal(cls, data_key: bytes, public: bytes, aad: bytes) -> "SealedKey":
        """Seals to the record's public X25519 key of 32 bytes. aad: `row_binding` of the sealed key's own row."""
        if len(data_key) != _KEY:
            raise ValueError(f"a data key has {_KEY} bytes")
        sealed = _suite().encrypt(data_key, X25519PublicKey.from_public_bytes(public), info=_PURPOSE + aad)
        return cls(key_id(public), sealed)

    def open(self, private: bytes, aad: bytes) -> bytes:
        """The data key. Raises LockedError for another key file, another row or a changed byte.

        private  X25519 key of 32 bytes: `KeyFile.opening`
        """
        key = X25519PrivateKey.from_private_bytes(private)
        mine = key_id(key.public_key().public_bytes_raw())
        if self.recipient != mine:
            raise LockedError(
                aad,
                f"it is sealed to the key {self.recipient.hex()}, and this key file holds {mine.hex()}",
                "Point PORTICO_KEY_FILE to the key file that the record was made with.",
            )
        try:
            return _suite().decrypt(self.sealed, key, info=_PURPOSE + aad)
        except (InvalidTag, ValueError):
            raise LockedError(
                aad,
                "the sealed key in the keyring belongs to another row or its bytes were changed",
                "Restore the keyring from a backup.",
            ) from None

    def to_bytes(self) -> bytes:
        """The stored form, 89 bytes: version 1, recipient, sealed key."""
        return _VERSION + self.recipient + self.sealed

    @classmethod
    def from_bytes(cls, stored: bytes) -> "SealedKey":
        """The sealed key again. Raises LockedError when the bytes cannot be one."""
        if stored[:1] != _VERSION or len(stored) != 1 + _KEY_ID + _SEALED:
            raise LockedError(
                b"",
                "its sealed key in the keyring is damaged or of a newer version",
                "Use the version that wrote it, or restore the keyring from a backup.",
            )
        return cls(stored[1 : 1 + _KEY_ID], stored[1 + _KEY_ID :])


def key_id(public: bytes) -> bytes:
    """Eight bytes that name a public key, for messages and for finding the right key file."""
    return hashlib.sha256(b"portico x25519\x00" + public).digest()[:_KEY_ID]


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
