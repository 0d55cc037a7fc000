"""Counts: whether the words beside a number, without naming what it counts, still make it one of the counts going on.

"31, against 44 the year before"; "Kent 12, Ashby 9"; a row of a table; "the clinic knows of four".
"""

import re

_ROW_BEFORE = re.compile(r"(?:^|\n)[ \t•*|–-]*[A-Z][^\n:|]{1,70}?(?:(?: ?\.){3,}|…+|:|\t|\||  +| [–—-])[ .|\t]*$")
_ROW_END = re.compile(r"[ \t]*(?:\||\n|\Z|\(\d)")
_ROW_START = re.compile(r"(?:^|\n)[ \t•*|]*$")
_ROW_AFTER = re.compile(r"(?::|[ \t]*\||\t|\s+[–—-])\s*[A-Za-z]")
_NAMED_BEFORE = re.compile(
    r"(?:[A-Z][\w’'-]+|suburbs|others|elsewhere|everywhere else|,)(?:,? (?:G\.A\. \d+|\([^)]{2,30}\)))?"
    r"(?: (?:adds?|added|led with|follow(?:ed|s) with|with|had|has|have|saw|recorded|reported|at))?[ :.…]{1,40}$"
)
_NAMED = re.compile(r"(?:[A-Z][\w’'-]+|suburbs|others|elsewhere)(?: \([^)]{2,30}\))?,?:? (?:with |had |add |at )?$")
_LABEL = re.compile(
    r"(?<![.?!] )(?<!^)\b"
    r"(?P<name>(?!(?:In|At|Of|And|The|For|Since|By|From|On|About|Some|Only)\b)"
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?: \([^)]{2,30}\))?)"
    r"(?: (?:with|had|led with|followed with))? $"
)
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? $")
_NUMBERED = re.compile(
    r"\b(?:Courtroom|Ctrm|Ctroom|Rm|Fl|Room|Part|Branch|Department|Dept\.?|District|Local|No\.?|Section|Suite|Floor|Gate|Route|Docket|Page"
    r"|Paragraph|Form|Chapter|Precinct|Division|House|Senate|Bill|Title|Article|Act|Order|Document|Unit|Exhibit|Figure"
    r"|Table|Question|Item|Day|Week|Part|Highway|Interstate|Number|G\.A\.) $"
)
_ELLIPTIC_BEFORE = re.compile(
    r"(?:\b(?:against|from|up from|down from|compared (?:with|to)|knew of|knows of|puts? it at|stood at|stands at"
    r"|was|were|is|has|have|had|counts?|counted|lists?|listed|shows?|showed|logged|recorded|came to|comes to|and|of the"
    r"|to|as the|than the|ledger has|notebook has|for \d{4} was|there were|rose to|fell to|year:|before:|in \d{4},)"
    r"|[a-z\d]:|[a-z]+ \d{1,2}:) (?:only |just |about |at least |all |some )?$"
)
_CLOCK_BEFORE = re.compile(
    r"\b(?:at|around|about|by|until|till|after|aged?|all|(?<!as )(?<!than )(?<!of )the|these|those"
    r"|between|between \w+ and) $",
    re.IGNORECASE,
)
_ELLIPTIC_AFTER = re.compile(
    r"\s*(?:[,.;:)]|$|\n| (?:of which|of the year|of them|of \d+|the year (?:before|earlier)"
    r"|a year (?:earlier|ago|before)|in the year|in all of|in |at |began|the same|were"
    r"|this (?:year|month|week|spring|summer|fall|winter)|last |since |so far"
    r"|during|between |from |through |for |and |to date|inside|outside))"
)
_AGE_BEFORE = re.compile(r"[A-Z][\w’'-]+, $")
_AGE_AFTER = re.compile(r"\d{2},")
_KEEPER_BEFORE = re.compile(
    r"\b(?:know|knows|knew|heard|hears) of (?:only |just |about |at least |some )?$"
    r"|\b(?:counted|logged|tallied|recorded|documented|found|listed|tracked|puts? (?:it|the (?:number|figure|total)) at"
    r"|total(?:ed|led|s|ing)?|numbered|count (?:is|was|stands at|stood at)|total (?:is|was|stands at|stood at))"
    r" (?:only |just |about |at least |some |more than )?$"
)
_NUMBER_OF_BEFORE = re.compile(
    r"\b(?:number|figure|total|count|tally) (?:of|for) [^.;“”\"]{3,70}? (?:at|to|was|is|were|reached|st(?:oo|an)ds? at)"
    r" (?:only |just |about |at least |some |more than )?(?:\d+ from )?$"
)
_TAKEN_AFTER = re.compile(
    r" (?:have been|had been|were|was) (?:arrested|detained|taken|seized|picked up|apprehended|led (?:out|off|away))\b"
)
_GOES_ON = re.compile(
    r" (?:ended|began|were|was|took place|happened|came|involved|occurred|led|resulted|ha(?:ve|d) been|stayed|fell)\b"
)
_CASES = re.compile(r" (?:of the |of those |of these )?(?:cases|instances|occasions|incidents|entries)\b")
_BUILDINGS_GO_ON = re.compile(r",? (?:had|have|reported|saw|recorded|logged|showed)\b")
_WHOLE_OF_PART = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|most|third))"
    r" (?:out )?of (?:the |its |their |those |these |[A-Z][\w ]{1,20}[’']s )?$",
    re.IGNORECASE,
)


