"""How often the mentions agree with hand-made answers. Floors only rise; no rule knows the answers."""

import csv
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from portico.places import find_courts, resolve

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
EMPTY = frozenset((
    "the", "of", "at", "and", "in", "for", "a", "county", "superior", "supreme", "district", "circuit", "general",
    "criminal", "civil", "court", "courts", "courthouse", "house", "building", "complex", "state", "federal",
    "municipal", "downtown",
))  # fmt: skip


def distinctive(name):
    found = {
        "brooklyn" if word == "kings" else word for word in re.findall(r"[a-z0-9]+", name.lower().replace("'s", ""))
    }
    return found - EMPTY or found


def agree(one, other):
    mine, its = distinctive(one), distinctive(other)
    return 2 * len(mine & its) >= min(len(mine), len(its))


def test_the_courthouse_of_an_event_is_among_the_courts_found():
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip("the development texts are not beside the repository")
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for file in sorted((folder / "gold").glob("*.json")):
        kind = "full" if file.stem[0] in "as" else "passage"
        text = (folder / "texts" / f"{file.stem}.txt").read_text(encoding="utf-8")
        names = [court.name for court in find_courts(text) if not court.generic]
        incidents = json.loads(file.read_text(encoding="utf-8"))["incidents"]
        for courthouse in {each["courthouse"] for each in incidents if each["courthouse"]}:
            asked[kind] += 1
            found[kind] += any(agree(name, courthouse) for name in names)
    # Missed are names that the text never has: "in Meriden … the courthouse" is the reader's to put together.
    assert asked == {"full": 22, "passage": 197}
    assert found["full"] >= 19
    assert found["passage"] >= 180


def test_landmarks_are_labelled_and_placed():
    file = SHARED / "landmarks" / "dev.csv"
    if not file.is_file():
        pytest.skip("the labelled landmarks are not beside the repository")
    assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(DIGEST)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    answers = [(row, resolve(row["landmark"], aor=row["aor"])) for row in rows]
    assert macro_f1([(row["label"], answer.label) for row, answer in answers]) >= 0.98
    courts = [(row, answer) for row, answer in answers if row["label"] != "not_court"]
    counties = [(row["county"].removesuffix(" Parish"), answer.county or "") for row, answer in courts]
    states = [(row["state"], answer.state or "") for row, answer in courts]
    assert not [pair for pair in counties + states if pair[1] not in ("", pair[0])]  # unknown, never wrong
    assert sum(right == given for right, given in counties) >= 75
    assert sum(right == given for right, given in states) >= 76
    unclear = [answer.label for row, answer in answers if row["label"] == "ambiguous"]
    assert unclear.count("ambiguous") >= len(unclear) * 0.98


DIGEST = "121e0cb8bb868a8f"


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (r"\bCOURT ?HOUSE\b", "CT HSE"),
        (r"\bCOURT ?HOUSE\b", "COURTHSE"),
        (r"\b(DISTRICT|SUPERIOR|CIRCUIT|CRIMINAL|MUNICIPAL) COURT\b", r"\1 CT"),
        (r"\bCOURT\b", "CRT"),
        (r"\bCOURT\b", "COUTR"),
        (r"\bCOUNTY\b", "CTY"),
        (r"\bDISTRICT\b", "DIST."),
        (r"\bUS DISTRICT COURT\b", "USDC"),
        (r"\bFEDERAL\b", "FED"),
        (r"\bJUDICIAL\b", "JUD"),
        (r"\bCRIMINAL\b", "CRIM."),
        (r"\bPROBATION\b", "PROB."),
        (r" - |-", "?"),
        (r" ", "  \t"),
        (r"$", " - DO NOT USE"),
    ],
)
def test_landmarks_written_short_or_with_slips_are_what_they_are_in_full(pattern, written):
    file = SHARED / "landmarks" / "dev.csv"
    if not file.is_file():
        pytest.skip("the labelled landmarks are not beside the repository")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    short = [(row, re.sub(pattern, written, row["landmark"])) for row in rows]
    changed = [(row, text) for row, text in short if text != row["landmark"]]
    assert changed
    for row, text in changed:
        found, full = (resolve(each, aor=row["aor"]) for each in (text, row["landmark"]))
        assert (text, found.label) == (text, row["label"])
        if row["label"] != "not_court":
            assert (text, found.county, found.state) == (text, full.county, full.state)


def macro_f1(pairs):
    labels = {label for pair in pairs for label in pair}
    scores = []
    for label in labels:
        hit = sum(pair == (label, label) for pair in pairs)
        scores.append(2 * hit / sum((right == label) + (given == label) for right, given in pairs))
    return sum(scores) / len(scores)
