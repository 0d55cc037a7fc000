"""Actions: collective and official acts, each once, with who, when, where and what for."""

import pytest

from portico.reading import open_document, read

LETTER = (
    "May 14, 2019\n\nDear Chief Judge Marsh:\n\nWe write about the lobby. We saw our client led away, and we ask "
    "for a rule.\n\nRespectfully,\n\nInes Vara"
)


def acts(text, published_on="2019-05-15"):
    return read(open_document(text.encode(), published_on=published_on)).actions


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Harbor Clinic will hold a rally on Thursday.", "rally", "2019-05-16"),
        ("A vigil is planned at City Hall at 6 p.m. Friday.", "rally", "2019-05-17"),
        ("About ninety defenders walked out on Monday.", "walkout", "2019-05-13"),
        ("Dozens of lawyers marched to the mayor's office on Tuesday.", "march", "2019-05-14"),
        ("The clinic filed a habeas petition on Tuesday.", "lawsuit", "2019-05-14"),
        ("The council adopted an ordinance on Monday.", "legislation", "2019-05-13"),
        ("The Office of Court Administration issued a directive in April.", "other", "2019-04"),
        ("Harbor Clinic sent a letter to the chief judge on Monday.", "letter", "2019-05-13"),
        ("Forty members of the bar had petitioned for the rule in April.", "letter", "2019-04"),
        ("A directive signed Monday by the chief justice covers the lobby.", "other", "2019-05-13"),
        ("A federal judge on Monday ordered U.S. immigration authorities to release the man.", "other", "2019-05-13"),
        ("Nine states went to federal court Monday to stop arrests at their courthouses.", "lawsuit", "2019-05-13"),
        ("With the governor's signature on Monday, the state joined six others.", "legislation", "2019-05-13"),
        ("On Monday they carried empty shoes from Kent Square to the Battery.", "march", "2019-05-13"),
        ("Some seventy people stood on the courthouse steps on Monday.", "rally", "2019-05-13"),
    ],
)
def test_each_kind_with_its_day(text, kind, date):
    assert [(act.kind, act.date) for act in acts(text)] == [(kind, date)]


@pytest.mark.parametrize(
    "text",
    [
        "The judge granted her a restraining order against her former husband.",
        "A stack of blank forms sat under the posted rule.",
        "The judge has granted a defense request that bail be set.",
    ],
)
def test_an_order_for_one_person_is_no_act(text):
    assert acts(text) == ()


def test_an_act_told_twice_is_one_with_what_each_telling_adds():
    text = (
        "Advocates and attorneys will hold a rally Thursday calling for a ban on arrests. Harbor Clinic is organizing "
        "Thursday's rally. The rally will take place at Kent Borough Hall at 1 p.m."
    )
    [rally] = acts(text)
    assert (rally.organiser, rally.date, rally.time, rally.place) == (
        "Harbor Clinic",
        "2019-05-16",
        "13:00",
        "Kent Borough Hall",
    )
    assert rally.demand == "a ban on arrests"
    assert len(rally.spans) == 3


def test_they_are_those_of_the_sentence_before():
    text = "Hundreds of defense attorneys held a walkout. They marched to the mayor's office and demanded an answer."
    assert [(act.kind, act.organiser) for act in acts(text)] == [
        ("walkout", "defense attorneys"),
        ("march", "defense attorneys"),
    ]


def test_a_letter_is_an_act_of_its_signers():
    [letter] = acts(LETTER, None)
    assert (letter.kind, letter.organiser, letter.date, letter.target) == (
        "letter",
        "Ines Vara",
        "2019-05-14",
        "Chief Judge Marsh",
    )


@pytest.mark.parametrize(
    "text",
    [
        "He walked out a free man.",
        "Agents marched him out in March.",
        "“We will rally,” a man said.",
        "They left in protest.",
        "The act was over.",
    ],
)
def test_what_is_no_act(text):
    assert acts(text) == ()
