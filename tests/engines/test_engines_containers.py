"""Folders and web archives in the place of a document."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.engines import Input, NotDoneError, ReadResult, expand, is_container, read_many


def readings(found: Iterable[Input], processes: int = 1) -> list[ReadResult]:
    """All are read, none fails."""
    return [
        each for each in read_many(found, processes=processes) if isinstance(each, ReadResult) or pytest.fail(str(each))
    ]


def first_bytes(found: Iterable[Input]) -> list[int]:
    return [each.offset for each in found if each.offset is not None]


PAGES = ["https://paper.example/1", "https://paper.example/3", "https://paper.example/4.txt"]


def test_a_folder_is_walked_to_its_depths_in_the_order_of_names(folder):
    found = [
        str(one.path and one.path.relative_to(folder))
        for one in expand([Input(path=folder, publisher="Harbor Clinic")])
    ]
    assert found == sorted(found)
    assert len(found) == 63
    assert {"a/t00.txt", "b/t01.txt", "noise.bin"} < set(found)
    assert not [name for name in found if "hidden" in name or "loop" in name]


def test_what_the_caller_knows_of_a_folder_is_known_of_each(folder):
    given_folder = Input(path=folder, published_on="2019-05-20", publisher="Harbor Clinic", private=True)
    assert {(each.published_on, each.publisher, each.private) for each in expand([given_folder])} == {
        ("2019-05-20", "Harbor Clinic", True)
    }


def test_a_file_that_the_run_writes_is_not_read(folder):
    out = folder / "a" / "out.jsonl"
    out.write_text("{}\n", "utf-8")
    assert out in [each.path for each in expand([Input(path=folder)])]
    assert out not in [each.path for each in expand([Input(path=folder)], without=[out])]


def test_a_folder_without_a_document_says_so(tmp_path):
    (error,) = read_many(expand([Input(path=tmp_path)]))
    assert isinstance(error, NotDoneError)
    assert "the folder holds no document" in str(error)
    assert is_container(Input(path=tmp_path))
    assert not is_container(Input(path=tmp_path / "story.txt"))


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_the_pages_of_an_archive_have_their_address_and_capture(archive, name):
    path = archive(name)
    first, third, fourth = readings(expand([Input(path=path)]))
    assert [each.source.url for each in (first, third, fourth)] == PAGES
    assert {each.received_at for each in (first, third, fourth)} == {"2019-05-20T10:00:00Z"}
    assert {each.source.published_on for each in (first, third, fourth)} == {None}  # a capture is no publication
    assert [each.source.media_type for each in (first, third, fourth)] == ["text/html", "text/html", "text/plain"]
    assert "arrested Di Marsh, 23, at Brooklyn Criminal Court" in third.text.content  # sent in two chunks
    assert first.reading.accounts
    assert (first.flat()["url"], first.flat()["received_at"]) == (PAGES[0], "2019-05-20T10:00:00Z")


def test_each_page_is_named_by_its_byte_and_an_archive_in_a_folder_is_opened_too(archive, tmp_path):
    archive("crawl.warc.gz")
    (tmp_path / "note.txt").write_text("Agents stood in the lobby of Queens Criminal Court.", "utf-8")
    found = list(expand([Input(path=tmp_path)]))
    assert [each.id for each in found] == [*(f"crawl@{each.offset}" for each in found[:3]), None]
    assert first_bytes(found) == sorted(set(first_bytes(found)))


def test_one_process_and_two_read_an_archive_alike(archive):
    found = list(expand([Input(path=archive())]))
    one, two = ([json.dumps(each.flat()) for each in readings(found, n)] for n in (1, 2))
    assert one == two


def test_an_archive_cut_short_gives_what_is_whole_and_says_where_it_broke(archive):
    path = archive("crawl.warc")
    whole = path.read_bytes()
    at = first_bytes(expand([Input(path=path)]))[2]
    path.write_bytes(whole[:-50])
    *whole_pages, broken = read_many(expand([Input(path=path)]))
    assert [each.source.url for each in whole_pages if isinstance(each, ReadResult)] == PAGES[:2]
    assert f"crawl.warc, record at byte {at:,}: the archive" in str(broken)
    assert "Fetch the archive again" in str(broken)


@pytest.mark.parametrize("content", [b"", b"no archive at all\n", b"\x1f\x8b broken"])
def test_what_is_no_archive_says_so(tmp_path, content):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(content)
    (error,) = read_many(expand([Input(path=path)]))
    assert isinstance(error, NotDoneError)
    assert "crawl.warc.gz" in str(error)
    assert "archive" in str(error)


def test_a_page_that_unpacks_without_end_is_refused(bomb):
    (error,) = read_many(expand([Input(path=bomb)]))
    assert "unpacks to more than 50,000,000 bytes" in str(error)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged")


@settings(max_examples=60, deadline=None)
@given(data=st.data(), packed=st.booleans())
def test_a_damaged_archive_never_gives_more_than_errors(damaged, small_archives, data, packed):
    whole = small_archives[packed]
    cut = data.draw(st.integers(0, len(whole)))
    spoiled = bytearray(whole[:cut])
    for at in data.draw(st.lists(st.integers(0, max(0, cut - 1)), max_size=3)) if cut else ():
        spoiled[at] ^= data.draw(st.integers(1, 255))
    path: Path = damaged / ("crawl.warc.gz" if packed else "crawl.warc")
    path.write_bytes(spoiled)
    for each in read_many(expand([Input(path=path)])):
        assert not isinstance(each, NotDoneError) or each.reason != "bug", str(each)
