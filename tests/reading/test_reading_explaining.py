"""Explanations and confidence: for every value the cue, the words and the rivals, and a share that is honest."""

import importlib
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import process_time
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.facts import Claim, Span
from portico.reading import Document, confidence, explain, open_document, read

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT.parent / "shared" / "data" / "articles"
REPORT = (
    "BROOKLYN — ICE agents arrested Jonah Quell, 34, in a hallway of Brooklyn Criminal Court on Tuesday, May 14, 2019, "
    "his lawyer, Ines Vara of Harbor Clinic, said.\n\nHis hearing is set for June 3, 2019. A man waited in the lobby. "
    "Nobody showed him a warrant."
)

with_articles = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the development set (../shared/data/articles) is absent"
)


def opened(words=REPORT):
    document = open_document(words.encode(), id="report", published_on="2019-05-15")
    return document, read(document)


def explained(attribute, words=REPORT):
    document, reading = opened(words)
    [account] = explain(reading, document.text)
    return document.text, next(each for each in account if each.claim.attribute == attribute)


def test_every_claim_is_explained_in_its_place():
    document, reading = opened()
    accounts = explain(reading, document.text)
    assert [[each.claim for each in account] for account in accounts] == [[*a.claims] for a in reading.accounts]
    assert all(each.found for account in accounts for each in account)


def test_a_cue_says_what_it_means_and_the_rival_why_it_was_not_taken():
    text, zone = explained("zone")
    assert zone.claim.value == "hallway"
    assert zone.cue is not None
    assert zone.found == zone.cue.means
    lobby = next(each for each in zone.rivals if each.value == "lobby")
    assert text.words(lobby.span) == "lobby"
    assert lobby.why == "2 sentences away: farther"


def test_a_date_says_how_it_was_reached_and_what_other_days_are():
    text, date = explained("date")
    assert date.cue is None
    assert text.words(date.claim.spans[0]).endswith("2019")
    june = next(each for each in date.rivals if each.value == "2019-06-03")
    assert june.why == "it was still to come when this was written"


def test_confidence_stands_beside_each_account_and_claim():
    document, reading = opened()
    [mine] = confidence(reading, document.text)
    assert len(mine.claims) == len(reading.accounts[0].claims)
    assert all(share and 0 < share < 1 for share in (mine.account, *mine.claims))


def test_what_a_person_says_is_certain():
    document, reading = opened()
    mine = Claim(attribute="zone", value="lobby", spans=(Span(0, 8),), origin="person:tester")
    account = replace(reading.accounts[0], claims=(mine,))
    assert confidence(replace(reading, accounts=(account,)), document.text)[0].claims == (1.0,)


def test_what_another_proposer_gives_was_never_measured():
    document, reading = opened()
    kind = replace(reading.accounts[0].about("kind")[0], origin="model:tester")
    [mine] = confidence(replace(reading, accounts=(replace(reading.accounts[0], claims=(kind,)),)), document.text)
    assert (mine.account, mine.claims) == (None, (None,))


def test_a_reading_without_accounts_has_no_confidence():
    document, reading = opened("The library opens at nine.")
    assert confidence(reading, document.text) == ()
    assert explain(reading, document.text) == ()


PIECES = (
    *(
        "ICE agents",
        "arrested",
        "Jonah Quell",
        "a man",
        "Kent County Courthouse",
        "in the hallway",
        "on Tuesday",
        "May 3",
    ),
    *(
        "said Ines Vara",
        "nobody was taken",
        "asked for a warrant",
        "the lobby",
        ".",
        ",",
        "“",
        "”",
        "\n\n",
        "9:15",
        "É",
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join).filter(str.strip))
def test_any_text_is_explained_with_words_of_its_own(words):
    document, reading = opened(words)
    shares = confidence(reading, document.text)
    for account, share in zip(explain(reading, document.text), shares, strict=True):
        assert all(each and 0 < each < 1 for each in (share.account, *share.claims))
        for each in account:
            assert all(document.text.words(span) for span in (*each.also, *(rival.span for rival in each.rivals)))


@cache
def bench(name: str) -> ModuleType:
    """A module of `bench/`, which lies beside the tests and is not installed."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    return importlib.import_module(f"bench.{name}")


def some(every: int) -> list[Document]:
    ids = [one for each in bench("development_set").written_by().values() for one in each]
    return list(bench("development_set").documents(ids[::every]))


@with_articles
def test_every_value_of_the_development_set_can_be_explained():
    for document in some(every=5):
        reading = read(document)
        for account in explain(reading, document.text):
            for each in account:
                assert each.found
                assert each.cue is not None or not each.claim.cue, each.claim.cue
                for rival in each.rivals:
                    assert document.text.words(rival.span)
                    assert rival.why


@with_articles
def test_confidence_is_near_what_turns_out_on_writers_left_out():
    """Bands of the share given lie near the share that was right. Accounts are few: their bands are wide."""
    fit, reliability = bench("fit_confidence"), bench("reliability")
    accounts, claims = fit.examples()
    both = {"account": accounts, "claim": claims}
    of_claims = fit.left_out(lambda _writer: claims, fit.RIDGE["claim"])
    signless = [replace(each, signs=frozenset()) for each in claims]
    same = fit.left_out(lambda _writer: signless, fit.RIDGE["claim"])
    assert reliability.calibration_error(of_claims) <= 0.05
    assert reliability.brier(of_claims) <= 0.9 * reliability.brier(same)  # than one share for all
    assert reliability.calibration_error(fit.left_out(lambda _writer: accounts, fit.RIDGE["account"])) <= 0.15
    assert reliability.in_order(of_claims) >= 0.75
    # The reader goes on changing: where these fail, fit again (`python -m bench.fit_confidence`).
    shipped = {
        name: [fit.Outcome(fit.share(fit.shipped(name), e.signs), e.right, e.writer) for e in each]
        for name, each in both.items()
    }
    assert reliability.calibration_error(shipped["claim"]) <= 0.06
    assert reliability.calibration_error(shipped["account"]) <= 0.15


@with_articles
def test_removing_a_sentence_changes_no_claim_that_does_not_rest_on_it():
    """Floors on every twentieth text, as measured; `make eval` prints the rate over all."""
    removing = bench("remove_sentences")
    trials = [trial for document in some(every=20) for trial in removing.trials(document)]
    assert len(trials) > 500
    share = sum(trial.outcome == "unchanged" for trial in trials) / len(trials)
    assert share >= 0.97
    cued = [trial for trial in trials if trial.claim.cue]
    assert sum(trial.outcome == "changed" for trial in cued) / len(cued) <= 0.01


@with_articles
def test_the_page_gives_the_digest_of_the_texts_it_was_measured_on():
    development = bench("development_set")
    digest = development.digest([one for each in development.written_by().values() for one in each])
    assert digest in (ROOT / "docs" / "reading.md").read_text("utf-8")


def test_a_list_of_two_hundred_arrests_is_explained_in_time_that_grows_with_it():
    def seconds(count: int) -> float:
        told = (
            f"On May {n % 28 + 1}, {2001 + n % 20}, ICE agents arrested Jonah Quell{n} in a hallway of Brooklyn "
            "Criminal Court, said Ines Vara.\n\n"
            for n in range(count)
        )
        document, reading = opened("".join(told))
        assert len(reading.accounts) > count / 3
        began = process_time()
        explain(reading, document.text)
        confidence(reading, document.text)
        return process_time() - began

    assert seconds(200) < 4 * seconds(100) + 0.2
