"""Whatever is done in whatever order: the projections are those that the log gives, and the past stays as it was."""

import random
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portico.facts import Verification
from portico.store import Record, RecordRefused, log, open_record, projections
from portico.store.models import PROJECTIONS, Held

BY = "person:7f3a"
ZONES = ("hallway", "lobby", "courtroom", "elevator")
ACTS = ("add", "add", "again", "accept", "reject", "correct", "link", "link", "unlink", "mark", "undo", "undo", "erase")


class Doing:
    """Chooses what to act on by a number, so that a failing run is short and the same again."""

    def __init__(self, record: Record, invented) -> None:
        self.record, self.invented = record, invented
        self.added = 0
        self.batches: list[str] = []
        self.accounts: list[str] = []

    def do(self, act: str, chance: random.Random) -> None:
        with suppress(RecordRefused):  # nothing to act on, or taken back before
            getattr(self, act)(chance)

    def add(self, chance: random.Random) -> None:
        self.added += 1
        name, zone, private = f"Ozren Vantrell {self.added}", chance.choice(ZONES), chance.random() < 0.5
        documents = [
            self.invented(name, number=number, zone=zone, private=private, accounts=1 + number)
            for number in range(chance.randint(1, 2))
        ]
        for each in self.record.add_all(documents, actor=BY):
            self.batches.append(each.batch)
            self.accounts.extend(each.accounts)

    def again(self, chance: random.Random) -> None:
        document, reading = self.invented("Ulf Bray", private=True)
        added = self.record.add(document, reading, actor=BY)
        self.batches.append(added.batch)
        self.accounts.extend(added.accounts)

    def accept(self, chance: random.Random) -> None:
        self.record.decide(self._claim(chance), "accept", actor=BY, reason="Ozren says so")

    def reject(self, chance: random.Random) -> None:
        self.record.decide(self._claim(chance), "reject", actor=BY)

    def correct(self, chance: random.Random) -> None:
        account = self._account(chance)
        self.record.decide(f"c-{account[2:]}.2", "correct", actor=BY, value=chance.choice(ZONES))
        self.batches.append(self.record.history(f"c-{account[2:]}.2")[-1].batch)

    def link(self, chance: random.Random) -> None:
        one, other = self._account(chance), self._account(chance)
        self.record.link(one, other, actor=BY, reason="same hour")
        self.batches.append(self.record.history(one)[-1].batch)

    def unlink(self, chance: random.Random) -> None:
        self.record.unlink(self._account(chance), actor=BY)

    def mark(self, chance: random.Random) -> None:
        account = self._account(chance)
        incident = next((each.id for each in self.record.incidents() if account in each.accounts), "i-none")
        self.record.set_verification(incident, chance.choice(list(Verification)), actor=BY)

    def undo(self, chance: random.Random) -> None:
        batch = chance.choice(self.batches or ["b-none"])
        self.record.undo(batch)
        assert _held(self.record) == _left_standing(self.record), "more or less than the batch was undone"
        self.batches.append(self.record.history(batch)[-1].batch)

    def erase(self, chance: random.Random) -> None:
        if chance.random() < 0.3:
            people = sorted(each.id for each in self.record.people())
            self.record.erase(chance.choice(people or ["p-none"]), actor=BY, with_originals=chance.random() < 0.5)

    def _account(self, chance: random.Random) -> str:
        """One that was added; it may have been taken back since."""
        return chance.choice(self.accounts or ["a-none"])

    def _claim(self, chance: random.Random) -> str:
        return f"c-{self._account(chance)[2:]}.{chance.randrange(9)}"


@settings(
    max_examples=10,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink 100 operations would take many minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=90, max_size=120), seed=st.integers(0, 1000))
def test_rebuilding_gives_the_same_bytes_and_the_past_does_not_move(invented, another_record, acts, seed):
    with tempfile.TemporaryDirectory() as place, another_record():
        key_file = Path(place) / "keys" / "key"
        with open_record(Path(place) / "record", key_file=key_file, create=True) as record:
            doing, chance = Doing(record, invented), random.Random(seed)
            past: list[tuple[int, object, object]] = []
            for number, act in enumerate(acts):
                doing.do(act, chance)
                if number % 7 == 0 and record.size:
                    past.append((record.size, *_as_told(record, record.size)))
            assert record.verify().problems == ()
            rebuilt = record.rebuild()
            assert rebuilt.equal, rebuilt.differing
            assert record.size == rebuilt.entries
            for size, incidents, groups in past:
                assert _as_told(record, size) == (incidents, groups)


def _held(record: Record) -> dict[str, list[str]]:
    """What the rows that are held now say."""
    alias = record.aliases[0]
    rows = {kind: kind.objects.using(alias).filter(until=None) for kind in PROJECTIONS}
    return {kind.__name__: sorted(map(_content, held)) for kind, held in rows.items()}


def _left_standing(record: Record) -> dict[str, list[str]]:
    """The same from the whole log: from all the entries that no later one has undone."""
    rows = projections._fold(projections.standing(log.entries(record.aliases[0])))
    return {kind.__name__: sorted(map(_content, held.values())) for kind, held in rows.held.items()}


def _content(row: Held) -> str:
    return str(sorted(projections._content(row).items()))


def _as_told(record: Record, size: int) -> tuple[object, object]:
    """The coded facts and the groups at a size of the log. What was erased since is gone from the past too."""
    view = record._opened.view()
    view.size = size
    incidents = view.incidents()
    told = [(each.id, each.verification, each.values("zone"), each.values("kind")) for each in incidents]
    return told, [each.accounts for each in incidents]
