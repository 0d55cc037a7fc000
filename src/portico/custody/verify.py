"""Verification: every hash of a log computed again, everything that does not fit named, no stop at the first."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from portico.custody.checkpoint import Checkpoint, CheckpointError, LogKey, open_checkpoint
from portico.custody.entry import Entry, commit, is_id, is_instant, leaf_hash
from portico.custody.frontier import Frontier


class Logged(NamedTuple):
    """An entry as stored, with what its commitment is over.

    payload, salt  None when they were erased; an entry without its salt cannot be checked against its payload
    """

    entry: Entry
    payload: bytes | None = None
    salt: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A log to be verified, from the record's database or from a bundle.

    entries      in order; read once
    checkpoints  signed notes; together with `keys`, those of a witness carry more weight than those of the record
    keys         public keys that are trusted for them
    size, root   what the record itself says they are, where it does
    erased       sequences whose payload or salt was erased on purpose; None = any may have been
    """

    entries: Iterable[Logged]
    checkpoints: Sequence[str] = ()
    keys: Sequence[LogKey] = ()
    size: int | None = None
    root: bytes | None = None
    erased: Container[int] | None = None


class Problem(NamedTuple):
    """One thing that does not fit. sequence: the entry, None when it concerns the log as a whole."""

    sequence: int | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What verification found. The log proves order and integrity, not truth.

    size, root           of the tree over the headers as they stand now
    payloads_checked     entries whose payload is the one that was committed to
    payloads_erased      entries whose payload or salt is gone
    checkpoints_checked  checkpoints with a trusted signature that the log still fits
    newest_checkpoint    the largest of these sizes: changes to entries before it would have been seen; None if none
    """

    size: int
    root: bytes
    payloads_checked: int
    payloads_erased: int
    checkpoints_checked: int
    newest_checkpoint: int | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(log: Log) -> Report:
    """Computes commitments, leaves, roots, signatures and consistency again, and reports every difference.

    Raises nothing because of what the log holds. A log is consistent with a checkpoint when the tree over its first
    `size` entries has the checkpoint's root.
    """
    audit = Audit(log.erased)
    for logged in log.entries:
        audit.add(logged)
    return audit.report(log)


@dataclass(slots=True)
class Audit:
    """What has been seen of a log so far. For whoever reads the entries once, to verify and to write them."""

    erased: Container[int] | None = None
    leaves: list[bytes] = field(default_factory=list)
    payloads_checked: int = 0
    payloads_erased: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, logged: Logged) -> None:
        """The next entry, whatever its fields hold."""
        place = len(self.leaves)
        try:
            self.leaves.append(leaf_hash(logged.entry.header))
            found = list(_entry_problems(logged.entry, place, self.leaves[-1]))
            found.extend(self._payload_problems(logged, place))
        except (TypeError, ValueError, AttributeError):  # storage gave a field of another type
            self.leaves[place:] = [leaf_hash(b"")]
            found = ["the entry cannot be read"]
        self.problems.extend(Problem(place, what) for what in found)

    def _payload_problems(self, logged: Logged, place: int) -> Iterator[str]:
        entry, payload, salt = logged
        if payload is None or salt is None:
            self.payloads_erased += 1
            if self.erased is not None and place not in self.erased:
                yield "the payload or its salt is missing, and no erasure is recorded"
        elif len(salt) != 32 or commit(payload, salt) != entry.commitment:
            yield "the payload is not the one that was committed to"
        else:
            self.payloads_checked += 1

    def report(self, log: Log) -> Report:
        """The result over all entries added, against the log's checkpoints and its stored root."""
        opened, problems = _open_all(log)
        tree = Frontier()
        fitting: list[int] = []
        for checkpoint in sorted(opened, key=lambda each: each.size):
            if checkpoint.size <= len(self.leaves):
                tree = tree.extend(self.leaves[tree.size : checkpoint.size])
            if tree.size != checkpoint.size:
                problems.append(_shorter(checkpoint, len(self.leaves)))
            elif tree.root != checkpoint.root:
                problems.append(_differs(checkpoint, fitting))
            else:
                fitting.append(checkpoint.size)
        tree = tree.extend(self.leaves[tree.size :])
        problems.extend(_stored_problems(log, tree))
        return Report(
            size=tree.size,
            root=tree.root,
            payloads_checked=self.payloads_checked,
            payloads_erased=self.payloads_erased,
            checkpoints_checked=len(fitting),
            newest_checkpoint=max(fitting, default=None),
            problems=(*self.problems, *problems),
        )


def _entry_problems(entry: Entry, place: int, leaf: bytes) -> Iterator[str]:
    if entry.sequence != place:
        yield f"the entry says it is number {entry.sequence}: one is missing, repeated or moved"
    if not all(map(is_id, (entry.actor, entry.type, entry.subject))):
        yield "the actor, type or subject is not an id"
    if not is_instant(entry.at):
        yield "the time is not an instant as the log writes it"
    if entry.leaf != leaf:
        yield "the entry is not the one that its leaf was made of"


def _open_all(log: Log) -> tuple[list[Checkpoint], list[Problem]]:
    opened, problems = [], []
    for note in log.checkpoints:
        try:
            opened.append(open_checkpoint(note, log.keys))
        except CheckpointError as error:
            problems.append(Problem(None, f"a checkpoint is not accepted: {error.reason}"))
    return opened, problems


def _shorter(checkpoint: Checkpoint, size: int) -> Problem:
    return Problem(
        None, f"the checkpoint signed over {checkpoint.size} entries has more than the log, which has {size}"
    )


def _differs(checkpoint: Checkpoint, fitting: Sequence[int]) -> Problem:
    unchanged = f"the first {fitting[-1]} are unchanged" if fitting else "no earlier checkpoint narrows it down"
    what = f"the first {checkpoint.size} entries are not those that the checkpoint was signed over; {unchanged}"
    return Problem(None, what)


def _stored_problems(log: Log, tree: Frontier) -> Iterator[Problem]:
    if log.size is not None and log.size != tree.size:
        yield Problem(None, f"the record says it has {log.size} entries, and {tree.size} are there")
    if log.root is not None and log.root != tree.root:
        yield Problem(None, "the record's root is not the root of its entries")
