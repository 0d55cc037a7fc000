"""The demonstration: the whole path on the bundled sample, checked by what a stranger sees."""

import re

import pytest


@pytest.fixture
def shown(portico, tmp_path):
    result = portico("demo", "--record", tmp_path / "demo" / "record", "--html", tmp_path / "page.html")
    assert result.status == 0, result.err
    return result.out


def fact(shown, label):
    """The value and status of a fact in the folded incident: its row up to the next one."""
    folded = shown[shown.index("What each source says") :]
    return folded[folded.index(f"\n  {label}") :].split("\n", 3)[1]


@pytest.mark.parametrize(
    ("label", "value", "status"),
    [
        ("What happened", "arrest", "agreed"),
        ("Date", "Tuesday 14 May 2019", "agreed"),
        ("Courthouse", "Kings County Criminal", "agreed"),
        ("Where in the building", "hallway or lobby", "disputed"),
        ("Agency", "ICE", "agreed"),
        ("People taken", "1", "agreed"),
        ("Warrant", "none shown or", "disputed"),
        ("Plain clothes", "yes", "agreed"),
        ("Identified to the person", "no or yes", "disputed"),
        ("Court staff", "no part or assisted or", "disputed"),
        ("Purpose stated to staff", "yes", "single source"),
        ("Force on the person", "–", "not said"),
    ],
)
def test_the_incident_is_folded(shown, label, value, status):
    row = fact(shown, label)
    assert value in row
    assert status in row


@pytest.mark.parametrize(
    "words",
    [
        "Ines Calloway, staff attorney, Borough Defenders",
        "Marlon Pierce, president",
        "“No one should have to choose between answering a judge and going home”",
        "“At no time was anyone kept from speaking with an attorney”",
    ],
)
def test_statements_stand_with_their_exact_words(shown, words):
    assert words in shown


def test_rules_findings_count_and_log_are_there(shown):
    assert "OCA Directive 1-2019 (ny-oca-directive-1-2019; 17 April 2019" in shown
    assert re.search(r"= consistent +They also state their purpose", shown)
    assert re.search(r"≠ inconsistent +Where practicable, act in a part of the building the public does not use", shown)
    assert re.search(r"1 arrests and attempts at Kings County Criminal Court", shown)
    assert re.search(r"entries, root [0-9a-f]{64}", shown)
    assert "verified: nothing differs" in shown


def test_the_name_in_the_private_note_is_masked_in_the_incident_and_on_the_page(shown, tmp_path):
    folded = shown[shown.index("2. Linked as one event") :]
    assert "Quintera" not in folded
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Quintera" not in page
    assert "<script" not in page
