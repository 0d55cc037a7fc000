"""Posts: whose account, handle or office a short text comes from, where no sentence says so.

Letters are told by `signers`. A declaration or a statement says in its heading whose it is, a form says who keeps or
sends it; a post, a log or a notice has the name of its group or office first, or last after a dash.
"""

import re
from collections.abc import Iterable

from portico.reading.scene import Scene

_HEADED = re.compile(
    r"^(?:PREPARED )?(?:DECLARATION|AFFIDAVIT|TESTIMONY|STATEMENT|Declaration|Affidavit|Testimony|Statement)"
    r" (?:OF|of|by|BY) (?:THE |the )?(?P<who>[A-Z][\w.,’'& -]{3,60}?)(?=$| –)",
    re.MULTILINE,
)
_DECLARES = re.compile(
    r"\bI, (?P<who>[A-Z][^,\n]{3,50}), (?:hereby |being )?(?:declare|state|swear|certify|depose|\w+ sworn)"
)
_KEPT = re.compile(
    r"^.{0,80}?\b(?:Kept by|Organi[sz]er|Posted by|Reported by|Prepared by|Submitted by|Observer):"
    r" ?(?P<who>[A-Z][\w.’'-]* [\w.’' -]{2,40})",
    re.MULTILINE,
)
_OFFICE = re.compile(
    r"\A[^\n]{0,24}?\b(?P<who>ACLU[\w ]*|[A-Z][\w.’'& -]{3,60}(?:Sheriff[’']?s? Office|SHERIFF[’']?S? OFFICE"
    r"|Border Patrol[\w ]*|Rapid Response|RAPID RESPONSE|COURT WATCH[\w ]*|Court Watch[\w ]*"
    r"|DEFENDERS|ASSOCIATION|Watch))\b"
)
_HANDLE = re.compile(r"\A\W*(?P<who>[A-Z][\w.’' -]{2,40}) ?@\w+")
_ONLY_HANDLE = re.compile(r"\A\W*@(?P<who>\w{4,40})\b")
_AFTER_DASH = re.compile(r"(?:^|\n|[.!?”\"] ?)(?:[—–-]{1,2}|/) ?(?P<who>[A-Z][\w.’' -]{2,50})(?:,[^\n]*)?\s*\Z")
_OWN_VOICE = re.compile(r"\b(?:I|I[’']m|I[’']ve|we|We|our|Our|my|My|us|me)\b(?![^“”\n]*”)")


def source_of_post(scene: Scene) -> tuple[tuple[str, int, int], ...]:
    """Whose text it is, with the place of the name: as its heading says, else the signers, else one group or office."""
    heading = _first(scene.text, (_HEADED, _DECLARES))
    if heading is None and scene.signers:
        return scene.signers
    own = (_OFFICE, _HANDLE, _AFTER_DASH) if _OWN_VOICE.search(scene.text) else ()
    found = heading or _first(scene.text, (_KEPT, _ONLY_HANDLE, *own))
    if not found:
        return ()
    start, end = found.span("who")
    words = scene.text[start:end].strip()
    return ((words.title() if words.isupper() else words, start, end),)


def _first(text: str, patterns: Iterable[re.Pattern[str]]) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(text))), None)
