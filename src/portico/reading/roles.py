"""Roles: what stands right before or after a name and says who that is: "his attorney, NAME", "NAME, head of …"."""

import re

from portico.reading.cues import load_cues, load_words

_LAST_WORD = re.compile(r"[\w’'.-]+\Z")
_APPOSITIVE = re.compile(
    r"(?:,|\s+is|\s+\(|\s+–|\s+—)\s*"
    r"(?P<article>(?:an?|the|its|their|his|her|who (?:is|was|serves as|works as)|one of)\b\s*)?"
    r"(?P<words>[^.;:!?“”\"()\n]{3,110})"
)
_BACK, _AHEAD = 70, 130
_WORDS_AHEAD = 9


def is_role(word: str) -> bool:
    bare = word.lower().strip(".,’'")
    roles = load_words("titles", "roles")
    return bare in roles or (bare.endswith("s") and bare[:-1] in roles)


def role_before(text: str, start: int) -> str | None:
    """A role in small letters right before the place where a name begins: "ICE spokeswoman NAME"."""
    words = text[max(0, start - _BACK) : start].rstrip().removesuffix(",")
    last = _LAST_WORD.search(words, len(words) - len(words.split(" ")[-1]))
    role = last[0] if last else ""
    if not is_role(role) or role[0].isupper():
        return None
    return role if role in load_words("titles", "roles") else role.removesuffix("s")


def role_after(text: str, end: int) -> str | None:
    """A role after the place where a name ends: ", president of …", ", who is managing attorney at …"."""
    after = _APPOSITIVE.match(text, end, min(len(text), end + _AHEAD))
    if not after:
        return None
    words, roles = after["words"].split(), load_words("titles", "roles")
    place = next((n for n, word in enumerate(words[:_WORDS_AHEAD]) if _stem(word).lower() in roles), None)
    if place is None or any(load_cues("speech").has(word) for word in words[:place]):
        return None
    last = place + 1 >= len(words) or words[place].endswith(",")
    if words[place].endswith(("’s", "'s")) or not (
        after["article"] or last or words[place + 1] in load_words("titles", "after_role")
    ):
        return None
    leading = load_words("titles", "before_role")
    start = next((n for n in range(place, 0, -1) if words[n - 1].strip(",").lower() in leading), 0)
    return " ".join(words[start : place + 1]).strip(",")


def _stem(word: str) -> str:
    return word.strip(",’'").split("-")[0]
