"""Bytes → text, whatever their encoding, saying what had to be guessed.

A byte order mark first, then UTF-8, then an encoding that the document itself declares, then the single-byte encoding
of western office machines (Windows-1252); only a text that is mostly non-ASCII is put to a detector.
"""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,30})""", re.IGNORECASE)
_LOOKED_AT = 65_536
_MOSTLY = 0.25
_SENTINEL = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what a person should know about it (empty when nothing was guessed)."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(original: bytes) -> Decoded:
    """The text of the bytes. Bytes that no encoding explains become U+FFFD, and a note counts them. Raises nothing."""
    text, encoding = _decode(original)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", _SENTINEL)
    lost = text.count(_SENTINEL)
    notes = (f"{lost} characters could not be read in {encoding} and stand as U+FFFD",) if lost else ()
    return Decoded(text, encoding, notes)


def _decode(original: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if original.startswith(mark):
            return original.decode(encoding, "replace").lstrip("\ufeff"), encoding.removesuffix("-sig")
    wide = _wide(original)
    if wide:
        return original.decode(wide, "replace"), wide
    try:
        return original.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _not_utf8(original)


def _wide(original: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of western text is zero."""
    sample = original[: _LOOKED_AT & ~1]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else None


def _not_utf8(original: bytes) -> tuple[str, str]:
    """A declared encoding, else mixed UTF-8, else Windows-1252, else what the detector says."""
    declared = _DECLARED.search(original[:4096])
    if declared and (text := _in(original, declared[1].decode("ascii"))) is not None:
        return text, declared[1].decode("ascii").lower()
    mixed = original.decode("utf-8", "replace")
    if any(ord(c) > 0x7F and c != _SENTINEL for c in mixed):
        return mixed, "utf-8"
    sample = original[:_LOOKED_AT]
    if sum(byte > 0x7F for byte in sample) < _MOSTLY * len(sample):
        return original.decode("cp1252", "replace"), "cp1252"
    return _detected(original, sample)


def _in(original: bytes, encoding: str) -> str | None:
    try:
        return original.decode(encoding) if encoding.lower() not in ("utf-8", "utf8") else None
    except (LookupError, UnicodeDecodeError):
        return None


def _detected(original: bytes, sample: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415  (comes with the extractor; rarely needed, slow to load)

    best = from_bytes(sample).best()
    encoding = best.encoding if best else "cp1252"
    return original.decode(encoding, "replace"), encoding
