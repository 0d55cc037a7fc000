"""Lists that are data: codes, redactions, sentinels, columns dropped by default. See `data/README.md`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from portico.tables.names import plain_name

DATA = files("portico.tables") / "data"


class CodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Texts as a publisher writes them → codes.

    source  where the texts were read
    """

    source: str
    codes: Mapping[str, str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`data/words.yaml`: what cells say when they say nothing.

    redacted      whole cells that stand for something taken out, beside the exemptions of the FOIA
    sentinels     whole cells that stand for nothing known
    sheet_errors  results that a spreadsheet could not compute
    """

    redacted: frozenset[str]
    sentinels: frozenset[str]
    sheet_errors: frozenset[str]


def _yaml(written: bytes) -> object:
    return yaml.load(written, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (a safe loader)


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Every code list by the name of its file."""
    folder = DATA / "codes"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    read = {name: _yaml((folder / name).read_bytes()) for name in names}
    return {name.removesuffix(".yaml"): msgspec.convert(each, CodeList) for name, each in read.items()}


@cache
def codes_of(name: str) -> Mapping[str, str]:
    """The codes of a list by plain text: case, spaces and punctuation do not matter."""
    return {plain_name(text): code for text, code in code_lists()[name].codes.items()}


@cache
def words() -> Words:
    return msgspec.convert(_yaml((DATA / "words.yaml").read_bytes()), Words)


@cache
def dropped_by_default() -> Mapping[str, str]:
    """Plain heading → why a column of that heading is never stored, whatever a profile says of it."""
    lists = msgspec.convert(_yaml((DATA / "drop-list.yaml").read_bytes()), dict[str, list[str]])
    return {plain_name(heading): because for because, headings in lists.items() for heading in headings}
