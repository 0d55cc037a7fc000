"""An e-mail → the sender's words with their head, then what it quotes; the day it was sent, the sender and their body.

Python's own `email` package takes it apart. Nothing is decoded but text: attachments are named, never opened.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from portico.reading.cues import load_words
from portico.reading.dates import find_dates
from portico.reading.encoding import decode
from portico.reading.kinds import HTML, TEXT, DocumentError
from portico.reading.layout import Block
from portico.reading.markup import words_of
from portico.reading.messages import headers, parts
from portico.reading.organisations import find_organisations
from portico.reading.rendition import Rendition

_YEARS = range(1980, 2101)
_WIDTHS = range(50, 101)
_ENVELOPE = re.compile(rb"^From \S+ .*\d{4}\r?$", re.MULTILINE)
_LOCKED = frozenset(("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"))
_ADDRESSED = re.compile(r"\s*\"?(?P<name>[^\"<>]*)\"?\s*<(?P<address>[^<>]*)>")
_PIECES = re.compile(r"\s*[\n|·•,;()]\s*")
_FEW_WORDS = 240
"""Letters of a covering note that adds nothing to what it passes on ("FYI, see below")."""
_CARD_LINES = 8
_LONGEST_HEADER = 2000
_CARD_LINE = 90


@dataclass(frozen=True, slots=True)
class _Letter:
    """One message, taken apart: its body as lines, its head, the names of what hangs on it."""

    lines: list[str]
    head: dict[str, str]
    attached: tuple[str, ...]


def read_mail(original: bytes, name: str) -> Rendition:
    """The newest message of a mail: From, Date and Subject, then its own words, then what it quotes.

    Raises DocumentError: a mailbox of several mails, a locked mail, one without text, one that is broken.
    """
    if len(_ENVELOPE.findall(original)) > 1:
        raise DocumentError(
            "kind_not_read", name, "this is a mailbox of several e-mails", "Save each e-mail as a file and read those."
        )
    try:
        letter = _letter(message_from_bytes(original), name)
    except (MessageError, RecursionError, ValueError) as problem:
        raise DocumentError(
            "broken", name, "this e-mail is damaged and could not be taken apart", "Ask for it to be sent again."
        ) from problem
    return _rendition(letter)


def headed(text: str) -> Rendition:
    """A plain text; where it begins as a message does ("From: …"), with the day, sender and subject it gives."""
    found = headers(text.lstrip().split("\n", 12))
    if not found:
        return Rendition(text=text)
    lines = text.split("\n")
    return Rendition(
        text=text,
        title=found.get("subject") or None,
        byline=_sender(found["from"])[0] or None,
        publisher=_publisher(found["from"], "", _signature(lines)),
        published_on=_day(found.get("date", "")),
    )


def _rendition(letter: _Letter) -> Rendition:
    head = letter.head
    shown = [f"{name}: {head[name.lower()]}" for name in ("From", "Date", "Subject") if head.get(name.lower())]
    own, quoted = _own_first([*shown, "", *letter.lines], len(shown) + 1)
    text = "\n".join([*shown, "", *own, *(["", *quoted] if quoted else [])]).strip()
    notes = [f"attached and not read: {', '.join(letter.attached)}"] if letter.attached else []
    return Rendition(
        text=text,
        title=head.get("subject") or None,
        byline=_sender(head.get("from", ""))[0] or None,
        publisher=_publisher(head.get("from", ""), head.get("organization", ""), _signature(text.split("\n"))),
        published_on=_day(head.get("date", "")),
        notes=tuple(notes),
    )


def _own_first(lines: Sequence[str], start: int) -> tuple[list[str], list[str]]:
    """The body with quotations that open it moved to its end: who answers below a quotation is still read first."""
    body = list(lines[start:])
    kinds = parts(lines)[start:]
    first = next(
        (n for n, (kind, line) in enumerate(zip(kinds, body, strict=True)) if kind == "own" and line.strip()), 0
    )
    opening = body[:first] if all(kind in ("quoted", "mark", "own", "head") for kind in kinds[:first]) else []
    if not any(line.lstrip().startswith(">") for line in opening):
        opening = []
    return _unwrapped(body[len(opening) :]), opening


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Paragraphs that a mail program broke to a width, whole again; a line that ended before it had to stays a line."""
    width = max((len(line) for line in lines if len(line) in _WIDTHS and not line.startswith(">")), default=0)
    kept: list[list[str]] = []
    for line in lines:
        if kept and _was_broken(kept[-1][-1], line, width):
            kept[-1].append(line)
        else:
            kept.append([line])
    return [" ".join(line.strip() for line in each) for each in kept]


def _was_broken(line: str, following: str, width: int) -> bool:
    """Whether a line ends where it does because the next word had no room."""
    if not line.strip() or not following.strip() or following[0] in ">-•*#_ \t" or line[0] in ">-_":
        return False
    return 0 < width < len(line) + 1 + len(following.split(None, 1)[0]) and len(line) <= width


def _letter(message: Message, name: str) -> _Letter:
    if message.get_content_type() in _LOCKED:
        raise DocumentError(
            "encrypted", name, "this e-mail is encrypted", "Open it in your mail program and save its text."
        )
    lines: list[str] = []
    attached: list[str] = []
    for part in _parts(message):
        if _is_text(part):
            lines += _lines_of(part)
        elif (called := _called(part)) is not None:
            attached.append(called)
    if not any(line.strip() for line in lines):
        hangs = f"; attached: {', '.join(attached)}" if attached else ""
        raise DocumentError(
            "no_text", name, f"this e-mail holds no text{hangs}", "Save what is attached as files and read those."
        )
    return _passed_on(_Letter(lines, _head(message), tuple(attached)))


