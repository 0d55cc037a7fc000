"""Accounts: what a text tells of arrests, attempts and visits at courthouses. The people here are invented."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import portico
from portico.facts import Account, Claim
from portico.reading import READER, Document, open_document, read

SAMPLE = Path(portico.__file__).parent / "cli" / "sample"


def document(text: str, published_on: str | None = "2019-05-15") -> Document:
    return open_document(text.encode(), "text/plain", id="text", published_on=published_on)


def accounts(text: str, published_on: str | None = "2019-05-15") -> tuple[Account, ...]:
    return read(document(text, published_on)).accounts


def told(text: str, *attributes: str) -> list[object]:
    (account,) = accounts(text)
    return [account.value(attribute) for attribute in attributes]


@pytest.mark.parametrize(
    "text",
    [
        "Immigration agents arrested a man at Brooklyn Criminal Court on Tuesday.",
        "A man was arrested by ICE agents at Brooklyn Criminal Court on Tuesday.",
        "A man was taken into custody by ICE at Brooklyn Criminal Court on Tuesday.",
        "ICE officers led a man out of Brooklyn Criminal Court on Tuesday.",
        "Two ICE officers took a man by the arms at Brooklyn Criminal Court on Tuesday.",
        "A man left Brooklyn Criminal Court on Tuesday and ended up in the back of an ICE van.",
        "A man detained by ICE at Brooklyn Criminal Court on Tuesday had come for a hearing.",
    ],
)
def test_an_arrest_is_told_in_many_ways(text):
    (account,) = accounts(text)
    assert (account.value("kind"), account.value("people_arrested")) == ("arrest", 1)
    assert (account.value("date"), account.value("gender")) == ("2019-05-14", "male")
    assert account.value("courthouse_id") == "nyc-120-schermerhorn"


@pytest.mark.parametrize(
    "text",
    [
        "The bill would bar officers from arresting anyone at Brooklyn Criminal Court.",
        "ICE made 31 arrests at courthouses in New York since January, a survey found.",
        "ICE agents arrested a cook at his home on Tuesday. He had never been late for work.",
        "ICE agents arrested four men at a restaurant in Albany on Tuesday.",
        "Nobody was arrested by ICE at Brooklyn Criminal Court on Tuesday.",
        "If a man is arrested by ICE at Brooklyn Criminal Court, call us.",
        "The sheriff locked down the Linn County Courthouse on Thursday after a threat.",
        "Officers may not arrest a person at a courthouse without a warrant, the judge ruled on Tuesday.",
        "ICE agents took a baker from a truck by the Kings County Courthouse. He had no business at the court.",
        "ICE agents arrested a tailor on Tuesday. He was not at the Kings County Courthouse that day.",
    ],
)
def test_what_is_no_incident(text):
    assert accounts(text) == ()


def test_police_who_arrest_somebody_in_a_courthouse_are_other_enforcement():
    text = "A man was arrested in Brooklyn Criminal Court on Tuesday by detectives of the NYPD."
    assert told(text, "kind", "agency", "people_arrested") == ["other_enforcement", "local_police", 1]


def test_two_days_and_two_courts_are_two_events():
    text = (
        "ICE agents arrested a man at Queens Criminal Court on April 30.\n\n"
        "A woman was arrested by ICE at Brooklyn Criminal Court on May 2."
    )
    first, second = accounts(text)
    assert (first.value("date"), first.value("gender")) == ("2019-04-30", "male")
    assert (second.value("date"), second.value("gender")) == ("2019-05-02", "female")


def test_a_story_told_twice_is_one_event():
    text = (
        "Man arrested by ICE at Brooklyn Criminal Court\n\n"
        "ICE agents arrested a man at Brooklyn Criminal Court on Tuesday, his lawyer said after the hearing.\n\n"
        "The man was led away in handcuffs. His arrest was the second thing he had feared."
    )
    assert len(accounts(text)) == 1


def test_a_total_of_what_is_told_one_by_one_is_no_event():
    text = (
        "Three people were taken into custody by ICE at immigration courts on Tuesday.\n\n"
        "Two men were picked up in a parking lot of the immigration court in Chelmsford. In Boston a woman was taken "
        "into custody by ICE in the hallway of the immigration court."
    )
    assert [account.value("people_arrested") for account in accounts(text)] == [2, 1]


def test_an_attempt_beside_an_arrest_is_its_own_event():
    text = (
        "Three people were arrested outside Queens Criminal Court on Tuesday by ICE agents, who also tried to arrest "
        "a woman."
    )
    assert [(a.value("kind"), a.value("people_arrested")) for a in accounts(text)] == [
        ("arrest", 3),
        ("attempted_arrest", 0),
    ]


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("in a fourth-floor hallway of Brooklyn Criminal Court", "hallway"),
        ("outside a courtroom of Brooklyn Criminal Court", "hallway"),
        ("in the lobby of Brooklyn Criminal Court", "lobby"),
        ("in a courtroom of Brooklyn Criminal Court", "courtroom"),
        ("outside Brooklyn Criminal Court", "outside_unspecified"),
        ("on the front steps of Brooklyn Criminal Court", "entrance"),
        ("in the parking lot of Brooklyn Criminal Court", "parking"),
        ("around the corner from Brooklyn Criminal Court", "street_vicinity"),
        ("inside Brooklyn Criminal Court", "inside_unspecified"),
        ("at Brooklyn Criminal Court", None),
    ],
)
def test_where_in_the_building(words, zone):
    assert told(f"ICE agents arrested a man {words} on Tuesday.", "zone") == [zone]


@pytest.mark.parametrize(
    ("sentence", "attribute", "value"),
    [
        ("They would not tell him who they were.", "identified", "no"),
        ("The agents identified themselves.", "identified", "yes"),
        ("His lawyer asked to see a warrant and was shown nothing.", "warrant", "none_shown"),
        ("The agents presented a judicial warrant.", "warrant", "judicial"),
        ("The agents had an administrative warrant.", "warrant", "administrative"),
        ("They shoved him against the wall.", "force_used", "yes"),
        ("He was taken without incident.", "force_used", "no"),
        ("His lawyer was not allowed to speak with him.", "counsel_access", "denied"),
        ("The judge had not been told.", "judge_informed", "no"),
        ("A bailiff held the side door for them.", "court_staff", "assisted"),
        ("Court officers had no part in it.", "court_staff", "neither"),
        ("The agents were in street clothes.", "plain_clothes", "yes"),
        ("It rained all day.", "warrant", None),
    ],
)
def test_rare_facts_only_from_words_that_say_so(sentence, attribute, value):
    text = f"ICE agents arrested a man at Brooklyn Criminal Court on Tuesday. {sentence}"
    assert told(text, attribute) == [value]


def test_sources_that_differ_make_rival_claims_and_the_first_is_the_value():
    text = (
        "ICE agents arrested a man at Brooklyn Criminal Court on Tuesday.\n\n"
        "His lawyer asked for a warrant and was shown nothing, said Ines Calloway, a staff attorney.\n\n"
        "The officers had an administrative warrant, said Walter Hale, an ICE spokesman."
    )
    (account,) = accounts(text)
    assert [claim.value for claim in account.about("warrant")] == ["none_shown", "administrative"]
    assert [claim.asserted_by for claim in account.about("warrant")] == ["Ines Calloway", "Walter Hale"]
    assert account.value("warrant") == "none_shown"


def test_a_denial_is_a_claim_and_not_the_value():
    text = (
        "ICE agents arrested a man at Brooklyn Criminal Court on Tuesday. "
        "An ICE spokeswoman, Ada Hale, said nobody was kept from speaking with counsel."
    )
    (account,) = accounts(text)
    (denial,) = account.about("counsel_access")
    assert (denial.value, denial.hedge, account.value("counsel_access")) == ("denied", "denied", None)


def test_immigration_agents_of_an_agency_nobody_names_leave_three_open():
    (account,) = accounts("Immigration agents arrested a man at Brooklyn Criminal Court on Tuesday.")
    assert set(account.candidates("agency")) == {"ice", "hsi", "cbp"}
    assert account.value("agency") is None


def test_every_claim_names_its_reader_and_rests_on_words():
    (account,) = accounts("ICE agents arrested a man at Brooklyn Criminal Court on Tuesday.")
    assert all(claim.spans and claim.origin == READER for claim in account.claims)


FACTS: dict[str, dict[str, object]] = {
    "ledger.html": {
        "kind": "arrest",
        "zone": "hallway",
        "agency": "ice",
        "people_arrested": 1,
        "age": 34,
        "role": "defendant",
        "proceeding": "criminal",
        "warrant": "none_shown",
        "plain_clothes": "yes",
        "identified": None,
        "counsel_access": "denied",
        "attorney_told": "yes",
        "judge_informed": None,
        "court_staff": "neither",
        "purpose_stated": None,
        "force_used": None,
        "report_filed": None,
    },
    "union.txt": {
        "kind": "arrest",
        "zone": "hallway",
        "agency": None,
        "people_arrested": 1,
        "role": "defendant",
        "proceeding": None,
        "warrant": None,
        "plain_clothes": None,
        "identified": None,
        "counsel_access": "denied",
        "attorney_told": None,
        "judge_informed": None,
        "court_staff": "assisted",
        "force_used": None,
    },
    "note.txt": {
        "kind": "arrest",
        "zone": "hallway",
        "people_arrested": 1,
        "warrant": "none_shown",
        "plain_clothes": "yes",
        "identified": "no",
        "counsel_access": "denied",
        "attorney_told": "yes",
        "judge_informed": "yes",
        "court_staff": "informed",
        "purpose_stated": "yes",
        "force_used": None,
        "name": "Ismael Quintera",
        "time": "09:53",
    },
    "agency.txt": {
        "kind": "arrest",
        "zone": "lobby",
        "agency": "ice",
        "people_arrested": 1,
        "role": None,
        "proceeding": None,
        "warrant": "administrative",
        "plain_clothes": None,
        "identified": "yes",
        "counsel_access": None,
        "court_staff": None,
        "time": "09:45",
    },
}
PUBLISHED = {
    "ledger.html": "2019-05-15",
    "union.txt": "2019-05-14",
    "note.txt": "2019-05-14",
    "agency.txt": "2019-05-15",
}


def sample_account(name: str) -> Account:
    (account,) = read(open_document(SAMPLE / name, published_on=PUBLISHED[name])).accounts
    return account


@pytest.mark.parametrize("name", FACTS)
def test_the_bundled_sample_gives_the_facts_of_its_page(name):
    account = sample_account(name)
    assert {attribute: account.value(attribute) for attribute in FACTS[name]} == FACTS[name]
    assert account.value("date") == "2019-05-14"


@pytest.mark.parametrize("name", FACTS)
def test_the_bundled_sample_is_of_one_courthouse(name):
    """The agency writes "the Kings County courthouse", which leaves open which of that county's."""
    account = sample_account(name)
    certain = {"nyc-120-schermerhorn"}
    assert certain <= set(account.candidates("courthouse_id"))
    assert account.value("county") == "Kings"
    assert name == "agency.txt" or set(account.candidates("courthouse_id")) == certain


