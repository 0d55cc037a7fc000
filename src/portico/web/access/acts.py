"""What can be done at the desk, and which role may do it. Data: read it as a table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Act(StrEnum):
    """What an address asks one to be allowed to do.

    anyone        without signing in: the pages of signing in themselves
    account       anybody signed in: one's own account
    enrol         signed in, also before the second factor is set up
    look          see the record, guarded words masked
    propose       add documents, take a call: nothing that is added is true by that
    decide        accept, correct, reject claims; link and unlink accounts
    verify        say how far an incident is confirmed
    open_guarded  see who people are, in an unlocked session
    restrict      close an incident to everybody but a team
    export        take clear data out: CSV, XLSX, PDF
    undo_import   take back a whole import
    erase         destroy a person's keys
    administer    people, roles, teams, sessions; see who read what
    """

    ANYONE = "anyone"
    ACCOUNT = "account"
    ENROL = "enrol"
    LOOK = "look"
    PROPOSE = "propose"
    DECIDE = "decide"
    VERIFY = "verify"
    OPEN_GUARDED = "open_guarded"
    RESTRICT = "restrict"
    EXPORT = "export"
    UNDO_IMPORT = "undo_import"
    ERASE = "erase"
    ADMINISTER = "administer"


class Role(StrEnum):
    """What somebody is at this desk. One may be several."""

    READER = "reader"
    DOCUMENTER = "documenter"
    REVIEWER = "reviewer"
    COUNSEL = "counsel"
    ADMINISTRATOR = "administrator"


ROLES: Mapping[Role, frozenset[Act]] = {
    Role.READER: frozenset({Act.LOOK, Act.EXPORT}),
    Role.DOCUMENTER: frozenset({Act.LOOK, Act.EXPORT, Act.PROPOSE, Act.DECIDE, Act.OPEN_GUARDED}),
    Role.REVIEWER: frozenset(
        {Act.LOOK, Act.EXPORT, Act.PROPOSE, Act.DECIDE, Act.VERIFY, Act.OPEN_GUARDED, Act.RESTRICT, Act.UNDO_IMPORT}
    ),
    Role.COUNSEL: frozenset({Act.LOOK, Act.EXPORT, Act.PROPOSE, Act.VERIFY, Act.OPEN_GUARDED, Act.RESTRICT, Act.ERASE}),
    # Who gives access does not thereby have it: an administrator sees people and sessions, not cases.
    Role.ADMINISTRATOR: frozenset({Act.ADMINISTER}),
}

SIGNED_IN = frozenset({Act.ANYONE, Act.ACCOUNT, Act.ENROL})


def acts_of(roles: Iterable[Role]) -> frozenset[Act]:
    """Everything that somebody with these roles may do."""
    return SIGNED_IN.union(*(ROLES[role] for role in roles))
