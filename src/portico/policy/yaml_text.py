"""YAML as people write it: days and yes or no stay as written, a key that stands twice is refused."""

import re
from collections.abc import Hashable
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from yaml import SafeLoader as _Loader
else:
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# No rule or case nests a tenth of this.
_DEEPEST = 100


class YamlError(ValueError):
    """The text is not YAML that can be used. line counts from 1, 0 when not known."""

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        super().__init__(f"line {line}: {problem}" if line else problem)


class _PlainLoader(_Loader):
    """Only null and numbers are more than text: YAML 1.1 reads an unquoted `no` as false and stops at 30 February."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        mapping: dict[Hashable, object] = super().construct_mapping(node, deep)
        if len(mapping) < len(node.value):
            raise YamlError(node.start_mark.line + 1, "a key stands twice in one block")
        return mapping


_KEPT = (*(f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "null", "int", "float")), None)
_PlainLoader.yaml_constructors = {tag: _PlainLoader.yaml_constructors[tag] for tag in _KEPT}
_PlainLoader.yaml_implicit_resolvers = {}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)\Z"), ["~", "n", ""])
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]*)\Z"), list("-0123456789"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"-?[0-9]+\.[0-9]+\Z"), list("-0123456789"))


def read_yaml(text: str) -> object:
    """What the text says: mappings, lists, text, whole and decimal numbers, None. Raises YamlError."""
    try:
        _check_depth(text)
        read: object = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - derived from the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise YamlError(line, error.problem or "not YAML") from error
    except YamlError:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise YamlError(0, "nested too deep, or a character or number that may not stand in it") from error
    return read


def _check_depth(text: str) -> None:
    """Raises YamlError for nesting that the C loader would follow until its stack ends."""
    if sum(map(text.count, "[{-?:")) <= _DEEPEST:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise YamlError(0, f"nested more than {_DEEPEST} deep")