def test_the_ledger_lets_both_sides_speak():
    account = sample_account("ledger.html")

    def said(claim: Claim) -> tuple[object, bool]:
        return claim.value, "Immigration" in (claim.asserted_by or "")

    assert [said(claim) for claim in account.about("warrant")] == [("none_shown", False), ("administrative", True)]
    assert [claim.hedge for claim in account.about("counsel_access")] == [None, "denied"]


@pytest.mark.parametrize(
    "text",
    [
        "A judge at the Elm County Courthouse set bail on Monday. ICE took him in the jail's sally port at noon.",
        "He was detained by ICE on Tuesday at a scheduled check-in. A judge at Brooklyn Criminal Court knew him.",
        "Four men in vests led a man out of Brooklyn Criminal Court on Tuesday. None of the four was from ICE.",
        "Staff at Brooklyn Criminal Court are to write down each visit by a federal officer from Tuesday on.",
    ],
)
def test_a_handover_a_mistake_and_a_duty_are_no_incidents(text):
    assert [account for account in accounts(text) if account.value("kind") != "other_enforcement"] == []


def test_an_arrest_told_only_by_its_signs():
    text = (
        "I stood with my client in the third-floor hallway of Brooklyn Criminal Court on May 7. Three people in jeans "
        "came from the stairs. I asked to see a warrant and was shown nothing. A court officer told me to step back. "
        "The badge I saw said ICE."
    )
    assert told(text, "kind", "zone", "warrant", "court_staff") == ["arrest", "hallway", "none_shown", "assisted"]


