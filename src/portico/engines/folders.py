"""Folders and web archives in the place of a document: the documents in them, in an order that is always the same."""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from portico.engines.archives import is_archive, pages
from portico.engines.inputs import Input


def is_container(given: Input) -> bool:
    """Whether it stands for several documents, so that their number is not known beforehand."""
    return given.path is not None and (is_archive(given.path) or given.path.is_dir())


def expand(given: Iterable[Input], *, without: Collection[Path] = ()) -> Iterator[Input]:
    """Each input, and in the place of a folder or web archive what it holds, with what the caller knows of the whole.

    Folders are walked to their depths, names in the order of their characters. Left out: hidden files, links to
    folders (they may lead in circles), and the files `without` (what the same run writes).
    """
    left_out = frozenset(path.absolute() for path in without)
    for each in given:
        if each.path is None or each.offset is not None or each.fault is not None:
            yield each
        elif each.path.is_dir():
            yield from _in_folder(each, left_out)
        elif is_archive(each.path):
            yield from pages(each)
        else:
            yield each


def _in_folder(folder: Input, left_out: Collection[Path]) -> Iterator[Input]:
    assert folder.path is not None
    found = False
    for each in _walk(folder, left_out):
        found = True
        yield from pages(each) if each.fault is None and each.path and is_archive(each.path) else (each,)
    if not found:
        yield folder.but(fault="the folder holds no document")


def _walk(folder: Input, left_out: Collection[Path]) -> Iterator[Input]:
    assert folder.path is not None
    try:
        with os.scandir(folder.path) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        yield folder.but(fault=f"the folder could not be listed ({error.strerror or error})")
        return
    for entry in entries:
        path = folder.path / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder.but(path=path), left_out)
        elif entry.is_file() and path.absolute() not in left_out:
            yield folder.but(path=path)
