"""How fast the log is made and checked. Floor: the stand-alone verifier checks 1,000,000 entries in at most 10 s.

The bundle is one such log with a payload of about 200 bytes and a salt for each entry, so that every hash that can be
checked is: payload, header, tree, checkpoint, closing signature.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from portico.custody import (
    Frontier,
    KeyFile,
    Log,
    Logged,
    SealedKey,
    canonical,
    consistency_proof,
    decrypt,
    encrypt,
    inclusion_proof,
    make_entry,
    nodes_over,
    read_bundle,
    row_binding,
    verify,
    write_bundle,
)

LEAVES = 1_000_000
FLOOR_S = 10
ORIGIN = "bench.example/log"
AT = datetime(2017, 11, 28, tzinfo=UTC)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def entries(count: int, chance: random.Random) -> Iterator[Logged]:
    """A log as the store writes it: a salt and a payload of its own for each entry."""
    for sequence in range(count):
        payload = canonical({"attribute": "zone", "value": "hallway", "note": f"{sequence:0130d}", "spans": [[7, 14]]})
        salt = chance.randbytes(32)
        entry = make_entry(
            sequence=sequence,
            at=AT,
            actor="person:7f3a",
            type="claim_accepted",
            subject=f"claim-{sequence:016x}",
            payload=payload,
            salt=salt,
        )
        yield Logged(entry, payload, salt)


def rate(label: str, count: int, work: Callable[[], object]) -> None:
    print(f"{label}: {count / seconds(work):,.0f}/s")


def tree(chance: random.Random) -> None:
    logged = list(entries(50_000, chance))
    rate("entries made (canonical bytes, commitment, leaf)", 50_000, lambda: list(entries(50_000, chance)))
    rate("entries verified in the record", 50_000, lambda: verify(Log(entries=logged)))
    leaves = [one.entry.leaf for one in logged]
    rate("leaves appended to the frontier at once", 50_000, lambda: Frontier().extend(leaves))
    rate("leaves appended one by one", 50_000, lambda: one_by_one(leaves))
    nodes = nodes_over(leaves)
    inclusion_proof(nodes, 0, len(leaves))
    rate("inclusion proofs", 2_000, lambda: [inclusion_proof(nodes, n, 50_000) for n in range(2_000)])
    rate("consistency proofs", 2_000, lambda: [consistency_proof(nodes, n + 1, 50_000) for n in range(2_000)])


def one_by_one(leaves: list[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier


def envelopes(key: KeyFile, chance: random.Random) -> None:
    data_key, row, person = chance.randbytes(32), row_binding("1", "person", "person-7f3a"), chance.randbytes(200)
    sealed, ciphertext = SealedKey.seal(data_key, key.sealing_public, row), encrypt(data_key, person, row)
    rate("data keys sealed", 2_000, lambda: [SealedKey.seal(data_key, key.sealing_public, row) for _ in range(2_000)])
    rate("data keys opened", 2_000, lambda: [sealed.open(key.opening, row) for _ in range(2_000)])
    rate("200 bytes encrypted", 20_000, lambda: [encrypt(data_key, person, row) for _ in range(20_000)])
    rate("200 bytes decrypted", 20_000, lambda: [decrypt(data_key, ciphertext, row) for _ in range(20_000)])


def bundle(key: KeyFile, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent, "bundle")
        log = Log(entries=entries(LEAVES, chance))
        took = seconds(lambda: write_bundle(folder, log, origin=ORIGIN, key=key))
        size_mb = (folder / "bundle.jsonl").stat().st_size / 1e6
        print(f"bundle of {LEAVES:,} entries made and written: {took:.1f} s, {size_mb:.0f} MB")
        command = [sys.executable, "-I", "-S", str(folder / "verify_bundle.py"), str(folder / "bundle.jsonl")]
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        took = seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
        own = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        print(
            f"stand-alone verifier, {LEAVES:,} entries: {took:.1f} s, {own:.1f} s of them its own (floor {FLOOR_S} s)"
        )
        took = seconds(lambda: verify(read_bundle(folder)))
        print(f"portico.custody.verify on the same bundle: {took:.1f} s")


def main() -> None:
    chance = random.Random(20171128)
    key = KeyFile(opening=chance.randbytes(32), signing=chance.randbytes(32))
    tree(chance)
    envelopes(key, chance)
    bundle(key, chance)


if __name__ == "__main__":
    main()
