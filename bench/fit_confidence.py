"""Fits the weights of `reading/data/confidence.yaml`, and tries them on each writer left out.

`python -m bench.fit_confidence`: logistic regression with a quadratic penalty (ridge 1 for claims, 5 for accounts, of
which there are few; none on the constant), by Newton's method. A sign that holds of fewer than eight examples has no
weight of its own. An account counts as right if it pairs with an event of the answer, a claim of such an account if the
answer has its value; claims of attributes that the answers do not code are left out. `make eval` prints how the shares
turn out for each writer under weights, of events and of confidence, that never saw that writer.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from bench.development_set import ARTICLES, digest, documents, written_by
from bench.fit_reading import weighing, without
from portico.facts import Account, Claim
from portico.reading import Document, flatten, read
from portico.reading.answers import FIELDS, FROM_GAZETTEER, Told, answer_of, read_answer
from portico.reading.confidence import account_signs, claim_signs
from portico.reading.evidence import Evidence
from portico.reading.pairing import agrees, paired_events
from portico.reading.phrases import load_table

FILE = Path(__file__).parents[1] / "src" / "portico" / "reading" / "data" / "confidence.yaml"
RIDGE = {"account": 5.0, "claim": 1.0}
LEAST = 8
_ROUNDS = 7
_SAME_CODE = {"federal_unspecified": "other", "interrupted": "given"}


@dataclass(frozen=True, slots=True)
class Example:
    """One account or claim of the reader's: what holds of it, and whether it is right."""

    writer: str
    signs: frozenset[str]
    right: bool


class Outcome(NamedTuple):
    """The share given to one example by weights that never saw its writer, and how it turned out."""

    share: float
    right: bool
    writer: str


Weights = dict[str, float]


def examples() -> tuple[list[Example], list[Example]]:
    """Every account and every claim of the development set."""
    accounts: list[Example] = []
    claims: list[Example] = []
    for writer, ids in written_by().items():
        for document in documents(ids):
            _add(writer, document, accounts, claims)
    return accounts, claims


def _add(writer: str, document: Document, accounts: list[Example], claims: list[Example]) -> None:
    reading = read(document)
    evidence = Evidence(reading, document.text)
    answer = read_answer(ARTICLES / "gold" / f"{document.id}.json")
    pairs = paired_events(answer_of(flatten(reading, document.text)).incidents, answer.incidents)
    for number, account in enumerate(reading.accounts):
        accounts.append(Example(writer, frozenset(account_signs(evidence, account)), number in pairs))
        if number in pairs:
            claims += _claims(writer, evidence, account, answer.incidents[pairs[number]])


def _claims(writer: str, evidence: Evidence, account: Account, answer: Told) -> Iterator[Example]:
    for claim in account.claims:
        right = _is_right(claim, answer)
        if right is not None:
            yield Example(writer, frozenset(claim_signs(evidence, account, claim)), right)


def _is_right(claim: Claim, answer: Told) -> bool | None:
    """None where the answers do not code it."""
    if claim.attribute not in FIELDS or claim.hedge == "denied":
        return None
    wanted = answer.value(claim.attribute)
    if wanted is None:
        return None if claim.attribute in FROM_GAZETTEER else False
    return any(agrees(claim.attribute, _SAME_CODE.get(str(value), value), wanted) for value in claim.possible)


def fit(learned_from: Sequence[Example], ridge: float) -> Weights:
    """Weights that make the examples likeliest, for a penalty on each."""
    counts = Counter(sign for each in learned_from for sign in each.signs)
    names = ["always", *sorted(sign for sign, count in counts.items() if count >= LEAST)]
    place = {name: number for number, name in enumerate(names)}
    alike: dict[tuple[int, ...], list[int]] = {}
    for each in learned_from:
        row = (0, *sorted(place[sign] for sign in each.signs if sign in place))
        held = alike.setdefault(row, [0, 0])
        held[0] += 1
        held[1] += each.right
    weights = [0.0] * len(names)
    for _ in range(_ROUNDS):
        weights = _newton(weights, alike, ridge)
    return {name: round(weight, 2) for name, weight in zip(names, weights, strict=True) if round(weight, 2)}


def _newton(weights: list[float], alike: dict[tuple[int, ...], list[int]], ridge: float) -> list[float]:
    """One step. `alike` gives for each set of signs how many examples have it, and how many of those are right."""
    size = len(weights)
    slope = [-ridge * weight for weight in weights]
    slope[0] = 0.0
    bend = [[ridge if i == j and i else 0.0 for j in range(size)] for i in range(size)]
    for row, (count, right) in alike.items():
        share = 1 / (1 + exp(-sum(weights[i] for i in row)))
        for i in row:
            slope[i] += right - count * share
            for j in row:
                bend[i][j] += count * share * (1 - share)
    return [weight + step for weight, step in zip(weights, solved(bend, slope), strict=True)]


def solved(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """The solution of a system of linear equations (Gauss, with pivots)."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda n: abs(rows[n][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for n in range(i + 1, size):
            factor = rows[n][i] / rows[i][i]
            if factor:
                rows[n] = [a - factor * b for a, b in zip(rows[n], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][n] * found[n] for n in range(i + 1, size))) / rows[i][i]
    return found


def share(weights: Weights, signs: frozenset[str]) -> float:
    return 1 / (1 + exp(-weights.get("always", 0.0) - sum(weights.get(sign, 0.0) for sign in signs)))


def shipped(name: str) -> Weights:
    """The weights in use, of accounts or of claims."""
    weights: Weights = load_table("confidence")[name]
    return weights


@cache
def examples_without(writer: str) -> dict[str, list[Example]]:
    """Accounts and claims as read under the weights of events that never saw this writer."""
    with weighing(without(writer)):
        return dict(zip(RIDGE, examples(), strict=True))


def left_out(every: Callable[[str], Sequence[Example]], ridge: float) -> list[Outcome]:
    """For each example the share that the other writers' examples give it, and whether it was right.

    every  the examples to fit and try on when a writer is left out
    """
    found = []
    for writer in written_by():
        known = every(writer)
        weights = fit([each for each in known if each.writer != writer], ridge)
        mine = (each for each in known if each.writer == writer)
        found += [Outcome(share(weights, each.signs), each.right, writer) for each in mine]
    return found


def main() -> None:
    accounts, claims = examples()
    ids = [one for each in written_by().values() for one in each]
    lines = [
        "# Made by `python -m bench.fit_confidence`, which says how; do not edit by hand.",
        "about: >-",
        "  How much each sign speaks for (or, below 0, against) an account, and a claim of an account. Those that",
        "  hold are added up: 0 is even odds, 1 is odds of 2.7 to 1, 2 of 7.4 to 1, 3 of 20 to 1.",
        f"fitted_on: {{texts: {len(ids)}, accounts: {len(accounts)}, claims: {len(claims)}}}",
        f"sha256: {digest(ids)} # of those texts and their answers",
        *_written("account", fit(accounts, RIDGE["account"])),
        *_written("claim", fit(claims, RIDGE["claim"])),
    ]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{FILE.name}: {len(accounts)} accounts, {len(claims)} claims")


def _written(name: str, weights: Weights) -> Iterator[str]:
    yield f"{name}:"
    for sign, weight in weights.items():
        yield f"  {sign!r}: {weight:.2f}" if ":" in sign or "'" in sign else f"  {sign}: {weight:.2f}"


if __name__ == "__main__":
    main()
