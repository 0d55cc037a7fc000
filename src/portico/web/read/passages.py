"""A passage of a text as it is shown: with what is guarded masked, and on one line."""

from collections.abc import Iterator, Sequence

from portico.facts import Span
from portico.web.masks import Mask, clipped
from portico.web.report.sheet import Bit


def passage(text: str, span: Span, masks: Sequence[Mask]) -> tuple[Bit, ...]:
    """The words of a span; white space is one space.

    >>> passage("a 34-year-old\\nman", Span(0, 17), [Mask(2, 4, ("age",))])
    (Bit(text='a ', masked=''), Bit(text='', masked='age'), Bit(text='-year-old man', masked=''))
    """
    return tuple(bit for bit in _bits(text, span, clipped(masks, span)) if bit.text or bit.masked)


def _bits(text: str, span: Span, found: Sequence[Mask]) -> Iterator[Bit]:
    at = span.start
    for each in found:
        yield Bit(_on_one_line(text[at : each.start]))
        yield Bit(masked=" and ".join(each.kinds))
        at = each.end
    yield Bit(_on_one_line(text[at : span.end]))


def _on_one_line(words: str) -> str:
    folded = " ".join(words.split())
    lead, trail = (" " if words[:1].isspace() else ""), (" " if words[-1:].isspace() else "")
    return f"{lead}{folded}{trail}" if folded else lead