def test_the_one_taken_is_not_one_of_four_in_fleece():
    text = (
        "By the elevators of the Kings County Courthouse on Tuesday four men in fleece jackets stood up. "
        "Zdenka Prokop had just paid her fine when they closed in. ICE says that it has her."
    )
    assert told(text, "kind", "people_arrested", "name", "gender") == ["arrest", 1, "Zdenka Prokop", "female"]


def test_a_numbered_declaration_tells_of_one_event_and_is_read_as_a_whole():
    text = (
        "DECLARATION OF HOLLIS BRANDT\n\nI, Hollis Brandt, declare:\n\n1. I am an attorney in the county.\n\n"
        "2. On May 7, 2019, I stood with our client in the hallway of the Kings County Courthouse.\n\n"
        "3. Two men in jeans rose and asked her name.\n\n4. I asked for a paper. I was shown nothing.\n\n"
        "5. They walked her down the stairs. One wore a badge that read ICE.\n"
    )
    assert told(text, "kind", "date", "zone", "gender") == ["arrest", "2019-05-07", "hallway", "female"]


@pytest.mark.parametrize(
    ("words", "attribute", "value"),
    [
        ("He is nineteen.", "age", 19),
        ("He had come with his 12-year-old son.", "age", None),
        ("His lawyer said, “He’s 24.”", "age", 24),
        ("He was on his way out, in the lobby.", "zone", "lobby"),
        ("He was on his way out.", "zone", "outside_unspecified"),
        ("Agency not confirmed.", "agency", None),
        ("He is accused of burglary.", "proceeding", "criminal"),
        ("The petition against his former wife was dropped.", "proceeding", "domestic_violence"),
    ],
)
def test_what_is_told_beside_an_arrest(words, attribute, value):
    assert told(f"ICE agents arrested a man at Brooklyn Criminal Court on Tuesday. {words}", attribute) == [value]


