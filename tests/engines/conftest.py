"""Folders of invented documents, web archives of invented pages, and plans that worker processes can import."""

import gzip
import os
import sys
from importlib import import_module
from pathlib import Path

import pytest

from portico.engines import spark

NAMES = ("Ana Ruiz", "Bo Lind", "Cy Okoro", "Di Marsh", "Eli Stone")
COURTS = ("Brooklyn Criminal Court", "Queens Criminal Court", "the Multnomah County Courthouse")


def story(number: int) -> str:
    """One of many short texts, each another."""
    return (
        f"ICE agents arrested {NAMES[number % 5]}, {20 + number % 50}, at {COURTS[number % 3]} "
        f"on May {number % 27 + 1}, 2019. "
        f'"He was case {number} that day," said Ines Vara, director of Harbor Clinic.\n'
    )


@pytest.fixture(scope="session", autouse=True)
def _hostile_plans_can_be_imported():
    sys.path.insert(0, str(Path(__file__).parent))
    yield
    sys.path.remove(str(Path(__file__).parent))


@pytest.fixture(scope="session")
def cluster():
    """One Spark for all tests, on two processors of this machine; its executors find the hostile plans."""
    from pyspark import SparkContext

    from portico.engines.spark import spark_context

    with pytest.MonkeyPatch.context() as environment:  # the executors keep what it is when Spark starts
        found = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
        environment.setenv("PYTHONPATH", found)
        environment.setenv("PYSPARK_PYTHON", sys.executable)
        spark_context("local[2]")
    yield spark("local[2]")
    SparkContext.getOrCreate().stop()


@pytest.fixture(scope="session")
def act():
    """The plan that does to a worker what an input's id says."""
    return import_module("hostile_plans").act


@pytest.fixture(scope="session")
def stories(tmp_path_factory):
    """A folder of so many stories; every fifth is empty."""

    def make(number: int) -> Path:
        made = tmp_path_factory.mktemp("stories")
        for each in range(number):
            (made / f"s{each:04d}.txt").write_text(story(each) if each % 5 else "", "utf-8")
        return made

    return make


@pytest.fixture
def folder(tmp_path):
    """Sixty stories in folders, three that cannot be read among them, and files that are no documents."""
    made = tmp_path / "texts"
    for number in range(60):
        place = made / ("b" if number % 3 else "a") / f"t{number:02d}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(story(number), "utf-8")
    (made / "a" / "empty.txt").write_bytes(b"")
    (made / "b" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(99))
    (made / "noise.bin").write_bytes(bytes(range(256)) * 9)
    (made / ".hidden").write_text("not a document", "utf-8")
    (made / "loop").symlink_to(made, target_is_directory=True)
    return made


def page(number: int) -> bytes:
    return (
        f"<!doctype html><html><head><title>Story {number}</title></head><body><article><p>{story(number)}</p>"
        f"<p>{story(number + 100)}</p></article></body></html>"
    ).encode()


def record(kind, url, block) -> bytes:
    """A record of a web archive, by the standard (ISO 28500)."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-05-20T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{len(block):012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(url, body, *, status="200 OK", kind="text/html; charset=utf-8", more="") -> bytes:
    """One page as a server gave it."""
    return record("response", url, f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body)


@pytest.fixture(scope="session")
def written():
    """Write records as a web archive; each compressed by itself where the name says so."""

    def write(path: Path, records) -> Path:
        path.write_bytes(b"".join(gzip.compress(one) if path.suffix == ".gz" else one for one in records))
        return path

    return write


@pytest.fixture
def archive(tmp_path, written):
    """A web archive with three pages among records that are none."""

    def make(name: str = "crawl.warc.gz") -> Path:
        parts = (page(3)[:90], page(3)[90:], b"")
        chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
        return written(
            tmp_path / name,
            [
                record("warcinfo", "", b"software: by hand\r\n"),
                response("https://paper.example/1", page(1)),
                response("https://paper.example/logo.png", b"\x89PNG\r\n\x1a\n", kind="image/png"),
                response("https://paper.example/gone", page(2), status="404 Not Found"),
                response("https://paper.example/3", chunked, more="Transfer-Encoding: chunked\r\n"),
                response("https://paper.example/4.txt", story(4).encode(), kind="text/plain"),
            ],
        )

    return make


@pytest.fixture(scope="session")
def bomb(tmp_path_factory, written):
    """A small archive of a page that unpacks to sixty million bytes."""
    packed = gzip.compress(bytes(60_000_000))
    path = tmp_path_factory.mktemp("bomb") / "bomb.warc.gz"
    return written(path, [response("https://paper.example/", packed, more="Content-Encoding: gzip\r\n")])


@pytest.fixture(scope="session")
def small_archives(tmp_path_factory, written):
    """The bytes of an archive of three short texts, by whether it is compressed."""
    records = [response(f"https://paper.example/{n}", story(n).encode(), kind="text/plain") for n in range(3)]
    folder = tmp_path_factory.mktemp("small")
    return {packed: written(folder / name, records).read_bytes() for packed, name in ((False, "a"), (True, "a.gz"))}
