"""Counting 100,000 folded incidents, beside a plain loop over the same states. No floor; the ratio is the figure.

The peer reads the same facts of the same incidents into one `Counter`, as a script would: no bounds, no incidents
behind the figure, and an event of which a fact is disputed or not told is left out.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from statistics import median

from portico.counting import count, find_definition
from portico.facts import EVENT_ATTRIBUTES, FactState, IncidentState, Status, Value, Verification

INCIDENTS = 100_000
ROUNDS = 3
_AGREED, _DISPUTED, _UNKNOWN = Status.AGREED, Status.DISPUTED, Status.UNKNOWN


def incidents() -> list[IncidentState]:
    """Invented states: three in ten disputed or not told in each fact that is counted, always the same ones."""
    chance = random.Random(20171128)
    choices: dict[str, list[tuple[Value, ...]]] = {
        "kind": [("arrest",)] * 6 + [("sighting",), ("arrest", "attempted_arrest")],
        "agency": [("ice",)] * 7 + [("federal_unspecified",), ()],
        "zone": [("hallway",)] * 4 + [("entrance",), ("inside_unspecified",), ("hallway", "lobby"), ()],
        "date": [(f"20{year}-{month:02d}-10",) for year in (17, 18, 19) for month in range(1, 13)] + [("2018",), ()],
        "role": [("defendant",)] * 5 + [("witness",), ("victim", "witness"), ()],
    }
    places: list[tuple[Value, ...]] = [(f"County {number}",) for number in range(62)]
    unsaid = [FactState(attribute=name, status=_UNKNOWN) for name in EVENT_ATTRIBUTES if name not in choices]
    made = []
    for number in range(INCIDENTS):
        told = {name: chance.choice(each) for name, each in choices.items()}
        told |= {"county": chance.choice(places), "state": ("NY",)}
        facts = [FactState(attribute=name, status=_status(each), values=each) for name, each in told.items()]
        made.append(
            IncidentState(
                id=f"i{number}",
                accounts=(),
                sources=(),
                facts=(*facts, *unsaid),
                verification=chance.choice((Verification.REPORTED, Verification.CORROBORATED, Verification.VERIFIED)),
            )
        )
    return made


def _status(values: tuple[Value, ...]) -> Status:
    return _DISPUTED if len(values) > 1 else _AGREED if values else _UNKNOWN


def plain(states: list[IncidentState], key: str) -> Counter[Value]:
    """What a script would do: one value or none, counted."""
    found: Counter[Value] = Counter()
    for state in states:
        told = {fact.attribute: fact.values for fact in state.facts}
        if told["kind"] == ("arrest",) and told["zone"] and told["agency"] and len(told.get(key, ())) == 1:
            found[told[key][0]] += 1
    return found


def seconds(run: Callable[[], object]) -> float:
    def once() -> float:
        began = time.perf_counter()
        run()
        return time.perf_counter() - began

    return median(once() for _ in range(ROUNDS))


def main() -> None:
    states = incidents()
    definition = find_definition("arrests-at-courthouses")
    for by, key in (((), "role"), (("month",), "date"), (("county",), "county"), (("zone", "role"), "role")):
        peer = seconds(lambda key=key: plain(states, key))  # type: ignore[misc]
        ours = seconds(lambda by=by: count(definition, states, by=by))  # type: ignore[misc]
        named = ", ".join(by) or "nothing"
        print(f"{INCIDENTS:,} incidents by {named}: {ours:.2f} s; a plain loop {peer:.2f} s; ratio {ours / peer:.1f}")


if __name__ == "__main__":
    main()
