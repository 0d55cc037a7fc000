"""A count as a picture that stands alone (SVG): each line has a bar and its figure in words, so it is its own table.

What counts is filled, what may count is hatched with an outline: it reads without colour, on paper and when read aloud.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from portico.facts import PorticoError

MOST_LINES = 200
_WIDTH, _MARGIN, _LINE = 760, 24, 24
_BARS, _FIGURES = 290, 590
_LABEL, _WRAP = 40, 104
_INK, _QUIET, _FILL, _PAPER = "#14202b", "#4a5965", "#1f4e8c", "#ffffff"


class PictureError(PorticoError):
    """A picture would have more lines than anyone can read."""

    exit_status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One bar. says: its figure in words, as it is printed beside it."""

    label: str
    lower: int
    upper: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn.

    title  what is counted and the figure; by: what each line is
    unit   what the bars count; heading: what stands over the figures
    under  what stands under the title: the definition, what it rests on
    notes  what the figure does not say
    """

    title: str
    by: str
    unit: str
    heading: str
    lines: tuple[Line, ...]
    under: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def described(self) -> str:
        """The picture in words, every figure of it."""
        figures = "; ".join(f"{line.label}: {line.says}" for line in self.lines)
        return f"{' '.join(self.under)} Bars by {self.by}, in {self.unit}. {figures}."


def scale(most: int) -> list[int]:
    """At most five round counts above nothing.

    >>> scale(1258), scale(3)
    ([500, 1000], [1, 2, 3])
    """
    step = next(n for power in range(19) for n in (10**power, 2 * 10**power, 5 * 10**power) if most / n <= 5)
    return list(range(step, most + 1, step))


def svg(picture: Picture) -> str:
    """The picture as a file. Raises PictureError if it would have more than `MOST_LINES` lines."""
    if len(picture.lines) > MOST_LINES:
        raise PictureError(
            f"A chart of {len(picture.lines):,} lines cannot be read; {MOST_LINES} can. No file was written. "
            "Narrow the question with --where, or count by fewer attributes."
        )
    head = [(_MARGIN, 20, "bold", _INK, words) for words in wrap(picture.title, 62)]
    head += [(_MARGIN, 13, "normal", _QUIET, words) for each in picture.under for words in wrap(each, _WRAP)]
    drawn, bottom = _stacked(head, _MARGIN + 14)
    bars, bottom = _bars(picture, bottom + 22)
    notes = [(_MARGIN, 13, "normal", _QUIET, words) for each in picture.notes for words in wrap(each, _WRAP)]
    below, bottom = _stacked(notes, bottom + 22)
    return "\n".join([*_opened(picture, bottom + _MARGIN), *drawn, *bars, *below, "</svg>", ""])


def _opened(picture: Picture, height: float) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" lang="en" '
        f'viewBox="0 0 {_WIDTH} {height:g}" width="{_WIDTH}" height="{height:g}" '
        'font-family="system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif">'
    )
    yield f'<title id="title">{_plain(picture.title)}</title>'
    yield f'<desc id="desc">{_plain(picture.described)}</desc>'
    yield (
        '<defs><pattern id="may" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="2.2" height="6" fill="{_FILL}"/></pattern></defs>'
    )
    yield f'<rect width="{_WIDTH}" height="{height:g}" fill="{_PAPER}"/>'


def _stacked(lines: Sequence[tuple[int, int, str, str, str]], top: float) -> tuple[list[str], float]:
    """Lines of words under each other, and where the last ends."""
    drawn = []
    for x, size, weight, colour, words in lines:
        drawn.append(_text(x, top, words, size=size, weight=weight, colour=colour))
        top += size + 6
    return drawn, top


def _bars(picture: Picture, top: float) -> tuple[list[str], float]:
    """The key where something may count, the scale, and a bar for each line."""
    most = max((line.upper for line in picture.lines), default=0) or 1
    unit = (_FIGURES - _BARS - 14) / most
    drawn = [_text(_MARGIN, top, picture.by, weight="bold"), _text(_FIGURES, top, picture.heading, weight="bold")]
    if any(line.upper > line.lower for line in picture.lines):
        drawn += _key(top)
    labels = [wrap(line.label, _LABEL) or [""] for line in picture.lines]
    tops, bottom = [], top + 30
    for words in labels:
        tops.append(bottom)
        bottom += _LINE + 17 * (len(words) - 1)
    for count in (0, *scale(most)):
        x = _BARS + count * unit
        drawn.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top + 14:g}" y2="{bottom:g}" stroke="#ccd4d6"/>')
        drawn.append(_text(x, bottom + 16, f"{count:,}", size=12, colour=_QUIET, anchor="middle"))
    for line, words, y in zip(picture.lines, labels, tops, strict=True):
        drawn += _bar(line, words, y, unit)
    drawn.append(
        f'<line x1="{_BARS}" x2="{_BARS}" y1="{top + 14:g}" y2="{bottom:g}" stroke="{_INK}" stroke-width="1.5"/>'
    )
    return drawn, bottom + 24


def _bar(line: Line, words: Sequence[str], y: float, unit: float) -> Iterator[str]:
    for number, each in enumerate(words):
        yield _text(_MARGIN, y + 13 + 17 * number, each)
    certain, upper = line.lower * unit, line.upper * unit
    if line.lower:
        yield f'<rect x="{_BARS}" y="{y:g}" width="{certain:.1f}" height="16" fill="{_FILL}"/>'
    if line.upper > line.lower:
        yield (
            f'<rect x="{_BARS + certain:.1f}" y="{y + 0.75:g}" width="{upper - certain:.1f}" height="14.5" '
            f'fill="url(#may)" stroke="{_FILL}" stroke-width="1.5"/>'
        )
    yield _text(_FIGURES, y + 13, line.says)


def _key(top: float) -> Iterator[str]:
    yield f'<rect x="{_BARS}" y="{top - 11:g}" width="14" height="14" fill="{_FILL}"/>'
    yield _text(_BARS + 20, top, "counts", size=13)
    yield (
        f'<rect x="{_BARS + 80}" y="{top - 10:g}" width="13" height="13" fill="url(#may)" stroke="{_FILL}" '
        'stroke-width="1.5"/>'
    )
    yield _text(_BARS + 100, top, "may count", size=13)


def _text(
    x: float, y: float, words: str, *, size: int = 14, weight: str = "normal", colour: str = _INK, anchor: str = "start"
) -> str:
    where = f'x="{x:g}" y="{y:g}" text-anchor="{anchor}"'
    return f'<text {where} font-size="{size}" font-weight="{weight}" fill="{colour}">{_plain(words)}</text>'


def _plain(words: str) -> str:
    """Words as XML takes them: what no XML may hold stands as a space."""
    return escape("".join(each if each.isprintable() else " " for each in words))
