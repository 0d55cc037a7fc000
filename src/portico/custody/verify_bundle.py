#!/usr/bin/env python3
"""Checks a bundle exported from a Portico record. Needs Python 3.9 or later and `openssl` 3, nothing of ours.

    python3 verify_bundle.py bundle.jsonl [--key KEY] [--checkpoint FILE]...

    --key KEY          the log's public key as you were given it, not as the bundle has it
    --checkpoint FILE  a checkpoint of this log that you kept: was anything before it changed since?

Exit status: 0 everything fits; 1 something does not; 2 the file is no whole bundle, or the call was wrong.

Each leaf of the Merkle tree (RFC 6962) is the SHA-256 of 0x00 and an entry's header as it stands in its line. The
header has the HMAC-SHA256 of the payload, as it stands in the line, under the entry's salt. Checkpoints are signed
notes (https://c2sp.org/tlog-checkpoint). The last line signs all bytes before it. The log proves order and integrity,
not truth.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import re
import subprocess
import sys
import tempfile
from binascii import unhexlify
from collections.abc import Iterator
from pathlib import Path

ID = rb'"[!#-\[\]-~]{1,200}"'
AT = rb'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"'
HEADER = rb'\{"actor":%b,"at":%b,"commitment":"([0-9a-f]{64})","sequence":(0|[1-9]\d{0,17}),"subject":%b,"type":%b\}'
ENTRY = re.compile(rb'\{"header":(%b),' % (HEADER % (ID, AT, ID, ID)))
DER_ED25519 = bytes.fromhex("302a300506032b6570032100")  # what comes before the 32 bytes of a key in its DER form


class UnreadableError(Exception):
    """The file is no whole bundle, or cannot be checked here."""


class Bundle:
    """What a bundle says, and what of it does not fit."""

    def __init__(self) -> None:
        self.key = self.closing = ""
        self.notes: list[str] = []
        self.leaves: list[bytes] = []
        self.proved = self.erased = 0
        self.digest = hashlib.sha256()  # of all bytes before the closing line
        self.problems: list[str] = []


class Key:
    """The log's public key: name+id+base64 of 0x01 and the 32 bytes of an Ed25519 key."""

    def __init__(self, text: str) -> None:
        try:
            self.name, key_id, encoded = text.split("+", 2)
            raw = decode(encoded)
        except ValueError:
            raise UnreadableError(f"{text!r} is not a key") from None
        self.public, self.id = raw[1:], hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if raw[:1] != b"\x01" or len(self.public) != 32 or key_id != self.id.hex():
            raise UnreadableError(f"{text!r} is not an Ed25519 key with its id")


def read(path: str) -> Bundle:
    """Reads line by line, checking each payload against its commitment."""
    bundle, number = Bundle(), 0
    with open(path, "rb") as lines:
        for number, line in enumerate(lines, 1):
            if bundle.closing:
                raise UnreadableError(f"line {number} comes after the closing line")
            entry = ENTRY.match(line) if bundle.key and not bundle.notes else None
            if entry:
                add_entry(bundle, entry, line[entry.end() :], number)
            else:
                add_other(bundle, line, number)
            if not bundle.closing:
                bundle.digest.update(line)
    if not bundle.closing:
        raise UnreadableError(f"it ends after line {number}, without the closing line")
    return bundle


def add_entry(bundle: Bundle, entry: re.Match[bytes], rest: bytes, number: int) -> None:
    """rest: of the line, after its header; cut by position, which is faster than a pattern over the payload."""
    header, commitment, sequence = entry.groups()
    place = len(bundle.leaves)
    bundle.leaves.append(hashlib.sha256(b"\x00" + header).digest())
    if int(sequence) != place:
        bundle.problems.append(f"entry {place} says it is number {int(sequence)}: one is missing, repeated or moved")
    if rest == b'"erased":true}\n':
        bundle.erased += 1
        return
    salt = rest[-67:-3]
    if rest[:10] != b'"payload":' or rest[-76:-67] != b',"salt":"' or rest[-3:] != b'"}\n' or salt.lower() != salt:
        raise UnreadableError(f"line {number} is not as a bundle has it")
    try:
        fits = hmac.digest(unhexlify(salt), rest[10:-76], "sha256") == unhexlify(commitment)
    except ValueError:  # not hexadecimal
        fits = False
    if fits:
        bundle.proved += 1
    else:
        bundle.problems.append(f"entry {place}: the payload is not the one that was committed to")


def add_other(bundle: Bundle, line: bytes, number: int) -> None:
    """The first line, a checkpoint or the closing line: JSON with text values in one spelling only."""
    try:
        said = json.loads(line.decode())
        spelled = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
        fields = list(said) if spelled.encode() == line and isinstance(said, dict) else []
    except (ValueError, RecursionError):
        fields = []
    if not fields or not all(isinstance(value, str) and value for value in said.values()):
        raise UnreadableError(f"line {number} is not as a bundle has it")
    if number == 1 and fields == ["format", "key"] and said["format"] == "portico-bundle/1":
        bundle.key = said["key"]
    elif bundle.key and fields == ["checkpoint"]:
        bundle.notes.append(said["checkpoint"])
    elif bundle.notes and fields == ["signed"]:
        bundle.closing = said["signed"]
    else:
        raise UnreadableError(f"line {number} is not as a bundle of this version has it")


