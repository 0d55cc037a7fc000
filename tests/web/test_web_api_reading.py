"""Reading through the API: the same as the screens show, part after part, and nothing twice for who has it already."""

from datetime import UTC, datetime

import pytest

from portico.counting import count, definitions
from portico.policy import case_of_incident, evaluate, rules_in_force
from portico.record import Consent
from portico.store import IncidentFilter
from portico.web.access.acts import Role
from portico.web.access.models import Restriction, Team
from portico.web.tokens.scopes import Scope

TODAY = datetime.now(UTC).date()

SAID = "Immigration agents arrested a man in the {zone} of {court} on May {day}, 2019, {who} said."
COURTS = ("Queens Criminal Court", "Brooklyn Criminal Court", "Bronx Criminal Court")


@pytest.fixture
def program(desk):
    return desk.program([Role.DOCUMENTER])


@pytest.fixture
def many(desk, program):
    """Ten more documents."""
    for day in range(1, 11):
        words = SAID.format(zone=("lobby", "hallway")[day % 2], court=COURTS[day % 3], day=day, who="a lawyer")
        program.post("/api/v1/documents", {"words": words}, content_type="application/json")
    return desk.record


def parts(program, path: str, **asked):
    found, after = [], ""
    while True:
        told = program.get(f"/api/v1/{path}", {**asked, "after": after}).json()
        found.append(told["rows"])
        if (after := told["next"]) is None:
            return found


@pytest.mark.parametrize(("path", "name"), [("incidents", "id"), ("statements", "id"), ("actions", "id")])
@pytest.mark.parametrize("limit", [1, 3, 200])
def test_a_list_is_had_part_after_part_each_row_once(program, many, path, name, limit):
    found = parts(program, path, limit=limit)
    rows = [row[name] for part in found for row in part]
    assert len(rows) == len(set(rows))
    assert all(len(part) == limit for part in found[:-1])
    every = {
        "incidents": [each.id for each in many.incidents()],
        "statements": [each.id for each in many.statements()],
        "actions": [each.id for each in many.actions()],
    }[path]
    assert rows == every[::-1]


def test_documents_are_had_part_after_part_and_those_that_wait_by_themselves(program, many):
    rows = [row["source"]["sha256"] for part in parts(program, "documents", limit=4) for row in part]
    assert rows == list(many.arrivals(limit=100).rows)
    assert sum(map(len, parts(program, "documents", waiting="true"))) == many.arrivals(waiting=True).total
    assert sum(map(len, parts(program, "documents", waiting="false"))) == 0


def test_a_list_goes_on_where_it_was_though_things_come_and_go(program, many):
    first = program.get("/api/v1/incidents", {"limit": 4}).json()
    rest = [row["id"] for part in parts(program, "incidents", limit=200)[0:1] for row in part][4:]
    coming = {"words": SAID.format(zone="lobby", court=COURTS[0], day=25, who="a clerk")}
    program.post("/api/v1/documents", coming, content_type="application/json")
    last, other = (f"a-{each['id'][2:]}" for each in (first["rows"][-1], first["rows"][0]))
    many.link(last, f"a-{rest[0][2:]}", actor="person:test")
    many.unlink(other, actor="person:test")
    told = program.get("/api/v1/incidents", {"limit": 200, "after": first["next"]}).json()
    assert [row["id"] for row in told["rows"]] == rest


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kind": "arrest"},
        {"zone": "lobby"},
        {"court": "Queens"},
        {"court": "Bronx Criminal Court", "zone": "lobby"},
        {"court": "NY", "since": "2019-05-03", "until": "2019-05-05"},
        {"verification": "verified"},
    ],
)
def test_filters_find_what_the_list_on_screen_finds(desk, program, many, asked):
    rows = [row["id"] for part in parts(program, "incidents", **asked) for row in part]
    page = desk.client([Role.READER]).get("/incidents/", asked).content.decode()
    assert {each.id for each in many.incidents() if f"/incidents/{each.id}/" in page} == set(rows)


