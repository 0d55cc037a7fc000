"""Documents as they arrive after accidents: cut off, re-encoded, shuffled, holed, made of one endless line.

Seeded: the same seed always makes the same documents, so that one which breaks the reader can be made again alone.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from tests.reading.invented_pdf import pdf, set_text

import portico

_SAMPLE = Path(portico.__file__).parent / "cli" / "sample"
_FIVE_MB = 5_000_000

_STORY = """Baker taken in courthouse hallway

By Ida Quell

May 15, 2019

ICE officers arrested a baker, 30, in the hallway of the Linn County Courthouse on Tuesday, his lawyer said. “Nobody \
showed a warrant,” said Ines Vara, director of Harbor Clinic. The officers wore street clothes.

An ICE spokeswoman, Ada Hale, denied it. Two more people were arrested at Brooklyn Criminal Court on May 2 at 9:53 \
a.m. There were 31 arrests at courthouses in New York in 2018, a survey found.

The union will rally on Thursday at 1 p.m. at Borough Hall and demands that court officers stop helping.

0915 two men by the lift, plain clothes. 0953 they took him, def. of AIC. Ct ofcr knew."""

_PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Baker taken in courthouse hallway</title>
<meta property="article:published_time" content="2019-05-15T09:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Baker taken in courthouse hallway</h1><time>May 15, 2019</time>{body}</article>
<footer>All rights reserved.</footer></body></html>"""

_HEAD = """From: Ada Hale <ada@press.example>
Date: Tue, 14 May 2019 23:12:00 -0400
Subject: =?utf-8?q?R=C3=A9?= taken
"""

_ANSWERED = """

On Tue, May 14, 2019 at 9:14 AM Tom Marsh <tom@wire.example> wrote:
> Is it so?
"""

_PARTS = """MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b1

--b1
Content-Type: multipart/alternative; boundary=b2

--b2
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{plain}
--b2
Content-Type: text/html; charset=utf-8

{page}
--b2--
--b1
Content-Type: image/png; name="hall.png"
Content-Disposition: attachment; filename="hall.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b1--
"""

_IN_HTML = """MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

"""


@dataclass(frozen=True)
class Mutant:
    """A document and how it was made: its number gives it again."""

    number: int
    origin: str
    accidents: tuple[str, ...]
    content: bytes

    def __str__(self) -> str:
        return f"mutant {self.number}: {self.origin}, {', then '.join(self.accidents)}, {len(self.content):,} bytes"


@cache
def originals() -> dict[str, bytes]:
    """Whole documents of every kind that is read. The people in them are invented."""
    texts = {path.name: path.read_bytes() for path in sorted(_SAMPLE.iterdir()) if path.suffix in (".txt", ".html")}
    page = _PAGE.format(body="".join(f"<p>{escape(each)}</p>" for each in _STORY.split("\n\n")[3:]))
    plain = f"{_STORY}{_ANSWERED}"
    made = {
        "story.txt": _STORY,
        "story.html": page,
        "pasted.txt": f"{_HEAD}\n{plain}",
        "answer.eml": (_HEAD + _PARTS.format(plain=plain, page=page)).replace("\n", "\r\n"),
        "html.eml": f"{_HEAD}{_IN_HTML}{page}",
    }
    return {
        **texts,
        **{name: content.encode() for name, content in made.items()},
        "story.pdf": pdf([set_text(_STORY, 72, 72, 70)], {"Title": "Baker taken"}),
        "loose.pdf": pdf([set_text(_STORY, 60, 72, 38) + set_text(_STORY, 330, 72, 38)] * 2, packed=False),
    }


def cut_off(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(1, len(content) + 1)]


def begun_late(chance: random.Random, content: bytes) -> bytes:
    return content[chance.randrange(len(content)) :]


