"""Lines over columns and pages → paragraphs: sentences run on across a break, divided words are joined again."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from portico.reading.cues import load_words
from portico.reading.pdf_columns import Flow, Line

_ENDS = re.compile(r"[.!?:;…][\"”’')\]]*$")
_BULLET = re.compile(r"(?:[•▪◦■●–—*-]|\(?\d{1,2}[.)]|\([a-z]\))\s+\S|(?:\d{1,2}:\d{2}|[0-2]\d[0-5]\d)\b")
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"\S+")
_LEADING_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_WIDER_GAP = 1.35
_TIGHT = 1.3
"""Heights of a letter from one line to the next: lines as near as this are never two paragraphs."""
_OTHER_SIZE = 0.15
_INDENT = 0.8
_CENTRED = 3.0
_SMALL = 0.88


def paragraphs(pages: Sequence[tuple[Flow, ...]]) -> tuple[str, ...]:
    """The paragraphs of a document in reading order; footnotes, which would part a sentence, come last."""
    body, notes = _footnotes_last(pages)
    compounds = _Compounds(list(chain.from_iterable([*body, *notes])))
    return tuple(text for flow_list in (body, notes) for text in _joined(flow_list, compounds))


def _footnotes_last(pages: Sequence[tuple[Flow, ...]]) -> tuple[list[Flow], list[Flow]]:
    sizes = sorted((line.size, len(line.text)) for page in pages for flow in page for line in flow)
    usual = _weighted_median(sizes)
    body: list[Flow] = []
    notes: list[Flow] = []
    for flow in (flow for page in pages for flow in page if flow):
        cut = _first_note(flow, usual)
        body.append(flow[:cut])
        notes.append(flow[cut:])
    return [flow for flow in body if flow], [flow for flow in notes if flow]


def _weighted_median(sizes: Sequence[tuple[float, int]]) -> float:
    half, passed = sum(letters for _, letters in sizes) / 2, 0
    for size, letters in sizes:
        passed += letters
        if passed >= half:
            return size
    return 0.0


def _first_note(flow: Flow, usual: float) -> int:
    """Number of the line with which small print begins that runs to the foot of a column; its length if none does."""
    cut = len(flow)
    while cut and flow[cut - 1].size < _SMALL * usual:
        cut -= 1
    return cut if 0 < cut < len(flow) and flow[cut].text[:1].isdigit() else len(flow)


class _Compounds:
    """Which words a document itself writes with a hyphen, and which without."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.hyphened: set[str] = set()
        self.whole: set[str] = set()
        for line in lines:
            words = line.text.casefold()
            self.hyphened.update(_COMPOUND.findall(words))
            self.whole.update(_WORD.findall(words))

    def keep_hyphen(self, before: str, after: str) -> bool:
        """Whether a word parted at a hyphen is written with it: the document decides, else the first half."""
        before, after = before.casefold(), after.casefold()
        if f"{before}-{after}" in self.hyphened:
            return True
        return before + after not in self.whole and before in load_words("hyphened", "first")


def _joined(flows: Sequence[Flow], compounds: _Compounds) -> Iterator[str]:
    pieces: list[str] = []
    last: Line | None = None
    for number, flow in enumerate(flows):
        over = last is not None and _runs_over(last, flows[number - 1], flow[0])
        for line, apart in zip(flow, [not over, *_breaks(flow)], strict=True):
            if apart and pieces:
                yield "".join(pieces)
                pieces = []
            _append(pieces, line.text, compounds)
            last = line
    if pieces:
        yield "".join(pieces)


def _breaks(flow: Flow) -> list[bool]:
    """For each line of a column but the first, whether a paragraph begins with it."""
    spacing = _spacing(flow)
    edge = _edge(flow)
    start = min(line.left for line in flow)
    return [_begins(a, b, spacing, (start, edge)) for a, b in pairwise(flow)]


def _spacing(flow: Flow) -> float:
    steps = sorted(b.base - a.base for a, b in pairwise(flow))
    return steps[len(steps) // 3] if steps else 0.0


def _edge(flow: Flow) -> float:
    """How far the lines of a column reach, but for a few that reach too far."""
    rights = sorted(line.right for line in flow)
    return rights[-1 - len(rights) // 10]


def _begins(line: Line, following: Line, spacing: float, edges: tuple[float, float]) -> bool:
    start, edge = edges
    step = following.base - line.base
    if (
        step > max(_WIDER_GAP * spacing, _TIGHT * line.size)
        or step <= 0
        or _differ(line, following)
        or _BULLET.match(following.text)
    ):
        return True
    if _are_centred(line, following):
        return False
    if _DIVIDED.search(line.text):
        return False
    indented = following.left - line.left > _INDENT * line.size and line.left - start < _INDENT * line.size
    return indented or _would_have_fitted(line, following, edge)


def _differ(line: Line, following: Line) -> bool:
    return abs(line.size - following.size) > _OTHER_SIZE * max(line.size, following.size)


def _are_centred(line: Line, following: Line) -> bool:
    middles = abs((line.left + line.right) - (following.left + following.right)) / 2
    return middles < _CENTRED and abs(line.left - following.left) > _INDENT * line.size


def _would_have_fitted(line: Line, following: Line, edge: float) -> bool:
    """Whether the line ended before it had to: the next word had room, so somebody ended it there."""
    word = _FIRST_WORD.match(following.text)
    width = (following.right - following.left) / max(len(following.text), 1) * (len(word[0]) + 1 if word else 1)
    slack = 1.0 if _ENDS.search(line.text) else 3.0
    return line.right + width + slack * line.size < edge


def _runs_over(last: Line, flow: Flow, following: Line) -> bool:
    """Whether a sentence runs over the break of a column or a page."""
    if _differ(last, following) or _BULLET.match(following.text):
        return False
    if following.text[:1].islower() or _DIVIDED.search(last.text):
        return True
    filled = last.right >= _edge(flow) - 6 * last.size
    return not _ENDS.search(last.text) and filled and len(flow) > 1


def _append(pieces: list[str], words: str, compounds: _Compounds) -> None:
    """Puts a line after those of its paragraph. Only the last is looked at: time grows with the length alone."""
    divided = _DIVIDED.search(pieces[-1]) if pieces else None
    after = _LEADING_WORD.match(words) if divided else None
    if divided and after:
        if not after[0][0].isupper() and not compounds.keep_hyphen(divided[1], after[0]):
            pieces[-1] = pieces[-1][: divided.end(1)]
        pieces.append(words)
    else:
        pieces += [" ", words] if pieces else [words]
