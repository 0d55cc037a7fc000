"""Delimited files: text tables, plain or gzip, read in chunks of some megabytes."""

import csv
import io
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import polars as pl

from portico.tables.errors import TableError, Where
from portico.tables.sheets import OPENING, Chunk, Sheet, Texts, WrongRow

GZIP = b"\x1f\x8b"
_BLOCK = 1 << 20
# In pieces of 32 MB a table is read a fifth faster than in pieces of 8 MB, and takes an eighth more memory.
_CHUNK = 32 << 20
# A row of these tables has some hundred bytes. A file without a line end in 64 MB is no table, or a bomb.
_LONGEST_ROW = 64 << 20
# Tables of repeated words shrink to a tenth, rarely a fiftieth; past this share a file was made to fill the disk.
_MOST_INFLATED = 400
_SMALL = 64 << 20
_DELIMITERS = "|,;\t"
_BLANK_ENDS = (b"\n\n", b"\n\r\n")


@dataclass(slots=True)
class Delimited:
    """A delimited file that is being read. `notes` gains what had to be guessed."""

    path: Path
    notes: list[str]
    delimiter: str = ","

    def sheet(self) -> Sheet:
        """Its one sheet. Raises TableError: truncated, damaged, too large, not text."""
        opening = self._opening()
        self.delimiter = _delimiter(opening)
        return Sheet(name="", opening=self._first_rows(opening), chunks=self.chunks)

    def chunks(self, header_row: int, width: int, wanted: Sequence[int]) -> Iterator[Chunk]:
        """The rows under the header, in pieces that end with a row."""
        row = header_row + 1
        for piece in self._pieces(header_row):
            text = piece.rstrip(b"\r\n") if piece.endswith(_BLANK_ENDS) else piece
            if text:
                read = self._regular(text, row, width, wanted) or self._row_by_row(text, row, width, wanted)
                yield read
                row += read.rows.len() + len(read.wrong) + read.blank
            if len(text) < len(piece) and (empty := piece.count(b"\n", len(text)) - bool(text)):
                yield Chunk(_frame([], wanted), _rows(row, 0), lambda: _frame([], range(width)), blank=empty)
                row += empty

    def _regular(self, piece: bytes, row: int, width: int, wanted: Sequence[int]) -> Chunk | None:
        """The whole piece at once, if every row of it has as many cells as the header; else None."""
        frame = self._scan(piece, width, sorted({*wanted, width - 1}), coded=wanted)
        if frame is None:
            return None

        # A row that is too short leaves its last cell empty. One that is too long, or a delimiter inside a cell, makes
        # more delimiters than the rows need. With neither every row is right; else the whole piece is read and weighed.
        separators = piece.count(self.delimiter.encode())
        needed = frame.height * (width - 1)
        if frame[str(width - 1)].null_count() or separators != needed:
            everything = self._scan(piece, width, range(width))
            if everything is None:
                return None
            inside = everything.select(pl.all().str.count_matches(self.delimiter, literal=True).sum())
            if separators - inside.sum_horizontal()[0] != needed:
                return None

        def whole() -> pl.DataFrame:
            read = self._scan(piece, width, range(width))
            assert read is not None  # the same piece was read before
            return read

        names = [str(position) for position in wanted]
        return Chunk(frame.select(names), _rows(row, frame.height), whole)

    def _scan(
        self, piece: bytes, width: int, wanted: Sequence[int], coded: Collection[int] = ()
    ) -> pl.DataFrame | None:
        """The columns wanted of a piece, those to be coded as numbers of their distinct texts; None if it is ragged."""
        kinds = {at: pl.Categorical(pl.Categories.random()) if at in coded else pl.String() for at in range(width)}
        try:
            return pl.read_csv(
                piece,
                has_header=False,
                separator=self.delimiter,
                schema={str(at): kind for at, kind in kinds.items()},
                columns=list(wanted),
            )
        except pl.exceptions.PolarsError:
            return None

    def _row_by_row(self, piece: bytes, row: int, width: int, wanted: Sequence[int]) -> Chunk:
        """The same with care: rows of another length are left out and named."""
        good: list[tuple[int, Texts]] = []
        wrong = []
        blank = 0
        for at, (record, reason) in enumerate(
            self._rows_with_care(piece.decode().splitlines(keepends=True), width), row
        ):
            if reason:
                wrong.append(WrongRow(at, reason, self.delimiter.join(record).strip()[:200]))
            elif any(record):
                good.append((at, record))
            else:
                blank += 1
        numbers = pl.Series([at for at, _ in good], dtype=pl.UInt32)
        texts = [[cell or None for cell in cells] for _, cells in good]
        return Chunk(_frame(texts, wanted), numbers, lambda: _frame(texts, range(width)), tuple(wrong), blank)

    def _rows_with_care(self, lines: Sequence[str], width: int) -> Iterator[tuple[Sequence[str], str | None]]:
        """Each row with what is wrong with it. A quotation that is not closed takes its own line, not those below."""
        start = 0
        while start < len(lines):
            taken = 0
            for taken, record in self._spans(lines, start, width):
                if taken == 0:
                    break
                cells = record if any(record[width:]) else record[:width]
                right = len(cells) == width or not any(cells)
                yield cells, None if right else f"{len(record)} cells where the header has {width}"
                start += taken
            if taken == 0:
                yield [lines[start]], "a quotation that is not closed"
                start += 1

    def _spans(self, lines: Sequence[str], start: int, width: int) -> Iterator[tuple[int, list[str]]]:
        """Rows from a line on, each with how many lines it takes; 0 where a quotation takes the lines below too."""
        reader = csv.reader(islice(lines, start, None), delimiter=self.delimiter)
        before = 0
        try:
            for record in reader:
                span, before = reader.line_num - before, reader.line_num
                runs_away = span > 1 and len(record) != width and any(record)
                yield (0 if runs_away else span), record
        except csv.Error:  # a cell of more than 128 KB
            yield 0, []

    def _first_rows(self, opening: str) -> list[Texts]:
        """The rows that a header is looked for in, as far as they can be read."""
        rows: list[Texts] = []
        try:
            read = csv.reader(_lines(opening), delimiter=self.delimiter)
            rows.extend([cell or None for cell in row] for row in read)
        except csv.Error:
            pass  # what stands before is enough to find a header, or to say that there is none
        return rows

    def _pieces(self, header_row: int) -> Iterator[bytes]:
        """The text under the header as UTF-8, cut after a row. Each byte is copied once: half the time went there."""
        blocks = self._blocks(_BLOCK)
        opening = b""
        for block in blocks:
            opening += block
            if len(opening) >= _BLOCK:
                break
        held = [opening[_after_rows(opening, header_row, self.delimiter) :]]
        size = len(held[0])
        for block in blocks:
            held.append(block)
            size += len(block)
            if size < _CHUNK:
                continue
            if cut := _row_end(held):
                held[-1] = block[:cut]
                yield self._as_utf8(_taken(held))
                held.append(block[cut:])
                size = len(held[0])
            elif size > _LONGEST_ROW:
                raise TableError(
                    "too_large",
                    Where(file=self.path.name),
                    "a row has no end in 64 MB",
                    "It is no table, or its quotation marks are not closed: export it again.",
                )
        if any(held):
            yield self._as_utf8(_taken(held))

    def _as_utf8(self, piece: bytes) -> bytes:
        if piece.isascii():
            return piece
        try:
            piece.decode()
        except UnicodeDecodeError:
            note = "The file is not UTF-8; it was read as Windows-1252 (Latin-1), as spreadsheets in the US write it."
            if note not in self.notes:
                self.notes.append(note)
            return _western(piece).encode()
        return piece

    def _opening(self) -> str:
        found = b""
        for block in self._blocks(_BLOCK):
            found += block
            if len(found) >= _BLOCK:
                break
        found = found[:_BLOCK]
        if b"\0" in found:
            raise TableError(
                "not_a_table",
                Where(file=self.path.name),
                "it is neither a text nor a workbook that can be read",
                "Export the table as CSV or XLSX and import that.",
            )
        end = found.rfind(b"\n") + 1
        return self._as_utf8(found[:end] if end and len(found) == _BLOCK else found).decode()

    def _blocks(self, most: int) -> Iterator[bytes]:
        """The text, without its mark of byte order, in blocks of at most so many bytes; of UTF-16, as UTF-8."""
        blocks = _bytes_of(self.path, most)
        first = next(blocks, b"")
        if first.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            decoder = getincrementaldecoder("utf-16")()
            yield decoder.decode(first).encode()
            for block in blocks:
                yield decoder.decode(block).encode()
            return
        yield first.removeprefix(BOM_UTF8)
        yield from blocks