def is_row(before: str, text: str, end: int, stop: int) -> bool:
    """Whether a number stands in a row of a table: last, after a name and dots or a bar, or first, before its name."""
    ends = _ROW_END.match(text, end, stop) is not None
    return (ends and _ROW_BEFORE.search(before) is not None) or (
        _ROW_START.search(before) is not None and _ROW_AFTER.match(text, end, stop) is not None
    )


def is_numbered(before: str) -> bool:
    """Whether a number only tells one thing from others: "Courtroom 5", "House Bill 12"."""
    return _NUMBERED.search(before) is not None


def is_age(text: str, start: int, before: str) -> bool:
    """Whether a number between commas after a name is somebody's age: "Vara, 41, said"."""
    return _AGE_BEFORE.search(before) is not None and _AGE_AFTER.match(text, start) is not None


def is_whole(before: str) -> bool:
    """Whether a number is what a part is taken of: the second of "13 of the state's 21 counties"."""
    return _WHOLE_OF_PART.search(before) is not None


def goes_on(before: str, text: str, end: int, stop: int) -> bool:
    """Whether a bare number goes on with what was counted just before it."""
    bare = _ELLIPTIC_AFTER.match(text, end, stop) is not None and not _CLOCK_BEFORE.search(before)
    if bare and (_ELLIPTIC_BEFORE.search(before) or _NAMED_BEFORE.search(before)):
        return True
    opens = not before.strip() or before.rstrip().endswith((".", ";"))
    return (opens and _GOES_ON.match(text, end, stop) is not None) or _CASES.match(text, end, stop) is not None


def is_kept(before: str, text: str, end: int, stop: int) -> bool:
    """Whether somebody who keeps count has just been named: "the registry knows of four"."""
    kept = _KEEPER_BEFORE.search(before) or _NUMBER_OF_BEFORE.search(before)
    return kept is not None and _ELLIPTIC_AFTER.match(text, end, stop) is not None


def is_taken(text: str, end: int, stop: int) -> bool:
    """Whether a bare number is said to have been arrested: "at least nine have been taken"."""
    return _TAKEN_AFTER.match(text, end, stop) is not None


def is_last_of_list(before: str) -> bool:
    """Whether "one" here is a count rather than a word for somebody: "Kent six, Ashby one", "there was one"."""
    return re.search(r"(?:[A-Z]\w+|\bthere was|\band) $", before) is not None


def is_named(before: str) -> bool:
    """Whether a name stands right before a number: "Kent 12"."""
    return _NAMED.search(before) is not None and not is_numbered(before) and not _MONTH.search(before)


def buildings_go_on(text: str, end: int, stop: int) -> bool:
    """Whether the sentence tells how many were counted at so many buildings: "nine counties had exactly one"."""
    return _BUILDINGS_GO_ON.match(text, end, stop) is not None


def label_of(line: str) -> str | None:
    """The name that a number beside it belongs to: "Kent" in "Kent 12"; None where there is none.

    >>> label_of("Ashby County ...... "), label_of("and so it went in Kent ")
    ('Ashby County', 'Kent')
    """
    row = _ROW_BEFORE.search(line)
    words = row[0].strip(" .…:|\t\n•*–—-") if row and "(" not in row[0].split(")")[-1] else None
    named = _LABEL.search(line)
    return words or (named["name"] if named else None)
