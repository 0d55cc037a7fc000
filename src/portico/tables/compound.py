"""Compound files: the named streams of an old Office file, which is a small file system (Microsoft's MS-CFB)."""

import struct
from collections.abc import Iterator, Sequence

_END = 0xFFFFFFFA  # numbers from here on are marks, not sectors: the end of a chain, a free sector
_STREAM, _IN_HEADER = 2, 109


def stream_of(content: bytes, names: Sequence[str]) -> bytes:
    """The first of these streams that is there. Raises ValueError, IndexError or struct.error if it cannot be found."""
    opened = _Compound(content)
    there = {name: (first, size) for name, first, size in opened.streams()}
    for name in names:
        if name in there:
            return opened.stream(*there[name])
    raise ValueError(f"it holds no stream {names[0]}")


class _Compound:
    """A compound file. Streams under a size lie in small sectors inside the root's own stream."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, self._small_shift = struct.unpack_from("<HH", content, 30)
        self._sector = 1 << shift
        first_directory, self._small_under, first_small = struct.unpack_from("<I4xII", content, 48)
        self._next = self._numbers(self._table_sectors())
        self._next_small = self._numbers(_chain(first_small, self._next))
        self._directory = self._joined(_chain(first_directory, self._next))
        self._small = b""

    def streams(self) -> Iterator[tuple[str, int, int]]:
        """Each stream's name, first sector and size."""
        for at in range(0, len(self._directory), 128):
            length, kind = struct.unpack_from("<HB", self._directory, at + 64)
            first, size = struct.unpack_from("<II", self._directory, at + 116)
            if kind == _STREAM:
                yield self._directory[at : at + max(0, length - 2)].decode("utf-16-le"), first, size

    def stream(self, first: int, size: int) -> bytes:
        if size >= self._small_under:
            return self._joined(_chain(first, self._next))[:size]
        if not self._small:
            (root,) = struct.unpack_from("<I", self._directory, 116)
            self._small = self._joined(_chain(root, self._next))
        step = 1 << self._small_shift
        return b"".join(self._small[at * step : (at + 1) * step] for at in _chain(first, self._next_small))[:size]

    def _table_sectors(self) -> Iterator[int]:
        """The sectors of the table of chains: the first are named in the header, the others in sectors of their own."""
        further, count = struct.unpack_from("<II", self._content, 68)
        yield from (each for each in struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76) if each < _END)
        for _ in range(count):
            *named, further = self._numbers([further])
            yield from (each for each in named if each < _END)

    def _numbers(self, sectors: Iterator[int] | Sequence[int]) -> tuple[int, ...]:
        joined = self._joined(sectors)
        return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def _joined(self, sectors: Iterator[int] | Sequence[int]) -> bytes:
        """The first sector follows the header, which takes one."""
        step = self._sector
        return b"".join(self._content[(at + 1) * step : (at + 2) * step] for at in sectors)


def _chain(first: int, following: Sequence[int]) -> Iterator[int]:
    """The sectors of one chain. Raises ValueError if it runs in a circle."""
    for _ in range(len(following) + 1):
        if first >= _END:
            return
        yield first
        first = following[first]
    raise ValueError("its sectors run in a circle")
