"""`portico place`: many at a time, the queue of what a person must say, and answers that are kept and used."""

import pytest

HEADER = "Area of Responsibility|Apprehension Date|Apprehension Method|Apprehension Landmark|Operation|Disposition\n"


@pytest.fixture
def landmarks(tmp_path):
    path = tmp_path / "landmarks.csv"
    path.write_text(
        "landmark,aor\nEL PASO COUNTY COURT HOUSE,DEN\nELM JUSTICE CENTER,DEN\nElm  Justice Ctr,DEN\n,DEN\n"
    )
    return path


def labels(answer):
    return [row["label"] for row in answer.rows]


def test_an_answer_is_kept_and_used_for_every_spelling_until_it_is_taken_back(portico, landmarks):
    many = ("place", "--file", landmarks, "--aor-column", "aor", "--json")
    assert labels(portico(*many)) == ["state_local_court", "ambiguous", "ambiguous", "not_court"]
    answer = ("place", "ELM JUSTICE CENTER", "--aor", "DEN", "--answer", "not_court", "--json")
    assert labels(portico(*answer)) == ["not_court"]
    placed = portico(*many)
    assert labels(placed) == ["state_local_court", "not_court", "not_court", "not_court"]
    assert placed.rows[1]["reason"] == "A person said what it is."
    assert labels(portico("place", "ELM JUSTICE CENTER", "--aor", "ELP", "--json")) == ["ambiguous"]
    assert portico("verify").status == 0


def test_a_rehearsed_answer_is_not_kept(portico):
    portico("place", "OAK JUSTICE CENTER", "--answer", "not_court")
    shown = portico("place", "ELM JUSTICE CENTER", "--answer", "not_court", "--dry-run", "--json")
    assert labels(shown) == ["not_court"]
    assert labels(portico("place", "ELM JUSTICE CENTER", "--json")) == ["ambiguous"]


def test_the_queue_has_what_waits_and_an_answer_makes_accounts_at_the_next_import(portico, tmp_path):
    rows = "Denver Area of Responsibility|1/2/2018|Located|ELM JUSTICE CENTER||Warrant\n"
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text(HEADER.replace("Disposition", "Processing Disposition") + rows * 2)
    second.write_text(HEADER.replace("Disposition", "Processing Disposition") + rows * 3)
    told = portico("import", "ero-arrests", first, "--yes")
    assert "1 landmarks may be a court or something else: `portico place --queue` lists them." in told.out
    (waiting,) = portico("place", "--queue", "--json").rows
    assert (waiting["text"], waiting["aor"], waiting["rows"]) == ("ELM JUSTICE CENTER", "DEN", 2)
    assert "portico place 'ELM JUSTICE CENTER' --aor DEN --answer" in portico("place", "--queue").out

    said = ("--answer", "state_local_court", "--county", "Elm", "--state", "CO")
    assert portico("place", "ELM JUSTICE CENTER", "--aor", "DEN", *said).status == 0
    assert portico("place", "--queue", "--json").rows == []
    assert portico("import", "ero-arrests", second, "--yes", "--json").rows[0]["accounts"] == 3
    again = portico("import", "ero-arrests", first, "--yes", "--json").rows[0]  # its rows are in the record now too
    assert (again["already"], again["accounts"]) == (True, 2)
    assert len(portico("list", "accounts", "--json").rows) == 5
    portico("undo", again["id"])
    assert len(portico("list", "accounts", "--json").rows) == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["place"], "Give one spelling, --file CSV with many, or --queue."),
        (["place", "x", "--answer", "courtish"], "neither a label nor the id of a courthouse"),
        (["place", "--file", "landmarks.csv", "--answer", "not_court"], "--answer is about one spelling"),
        (["place", "--file", "landmarks.csv", "--column", "place"], "has no column 'place'; it has: landmark, aor."),
        (["place", "x", "--queue"], "Give one spelling"),
    ],
)
def test_a_wrong_call_says_what_is_right(portico, landmarks, words, says):
    result = portico(*words)
    assert result.status == 2
    assert says in result.err
