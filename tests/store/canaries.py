"""Invented names put through every entrance, and the search for them in every file of a record, in any spelling."""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from portico.facts import Account, Action, Claim, Reading, Source, Statement, Statistic, Text
from portico.reading import Document
from portico.store import Record

_MARK = "qyzzix"
_FOUND = re.compile(rb"qyzzix([a-j]{4})", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
BY = "person:7f3a"
FREE = (
    *("name", "alias", "age", "nationality", "language", "a_number", "contact", "docket"),
    *("narrative", "outcome", "officer_name"),
)
AS_WRITTEN = (
    "courthouse",
    "courthouse_id",
    "county",
    "city",
    "state",
    "custody_place",
    "time",
    "asserted_by",
    "officer_name",
)


def canary(number: int) -> str:
    """A name that stands nowhere else: given name and surname. Digits are written as letters a to j."""
    tail = "".join("abcdefghij"[int(digit)] for digit in f"{number:04d}")
    return f"{_MARK.capitalize()}{tail} {_MARK.capitalize()}{tail}son"


def document(number: int, *, private: bool = True) -> tuple[Document, Reading]:
    """A document in which everything that a person could write is one name."""
    name = canary(number)
    text = Text(f"Note {number}. {name} was taken. {name} said: {name}.")
    original = text.content.encode()
    spans = (text.span(0, len(text.content)),)
    source = Source(
        sha256=hashlib.sha256(original).hexdigest(),
        media_type="text/plain",
        size=len(original),
        title=name,
        byline=name,
        publisher=name,
        url=f"https://example.org/{name.replace(' ', '-').lower()}",
        published_on="2026-04-02",
        private=private,
    )
    claims = (
        Claim(attribute="kind", value="arrest", spans=spans, asserted_by=name, cue=name),
        Claim(attribute="date", value="2026-04-01", spans=spans, asserted_by=name),
        Claim(attribute="zone", value="hallway", spans=spans, asserted_by=name, hedge="alleged"),
        Claim(attribute="gender", value="female", spans=spans, asserted_by=name),
        *(Claim(attribute=each, value=name, spans=spans, asserted_by=name, cue=name) for each in FREE),
        *(Claim(attribute=each, value=name, spans=spans, asserted_by=name, cue=name) for each in AS_WRITTEN),
        Claim(attribute="courthouse", value=None, any_of=(name, f"{name} Court"), spans=spans),
    )
    reading = Reading(
        id=name,
        source=source.sha256,
        text=text.sha256,
        published_on="2026-04-02",
        reader="test 1",
        accounts=(Account(claims=claims),),
        statements=(
            Statement(speaker=name, organisation=name, role=name, kind="direct", spans=spans, quotes=spans, about=name),
        ),
        actions=(
            Action(
                kind="rally", spans=spans, organiser=name, date=name, time=name, place=name, target=name, demand=name
            ),
        ),
        statistics=(Statistic(value=3, spans=spans, what=name, place=name, period=name, source=name),),
    )
    return Document(id=name, source=source, text=text, original=original), reading


def decide_with(record: Record, number: int, account: str, other: str) -> None:
    """Types the name at everything that can be typed."""
    name = canary(number)
    incident = record.link(account, other, actor=BY, reason=f"{name} says so")
    record.unlink(account, actor=BY, reason=f"{name} was mistaken")
    claims = record.accounts()[account].claims
    record.decide(claims[0].id, "accept", actor=BY, reason=name)
    for attribute in ("name", "courthouse", "county", "narrative"):
        claim = next(each.id for each in claims if each.claim.attribute == attribute)
        record.decide(claim, "correct", actor=BY, value=f"{name} again", reason=name)
    assert incident.startswith("i-")


def scan(folder: Path) -> set[int]:
    """The numbers of the names found in any file of the folder, in its name or its bytes."""
    found: set[int] = set()
    for file in folder.rglob("*"):
        found |= _in_bytes(str(file.relative_to(folder)).encode())
        if file.is_file():
            found |= _in_bytes(file.read_bytes())
    return found


def scan_bytes(raw: bytes) -> set[int]:
    return _in_bytes(raw)


def _in_bytes(raw: bytes) -> set[int]:
    return {
        int("".join(str("abcdefghij".index(letter)) for letter in match[1].decode().lower()))
        for view in _views(raw)
        for match in _FOUND.finditer(view)
    }


def _views(raw: bytes) -> Iterator[bytes]:
    """The bytes as they are, inflated, decoded from base64, and inflated then; each of these as UTF-16 too."""
    for plain in (raw, *_inflated(raw)):
        yield from _halves(plain)
        for decoded in _from_base64(plain):
            for inside in (decoded, *_inflated(decoded)):
                yield from _halves(inside)


def _halves(raw: bytes) -> Iterator[bytes]:
    """The bytes, and every second of them: UTF-16 of either order."""
    yield from (raw, raw[::2], raw[1::2])


def _from_base64(raw: bytes) -> Iterator[bytes]:
    for run in _BASE64.finditer(raw):
        encoded = run[0].translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            part = encoded[start:]
            try:
                yield base64.b64decode(part[: len(part) // 4 * 4])
            except binascii.Error:
                continue


def _inflated(raw: bytes) -> Iterator[bytes]:
    for start in _ZLIB.finditer(raw):
        try:
            yield zlib.decompressobj(wbits=47).decompress(raw[start.start() :], 10_000_000)
        except zlib.error:
            continue