def _bytes_of(path: Path, most: int) -> Iterator[bytes]:
    """The bytes of a file, inflated if it is gzip. Raises TableError if it is damaged, cut short or blown up."""
    with path.open("rb") as file:
        if file.peek(2)[:2] == GZIP:
            yield from _inflated(path, file, most)
            return
        while block := file.read(most):
            yield block


def _inflated(path: Path, file: IO[bytes], most: int) -> Iterator[bytes]:
    compressed = file.read(most)
    where = Where(file=path.name)
    engine, taken, given = zlib.decompressobj(31), len(compressed), 0
    try:
        while compressed:
            block = engine.decompress(compressed, most)
            given += len(block)
            if given > _SMALL and given > _MOST_INFLATED * taken:
                raise TableError(
                    "too_large",
                    where,
                    f"it grows to more than {_MOST_INFLATED} times its size when it is unpacked",
                    "Unpack it yourself and look at it before you import it.",
                )
            yield block
            compressed = engine.unconsumed_tail
            if engine.eof and (left := engine.unused_data.lstrip(b"\0") or file.read(most)):
                engine, compressed = zlib.decompressobj(31), left
            if not compressed and not engine.eof:
                compressed = file.read(most)
                taken += len(compressed)
        if last := engine.flush():
            yield last
    except zlib.error as problem:
        what = f"its compressed text is damaged ({problem})"
        raise TableError("damaged", where, what, "Get the file again.") from None
    if not engine.eof:
        raise TableError(
            "truncated",
            where,
            f"it breaks off before its end, after {given:,} bytes of text",
            "The download was cut short: get the file again.",
        )