def test_an_incident_has_each_fact_with_every_source_and_the_words(desk, program):
    state = desk.record.incidents()[0]
    told = program.get(f"/api/v1/incidents/{state.id}").json()
    assert [each["source"]["sha256"] for each in told["sources"]] == list(state.sources)
    facts = {each["attribute"]: each for each in told["facts"]}
    assert list(facts) == [each.attribute for each in state.facts]
    zone = facts["zone"]
    assert (zone["status"], zone["values"]) == ("disputed", ["hallway", "lobby"])
    assert {each["source"] for each in zone["claims"]} == {each.source for each in state.fact("zone").claims}
    texts = {source: program.get(f"/api/v1/documents/{source}").json()["text"] for source in state.sources}
    for each in zone["claims"]:
        text = texts[each["source"]]
        spans = each["claim"]["spans"]
        assert each["words"] == ([] if text is None else [text[one["start"] : one["end"]] for one in spans])
    assert facts["counsel_access"]["claims"][-1]["claim"]["asserted_by"]


def test_spans_still_count_in_a_text_with_words_blotted_out(desk, program):
    state = desk.record.incidents()[0]
    source = state.sources[0]
    told, whole = program.get(f"/api/v1/documents/{source}").json()["text"], desk.whole.document(source).text
    assert len(told) == len(whole)
    assert told != whole
    assert {(a, b) for a, b in zip(told, whole, strict=True) if a != b} == {("▮", "3"), ("▮", "4")}


def test_findings_are_those_of_the_rules(desk, program):
    state = desk.record.incidents()[0]
    told, result = program.get(f"/api/v1/incidents/{state.id}/findings").json(), evaluate(case_of_incident(state))
    assert {each["provision"]: each["result"] for each in told["findings"]} == {
        each.provision: each.result.value for each in result.findings
    }
    assert (told["certain"], told["ask_next"]) == ([each.id for each in result.in_force.certain], list(result.ask_next))


def test_rules_are_those_in_force_there_that_day(program):
    from portico.facts import PartialDate
    from portico.web.rules.asked import asked

    day = PartialDate("2019-05-14")
    told = program.get("/api/v1/rules", {"courthouse": "Brooklyn Criminal Court", "day": "2019-05-14"}).json()
    assert day.day
    place = asked("Brooklyn Criminal Court", None, day.day).place
    assert place
    found = rules_in_force(place, day)
    assert [each["id"] for each in told["certain"]] == [each.id for each in found.certain]
    assert [each["id"] for each in told["uncertain"]] == [each.id for each in found.uncertain]
    assert told["courthouse"] == "nyc-120-schermerhorn"
    assert program.get("/api/v1/rules/no-such-rule").json()["code"] == "not_found"


def test_where_several_courthouses_fit_none_is_chosen(program):
    told = program.get("/api/v1/rules", {"courthouse": "criminal court", "day": "2019-05-14"})
    assert told.status_code == 422
    assert told.json()["fields"]["courthouse"]


@pytest.mark.parametrize("definition", sorted(definitions()))
@pytest.mark.parametrize("by", ["", "month", "zone"])
def test_figures_are_those_of_the_record(desk, many, definition, by):
    asked = {"by": by} if by else {}
    counting = desk.program([Role.READER], [Scope.NUMBERS])
    answer = counting.get(f"/api/v1/figures/{definition}", {**asked, "state": "NY"})
    if answer.status_code == 422:
        pytest.skip("counts government tables, not the record")
    table = count(definition, many.incidents(), by=[by] if by else [], where={"state": "NY"})
    told = answer.json()
    assert (told["total"]["lower"], told["total"]["upper"]) == (table.total.lower, table.total.upper)
    assert [(tuple(each["cells"]), each["lower"], each["upper"]) for each in told["rows"]] == [
        (row.cells, row.lower, row.upper) for row in table.rows
    ]
    assert "i-" not in answer.content.decode()
    before = counting.get(f"/api/v1/figures/{definition}", {**asked, "as_of": "2019-01-01"}).json()
    assert (before["base"], before["as_of"]) == (0, "2019-01-01")


