"""Introductions: words beside capitalised words that show them to be somebody's name, without a title or a known name.

"Ines Vara, a baker, …", "Ines Vara, of Millford", "the woman is Ines Vara", "Ines Vara, Mill Street, stated that …"; of
single names "his wife, Ines, …", "the clerk (Vara)" and "caller, first name Ines".
"""

import re
from collections.abc import Callable

from portico.reading.cues import load_cues, load_words

_DESCRIBED = re.compile(
    r", (?:an?|the|his|her|their|whose|one of) (?P<words>(?:[a-z][\w’'-]+ ){0,4}[a-z][\w’'-]+)"
    r"(?=[,.;:)]| (?:who|from|at|of|in|with)\b)"
)
_OF_TOWN = re.compile(r", (?:\d{1,2}, )?(?:of|from) [A-Z]\w+")
_IS = re.compile(
    r"\b(?:woman|man|bride|groom|person|mother|father|student|worker|caller|speaker|driver|owner) (?:is|was) $"
    r"|\b(?:testimony|account|declaration|affidavit|words|statement) (?:of|by) $"
)
_ASIDE = re.compile(r", [^,;.:“”\"\n]{2,50}, (?=\w)")
_BODY_FOLLOWS = re.compile(r" (?:of|at|with|from) (?:the )?")
_KIN_BEFORE = re.compile(r"\b(?:his|her|their|the|my|our|a) (?:[a-z-]+ ){0,2}(?P<role>\w+),? $", re.IGNORECASE)
_ROLE_BEFORE = re.compile(r"\b(?P<role>[A-Za-z]+)\.? \($")
_NAMED_SO = re.compile(r"\b(?:first name|named|name is|name of) $")
_CALLER = re.compile(r"\b(?:caller|informant|reporting party)\b[^.;\n]{0,40}$", re.IGNORECASE)
_HOSTS = re.compile(r", (?:THE )?(?:HOST|ANCHOR|REPORTER|MODERATOR|NARRATOR)\b", re.IGNORECASE)
_OURS = re.compile(r"\b[Oo]ur (?:own |reporter |colleague |correspondent )?$")
_SIGNED_OFF = re.compile(r"(?:^|[.:?!] )(?:That.s |Thanks, |Thank you, )?$", re.MULTILINE)
_FROM = re.compile(
    r",? (?:in|for|reporting|joins us|with us|has been asking|reports|has (?:more|the (?:story|details|latest|report))"
    r"|has this|is (?:live|there|outside|at)|was there|takes us|brings us|explains|with the story|filed this)\b"
)
_ENDS = re.compile(r"[,.;:)]|[’']s\b| (?:who|said|says|told|tells|recalled|recalls|wrote|writes|added|adds)\b")
_BACK, _AHEAD = 60, 90


def is_introduced(text: str, start: int, end: int, is_body: Callable[[int], bool]) -> bool:
    """Whether what stands beside two or more capitalised words shows a person.

    is_body  whether a body's name begins at a place
    """
    described = _DESCRIBED.match(text, end, end + _AHEAD)
    if described and not _is_thing(described["words"]):
        return True
    if _OF_TOWN.match(text, end) or _IS.search(text, max(0, start - _BACK), start):
        return True
    follows = _BODY_FOLLOWS.match(text, end)
    return _speaks_after_aside(text, end) or (follows is not None and is_body(follows.end()))


def _is_thing(words: str) -> bool:
    return any(word in load_words("not_names", "described") for word in re.split(r"[ -]", words))


def _speaks_after_aside(text: str, end: int) -> bool:
    aside = _ASIDE.match(text, end, end + _AHEAD)
    verb = load_cues("speech").first(text, aside.end(), aside.end() + _BACK) if aside else None
    return aside is not None and verb is not None and verb.start == aside.end()


def is_single_name(text: str, start: int, end: int, is_role: Callable[[str], bool]) -> bool:
    """Whether one capitalised word is somebody's name: behind the role that it names, or in brackets after it."""
    if not _ENDS.match(text, end):
        return False
    before = _KIN_BEFORE.search(text, max(0, start - _BACK), start)
    bracket = _ROLE_BEFORE.search(text, max(0, start - _BACK), start) if text[end : end + 1] == ")" else None
    found = before or bracket
    if found and is_role(found["role"]):
        return True
    return _NAMED_SO.search(text, max(0, start - _BACK), start) is not None


def is_caller(text: str, start: int) -> bool:
    """Whether a name is that of who called a hotline: heard in the record of the call, and nobody that was taken."""
    return _CALLER.search(text, max(0, start - _BACK), start) is not None


def is_of_the_broadcast(text: str, start: int, end: int) -> bool:
    """Whether a name in a transcript is that of who asks and reports: the host, and whom the host calls its own."""
    before = max(0, start - _BACK)
    if _HOSTS.match(text, end) or _OURS.search(text, before, start):
        return True
    return _SIGNED_OFF.search(text, before, start) is not None and _FROM.match(text, end) is not None
