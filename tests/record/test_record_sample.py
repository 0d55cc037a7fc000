"""The bundled sample, as a person reads it: four documents that agree on nine facts and differ on five."""

from collections import Counter

import pytest

from portico.facts import Claim, Hedge, SourcedClaim, Status
from portico.record import fold, witnesses

COUNSEL, AGENCY = "Ines Calloway", "An agency spokesperson"

# attribute, then what the Ledger (A), the union (B), counsel's note (C) and the agency (D) say; None = silent
SYNOPSIS = [
    ("kind", "agreed", "arrest", "arrest", "arrest", "arrest"),
    ("date", "agreed", "2019-05-14", "2019-05-14", "2019-05-14", "2019-05-14"),
    (
        "courthouse",
        "agreed",
        "Kings County Criminal Court",
        "Kings County Criminal Court",
        None,
        "Kings County courthouse",
    ),
    ("zone", "disputed", "hallway", "hallway", "hallway", "lobby"),
    ("agency", "agreed", "ice", "federal_unspecified", None, "ice"),
    ("people_arrested", "agreed", 1, 1, 1, 1),
    ("role", "agreed", "defendant", "defendant", None, None),
    ("proceeding", "single_source", "criminal", None, None, None),
    ("warrant", "disputed", {COUNSEL: "none_shown", AGENCY: "administrative"}, None, "none_shown", "administrative"),
    ("plain_clothes", "agreed", "yes", None, "yes", None),
    ("identified", "disputed", None, None, "no", "yes"),
    ("counsel_access", "disputed", {COUNSEL: "denied", AGENCY: "-denied"}, "denied", "denied", "-denied"),
    ("attorney_told", "agreed", "yes", None, "yes", None),
    ("judge_informed", "single_source", None, None, "yes", None),
    ("court_staff", "disputed", "neither", "assisted", "informed", None),
    ("purpose_stated", "single_source", None, None, "yes", None),
    ("force_used", "unknown", None, None, None, None),
    ("report_filed", "unknown", None, None, None, None),
    ("custody_outcome", "agreed", "taken", None, "taken", "taken"),
]


def claims():
    for attribute, _, *said in SYNOPSIS:
        for source, value in zip("ABCD", said, strict=True):
            for speaker, each in (value if isinstance(value, dict) else {None: value}).items():
                if each is not None:
                    yield from said_by(source, attribute, each, speaker)


def said_by(source, attribute, value, speaker):
    hedge: Hedge | None = "denied" if str(value).startswith("-") else None
    value = value.lstrip("-") if isinstance(value, str) else value
    claim = Claim(attribute=attribute, value=value, spans=(), asserted_by=speaker, hedge=hedge, origin="person:7f3a")
    yield SourcedClaim(id=f"{source} {attribute} {speaker}", account=source, source=source, claim=claim)
    if attribute == "courthouse":
        ids = ("x-criminal",) if source in "AB" else ("x-criminal", "x-supreme")
        where = Claim(
            attribute="courthouse_id",
            value=ids[0] if len(ids) == 1 else None,
            any_of=ids if len(ids) > 1 else (),
            spans=(),
            origin="person:7f3a",
        )
        yield SourcedClaim(id=f"{source} id", account=source, source=source, claim=where)


STATE = fold(claims(), id="incident-1")


@pytest.mark.parametrize(("attribute", "status"), [row[:2] for row in SYNOPSIS], ids=[row[0] for row in SYNOPSIS])
def test_the_sample_folds_as_the_reference_page_shows(attribute, status):
    assert STATE.fact(attribute).status is Status(status)


def test_the_sample_agrees_on_nine_facts_and_differs_on_five():
    statuses = Counter(STATE.fact(attribute).status for attribute, *_ in SYNOPSIS)
    assert statuses == {Status.AGREED: 9, Status.DISPUTED: 5, Status.SINGLE_SOURCE: 3, Status.UNKNOWN: 2}


def test_the_sample_gives_the_exact_courthouse_and_agency():
    assert STATE.values("courthouse") == ("Kings County Criminal Court",)
    assert STATE.values("courthouse_id") == ("x-criminal",)
    assert STATE.values("agency") == ("ice",)
    assert STATE.values("court_staff") == ("neither", "assisted", "informed")


def test_the_paper_stands_behind_both_sides_that_it_quotes():
    shown, administrative = witnesses(STATE, "warrant")
    assert (shown.says, shown.otherwise, shown.silent) == (("A", "C"), ("D",), ("B",))
    assert (administrative.says, administrative.otherwise) == (("A", "D"), ("C",))
    denied, not_denied = witnesses(STATE, "counsel_access")
    assert (denied.denied, denied.says, denied.otherwise) == (False, ("A", "B", "C"), ("D",))
    assert (not_denied.denied, not_denied.says, not_denied.otherwise) == (True, ("A", "D"), ("B", "C"))