@pytest.mark.parametrize("asked", [{}, {"as_of": f"{TODAY}"}], ids=["now", "as of today"])
@pytest.mark.parametrize("closed", [False, True], ids=["all open", "one closed to a team"])
def test_who_refused_statistics_is_in_no_figure(desk, many, asked, closed):
    counting = desk.program([Role.READER], [Scope.NUMBERS])
    first, second, *_ = many.incidents()
    if closed:
        team = Team.objects.create(name="Hotline")
        for account, source in zip(second.accounts, second.sources, strict=True):
            Restriction.objects.create(account=account, source=source, team=team)

    def told():
        return counting.get("/api/v1/figures/arrests-only", asked).json()

    before = told()
    for source in first.sources:
        many.record_consent(source, Consent(purpose="statistics", answer="refused", on=TODAY), actor="person:test")
    after = told()
    assert after["base"] == before["base"] - 1
    assert after["total"]["upper"] == before["total"]["upper"] - 1


def test_search_finds_what_the_box_finds(desk, program, many):
    told = program.get("/api/v1/search", {"q": "hallway", "kind": ["document", "incident"], "limit": 5}).json()
    found = many.search("hallway", kinds=("document", "incident"), limit=5)
    assert [(each["kind"], each["id"]) for each in told["rows"]] == [(each.kind, each.id) for each in found.rows]
    assert told["total"] == found.total
    assert program.get("/api/v1/search", {"q": "Quintera"}).json()["rows"] == []


@pytest.mark.parametrize("who", ["defenders", "Pierce", "nobody at all"])
def test_statements_are_found_by_who_said_them(desk, program, who):
    rows = program.get("/api/v1/statements", {"who": who}).json()["rows"]
    said = [each for each in desk.record.statements() if who.casefold() in _who(each.statement)]
    assert {each["id"] for each in rows} == {each.id for each in said}
    assert all(each["words"] for each in rows)


def _who(statement) -> str:
    return f"{statement.speaker} {statement.organisation}".casefold()


def test_who_has_the_answer_already_gets_none(desk, program):
    path = f"/api/v1/incidents/{desk.record.incidents()[0].id}"
    first = program.get(path)
    again = program.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    desk.record.note_read(["i-1"], actor="person:test", shown="a page")
    assert program.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["rules/ny-oca-directive-1-2019", "incidents?kind=nonsense", "figures", "nothing"])
def test_a_program_is_answered_in_one_language(program, path):
    answers = {program.get(f"/api/v1/{path}", headers={"Accept-Language": each}).content for each in ("en", "es", "ar")}
    assert len(answers) == 1


def test_what_was_closed_meanwhile_is_not_taken_for_the_same(desk, program):
    from portico.web.access.models import Restriction, Team

    etag = program.get("/api/v1/incidents").headers["ETag"]
    account = desk.record.account(desk.record.incidents()[0].accounts[0])
    team = Team.objects.create(name="Kings trial team")
    Restriction.objects.create(account=account.id, source=account.source, team=team)
    answer = program.get("/api/v1/incidents", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.json()["rows"]) == (200, [])


@pytest.mark.parametrize("path", ["incidents", "documents", "statements", "actions"])
def test_a_cursor_of_nothing_says_so(program, path):
    answer = program.get(f"/api/v1/{path}", {"after": "i-nothing"})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["after"])


def test_a_list_without_what_is_closed_is_filled_up(desk, program, many):
    from portico.web.access.models import Restriction, Team

    newest = many.find_incidents(IncidentFilter(), order="arrival", limit=2).rows[1]
    account = many.account(f"a-{newest.id[2:]}")
    Restriction.objects.create(account=account.id, source=account.source, team=Team.objects.create(name="x"))
    rows = [row["id"] for part in parts(program, "incidents", limit=3) for row in part]
    assert len(rows) == len(many.incidents()) - 1
    assert newest.id not in rows
