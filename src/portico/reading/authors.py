"""Authors: who speaks in a text that is somebody's own (a declaration, a statement, a letter, a log, a post).

A newspaper's byline is no source of the event: the reporter's own voice has none.
"""

import re
from collections.abc import Iterator

from portico.reading.scene import Scene

_HEADED = re.compile(
    r"^\W*(?:DECLARATION|AFFIDAVIT|TESTIMONY|STATEMENT|Declaration|Affidavit|Testimony|Statement) (?:OF|of|by|BY) "
    r"(?:the |THE )?"
    r"(?:Sheriff |Chief |Judge )?(?P<who>[^\n,|]{3,70})",
    re.MULTILINE,
)
_DECLARES = re.compile(r"\bI, (?P<who>[A-Z][\w.’' -]{3,40}), (?:declare|swear|state|depose)")
_FROM = re.compile(r"^From: (?P<who>[^\n(<@]{3,60})", re.MULTILINE)
_SIGNED = re.compile(r"(?:^|\n|[.!?”\"] ?)[—–-]{1,2} ?(?P<who>[A-Z][\w.’' -]{2,50})(?:,[^\n]*)?\s*$")
_OFFICE = re.compile(
    r"\A\W*(?P<who>[A-Z][\w.’'& -]{3,60}(?:Sheriff[’']?s? Office|SHERIFF[’']?S? OFFICE|Border Patrol[\w ]*"
    r"|Rapid Response|RAPID RESPONSE|COURT WATCH[\w ]*|Court Watch[\w ]*|DEFENDERS|ASSOCIATION|ACLU[\w ]*|Watch))\b"
)
_HANDLE = re.compile(r"\A\W*(?P<who>[A-Z][\w.’' -]{2,40}) ?@\w+")
_OWN_VOICE = re.compile(r"\b(?:I|I[’']m|I[’']ve|we|We|our|Our|my|My|us|me)\b(?![^“”\n]*”)")
_PATTERNS = (_HEADED, _DECLARES, _FROM, _OFFICE, _HANDLE, _SIGNED)


def authors(scene: Scene) -> Iterator[tuple[str, int, int]]:
    """Whose own text it is, with the place of the name: one at most, none if the text speaks of others only."""
    if not _OWN_VOICE.search(scene.text):
        return
    for pattern in _PATTERNS:
        if found := pattern.search(scene.text):
            start, end = found.span("who")
            words = scene.text[start:end].strip()
            yield words.title() if words.isupper() else words, start, end
            return
