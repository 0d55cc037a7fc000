"""One page of a list that is too long to be read whole."""

from collections.abc import Callable
from typing import TypeVar

from django.core.paginator import Page, Paginator

from portico.store import Page as Part

T = TypeVar("T")


def page_of(read: Callable[[int, int], Part[T]], asked: str | None, size: int) -> Page:
    """The page that was asked for; the first for what is no number, the last for one that lies beyond it.

    read   offset and limit → that part of the list, and how many there are. Called once, unless the page lies beyond
    asked  the number as the address has it
    """
    number = max(1, int(asked[:9])) if asked and asked.isdecimal() else 1
    part = read((number - 1) * size, size)
    pages = Paginator(range(part.total), size)
    if number > pages.num_pages:
        number = pages.num_pages
        part = read((number - 1) * size, size)
    return Page(part.rows, number, pages)
