"""What a token can be given: a few acts of the permission table each. Data: read it as a table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from portico.web.access.acts import Act


class Scope(StrEnum):
    """What a program is for. It gets the least that it needs, and never more than its person may."""

    READ = "read"
    NUMBERS = "numbers"
    ADD = "add"
    DECIDE = "decide"


SCOPES: Mapping[Scope, frozenset[Act]] = {
    Scope.READ: frozenset({Act.LOOK}),
    # Figures alone: who counts need not see a single incident.
    Scope.NUMBERS: frozenset({Act.EXPORT}),
    # A form elsewhere that sends reports in sees nothing of the record.
    Scope.ADD: frozenset({Act.PROPOSE}),
    Scope.DECIDE: frozenset({Act.LOOK, Act.DECIDE, Act.VERIFY}),
}


def acts_within(scopes: Iterable[str]) -> frozenset[Act]:
    """The acts of these scopes. A name that is none, as of another version, gives nothing.

    >>> sorted(acts_within(["numbers", "everything"]))
    [<Act.EXPORT: 'export'>]
    """
    return frozenset().union(*(acts for scope, acts in SCOPES.items() if scope in set(scopes)))


def scopes_for(act: Act) -> tuple[str, ...]:
    """The scopes of which any one lets an act be done; none for what no program ever does."""
    return tuple(scope.value for scope, acts in SCOPES.items() if act in acts)