def test_a_court_by_its_name_goes_before_an_address():
    text = "ICE agents arrested a man who had a case in Linn County Family Court in the lot behind 12 Ferry Street."
    assert told(text, "courthouse") == ["Linn County Family Court"]


@pytest.mark.parametrize(
    ("heading", "source"),
    [
        ("AFFIDAVIT OF ZDENKA PROKOP\n\n", "Zdenka Prokop"),
        ("@ferrycourtwatch\n", "ferrycourtwatch"),
        ("Kept by: Z. Prokop\n\n", "Z. Prokop"),
    ],
)
def test_a_text_says_in_its_heading_whose_it_is(heading, source):
    assert told(f"{heading}ICE agents arrested a man at Brooklyn Criminal Court.", "asserted_by") == [source]


def test_a_visit_is_a_sighting_and_counts_nobody_only_if_the_text_says_so():
    visit = "Two ICE officers sat in a courtroom of Brooklyn Criminal Court on Tuesday."
    assert told(visit, "kind", "people_arrested") == ["sighting", None]
    assert told(f"{visit} Nobody was arrested.", "kind", "people_arrested") == ["sighting", 0]


def test_a_group_is_one_event_with_all_its_names():
    text = (
        "Three men were arrested by ICE agents at Brooklyn Criminal Court on Tuesday. Those arrested were Oscar Lima, "
        "Pedro Matos and Luis Ferrer."
    )
    assert told(text, "people_arrested", "name", "age") == [3, "Oscar Lima; Pedro Matos; Luis Ferrer", None]


def test_the_person_is_not_the_lawyer_or_the_spokesman():
    text = (
        "A 31-year-old man was arrested by ICE at Brooklyn Criminal Court on Tuesday, said his lawyer, Ines Vara. The "
        "defendant, Ulderico Bash, had come for a hearing. Adam Hale, a spokesman for ICE, declined to comment."
    )
    assert told(text, "name", "age", "role") == ["Ulderico Bash", 31, "defendant"]


def test_a_judges_own_custody_is_no_arrest():
    text = (
        "Two ICE officers tried to arrest a man in a hallway of Brooklyn Criminal Court on Tuesday. "
        "The judge set bail, and he was taken into city custody."
    )
    assert told(text, "kind", "people_arrested") == ["attempted_arrest", 0]


SENTENCES = [
    "ICE agents arrested a man at Brooklyn Criminal Court on Tuesday.",
    "A woman was detained in the lobby, her lawyer said.",
    "Nobody was arrested.",
    "9:53 Two men take him by both arms.",
    "“No paper,” said Ines Vara, a lawyer.",
    "The bill would bar such arrests.",
    "Three people were taken into custody outside Queens Criminal Court on May 2, 2019.",
    "They left without her.",
    "He is being held at a detention center.",
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES) | st.text(max_size=30), max_size=8),
    st.sampled_from([" ", "\n", "\n\n"]),
)
def test_any_text_gives_claims_whose_words_are_there(sentences, between):
    text = f"Court news{between}{between.join(sentences)}"
    first = read(document(text))
    assert all(first_words(text, claim) for account in first.accounts for claim in account.claims)
    assert read(document(text)) == first


def first_words(text: str, claim: Claim) -> bool:
    content = document(text).text
    return all(content.words(span) for span in claim.spans)
