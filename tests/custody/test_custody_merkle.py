"""The tree is that of Certificate Transparency: its published vectors, a naive second implementation, every bit."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.custody import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    nodes_over,
    root,
    verify_consistency,
    verify_inclusion,
)

# The inputs and hashes that the Certificate Transparency reference implementation is tested with
# (google/certificate-transparency merkletree tests; transparency-dev/merkle testonly/constants.go).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_hash(bytes.fromhex(each)) for each in INPUTS]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {  # (index, size): proof
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {  # (old size, size): proof
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size):
    assert root(LEAVES[:size]).hex() == ROOTS[size] == naive_root(LEAVES[:size]).hex()


@pytest.mark.parametrize(("place", "proof"), INCLUSION.items(), ids=str)
def test_published_inclusion_proofs(place, proof):
    index, size = place
    assert [each.hex() for each in inclusion_proof(LEAVES, index, size)] == proof
    assert verify_inclusion(LEAVES[index], index, size, list(map(bytes.fromhex, proof)), bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("sizes", "proof"), CONSISTENCY.items(), ids=str)
def test_published_consistency_proofs(sizes, proof):
    old, new = sizes
    assert [each.hex() for each in consistency_proof(LEAVES, old, new)] == proof
    roots = (bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]))
    assert verify_consistency(old, new, *roots, list(map(bytes.fromhex, proof)))


# RFC 6962 §2.1, written down as its definitions stand, with none of our code.
def naive_root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    k = half(leaves)
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = half(leaves)
    if index < k:
        return [*naive_path(index, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(index - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(old: int, leaves: list[bytes], known: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if known else [naive_root(leaves)]
    k = half(leaves)
    if old <= k:
        return [*naive_subproof(old, leaves[:k], known), naive_root(leaves[k:])]
    return [*naive_subproof(old - k, leaves[k:], False), naive_root(leaves[:k])]


def half(leaves: list[bytes]) -> int:
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return k


MANY = [leaf_hash(bytes([n])) for n in range(130)]
SIZES = st.integers(1, len(MANY))


@given(size=SIZES, index=st.integers(0, len(MANY) - 1))
@settings(max_examples=300)
def test_an_inclusion_proof_verifies_and_is_the_naive_one(size, index):
    index %= size
    proof = inclusion_proof(MANY, index, size)
    assert list(proof) == naive_path(index, MANY[:size])
    assert verify_inclusion(MANY[index], index, size, proof, naive_root(MANY[:size]))


@given(size=SIZES, old=SIZES)
@settings(max_examples=300)
def test_a_consistency_proof_verifies_and_is_the_naive_one(size, old):
    old, size = sorted((old, size))
    proof = consistency_proof(MANY, old, size)
    assert list(proof) == naive_subproof(old, MANY[:size], True)
    assert verify_consistency(old, size, naive_root(MANY[:old]), naive_root(MANY[:size]), proof)


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8 % len(value)] ^= 1 << bit % 8
    return bytes(changed)


@given(size=SIZES, index=st.integers(0, len(MANY) - 1), bit=st.integers(0, 255), which=st.integers(0, 20))
@settings(max_examples=300)
def test_every_flipped_bit_of_an_inclusion_proof_fails(size, index, bit, which):
    index %= size
    parts = [MANY[index], naive_root(MANY[:size]), *inclusion_proof(MANY, index, size)]
    parts[which % len(parts)] = flipped(parts[which % len(parts)], bit)
    leaf, top, *proof = parts
    assert not verify_inclusion(leaf, index, size, proof, top)


@given(size=SIZES, old=SIZES, bit=st.integers(0, 255), which=st.integers(0, 20))
@settings(max_examples=300)
def test_every_flipped_bit_of_a_consistency_proof_fails(size, old, bit, which):
    old, size = sorted((old, size))
    parts = [naive_root(MANY[:old]), naive_root(MANY[:size]), *consistency_proof(MANY, old, size)]
    parts[which % len(parts)] = flipped(parts[which % len(parts)], bit)
    old_root, top, *proof = parts
    assert not verify_consistency(old, size, old_root, top, proof)


@given(size=st.integers(2, len(MANY)), index=st.integers(0, len(MANY) - 1))
def test_a_proof_with_a_hash_too_few_or_too_many_fails(size, index):
    index %= size
    proof, top = inclusion_proof(MANY, index, size), root(MANY[:size])
    for wrong in (proof[:-1], proof[1:], (*proof, top), (top, *proof)):
        assert not verify_inclusion(MANY[index], index, size, wrong, top)
    old = max(index, 1)
    proof, old_root = consistency_proof(MANY, old, size), root(MANY[:old])
    for wrong in (proof[:-1], proof[1:], (*proof, top), (top, *proof)):
        assert wrong == proof or not verify_consistency(old, size, old_root, top, wrong)


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_a_proof_that_stops_at_an_inner_node_or_climbs_above_the_root_fails():
    """The sums come out right in each; only the height of the tree tells."""
    a, b, c, d, above = MANY[:5]
    low, high = node(a, b), node(c, d)
    assert not verify_inclusion(low, 0, 4, [high], node(low, high))
    assert not verify_inclusion(b, 0, 1, [a], low)
    assert not verify_consistency(1, 4, low, node(low, high), [high])
    assert not verify_consistency(3, 4, node(above, node(low, c)), node(above, node(low, high)), [c, d, low, above])


def test_the_empty_log_is_the_beginning_of_every_log():
    assert consistency_proof(MANY, 0, 5) == ()
    assert verify_consistency(0, 5, root([]), root(MANY[:5]), ())
    assert not verify_consistency(0, 5, root(MANY[:1]), root(MANY[:5]), ())
    assert not verify_consistency(0, 5, root([]), root(MANY[:5]), (MANY[0],))


@pytest.mark.parametrize(("old", "size"), [(6, 5), (-1, 5)])
def test_a_longer_log_is_not_the_beginning_of_a_shorter(old, size):
    with pytest.raises(IndexError):
        consistency_proof(MANY, old, size)
    assert not verify_consistency(old, size, root([]), root(MANY[:5]), ())


@pytest.mark.parametrize(("index", "size"), [(5, 5), (-1, 5), (0, 0)])
def test_no_proof_for_an_entry_that_is_not_there(index, size):
    with pytest.raises(IndexError):
        inclusion_proof(MANY, index, size)
    assert not verify_inclusion(MANY[0], index, size, (), MANY[0])


@given(st.lists(st.integers(0, 40), max_size=8))
def test_a_frontier_grows_to_the_same_root_however_its_leaves_come_and_is_stored(batches):
    frontier, at = Frontier(), 0
    for batch in batches:
        more = MANY[at : at + batch]
        at += len(more)
        frontier = Frontier.from_bytes(frontier.extend(more).to_bytes())
        assert (frontier.size, frontier.root) == (at, naive_root(MANY[:at]))
        assert len(frontier.peaks) == at.bit_count()


def test_appending_one_is_extending_by_one():
    assert Frontier().append(MANY[0]).append(MANY[1]) == Frontier().extend(MANY[:2])


@pytest.mark.parametrize("stored", [b"", b"\0" * 7, b"\0" * 7 + b"\1", Frontier().extend(MANY[:3]).to_bytes()[:-1]])
def test_a_damaged_frontier_is_refused(stored):
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(stored)


def test_proofs_need_only_the_nodes_that_are_read():
    read: list[tuple[int, int]] = []
    stored = nodes_over(MANY)

    def reader(level: int, index: int) -> bytes:
        read.append((level, index))
        return stored(level, index)

    proof = inclusion_proof(reader, 77, 130)
    assert verify_inclusion(MANY[77], 77, 130, proof, root(MANY))
    assert len(read) <= 2 * len(proof)
