"""Exact words: what stands between quotation marks, and who is speaking line by line in a transcript."""

import re
from collections.abc import Iterator, Sequence

from portico.reading.layout import Block

_MARK = re.compile(r"[“”\"]")
_TRAILING = " ,\n"
_LONGEST = 4000


def find_quotes(text: str, blocks: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """Start and end of the words inside each pair of quotation marks, without the marks and a final comma.

    A quotation that is not closed in its paragraph runs to the paragraph's end, as newspapers print long ones.
    """
    return tuple(pair for block in blocks if block.kind != "furniture" for pair in _in_block(text, block))


def _in_block(text: str, block: Block) -> Iterator[tuple[int, int]]:
    opened: int | None = None
    for mark in _MARK.finditer(text, block.start, block.end):
        opens = mark[0] == "“" or (mark[0] == '"' and opened is None)
        if opens:
            opened = mark.end()
        elif opened is not None:
            yield from _trimmed(text, opened, mark.start())
            opened = None
    if opened is not None and text[opened - 1] == "“":
        yield from _trimmed(text, opened, block.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    while start < end and text[start] in _TRAILING:
        start += 1
    if 1 < end - start < _LONGEST:
        yield start, end