def reencoded(chance: random.Random, content: bytes) -> bytes:
    """Read in one encoding, written in another: the commonest accident of all."""
    there, here = chance.choices(("utf-8", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-32", "cp037", "utf-7"), k=2)
    return content.decode(there, "replace").encode(here, "replace")


def shuffled(chance: random.Random, content: bytes) -> bytes:
    """Lines, tags or words in another order."""
    mark = chance.choice((b"\n", b"<", b">", b" ", b". "))
    pieces = content.split(mark)
    chance.shuffle(pieces)
    return mark.join(pieces)


def holed(chance: random.Random, content: bytes) -> bytes:
    """Random bytes inside, from one to a few hundred, in place of what stood there."""
    out = bytearray(content)
    for _ in range(chance.choice((1, 3, 20, 200))):
        place = chance.randrange(len(out))
        out[place : place + chance.randrange(3)] = chance.randbytes(chance.randrange(1, 4))
        if not out:
            return b"x"
    return bytes(out)


def repeated(chance: random.Random, content: bytes) -> bytes:
    """A piece that says itself again and again."""
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randrange(1, 200)]
    return content[:start] + piece * chance.randrange(2, 120) + content[start:]


def nested(chance: random.Random, content: bytes) -> bytes:
    opening, closing = chance.choice(
        (
            (b"<div>", b"</div>"),
            (b"<b><i>", b""),
            (b"(", b")"),
            (b"\x93", b"\x94"),
            (b"> ", b""),
            (b"[[", b"]]"),
            (b"<<", b">>"),
        )
    )
    times = chance.choice((5, 50, 3000))
    place = chance.randrange(len(content) + 1)
    return content[:place] + opening * times + content[place:] + closing * times


def quoted_oddly(chance: random.Random, content: bytes) -> bytes:
    """Marks that carry meaning, where they have none."""
    plain = (b'"', b"'", b"\xe2\x80\x9c", b"\xe2\x80\x9d", b"\r", b"\t", b"\0", b"\xc2\xad", b"\xe2\x80\xae")
    written = (b"&#x0;", b"&amp;", b"<!--", b"-->", b"<![CDATA[", b"--b1", b"=?utf-8?q?=?=", b"stream", b"endobj")
    marks = (*plain, *written, b"\xf0\x9f\x98\x80", b"\xed\xa0\x80")
    out = bytearray(content)
    for _ in range(chance.randrange(1, 30)):
        place = chance.randrange(len(out) + 1)
        out[place:place] = chance.choice(marks)
    return bytes(out)


def mixed(chance: random.Random, content: bytes) -> bytes:
    """Half of this document, half of another kind."""
    other = chance.choice(list(originals().values()))
    return content[: chance.randrange(1, len(content) + 1)] + other[chance.randrange(len(other)) :]


def endless(chance: random.Random, content: bytes) -> bytes:
    """Five megabytes on one line."""
    line = content.replace(b"\n", b" ").replace(b"\r", b" ") or b"x"
    piece = chance.choice(
        (line, line[: chance.randrange(1, 40)], b"x", b"<", b"( ", b"A. ", b"May 2 ", b"<div", b'"', b"> ")
    )
    return piece * (_FIVE_MB // len(piece))


ACCIDENTS: Sequence[Callable[[random.Random, bytes], bytes]] = (
    cut_off,
    begun_late,
    reencoded,
    shuffled,
    holed,
    repeated,
    nested,
    quoted_oddly,
    mixed,
)


def mutant(number: int, *, large: bool = False) -> Mutant:
    """The document of a number. large: one of the five-megabyte lines, which take longer to read than to make."""
    chance = random.Random(number)
    origin, content = chance.choice(sorted(originals().items()))
    chosen = [endless] if large else chance.choices(ACCIDENTS, k=chance.choice((1, 1, 2, 3)))
    for accident in chosen:
        content = accident(chance, content) or b"x"
    return Mutant(number, origin, tuple(accident.__name__.replace("_", " ") for accident in chosen), content)
