"""Proofs: that an entry is in the log, and that a later log only added to an earlier one (RFC 9162 §2.1.3, §2.1.4)."""

from collections.abc import Callable, Sequence

from portico.custody.frontier import EMPTY_ROOT, node_hash

NodeReader = Callable[[int, int], bytes]
"""(level, index) → root of the perfect subtree whose first leaf is index·2^level and whose last the one before
(index+1)·2^level; level 0 = the leaves."""


def nodes_over(leaves: Sequence[bytes]) -> NodeReader:
    """A reader over leaf hashes that makes each level once, when it is first asked for."""
    levels = [leaves]

    def read(level: int, index: int) -> bytes:
        while len(levels) <= level:
            below = levels[-1]
            levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
        return levels[level][index]

    return read


def inclusion_proof(nodes: NodeReader | Sequence[bytes], index: int, size: int) -> tuple[bytes, ...]:
    """The hashes that lead from a leaf to the root, lowest first. Raises IndexError unless 0 ≤ index < size.

    nodes  leaf hashes, or a reader of stored nodes where the log is long
    size   of the log that the root belongs to; later leaves are not looked at
    """
    if not 0 <= index < size:
        raise IndexError(f"entry {index} is not among the first {size}")
    return tuple(_path(_reader(nodes), index, 0, size))


def consistency_proof(nodes: NodeReader | Sequence[bytes], old_size: int, size: int) -> tuple[bytes, ...]:
    """The hashes that show the log of `old_size` to be the beginning of the log of `size`.

    Empty when the sizes are equal or the old log was empty. Raises IndexError unless 0 ≤ old_size ≤ size.
    """
    if not 0 <= old_size <= size:
        raise IndexError(f"a log of {old_size} entries cannot be the beginning of one of {size}")
    if old_size in (0, size):
        return ()
    return tuple(_subproof(_reader(nodes), old_size, 0, size, whole=True))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from this leaf at this place to this root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, folded = index, size - 1, leaf
    for hash_ in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            folded = node_hash(hash_, folded)
            node, last = _up_to_left_turn(node, last)
        else:
            folded = node_hash(folded, hash_)
        node, last = node >> 1, last >> 1
    return last == 0 and folded == root


def verify_consistency(old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the log with the later root begins with the whole log of the earlier one (RFC 9162 §2.1.4.2)."""
    if old_size == 0:
        return not proof and size >= 0 and old_root == EMPTY_ROOT
    if old_size >= size:
        return old_size == size and not proof and old_root == root
    # A log whose size is a power of two is one perfect subtree: its root is the first hash, and the proof omits it.
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not proof:
        return False
    node, last = old_size - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old_folded = folded = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old_folded, folded = node_hash(hash_, old_folded), node_hash(hash_, folded)
            node, last = _up_to_left_turn(node, last)
        else:
            folded = node_hash(folded, hash_)
        node, last = node >> 1, last >> 1
    return last == 0 and old_folded == old_root and folded == root


def _reader(nodes: NodeReader | Sequence[bytes]) -> NodeReader:
    return nodes if callable(nodes) else nodes_over(nodes)


def _up_to_left_turn(node: int, last: int) -> tuple[int, int]:
    """Skips the levels where the right edge of the tree has no sibling of its own."""
    while not node & 1 and node:
        node, last = node >> 1, last >> 1
    return node, last


def _split(size: int) -> int:
    """The largest power of two below the size: how many leaves stand left of the root."""
    return 1 << ((size - 1).bit_length() - 1)


def _range_hash(read: NodeReader, start: int, end: int) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return read(level, start >> level)
    middle = start + _split(size)
    return node_hash(_range_hash(read, start, middle), _range_hash(read, middle, end))


def _path(read: NodeReader, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(read, index, start, middle), _range_hash(read, middle, end)]
    return [*_path(read, index, middle, end), _range_hash(read, start, middle)]


def _subproof(read: NodeReader, old_end: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    """RFC 6962 §2.1.2, SUBPROOF; `whole`: the old log is this subtree, so its hash is known to the verifier."""
    if old_end == end:
        return [] if whole else [_range_hash(read, start, end)]
    middle = start + _split(end - start)
    if old_end <= middle:
        return [*_subproof(read, old_end, start, middle, whole=whole), _range_hash(read, middle, end)]
    return [*_subproof(read, old_end, middle, end, whole=False), _range_hash(read, start, middle)]
