"""Files on their way in: sealed as they arrive, whole again when asked, refused by size and from strangers."""

import io
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from portico.web import arriving
from portico.web.imports.models import Import
from portico.web.inbox.models import Upload


class Somebody:
    is_authenticated = True


class Nobody:
    is_authenticated = False


def arrived(content: bytes, who: type = Somebody):
    """The file as a view has it, sent as a browser sends it; None if nobody kept it."""
    request = RequestFactory().post("/", {"sheet": SimpleUploadedFile("../../tmp/a b.csv", content)})
    request.user = who()
    return request.FILES.get("sheet")


@pytest.mark.parametrize("size", [0, 1, arriving.PIECE - 1, arriving.PIECE, arriving.PIECE + 1, 3 * arriving.PIECE + 7])
def test_a_file_is_whole_again_however_long_it_is(desk, size):
    content = random.Random(size).randbytes(size)
    file = arrived(content)
    assert file.read() == content
    assert b"".join(file.chunks()) == content
    assert (file.size, arriving.file_name(file)) == (size, "a b.csv")
    file.close()


def test_what_lies_on_the_disk_is_sealed_and_has_no_name(desk):
    file = arrived(b"Ozren Vantrell called " * 100_000)
    file.file.seek(0)
    assert b"Vantrell" not in file.file.read()
    assert isinstance(file.file, io.BufferedRandom)
    assert not [each for each in desk.place.folder.iterdir() if each.name.startswith("tmp")]
    file.close()


def test_of_what_is_too_large_the_size_is_known_and_no_byte_is_kept(desk, monkeypatch):
    monkeypatch.setattr(arriving, "MOST_OF_A_FILE", 3_000_000)
    file = arrived(b"x" * 3_000_001)
    assert (file.size, file.read()) == (3_000_001, b"")
    file.close()


def test_nothing_is_kept_of_what_a_stranger_sends(desk):
    assert arrived(b"x" * 3_000_000, Nobody) is None
    answer = desk.visitor().post("/imports/new/", {"sheet": SimpleUploadedFile("a.csv", b"Date,Court\n")})
    assert answer.status_code in (302, 403)
    assert not Import.objects.exists()


@pytest.mark.parametrize(("address", "field"), [("/imports/new/", "sheet"), ("/inbox/files/", "files_field")])
def test_a_file_that_is_too_large_is_refused_in_words(desk, monkeypatch, address, field):
    monkeypatch.setattr(arriving, "MOST_OF_A_FILE", 20_000)
    for room in ("imports", "inbox"):
        monkeypatch.setattr(f"portico.web.{room}.forms.LARGEST_BYTES", 10_000)
    answer = desk.client().post(address, {field: SimpleUploadedFile("big.csv", b"x" * 30_000)})
    assert answer.status_code == 422
    assert "30,000 bytes; at most 10,000" in answer.content.decode()
    assert not Import.objects.exists()
    assert not Upload.objects.exists()
