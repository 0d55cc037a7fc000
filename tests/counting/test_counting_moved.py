"""Why a figure moved between two dates."""

import pytest

from portico.counting import ComparisonError, count, moved
from portico.facts import FactState, IncidentState, PorticoError, Status, Verification


def arrest(number, *zones, verification=Verification.VERIFIED):
    """An arrest inside or out; two zones are disputed."""
    told = {"kind": ("arrest",), "agency": ("ice",), "zone": zones}
    facts = tuple(
        FactState(attribute=name, status=Status.DISPUTED if len(values) > 1 else Status.AGREED, values=values)
        for name, values in told.items()
    )
    return IncidentState(id=f"i{number}", accounts=(), sources=(), facts=facts, verification=verification)


def moves(before, after):
    found = moved(count("inside-only", before), count("inside-only", after))
    return {each.incident: (each.before, each.after, each.settled, each.opened) for each in found}


def test_each_incident_that_stands_otherwise_is_named_with_what_was_settled_or_opened():
    zone, unconfirmed = ("zone", "disputed"), ("verification", "reported")
    before = [arrest(1, "hallway"), arrest(2, "hallway", "entrance"), arrest(3, "lobby"), arrest(4, "lobby")]
    after = [
        arrest(1, "hallway"),
        arrest(2, "hallway"),
        arrest(3, "lobby", "parking"),
        arrest(5, "lobby", verification=Verification.REPORTED),
        arrest(6, "lobby"),
    ]
    assert moves(before, after) == {
        "i2": ("may_count", "counts", (zone,), ()),
        "i3": ("counts", "may_count", (), (zone,)),
        "i4": ("counts", "out", (), ()),
        "i5": ("out", "may_count", (), (unconfirmed,)),
        "i6": ("out", "counts", (), ()),
    }


def test_the_moves_make_up_the_difference_of_the_figures():
    before = [arrest(1, "hallway", "parking"), arrest(2, "hallway")]
    after = [arrest(1, "hallway"), arrest(3, "lobby", "parking")]
    then, now = count("inside-only", before).total, count("inside-only", after).total
    found = moved(count("inside-only", before), count("inside-only", after))
    assert now.lower - then.lower == sum((each.after == "counts") - (each.before == "counts") for each in found)
    assert now.upper - then.upper == sum((each.after != "out") - (each.before != "out") for each in found)


def test_two_questions_are_not_compared():
    with pytest.raises(ComparisonError) as refused:
        moved(count("inside-only", []), count("arrests-only", []))
    assert isinstance(refused.value, PorticoError)
    assert str(refused.value) == (
        "The tables differ in definition: inside-only and arrests-only. Nothing was compared. "
        "Count both with the same definition, version and places, as of two dates."
    )
