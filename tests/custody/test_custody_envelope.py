"""Envelopes open for the right key, in the right row, unchanged; never otherwise."""

import hashlib
import hmac
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from portico.custody import KeyFile, LockedError, SealedKey, decrypt, encrypt, new_data_key, new_salt, row_binding
from portico.facts import PorticoError

KEY = KeyFile(opening=bytes(range(32)), signing=bytes(range(32, 64)))
OTHER = KeyFile(opening=bytes(range(1, 33)), signing=bytes(32))
DATA_KEY = hashlib.sha256(b"a data key").digest()
ROW = row_binding("1", "person", "person-7f3a")
NEXT_ROW = row_binding("1", "person", "person-7f3b")
PLAIN = b"Rosa Invented, 34"


@given(st.binary(max_size=300), st.binary(max_size=50))
def test_what_was_encrypted_is_decrypted(plaintext, aad):
    sealed = encrypt(DATA_KEY, plaintext, aad)
    assert decrypt(DATA_KEY, sealed, aad) == plaintext
    assert len(sealed) == len(plaintext) + 29


def test_a_hundred_thousand_changed_ciphertexts_rows_and_keys_are_refused():
    chance, accepted = random.Random(20171128), 0
    sealed = encrypt(DATA_KEY, PLAIN, ROW)
    for _ in range(100_000):
        parts = [bytearray(sealed), bytearray(ROW), bytearray(DATA_KEY)]
        part = chance.choice(parts)
        part[chance.randrange(len(part))] ^= 1 << chance.randrange(8)
        try:
            decrypt(bytes(parts[2]), bytes(parts[0]), bytes(parts[1]))
            accepted += 1
        except LockedError:
            pass
    assert accepted == 0


def test_every_single_bit_counts():
    sealed = encrypt(DATA_KEY, PLAIN, ROW)
    for bit in range(8 * len(sealed)):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(LockedError):
            decrypt(DATA_KEY, bytes(changed), ROW)


@pytest.mark.parametrize("length", [0, 1, 12, 28])
def test_a_cut_off_ciphertext_is_refused(length):
    with pytest.raises(LockedError):
        decrypt(DATA_KEY, encrypt(DATA_KEY, b"", ROW)[:length], ROW)


def test_a_nonce_is_not_used_twice():
    assert len({encrypt(DATA_KEY, PLAIN, ROW)[1:13] for _ in range(1000)}) == 1000


def test_rows_cannot_be_confused_by_their_punctuation():
    assert row_binding("1", "a|b", "c") != row_binding("1", "a", "b|c")


def test_a_sealed_key_opens_with_the_key_file_and_needs_only_its_public_half_to_be_made():
    sealed = SealedKey.seal(DATA_KEY, KEY.sealing_public, ROW)
    assert SealedKey.from_bytes(sealed.to_bytes()).open(KEY.opening, ROW) == DATA_KEY


def test_every_changed_bit_of_a_sealed_key_is_refused():
    stored = SealedKey.seal(DATA_KEY, KEY.sealing_public, ROW).to_bytes()
    refused = 0
    for bit in range(8 * len(stored)):
        changed = bytearray(stored)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            opened = SealedKey.from_bytes(bytes(changed)).open(KEY.opening, ROW)
        except LockedError:
            refused += 1
        else:
            # X25519 ignores the top bit of a public key by definition (RFC 7748 §5), HPKE binds the bytes as sent.
            pytest.fail(f"bit {bit} made no difference: {opened == DATA_KEY}")
    assert refused == 8 * len(stored)


def test_the_sealed_key_of_one_row_does_not_open_another():
    sealed = SealedKey.seal(DATA_KEY, KEY.sealing_public, ROW)
    with pytest.raises(LockedError, match="belongs to another row"):
        sealed.open(KEY.opening, NEXT_ROW)


def test_another_key_file_is_named_as_such():
    sealed = SealedKey.seal(DATA_KEY, KEY.sealing_public, ROW)
    with pytest.raises(LockedError) as caught:
        sealed.open(OTHER.opening, ROW)
    assert isinstance(caught.value, PorticoError)
    assert str(caught.value).startswith(
        'The guarded data of row ["1","person","person-7f3a"] cannot be opened: it is sealed to the key '
    )
    assert str(caught.value).endswith("Point PORTICO_KEY_FILE to the key file that the record was made with.")


def test_guarded_data_that_does_not_open_says_what_to_do_and_quotes_nothing():
    with pytest.raises(LockedError) as caught:
        decrypt(DATA_KEY, encrypt(DATA_KEY, PLAIN, ROW), NEXT_ROW)
    assert str(caught.value) == (
        'The guarded data of row ["1","person","person-7f3b"] cannot be opened: it was encrypted under another key or '
        "for another row, or its bytes were changed. Nothing was changed. "
        "Run `portico verify`; if the log fails there, restore the record from a backup."
    )


@pytest.mark.parametrize("stored", [b"", b"\x01", b"\x02" + bytes(88), b"\x01" + bytes(89)])
def test_bytes_that_are_no_sealed_key_are_refused(stored):
    with pytest.raises(LockedError, match="damaged or of a newer version"):
        SealedKey.from_bytes(stored)


def test_a_share_that_leads_to_a_known_secret_is_refused():
    weak = SealedKey(SealedKey.seal(DATA_KEY, KEY.sealing_public, ROW).recipient, bytes(80))
    with pytest.raises(LockedError):
        weak.open(KEY.opening, ROW)


def test_fresh_secrets_are_32_bytes_of_the_given_chance():
    assert new_data_key(lambda count: b"x" * count) == new_salt(lambda count: b"x" * count) == b"x" * 32
    assert new_data_key() != new_data_key()


def test_sealing_is_the_standard_construction():
    """Opens a sealed key with HPKE written down from RFC 9180, base mode, so that any other program can too."""
    sealed = SealedKey.seal(DATA_KEY, KEY.sealing_public, ROW).sealed
    share, box = sealed[:32], sealed[32:]
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"  # X25519-HKDF-SHA256; the same, AES-256-GCM

    def extract(salt: bytes, label: bytes, ikm: bytes, context: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + context + label + ikm, "sha256")

    def expand(prk: bytes, label: bytes, info: bytes, length: int, context: bytes) -> bytes:
        labelled = length.to_bytes(2, "big") + b"HPKE-v1" + context + label + info
        return hmac.digest(prk, labelled + b"\x01", "sha256")[:length]

    private = X25519PrivateKey.from_private_bytes(KEY.opening)
    agreed = private.exchange(X25519PublicKey.from_public_bytes(share))
    shared = expand(extract(b"", b"eae_prk", agreed, kem), b"shared_secret", share + KEY.sealing_public, 32, kem)
    info = b"portico data key 1\x00" + ROW
    context = b"\x00" + extract(b"", b"psk_id_hash", b"", suite) + extract(b"", b"info_hash", info, suite)
    secret = extract(shared, b"secret", b"", suite)
    key, nonce = expand(secret, b"key", context, 32, suite), expand(secret, b"base_nonce", context, 12, suite)
    assert AESGCM(key).decrypt(nonce, box, b"") == DATA_KEY


def test_a_data_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        SealedKey.seal(DATA_KEY[:16], KEY.sealing_public, ROW)
