"""Custody: canonical bytes, the Merkle tree of the log, checkpoints, keys and envelopes, bundles and their verifier.

The log proves order and integrity, not truth: what was written, when, by whom, and that nothing was changed since.

>>> from datetime import UTC, datetime
>>> first = make_entry(
...     sequence=0, at=datetime(2017, 11, 28, 15, 0, tzinfo=UTC), actor="person:7f3a", type="account_proposed",
...     subject="account-51c0", payload=canonical({"zone": "hallway"}), salt=bytes(32),
... )
>>> log = Log(entries=[Logged(first, payload=canonical({"zone": "hallway"}), salt=bytes(32))])
>>> verify(log).ok
True
>>> changed = Log(entries=[Logged(first, payload=canonical({"zone": "entrance"}), salt=bytes(32))])
>>> verify(changed).problems[0].what
'the payload is not the one that was committed to'
"""

from portico.custody.bundle import BundleError, read_bundle, write_bundle
from portico.custody.canonical import canonical
from portico.custody.checkpoint import Checkpoint, CheckpointError, LogKey, open_checkpoint, sign_checkpoint
from portico.custody.entry import Entry, commit, leaf_hash, make_entry, utc_text
from portico.custody.envelope import LockedError, SealedKey, decrypt, encrypt, new_data_key, new_salt, row_binding
from portico.custody.frontier import Frontier, root
from portico.custody.keyfile import (
    KeyFile,
    KeyFileError,
    create_key_file,
    default_key_file,
    ensure_key_file,
    open_key_file,
)
from portico.custody.proofs import (
    NodeReader,
    consistency_proof,
    inclusion_proof,
    nodes_over,
    verify_consistency,
    verify_inclusion,
)
from portico.custody.verify import Log, Logged, Problem, Report, verify

__all__ = [
    "BundleError",
    "Checkpoint",
    "CheckpointError",
    "Entry",
    "Frontier",
    "KeyFile",
    "KeyFileError",
    "LockedError",
    "Log",
    "LogKey",
    "Logged",
    "NodeReader",
    "Problem",
    "Report",
    "SealedKey",
    "canonical",
    "commit",
    "consistency_proof",
    "create_key_file",
    "decrypt",
    "default_key_file",
    "encrypt",
    "ensure_key_file",
    "inclusion_proof",
    "leaf_hash",
    "make_entry",
    "new_data_key",
    "new_salt",
    "nodes_over",
    "open_checkpoint",
    "open_key_file",
    "read_bundle",
    "root",
    "row_binding",
    "sign_checkpoint",
    "utc_text",
    "verify",
    "verify_consistency",
    "verify_inclusion",
    "write_bundle",
]
