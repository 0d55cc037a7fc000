"""Bundles: a log exported for someone who trusts neither us nor our software, with a verifier that needs neither.

`bundle.jsonl` is JSON lines: what it is; one line for each entry, with header and payload exactly as they were hashed;
the checkpoints; and a signature over all bytes before it, so that not even a space can change unseen.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

import msgspec

from portico.custody.canonical import canonical
from portico.custody.checkpoint import Checkpoint, CheckpointError, LogKey, open_note, sign_checkpoint, sign_note
from portico.custody.entry import Entry, leaf_hash
from portico.custody.keyfile import KeyFile
from portico.custody.verify import Audit, Log, Logged, Report
from portico.facts import PorticoError

_FORMAT = "portico-bundle/1"
_LINES, _VERIFIER, _README = "bundle.jsonl", "verify_bundle.py", "README.txt"
_ENTRY = re.compile(rb'\{"header":(\{[^{}\n]*\}),(?:"payload":(.+),"salt":"([0-9a-f]{64})"|"erased":true)\}\n')


class BundleError(PorticoError):
    """A bundle cannot be written or read. exit_status is 1 where a log does not verify, 2 where the folder is taken."""

    def __init__(self, path: Path, why: str, next_step: str, exit_status: int = 3) -> None:
        self.path, self.exit_status = path, exit_status
        super().__init__(f"Bundle {path}: {why}. {next_step}")


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    actor: str
    at: str
    commitment: str
    sequence: int
    subject: str
    type: str


def write_bundle(folder: Path, log: Log, *, origin: str, key: KeyFile) -> Report:
    """Writes a new folder with the log, a verifier for it and a README; whole or not at all.

    The log is verified on the way and a checkpoint over all of it is signed. Entries whose payload or salt is gone are
    marked as erased. Whoever holds the bundle can show its payloads to be ours for ever, also after a later erasure;
    guarded parts stay encrypted. Raises BundleError when the folder is there, the log does not verify or the disk is
    full; nothing is then left behind.
    """
    if folder.exists() or folder.is_symlink():
        raise BundleError(folder, "something is already there; it is unchanged", "Choose a new folder.", 2)
    try:
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        with (partial / _LINES).open("wb") as out:
            report = _write_lines(out, log, origin, key, folder)
        (partial / _VERIFIER).write_bytes(files("portico.custody").joinpath(_VERIFIER).read_bytes())
        (partial / _README).write_text(_readme(key.log_key(origin)), encoding="utf-8")
        partial.rename(folder)
    except OSError as error:
        raise _not_written(folder, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return report


def read_bundle(path: Path, keys: Sequence[LogKey] = ()) -> Log:
    """The log of a `bundle.jsonl` (or of the folder it is in), to be given to `verify`.

    keys  public keys of the log as the reader was given them; none: the key that the bundle names, which shows only
          that nothing changed since it was signed with that key
    Raises BundleError when the file is not whole, was changed, or none of the keys has signed it.
    """
    path = path / _LINES if path.is_dir() else path
    try:
        key, checkpoints, size = _check_frame(path, keys)
    except OSError as error:
        raise BundleError(
            path, f"it could not be read ({error.strerror})", "Nothing was changed. Name a bundle."
        ) from error
    except (msgspec.DecodeError, CheckpointError, ValueError) as error:
        why = error.reason if isinstance(error, CheckpointError) else str(error)
        raise BundleError(
            path, f"it is not a whole, unchanged bundle: {why}", "Nothing was changed. Ask for another copy.", 1
        ) from error
    return Log(entries=_Entries(path), checkpoints=checkpoints, keys=tuple(keys) or (key,), size=size)


def _not_written(folder: Path, error: OSError) -> BundleError:
    return BundleError(
        folder,
        f"it could not be written ({error.strerror}); nothing was left behind and the record is unchanged",
        "Make room or choose another folder.",
    )


def _write_lines(out: BinaryIO, log: Log, origin: str, key: KeyFile, folder: Path) -> Report:
    log_key, digest, audit = key.log_key(origin), hashlib.sha256(), Audit(log.erased)

    def put(line: bytes) -> None:
        digest.update(line)
        out.write(line)

    put(canonical({"format": _FORMAT, "key": str(log_key)}) + b"\n")
    for logged in log.entries:
        audit.add(logged)
        if not audit.problems:
            put(entry_line(logged))
    report = audit.report(replace(log, keys=(*log.keys, log_key)))
    if not report.ok:
        raise BundleError(
            folder,
            f"the log does not verify ({report.problems[0].what}); nothing was written",
            "Run `portico verify`, and do not sign a log that fails.",
            1,
        )
    whole = sign_checkpoint(Checkpoint(origin, report.size, report.root), key.signing)
    for note in dict.fromkeys((*log.checkpoints, whole)):
        put(canonical({"checkpoint": note}) + b"\n")
    closing = sign_note(f"{_FORMAT}\n{origin}\n{digest.hexdigest()}\n", origin, key.signing)
    out.write(canonical({"signed": closing}) + b"\n")
    return report


def entry_line(logged: Logged) -> bytes:
    """One entry as a line. The parts that were hashed stand in it byte for byte, so no verifier need write JSON.

    Raises ValueError when a payload has a line feed, which canonical JSON never has.
    """
    if logged.payload is None or logged.salt is None:
        return b'{"header":%b,"erased":true}\n' % logged.entry.header
    if b"\n" in logged.payload:
        raise ValueError("a payload of the log is not canonical JSON")
    return b'{"header":%b,"payload":%b,"salt":"%b"}\n' % (
        logged.entry.header,
        logged.payload,
        logged.salt.hex().encode(),
    )


def _check_frame(path: Path, keys: Sequence[LogKey]) -> tuple[LogKey, tuple[str, ...], int]:
    """The named key, the checkpoints and the number of entries, once the closing signature over all bytes is right."""
    digest, size = hashlib.sha256(), 0
    notes: list[str] = []
    with path.open("rb") as lines:
        first, line = lines.readline(), b""
        key = LogKey.parse(_only(first, "key", format=_FORMAT))
        digest.update(first)
        for line in lines:
            if line.startswith(b'{"signed":'):
                break
            if line.startswith(b'{"header":') and not notes:
                size += 1
            else:
                notes.append(_only(line, "checkpoint"))
            digest.update(line)
        closing = _only(line, "signed")
        if lines.read(1):
            raise ValueError("something follows the closing signature")
    text, _ = open_note(closing, keys or (key,))
    if text != f"{_FORMAT}\n{key.name}\n{digest.hexdigest()}\n":
        raise ValueError("the closing signature was made over other bytes")
    return key, tuple(notes), size


def _only(line: bytes, field: str, **fixed: str) -> str:
    """The value of the one field that a line has beside the fixed ones; ValueError, also for another spelling."""
    said = msgspec.json.decode(line, type=dict[str, str])
    value = said.get(field)
    if value is None or canonical({**fixed, field: value}) + b"\n" != line:
        raise ValueError(f"a line is not what it should be, a {field}")
    return value


@dataclass(frozen=True, slots=True)
class _Entries:
    """The entries of a bundle, read anew each time: a log may be longer than memory."""

    path: Path

    def __iter__(self) -> Iterator[Logged]:
        with self.path.open("rb") as lines:
            for line in lines:
                if line.startswith(b'{"header":'):
                    match = _ENTRY.fullmatch(line)
                    header, payload, salt = match.groups() if match else (line, None, None)
                    yield Logged(_entry(header), payload, bytes.fromhex(salt.decode()) if salt else None)


def _entry(header: bytes) -> Entry:
    """The entry of a header. Its leaf is that of the bytes as they stand, so any other spelling fails to verify."""
    leaf = leaf_hash(header)
    try:
        said = msgspec.json.decode(header, type=_Header)
        return Entry(
            sequence=said.sequence,
            at=said.at,
            actor=said.actor,
            type=said.type,
            subject=said.subject,
            commitment=bytes.fromhex(said.commitment),
            leaf=leaf,
        )
    except (msgspec.DecodeError, ValueError):
        return Entry(sequence=-1, at="", actor="", type="", subject="", commitment=b"", leaf=leaf)


def _readme(key: LogKey) -> str:
    return f"""This folder holds the log of a Portico record, exported so that anyone can check it.

{_LINES}     one line for each entry; each is JSON
{_VERIFIER}  the check; it needs Python 3.9 or later and the program openssl, nothing of ours. Read it first.

    python3 {_VERIFIER} {_LINES} --key '{key}'

That is the key it was signed with. Compare it with the one that you were given on another way: whoever could change
this folder could change the key in this text too. If you kept a checkpoint of this log, add --checkpoint FILE: then the
check says whether anything before it was changed since.

The log proves what was written down, in which order and by whom, and that nothing was changed since. It does not prove
that what was written is true. Payloads that were erased on purpose are missing; the rest still verifies. Guarded parts
are encrypted, each person's under a key of their own that is not in this folder.
"""
