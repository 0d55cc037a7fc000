"""The permanent ids of what a document tells. They follow from its hash: the same document gives the same."""

from portico.facts import identify

_PREFIX = {"account": "a", "statement": "s", "action": "x", "statistic": "n"}


def told_id(kind: str, source: str, position: int) -> str:
    """The id of the account, statement, action or statistic at a place of a document's reading."""
    return identify(_PREFIX[kind], source, position)


def claim_id(account: str, place: int) -> str:
    """The id of a claim: its account's, and its place there. A hash of a guarded value would tell the value.

    >>> claim_id("a-51c0", 3)
    'c-51c0.3'
    """
    return f"c-{account.partition('-')[2]}.{place}"


def account_of(claim: str) -> tuple[str, int] | None:
    """The account of a claim and its place there; None if it is no id of a claim.

    >>> account_of("c-51c0.3")
    ('a-51c0', 3)
    """
    kind, _, rest = claim.partition("-")
    account, _, place = rest.partition(".")
    return (f"a-{account}", int(place)) if kind == "c" and place.isascii() and place.isdigit() else None


def incident_id(earliest: str) -> str:
    """The id of the incident whose earliest account this is.

    >>> incident_id("a-51c0")
    'i-51c0'
    """
    return f"i-{earliest.partition('-')[2]}"


def earliest_of(incident: str) -> str:
    """The account that an incident has its id from."""
    return f"a-{incident.partition('-')[2]}"
