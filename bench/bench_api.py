"""Calls of the API over a record of 100,000 incidents, from request to last byte: p95 of 100 random ones.

The server is `portico serve` as it is shipped, and each call counts against its token. Floors in milliseconds are those
of the pages that show the same. `PORTICO_BENCH_INCIDENTS` and `PORTICO_BENCH_RECORD` as in `bench_desk_data`.
"""

import json
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.bench_desk_data import CALLS, INCIDENTS, STATES, made, words
from bench.served_desk import PASSWORD, ServedDesk, group_of, served
from portico.counting import definitions

Ask = Callable[[str], tuple[int, bytes]]


def calls(ids: list[str], chance: random.Random) -> Iterator[tuple[str, int, Callable[[], str]]]:
    """What is asked, its floor, and an address that asks it with other values each time."""
    vocabulary, _ = words()
    names = sorted(definitions())
    yield "list", 30, lambda: f"incidents?{urlencode({'after': chance.choice(ids), 'limit': 50})}"
    yield "list of a state", 100, lambda: f"incidents?{urlencode({'court': chance.choice(STATES), 'limit': 50})}"
    yield "incident", 50, lambda: f"incidents/{chance.choice(ids)}"
    yield "findings", 50, lambda: f"incidents/{chance.choice(ids)}/findings"
    yield "documents", 100, lambda: f"documents?limit={chance.randint(40, 60)}"
    yield "search", 100, lambda: f"search?q={quote(vocabulary[int(10 ** chance.uniform(0, 4.2))])}"
    yield "figure by month", 200, lambda: f"figures/{chance.choice(names)}?by=month"


def token(desk: ServedDesk, scope: str) -> str:
    """Made at the desk as a person makes it."""
    visitor = desk.visitor()
    visitor.post("/account/confirm/", password=PASSWORD, next="/account/tokens/new/")
    _status, page = visitor.post("/account/tokens/new/", name="bench", scopes=scope, days="7")
    found = re.search(rb'value="(portico_[\w-]+)"', page)
    assert found, "no token was made"
    return found[1].decode()


def asking(desk: ServedDesk, secret: str) -> Ask:
    connection = HTTPConnection(desk.address.removeprefix("http://"), timeout=60)

    def ask(path: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {secret}"}
        connection.request("GET", f"/api/v1/{path}", headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    return ask


def p95(ask: Ask, address: Callable[[], str]) -> tuple[float, int]:
    took, wrong = [], 0
    for _ in range(CALLS):
        path = address()
        began = time.perf_counter()
        status, body = ask(path)
        took.append((time.perf_counter() - began) * 1000)
        wrong += status != 200 or not json.loads(body)
    return sorted(took)[CALLS * 95 // 100], wrong


def busy_ms(desk: ServedDesk) -> float:
    """Processor time of every process of the desk: it does not grow when something else runs on the machine."""
    ticks = 0
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and group_of(each) == desk.process.pid:
            user, system = (each / "stat").read_text().rpartition(")")[2].split()[11:13]
            ticks += int(user) + int(system)
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    chance = random.Random(3)
    with made() as record:
        ids = [row.id for row in record.find_incidents(limit=1000, offset=INCIDENTS // 2).rows]
        folder, key_file = record.folder, record.folder.parent / "keys" / "key"
        with served(folder, key_file) as desk:
            for what, floor, address in calls(ids, chance):
                # A token for each: a minute of one is less than all of this.
                ask = asking(desk, token(desk, "numbers" if what.startswith("figure") else "read"))
                for _ in range(4):  # each process has opened the record once
                    ask(address())
                before = busy_ms(desk)
                clocked, wrong = p95(ask, address)
                used = (busy_ms(desk) - before) / CALLS
                told = f"p95 {clocked:.1f} ms (floor {floor}), {used:.1f} ms of processor time each"
                print(f"{what}: {told}; {wrong} of {CALLS} no answer", flush=True)


if __name__ == "__main__":
    main()
