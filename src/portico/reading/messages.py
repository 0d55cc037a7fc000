"""The parts of a message: its head, the sender's own words, what it quotes, and the signature under it.

Works on lines of plain text, so that a mail, a message pasted into a note and the text kept of either are alike.
"""

import re
from collections.abc import Sequence
from typing import Literal

from portico.reading.cues import load_cues

Part = Literal["head", "subject", "own", "quoted", "signature", "mark"]
"""head, subject: lines such as "From: …" and "Subject: …" at the top, or under a forwarding mark. own: to be read.
quoted: somebody else's earlier words. signature: the sender's card, or a disclaimer. mark: what introduces these."""

_HEADER = re.compile(
    r"\*?(?P<name>from|to|cc|bcc|sent|date|subject|subj|re|reply-to|importance|attachments)\*?:\*?[ \t]*(?P<value>.*)$",
    re.IGNORECASE,
)
_SUBJECTS = frozenset(("subject", "subj", "re"))
_DATES = frozenset(("sent", "date"))
_MOST_HEADERS = 12
_LONGEST_VALUE = 998
"""Letters of a header line, as RFC 5322 bounds it: what is longer is no name, subject or day."""
_LONGEST_MARK = 2000
_DELIMITERS = frozenset(("--", "__", "—"))


def headers(lines: Sequence[str]) -> dict[str, str]:
    """Header lines at the top, by lower-case name, first one wins; empty unless the lines begin a message.

    A message says from whom it is, and its day or its subject, before any other line.
    """
    found: dict[str, str] = {}
    for line in lines[:_MOST_HEADERS]:
        header = _HEADER.match(line.strip())
        if not header:
            break
        found.setdefault(_plain_name(header["name"]), header["value"][:_LONGEST_VALUE].strip())
    return found if "from" in found and len(found) >= 3 and found.keys() & {"date", "subject"} else {}


def _plain_name(name: str) -> str:
    name = name.lower()
    return "subject" if name in _SUBJECTS else "date" if name in _DATES else name


def parts(lines: Sequence[str]) -> list[Part]:
    """The part that each line (or paragraph) belongs to; all are the sender's own where the lines begin no message."""
    if not headers(lines):
        return ["own"] * len(lines)
    found: list[Part] = []
    now: Part = "head"
    for number, line in enumerate(lines):
        part, now = _next(line, now, lines[number + 1 : number + 1 + _MOST_HEADERS])
        found.append(part)
    return found


def _next(line: str, now: Part, following: Sequence[str]) -> tuple[Part, Part]:
    """The part of a line, and what the lines after it are unless they say otherwise."""
    words = " ".join(line.split())
    if now == "head":
        header = _HEADER.match(words)
        if header or not words:
            return _head_part(header), "head"
        now = "own"
    if words.startswith(">"):
        return "quoted", "own" if now == "signature" else now
    if now == "quoted" or (words[:5].lower() == "from:" and headers([line, *_filled(following)])):
        return "quoted", "quoted"
    meaning = _meaning(words) or _meaning(f"{words} {_first(following)}", broken=True)
    if meaning == "signature" and words not in _DELIMITERS:
        return "signature", now
    if meaning:
        return "mark", _after(meaning, following)
    return ("signature" if now == "signature" and words else now), now


def _filled(lines: Sequence[str]) -> list[str]:
    return [line for line in lines[:_MOST_HEADERS] if line.strip()]


def _head_part(header: re.Match[str] | None) -> Part:
    return "subject" if header and _plain_name(header["name"]) == "subject" else "head"


def _first(following: Sequence[str]) -> str:
    return " ".join(following[0].split()) if following else ""


def _meaning(words: str, *, broken: bool = False) -> str | None:
    """What a line introduces. `broken`: it was made of two, and only an introduction of an answer is broken so."""
    if not words or len(words) > _LONGEST_MARK or (broken and not words.endswith(":")):
        return None
    hit = load_cues("messages").at(words, 0)
    return hit.value if hit and (hit.value == "quoted" or not broken) else None


def _after(meaning: str, following: Sequence[str]) -> Part:
    """What stands under a mark: a card, a message passed on (its head comes first), or the message that is answered.

    Where the answered lines carry ">" themselves, what follows them without it is the sender's own again.
    """
    if meaning != "quoted":
        return "signature" if meaning == "signature" else "head"
    first = next((line for line in following if line.strip()), "")
    if _second_half(first):
        first = next((line for line in following[1:] if line.strip()), "")
    return "own" if first.lstrip().startswith(">") else "quoted"


def _second_half(line: str) -> bool:
    return _meaning(line.strip()) == "quoted"
