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
        ("“It was quick,” said acting Field Office Director Ulla Brandt.", "Ulla Brandt", "Field Office", "direct"),
        ("Ulla Brandt, Mill Street, stated that it was quick.", "Ulla Brandt", None, "indirect"),
        ("Ulla Brandt, a roof painter, said that Tom Marsh ran.", "Ulla Brandt", None, "indirect"),
        ("“It was quick,” said his sister, Ulla.", "Ulla", None, "direct"),
        ("To Ulla Brandt, who teaches law, the rule is no help.", "Ulla Brandt", None, "indirect"),
        ("It was slow. By the telling of Ines Vara it was quick.", "Ines Vara", None, "indirect"),
        ("The email, signed by Ines Vara, said that Tom Marsh ran.", "Ines Vara", None, "indirect"),
        ("Judge Ulla Brandt found that nobody had asked.", "Ulla Brandt", None, "indirect"),
        ("The consulate in Millford says it was quick.", None, "consulate in Millford", "indirect"),
        ("It was quick, Harbor Clinic confirmed Thursday.", None, "Harbor Clinic", "indirect"),
        ("Harbor Clinic acknowledged Tuesday that it was quick.", None, "Harbor Clinic", "indirect"),
        ("A form nobody reads, Harbor Clinic cautions, is no rule.", None, "Harbor Clinic", "indirect"),
        ("It was quick, a spokesman for the Office of Court Rules said.", None, "Office of Court Rules", "indirect"),
        ("It was quick, Harbor Clinic said in a statement.", None, "Harbor Clinic", "indirect"),
        ("The Kent County Sheriff's Office said it had no part.", None, "Kent County Sheriff's Office", "indirect"),
        ("Sheriff Ines Davis said it was quick.", "Ines Davis", None, "indirect"),
        ("Judge Tom Alberto confirms that it was quick.", "Tom Alberto", None, "indirect"),
        ("Sheriff Tom Ashcombe added that it was quick.", "Tom Ashcombe", None, "indirect"),
        ("“It was quick,” said her fiancé, Tom Marsh.", "Tom Marsh", None, "direct"),
        ("It was quick, his aunt Ulla said.", "Ulla", None, "indirect"),
        ("• Ines Vara, retired clerk: saw the van at noon.", "Ines Vara", None, "indirect"),
        ("Sheriff Ines Vara called the rule a mistake.", "Ines Vara", None, "indirect"),
        ("Harbor Clinic wants a log at each door.", None, "Harbor Clinic", "indirect"),
        ("Judge Ulla Brandt, who had seen Tom Marsh, sat down and said, “Find him.”", "Ulla Brandt", None, "direct"),
        ("The Ninth Judicial District says it was quick.", None, "Ninth Judicial District", "indirect"),
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


@pytest.mark.parametrize(
    "text",
    [
        "Harbor Clinic looked into it on Tuesday. “It was quick,” an official there wrote.",
        "Harbor Clinic looked into it on Tuesday. It was quick, its general counsel said.",
        "We asked Harbor Clinic about it on Tuesday. Its answer, in full: “It was quick.”",
    ],
)
def test_somebody_of_the_body_in_view_speaks_for_it(text):
    assert [one[1] for one in said(text)] == ["Harbor Clinic"]


def test_by_her_account_is_the_account_of_whoever_was_named_last():
    text = "Ines Vara was in the lobby with a cup of coffee in her hand. By her account it was over in a minute."
    assert [one[0] for one in said(text)] == ["Ines Vara"]


def test_the_record_of_a_call_is_the_callers_and_the_caller_was_not_taken():
    text = (
        "CALL LOG 7, received 11:52.\n\nCaller (F, first name Ulla) is outside the Kent County Courthouse. Brother "
        "went in at 9 on May 14, 2019. ICE officers took him at the door. Brother = Jorge, 24."
    )
    document = open_document(text.encode(), published_on="2019-05-15")
    reading = read(document)
    assert [s.speaker for s in reading.statements] == ["Ulla"]
    assert "Ulla" not in {account.value("name") for account in reading.accounts}


