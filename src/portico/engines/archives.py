"""Web archives (WARC) in the place of a document: the pages in them, each an input of its own."""

from collections.abc import Iterator
from pathlib import Path

from warcio.recordloader import ArcWarcRecord

from portico.engines.inputs import Input
from portico.engines.records import RecordError, records

_KINDS = ("text/html", "application/xhtml+xml", "text/plain")


def is_archive(path: Path) -> bool:
    """By its name: to look into every file of a folder would open each of them twice."""
    return path.name.lower().endswith((".warc", ".warc.gz"))


def pages(archive: Input) -> Iterator[Input]:
    """The HTML and text pages that were received with HTTP status 200, in the order of the archive.

    A page has its address and the time of its capture, which says when it was received, not when it was published.
    Where the archive cannot be read any further, the last input carries the fault; what comes before it is read.
    """
    assert archive.path is not None
    found = False
    try:
        for offset, record in records(archive.path):
            if _is_page(record):
                found = True
                yield _page(archive, offset, record)
    except RecordError as error:
        yield archive.but(offset=error.offset, fault=error.what)
    else:
        if not found:
            yield archive.but(fault="the archive holds no page of HTML or text")


def _is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and kind.split(";")[0].strip().lower() in _KINDS


def _page(archive: Input, offset: int, record: ArcWarcRecord) -> Input:
    assert archive.path is not None
    stem = archive.path.name[: archive.path.name.lower().rindex(".warc")]
    return archive.but(
        offset=offset,
        id=f"{stem}@{offset}",
        url=archive.url or record.rec_headers.get_header("WARC-Target-URI"),
        received_at=record.rec_headers.get_header("WARC-Date"),
    )