def _taken(blocks: list[bytes]) -> bytes:
    """The blocks as one, which then are no longer held: two of each would double what a file takes."""
    joined = b"".join(blocks)
    blocks.clear()
    return joined


def _western(piece: bytes) -> str:
    try:
        return piece.decode("cp1252")
    except UnicodeDecodeError:
        return piece.decode("latin-1")


def _row_end(blocks: Sequence[bytes]) -> int:
    """Where the last whole row ends in the last block: after a line end that stands in no quotation; 0 if nowhere."""
    last = blocks[-1]
    before = sum(block.count(b'"') for block in blocks[:-1])
    cut = last.rfind(b"\n") + 1
    for _ in range(64):
        if not cut or (before + last.count(b'"', 0, cut)) % 2 == 0:
            return cut
        cut = last.rfind(b"\n", 0, cut - 1) + 1
    # A lone mark of inches or a quotation never closed: cut at a line, and read that piece row by row.
    return last.rfind(b"\n") + 1


def _after_rows(text: bytes, rows: int, delimiter: str) -> int:
    """Where the rows above and of the header end. They were read before, so they are there."""
    lines = _lines(text[:_BLOCK].decode("latin-1"))
    reader = csv.reader(lines, delimiter=delimiter)
    for _ in range(rows):
        next(reader)
    return sum(len(line) for line in lines[: reader.line_num])


def _lines(opening: str) -> list[str]:
    """Its first lines, as many as a header is looked for in."""
    return list(islice(io.StringIO(opening, newline=""), OPENING))


def _delimiter(opening: str) -> str:
    """The delimiter that gives most rows the same number of cells, at least two."""
    lines = _lines(opening)

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            return 0, 0
        width = max(set(widths), key=lambda each: (each > 1, widths.count(each)), default=0)
        return (widths.count(width), width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=agreement)


def _rows(first: int, count: int) -> pl.Series:
    return pl.int_range(first, first + count, dtype=pl.UInt32, eager=True)


def _frame(rows: Sequence[Texts], wanted: Sequence[int]) -> pl.DataFrame:
    """Columns by position, of texts."""
    return pl.DataFrame([pl.Series(str(at), [row[at] for row in rows], dtype=pl.String) for at in wanted])