def _parts(message: Message) -> Iterator[Message]:
    """The parts to show, in order; of several renditions of the same words the plainest that has them."""
    kind = message.get_content_type()
    if kind == "message/rfc822" or not message.is_multipart():
        yield message
        return
    inner = [part for part in message.get_payload() if isinstance(part, Message)]
    if kind == "multipart/alternative":
        inner = _plainest(inner)
    for part in inner:
        yield from _parts(part)


def _plainest(inner: Sequence[Message]) -> list[Message]:
    plain = next((part for part in inner if part.get_content_type() == TEXT and _decoded(part).strip()), None)
    return [plain] if plain is not None else list(inner[-1:])


def _is_text(part: Message) -> bool:
    hangs = str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")
    return part.get_content_type() in (TEXT, HTML) and not hangs and not part.is_multipart()


def _lines_of(part: Message) -> list[str]:
    words = _decoded(part)
    return (words_of(words) if part.get_content_type() == HTML else words).split("\n")


def _decoded(part: Message) -> str:
    """The words of a part, in the character set it names if that explains its bytes, else in one that does."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_param("charset")
    try:
        words = payload.decode(str(charset)) if charset else decode(payload).text
    except (LookupError, ValueError):
        words = decode(payload).text
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _called(part: Message) -> str | None:
    """How to name what is not read; None of a part without a name, which nobody would miss (a logo)."""
    if part.get_content_type() == "message/rfc822":
        return "another e-mail"
    name = part.get_filename()
    return f"{_plain(name)} ({part.get_content_type()})" if name else None


def _head(message: Message) -> dict[str, str]:
    names = ("From", "Date", "Subject", "Organization")
    return {name.lower(): words for name in names if (words := _plain(message.get(name, "")))}


def _plain(value: object) -> str:
    """A header's words, on one line (RFC 2047 words decoded); as they stand where they cannot be decoded."""
    written = str(value)[:_LONGEST_HEADER]
    try:
        pieces = decode_header(written)
        words = "".join(p if isinstance(p, str) else p.decode(charset or "utf-8", "replace") for p, charset in pieces)
    except (HeaderParseError, LookupError, ValueError):
        words = written
    return " ".join(words.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())


def _passed_on(letter: _Letter) -> _Letter:
    """A message passed on without a word worth reading is read as the message it is; the covering words come last."""
    kinds = parts(["From: -", "Date: -", "Subject: -", *letter.lines])[3:]
    mark = next((n for n, kind in enumerate(kinds) if kind == "mark"), None)
    if mark is None or "head" not in kinds[mark:]:
        return letter
    body = [line for line in letter.lines[mark + 1 :] if line.strip()]
    inner = headers(body)
    covering = [line for line, kind in zip(letter.lines[:mark], kinds, strict=False) if line.strip() and kind == "own"]
    if not inner or sum(map(len, covering)) > _FEW_WORDS:
        return letter
    rest = letter.lines[mark + 1 :]
    start = next((n for n, kind in enumerate(kinds[mark + 1 :]) if kind not in ("head", "subject")), len(rest))
    sender = letter.head.get("from", "unknown")
    quoted = ["", f"> Passed on by {sender}", *(f"> {line}" for line in covering)]
    return replace(letter, lines=[*rest[start:], *quoted], head=inner)


def _signature(lines: Sequence[str]) -> str:
    """The sender's card: short lines that stand after the signature's mark."""
    kinds = parts(lines)
    card = [line for line, kind in zip(lines, kinds, strict=True) if kind == "signature" and len(line) < _CARD_LINE]
    return "\n".join(card[:_CARD_LINES])


def _sender(written: str) -> tuple[str, str]:
    """Name and address. A comma in a name that nobody put in quotation marks does not end it, as strictly it would."""
    found = _ADDRESSED.match(written)
    if found:
        return found["name"].strip(), found["address"].strip()
    try:
        name, address = parseaddr(written)
    except RecursionError:  # brackets in brackets, a thousand deep
        return written.strip(), ""
    return (name, address) if "@" in address else (written.strip(), "")


def _publisher(sender: str, told: str, card: str) -> str | None:
    """The sender's organisation: as the head names it, in the sender's name, on the card, else the address's domain."""
    name, address = _sender(sender)
    if told:
        return told
    named = next((words for words in _PIECES.split(f"{name}\n{card}") if _is_body(words)), None)
    domain = address.rpartition("@")[2].lower()
    fits = "." in domain and domain not in load_words("messages", "webmail")
    return named or (domain if fits else None)


def _is_body(words: str) -> bool:
    open_whose = words.strip().lower() in ("", *load_words("messages", "departments"))
    return bool(not open_whose and find_organisations(words, (Block(0, len(words), "prose"),)))


def _day(written: str) -> str | None:
    """The sender's own day of a mail: local to where it was sent. None where it is no day, or none of this age."""
    try:
        sent = parsedate_to_datetime(written)
    except (TypeError, ValueError, IndexError, OverflowError):
        return _day_in_words(written)
    return sent.date().isoformat() if sent.year in _YEARS else None


def _day_in_words(written: str) -> str | None:
    """ "Wednesday, March 27, 2019 5:12 PM", as programs show it; only a whole day counts."""
    days = [each.value for each in find_dates(written) if each.value and each.value.precision == "day"]
    return days[0].edtf if days and days[0].edtf.isascii() and "X" not in days[0].edtf else None
