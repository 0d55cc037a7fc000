"""The frontier: all that must be kept of a Merkle tree in order to append to it and to know its root.

The tree is that of RFC 6962 §2.1 (the same in RFC 9162 §2.1). A log of n entries is a row of perfect subtrees, one
for each bit of n, the largest first; their roots, the peaks, are the frontier.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

EMPTY_ROOT = hashlib.sha256().digest()

_HASH = 32
_SIZE = 8  # bytes of the size in the stored form, big-endian


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The state of an append-only tree after `size` leaves; immutable, at most one hash for each bit of the size.

    peaks  roots of its perfect subtrees, the largest first; ValueError unless there is one for each bit of the size

    >>> Frontier().extend([bytes(32), bytes(32)]).size
    2
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or any(len(p) != _HASH for p in self.peaks):
            raise ValueError(f"a frontier of {self.size} leaves has one hash of 32 bytes for each bit of that number")

    def append(self, leaf: bytes) -> "Frontier":
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """The frontier after these leaves too, in order. Each is a leaf hash of 32 bytes."""
        sha256, peaks, size = hashlib.sha256, list(self.peaks), self.size
        for leaf in leaves:
            node, carry = leaf, size
            while carry & 1:
                node = sha256(b"\x01" + peaks.pop() + node).digest()
                carry >>= 1
            peaks.append(node)
            size += 1
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far; of none, SHA-256 of nothing."""
        if not self.peaks:
            return EMPTY_ROOT
        folded = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            folded = node_hash(peak, folded)
        return folded

    def to_bytes(self) -> bytes:
        """The stored form: the size in 8 bytes, big-endian, then the peaks."""
        return self.size.to_bytes(_SIZE, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Frontier":
        """The frontier again. Raises ValueError when the bytes cannot be one."""
        if len(stored) < _SIZE:
            raise ValueError("a stored frontier begins with its size in 8 bytes")
        peaks = tuple(stored[at : at + _HASH] for at in range(_SIZE, len(stored), _HASH))
        return cls(int.from_bytes(stored[:_SIZE], "big"), peaks)


def root(leaves: Iterable[bytes]) -> bytes:
    """The Merkle tree hash over leaf hashes."""
    return Frontier().extend(leaves).root
