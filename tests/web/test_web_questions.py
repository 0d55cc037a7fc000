"""A page asks the databases as often when it shows much as when it shows little."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from portico.reading import open_document, read
from portico.web.access.acts import Role

BY = "person:test"
SAID = (
    "ICE agents arrested a man in the hallway of Queens County Criminal Court on {day} May 2019, a clerk said.\n\n"
    "“Nobody was told of it,” said {who} of the Legal Aid Society.\n"
)


def questions(client, path: str) -> int:
    """How many queries a page takes, of the desk's database and the record's. The first time is not counted."""
    client.get(path)
    seen = [CaptureQueriesContext(connections[each]) for each in connections.databases]
    for each in seen:
        each.__enter__()
    try:
        assert client.get(path).status_code == 200
    finally:
        for each in seen:
            each.__exit__(None, None, None)
    return sum(map(len, seen))


def add(record, days) -> list[str]:
    """A document for each day. The ids of its accounts."""
    documents = [
        open_document(SAID.format(day=day, who=f"Ann B. Lee{day}").encode(), kind="text/plain") for day in days
    ]
    return [name for each in documents for name in record.add(each, read(each), actor=BY).accounts]


@pytest.mark.parametrize(
    "path", ["/", "/incidents/", "/incidents/?court=queens", "/search/?q=hallway", "/numbers/", "/statements/"]
)
def test_a_page_takes_as_many_questions_however_long_it_is(desk, path):
    client = desk.client([Role.DOCUMENTER])
    add(desk.record, [1])
    few = questions(client, path)
    add(desk.record, range(2, 20))
    assert questions(client, path) <= few + 1


def test_an_incident_takes_as_many_questions_however_many_tell_of_it(desk):
    client = desk.client([Role.COUNSEL])
    one, *others = add(desk.record, range(1, 6))
    path = f"/incidents/i-{one[2:]}/"
    few = questions(client, path)
    for each in others:
        desk.record.link(one, each, actor=BY)
    assert questions(client, path) <= few + 1
    assert questions(client, path) <= 45


@pytest.mark.parametrize("path", ["/incidents/", "/search/?q=hallway", "/numbers/"])
def test_who_does_not_see_every_incident_waits_no_longer(desk, path, monkeypatch):
    from portico.store import Record
    from portico.web.access.models import Restriction, Team

    accounts = add(desk.record, range(1, 9))
    outside, inside = desk.client([Role.REVIEWER]), desk.client([Role.REVIEWER])
    team = Team.objects.create(name="Queens")
    inside.user.teams.add(team)
    for name in accounts[:4]:
        source = desk.record.account(name).source
        Restriction.objects.create(account=name, source=source, team=team)

    def folded(*_: object, **__: object):
        raise AssertionError("every incident was folded")

    for name in ("incidents", "countable", "accounts"):
        monkeypatch.setattr(Record, name, folded)
    assert questions(outside, path) <= questions(inside, path) + 6
    hidden, seen = (f"i-{each[2:]}" for each in (accounts[0], accounts[-1]))
    shown = outside.get(path).content.decode()
    assert hidden not in shown
    assert path == "/numbers/" or seen in shown
