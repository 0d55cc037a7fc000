"""Posts: whose account, handle or office a short text comes from, where no sentence says so.

Declarations, statements and letters are told by `signers`. What is left are posts, logs and notices of a group or an
office: its name stands first, or last after a dash.
"""

import re
from collections.abc import Iterator

from portico.reading.scene import Scene

_OFFICE = re.compile(
    r"\A\W*(?P<who>[A-Z][\w.’'& -]{3,60}(?:Sheriff[’']?s? Office|SHERIFF[’']?S? OFFICE|Border Patrol[\w ]*"
    r"|Rapid Response|RAPID RESPONSE|COURT WATCH[\w ]*|Court Watch[\w ]*|DEFENDERS|ASSOCIATION|ACLU[\w ]*|Watch))\b"
)
_HANDLE = re.compile(r"\A\W*(?P<who>[A-Z][\w.’' -]{2,40}) ?@\w+")
_AFTER_DASH = re.compile(r"(?:^|\n|[.!?”\"] ?)[—–-]{1,2} ?(?P<who>[A-Z][\w.’' -]{2,50})(?:,[^\n]*)?\s*\Z")
_OWN_VOICE = re.compile(r"\b(?:I|I[’']m|I[’']ve|we|We|our|Our|my|My|us|me)\b(?![^“”\n]*”)")


def source_of_post(scene: Scene) -> Iterator[tuple[str, int, int]]:
    """Whose text it is, with the place of the name: the signers, else one group or office, else nobody."""
    if scene.signers:
        yield from scene.signers
        return
    patterns = (_OFFICE, _HANDLE, _AFTER_DASH) if _OWN_VOICE.search(scene.text) else ()
    for found in (match for pattern in patterns if (match := pattern.search(scene.text))):
        start, end = found.span("who")
        words = scene.text[start:end].strip()
        yield words.title() if words.isupper() else words, start, end
        return
