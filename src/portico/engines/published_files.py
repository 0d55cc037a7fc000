"""Files that publishers put out and Portico does not carry: their figures, and their codes for what rows say."""

import csv
import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from portico.counting.published import Cells, PublishedFile
from portico.facts import PorticoError

_SHOWN_LANDMARKS = 5
_KINDS_OF_COUNTY = (" county", " borough", " parish")


class PublishedFileError(PorticoError):
    """A file of that name is not the one that was published."""

    exit_status = 2


def published_file(file: PublishedFile | None, folder: Path | None) -> bytes | None:
    """The publisher's file, if there is one and it is at hand. Raises PublishedFileError if its content is another."""
    if file is None or folder is None or not (path := folder / file.name).is_file():
        return None
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise PublishedFileError(
            f"{path} is not the file that was published: its SHA-256 is not {file.sha256}. Nothing was changed. "
            "Get the file again, or leave --published out."
        )
    return content


def _read(file: PublishedFile, content: bytes) -> Iterator[Mapping[str, str | None]]:
    text = (gzip.decompress(content) if file.name.endswith(".gz") else content).decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text), delimiter=file.delimiter):
        if all((row.get(name) or "").strip() in words for name, words in file.only.items()):
            yield row


def counts_in(file: PublishedFile, content: bytes) -> Cells:
    """Its figures by cell."""
    counted = file.count or ""
    return {tuple(str(row[key]) for key in file.keys): int(row[counted] or 0) for row in _read(file, content)}


def codes_in(file: PublishedFile, content: bytes) -> Mapping[str, str]:
    """What the file codes, with single spaces as cells are stored → its code."""
    (key,), codes = file.keys, file.codes or ""
    found = {" ".join((row[key] or "").split()): (row.get(codes) or "").strip() for row in _read(file, content)}
    return {words: code for words, code in found.items() if code not in ("", "NA")}


def recoded(got: Cells, codes: Mapping[str, str]) -> Cells:
    """Figures by the publisher's code for the first attribute; what it does not code is in none of them."""
    found: Counter[tuple[str, ...]] = Counter()
    for (first, *rest), count in got.items():
        if first in codes:
            found[codes[first], *rest] += count
    return found


def beside(ours: Cells, codes: Mapping[str, str]) -> str:
    """How the publisher's codes and our places differ, in rows."""
    same = sum(
        count for (words, county), count in ours.items() if words in codes and _plain(codes[words]) == _plain(county)
    )
    other = {
        words: (county, count)
        for (words, county), count in ours.items()
        if words in codes and _plain(codes[words]) != _plain(county)
    }
    most = sorted(other.items(), key=lambda each: -each[1][1])[:_SHOWN_LANDMARKS]
    named = "; ".join(f"{words}: {codes[words]}, by ours {county} ({count:,})" for words, (county, count) in most)
    return (
        f"By Portico's own places {same:,} of the coded arrests are in the same county and "
        f"{sum(count for _, count in other.values()):,}, at {len(other)} landmarks, are not: {named}."
    )


def _plain(county: str) -> str:
    words = county.casefold()
    for kind in _KINDS_OF_COUNTY:
        words = words.replace(f"{kind},", ",")
    return words
