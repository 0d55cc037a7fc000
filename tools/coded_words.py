"""Prints the words that pages have for codes as calls of gettext: so xgettext gathers them (`tools/messages`)."""

from collections.abc import Iterator
from pathlib import Path

import yaml

import portico.counting
from portico.facts import ACTION_KINDS, ATTRIBUTES, Result, Verification
from portico.matching import shipped_weights
from portico.policy import load_rules
from portico.record.verification import GROUNDS
from portico.store.payloads import TYPES
from portico.web.access.acts import Role
from portico.web.wording import code_words


def coded_words() -> Iterator[str]:
    for name, attribute in ATTRIBUTES.items():
        yield attribute.label
        yield from (code_words(name, value) for value in attribute.values)
    yield from (each.replace("_", " ") for each in (*ACTION_KINDS, *(result.value for result in Result)))
    yield from _of_rules()
    yield from (each.replace("_", " ") for each in portico.counting.DIMENSIONS)
    yield from (each.says for each in shipped_weights().evidence.values())
    yield from GROUNDS
    yield from (
        each.replace("_", " ")
        for each in (*TYPES, *(str(role) for role in Role), *(each.value for each in Verification))
    )
    for definition in (Path(portico.counting.__file__).parent / "definitions").glob("*.yaml"):
        told = yaml.safe_load(definition.read_text(encoding="utf-8"))
        yield from (told[key] for key in ("name", "meaning", "unit") if key in told)


def _of_rules() -> Iterator[str]:
    """The facts that rules test, their values and what is asked for them; not the rules' own words."""
    book = load_rules()
    for name, fact in book.vocabulary.facts.items():
        yield from (each.replace("_", " ") for each in (name, *fact.values))
        if fact.asks:
            yield fact.asks
    for rule in book.rules:
        for provision in rule.provisions:
            yield from (provision.bound_actor.replace("_", " "), provision.confidence)


if __name__ == "__main__":
    for words in dict.fromkeys(coded_words()):
        print(f"_({words.strip()!r})")  # noqa: T201