def check(bundle: Bundle, key: Key, kept: list[str]) -> bytes:
    """Signatures, and for each checkpoint the root over as many entries. Returns the root over all."""
    heads = list(checkpoints(bundle, key, [*bundle.notes, *kept]))
    peaks: list[tuple[int, bytes]] = []
    done, size = 0, len(bundle.leaves)
    for at, root in sorted(heads):
        if at > size:
            bundle.problems.append(f"a checkpoint is over {at} entries, the bundle has {size}")
            continue
        if extend(peaks, bundle.leaves[done:at]) != root:
            bundle.problems.append(f"the first {at} entries are not those that their checkpoint was signed over")
        done = at
    if all(at != size for at, _ in heads):
        bundle.problems.append("no checkpoint covers all entries")
    try:
        if signed_text(bundle.closing, key) != f"portico-bundle/1\n{key.name}\n{bundle.digest.hexdigest()}\n":
            raise ValueError("it was made over other bytes")
    except ValueError as error:
        bundle.problems.append(f"the closing signature does not fit: {error}")
    return extend(peaks, bundle.leaves[done:])


def checkpoints(bundle: Bundle, key: Key, notes: list[str]) -> Iterator[tuple[int, bytes]]:
    """(size, root) of each checkpoint that the key has signed."""
    for note in notes:
        try:
            origin, size, root, end = signed_text(note, key).split("\n")
            if end or origin != key.name or size != str(int(size)):
                raise ValueError("not the three lines of a checkpoint of this log")
            yield int(size), decode(root)
        except ValueError as error:
            bundle.problems.append(f"a checkpoint is not accepted: {error}")


def extend(peaks: list[tuple[int, bytes]], leaves: list[bytes]) -> bytes:
    """Adds leaves to the perfect subtrees (size, hash) of a Merkle tree; the root over all."""
    sha256 = hashlib.sha256
    for leaf in leaves:
        size, node = 1, leaf
        while peaks and peaks[-1][0] == size:
            node, size = sha256(b"\x01" + peaks.pop()[1] + node).digest(), 2 * size
        peaks.append((size, node))
    root = peaks[-1][1] if peaks else sha256().digest()
    for _, peak in reversed(peaks[:-1]):
        root = sha256(b"\x01" + peak + root).digest()
    return root


def signed_text(note: str, key: Key) -> str:
    """The text of a note that the key has signed; ValueError if it has not."""
    body, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise ValueError("not a text, a blank line and signature lines")
    text = body + "\n"
    for line in signatures[:-1].split("\n"):
        dash, name, signature = line.split(" ")
        raw = decode(signature)
        if dash == "—" and name == key.name and raw[:4] == key.id and openssl_accepts(key.public, raw[4:], text):
            return text
    raise ValueError("the key of the log has not signed it")


def openssl_accepts(public: bytes, signature: bytes, text: str) -> bool:
    """Whether the Ed25519 signature is right."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {"-inkey": DER_ED25519 + public, "-sigfile": signature, "-in": text.encode()}
        call = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin"]
        for option, content in paths.items():
            Path(folder, option[1:]).write_bytes(content)
            call += [option, str(Path(folder, option[1:]))]
        said = subprocess.run(call, capture_output=True, check=False, text=True)  # noqa: S603 - fixed words, own files
    if "Signature Verif" not in said.stdout:  # "Signature Verified Successfully" or "Signature Verification Failure"
        raise UnreadableError(f"this openssl does not check Ed25519 signatures ({said.stderr.strip()[:200]})")
    return said.returncode == 0


def decode(text: str) -> bytes:
    """Base64 in its one strict spelling; ValueError for any other."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not strict base64")
    return raw


def report(bundle: Bundle, root: bytes, kept: int, given_key: str | None) -> str:
    whose = "the key you gave." if given_key else "this key. Is it the one that you were given?"
    lines = [
        f"{len(bundle.leaves)} entries, root {root.hex()}",
        f"payloads: {bundle.proved} as committed to, {bundle.erased} erased",
        f"checkpoints: {len(bundle.notes)} in the bundle, {kept} of your own",
        f"key: {given_key or bundle.key}",
        *(f"- {problem}" for problem in bundle.problems),
        "NOT VERIFIED: see the lines above. Keep this file as it is."
        if bundle.problems
        else f"Verified: whole and unchanged since it was signed with {whose}",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle")
    parser.add_argument("--key")
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[])
    chosen = parser.parse_args()
    try:
        kept = [Path(name).read_text(encoding="utf-8") for name in chosen.checkpoint]
        bundle = read(chosen.bundle)
        root = check(bundle, Key(chosen.key or bundle.key), kept)
    except (OSError, UnreadableError, UnicodeDecodeError) as error:
        sys.stdout.write(f"NOT VERIFIED: {chosen.bundle} cannot be checked: {error}.\n")
        return 2
    sys.stdout.write(report(bundle, root, len(kept), chosen.key))
    return 1 if bundle.problems else 0


if __name__ == "__main__":
    sys.exit(main())