def test_initials_are_traced_to_the_full_name():
    text = "The Harbor Defense Project (HDP) keeps count. HDP said that eleven were taken."
    assert [one[1] for one in said(text)] == ["Harbor Defense Project"]


def test_a_letter_is_its_signers_words():
    assert [one[0] for one in said(LETTER, None)] == ["Ines Vara", "Tom Quell"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "DECLARATION OF ULLA BRANDT\n\nI, Ulla Brandt, declare:\n\n1. I clean the lobby.\n\n2. I saw it.",
            ["Ulla Brandt"],
        ),
        (LETTER.replace("Ines Vara", "Ulla Brandt, Millford"), ["Tom Quell", "Ulla Brandt"]),
        ("Ulla Brandt @ullab · Apr 24, 2019\n1/ Kent County Courthouse, 10:50. They had a paper.", ["Ulla Brandt"]),
        ("Two men took her at the court. I was with her and I had to go, and they told me nothing. — Ulla", ["Ulla"]),
        (
            "Dear families,\n\nNo child is missing. Our class saw the court.\n\nSincerely,\nUlla Brandt, Head",
            ["Ulla Brandt"],
        ),
        ("@kentwatch\n1/ Kent County Courthouse, about 10:20. Three in the hall.", ["kentwatch"]),
        ("Harbor Watch @harborwatch\n\n1/ Kent County Courthouse, 9:20. Four of them.", [None]),
        (
            "From: Brandt, Ulla (Clerk)\nTo: All\nDate: 13 May 2019\nSubject: log\n\nAll,\n\nI saw it. I want my log.",
            ["Ulla Brandt"],
        ),
    ],
)
def test_a_text_in_the_first_person_is_its_authors(text, speakers):
    assert sorted((one[0] for one in said(text, None)), key=str) == speakers


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


def test_the_answers_of_an_interview_are_those_of_whoever_is_asked():
    text = (
        "Five questions for Pastor Ulla Brandt\n\nWhat did you see?\n\nA man at the door.\n\nDid he show a paper?\n\n"
        "Not to me. He asked for a name.\n\nWhat happens now?\n\nWe walk to the courthouse."
    )
    assert said(text) == [
        (
            "Ulla Brandt",
            None,
            "direct",
            ["A man at the door.", "Not to me. He asked for a name.", "We walk to the courthouse."],
        )
    ]


def test_who_reports_in_a_transcript_is_not_heard_and_whom_they_quote_is():
    text = (
        "DINA PELL, HOST: Our Cole Sand has been at court.\n\nCOLE SAND: Since six. Ulla Brandt, a spokesperson, "
        "emailed me one line: “It was quick.”\n\nPELL: And the other one?\n\nINES VARA: I saw it.\n\nPELL: Thanks."
    )
    assert [one[0] for one in said(text)] == ["Ulla Brandt", "Ines Vara"]


def test_she_is_the_woman_named_last_even_past_a_man():
    text = (
        "Ulla Brandt, the bride, read the sheet afterward in the kitchen of the house on Mill Road. By "
        "then Tom Marsh was gone, and he had no coat.\n\n“They were polite,” she said. “Nobody raised a voice to us.”"
    )
    assert [one[0] for one in said(text)] == ["Ulla Brandt"]


def test_words_after_a_colon_are_those_of_whoever_begins_the_sentence():
    assert said('Tom Marsh, the clerk, shrugged: "It was quick."') == [("Tom Marsh", None, "direct", ["It was quick."])]


def test_whoever_only_asks_in_a_transcript_is_not_heard():
    text = (
        "ULLA BRANDT: What did you see?\nINES VARA: Four men.\nULLA BRANDT: And then?\n"
        "INES VARA: They were gone.\nULLA BRANDT: Did they speak?\nINES VARA: No."
    )
    assert [one[0] for one in said(text)] == ["Ines Vara"]


def test_who_tells_the_own_name_speaks_the_whole_text():
    text = "My name is Ines Vara. I was at the north door. I saw the van, and my brother was in it. We called him."
    assert [one[0] for one in said(text)] == ["Ines Vara"]
    assert said("A woman spoke. “My name is Ines Vara,” I heard, and I wrote, and we left, and I slept.") == []
