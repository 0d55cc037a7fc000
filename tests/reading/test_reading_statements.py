"""Statements: who is reported to have said what, by name, by body, by pronoun; at most one for each speaker."""

import pytest

from portico.reading import open_document, read

LETTER = (
    "May 14, 2019\n\nDear Chief Judge Marsh:\n\nWe write about the lobby. We saw our client led away, and we ask "
    "for a rule.\n\nRespectfully,\n\nInes Vara\nTom Quell"
)


def said(text, published_on="2019-05-15"):
    document = open_document(text.encode(), published_on=published_on)
    return [
        (s.speaker, s.organisation, s.kind, [document.text.words(quote) for quote in s.quotes])
        for s in read(document).statements
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "organisation", "kind"),
    [
        ("“It was quick,” said Ines Vara, director of Harbor Clinic.", "Ines Vara", "Harbor Clinic", "direct"),
        ("Ines Vara, the director of Harbor Clinic, said it was quick.", "Ines Vara", "Harbor Clinic", "indirect"),
        ("A spokesman for the state court system, Tom Marsh, said so.", "Tom Marsh", "state court system", "indirect"),
        ("It was quick, said Harbor Clinic's director, Ines Vara.", "Ines Vara", "Harbor Clinic", "indirect"),
        ("It was quick, according to Ines Vara of Harbor Clinic.", "Ines Vara", "Harbor Clinic", "indirect"),
        ("Kent County Attorney Ines Vara said it was quick.", "Ines Vara", "Kent County Attorney", "indirect"),
        ("Sgt. Tom Marsh told a reporter that it was quick.", "Tom Marsh", None, "indirect"),
        ("“It was quick,” tweeted Ines Vara.", "Ines Vara", None, "direct"),
        ("Ines Vara stands by the north door and says it was quick.", "Ines Vara", None, "indirect"),
        ("Sheriff Ines Vara sees no mystery in it.", "Ines Vara", None, "indirect"),
        ("“It was quick.” Ines Vara, Harbor Clinic", "Ines Vara", "Harbor Clinic", "direct"),
        ("Harbor Clinic, for its part, says it was quick.", None, "Harbor Clinic", "indirect"),
        ("• For Ines Vara of Harbor Clinic it starts now: “It was quick.”", "Ines Vara", "Harbor Clinic", "direct"),
        ("The Harbor Clinic’s press office disputes that it was quick.", None, "Harbor Clinic", "indirect"),
        ("It was quick, Harbor Clinic said in a statement.", None, "Harbor Clinic", "indirect"),
        ("The Kent County Sheriff's Office said it had no part.", None, "Kent County Sheriff's Office", "indirect"),
    ],
)
def test_the_speaker_is_found(text, speaker, organisation, kind):
    assert [one[:3] for one in said(text)] == [(speaker, organisation, kind)]


def test_an_agency_is_one_speaker_under_all_its_names():
    text = (
        "ICE confirmed that it made the arrest. “We follow policy,” the agency said in a statement. "
        "A spokesperson for U.S. Immigration and Customs Enforcement said no more."
    )
    assert said(text) == [(None, "U.S. Immigration and Customs Enforcement (ICE)", "direct", ["We follow policy"])]


def test_a_pronoun_and_a_quotation_alone_go_to_whoever_has_the_floor():
    text = (
        "Ines Vara, who runs Harbor Clinic, was in the lobby when it happened.\n\n"
        "“It was quick,” she said. “Nobody showed a paper to him or to me.”\n\n“I will not forget it while I live.”"
    )
    [(speaker, _, kind, quotes)] = said(text)
    assert (speaker, kind, len(quotes)) == ("Ines Vara", "direct", 3)


def test_initials_are_traced_to_the_full_name():
    text = "The Harbor Defense Project (HDP) keeps count. HDP said that eleven were taken."
    assert [one[1] for one in said(text)] == ["Harbor Defense Project"]


def test_a_letter_is_its_signers_words():
    assert [one[0] for one in said(LETTER, None)] == ["Ines Vara", "Tom Quell"]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody would say what had happened.",
        "He was told to leave the building.",
        "Two people who saw it said it was quick.",
        "Agents are said to have waited for an hour.",
    ],
)
def test_nobody_named_is_nobody_heard(text):
    assert said(text) == []


def test_the_lines_of_a_transcript_are_their_speakers_and_the_host_only_asks():
    text = (
        "HOST: And where was this?\n\nINES VARA: In the lobby. It was quick.\n\nHOST: Did they say who they were?\n\n"
        "VARA: Not to me."
    )
    assert said(text) == [("Ines Vara", None, "direct", ["In the lobby. It was quick.", "Not to me."])]


def test_words_after_a_colon_are_those_of_whoever_begins_the_sentence():
    assert said('Tom Marsh, the clerk, shrugged: "It was quick."') == [("Tom Marsh", None, "direct", ["It was quick."])]
