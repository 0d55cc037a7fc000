"""Print docs/vocabulary.md from the vocabulary in the code (`make docs`)."""

from portico.facts import ATTRIBUTES

HEAD = """\
<!-- Made from src/portico/facts/vocabulary.py by `make docs`; do not edit. -->
# Codebook

Every attribute that a claim may have: its codes, and how its values are kept. *clear*: what we count. *guarded*: who
people are; encrypted per person. *sealed*: opened only by responders. A value nobody reports is *not said*, never "no".

| Attribute | On a page | Values | Class |
|---|---|---|---|
"""


def codebook() -> str:
    rows = (
        f"| `{each.name}` | {each.label} | {', '.join(each.values) or 'free'} | {each.data_class.value} |\n"
        for each in ATTRIBUTES.values()
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    print(codebook(), end="")  # noqa: T201
