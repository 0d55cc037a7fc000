"""The one permission function, and the table of every address. Screens and API ask here and nowhere else."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import TypeVar

from portico.facts import ATTRIBUTES, DataClass, IncidentState
from portico.web.access.acts import Act, acts_of
from portico.web.access.viewer import Viewer

_ANYONE = {"GET": Act.ANYONE, "POST": Act.ANYONE}
_ACCOUNT = {"GET": Act.ACCOUNT, "POST": Act.ACCOUNT}
_ENROL = {"GET": Act.ENROL, "POST": Act.ENROL}

SIGNING_IN: Mapping[str, Mapping[str, Act]] = {
    "set_language": {"POST": Act.ANYONE},
    "account_login": _ANYONE,
    "account_logout": _ANYONE,
    "account_inactive": {"GET": Act.ANYONE},
    "account_reauthenticate": _ENROL,
    "mfa_authenticate": _ANYONE,
    "mfa_reauthenticate": _ENROL,
    "mfa_index": {"GET": Act.ENROL},
    "mfa_activate_totp": _ENROL,
    "mfa_deactivate_totp": _ACCOUNT,
    "mfa_view_recovery_codes": _ENROL,
    "mfa_generate_recovery_codes": _ACCOUNT,
    "mfa_download_recovery_codes": {"GET": Act.ENROL},
    "mfa_list_webauthn": {"GET": Act.ENROL},
    "mfa_add_webauthn": _ENROL,
    "mfa_reauthenticate_webauthn": _ENROL,
    "mfa_login_webauthn": _ANYONE,
    "mfa_remove_webauthn": _ACCOUNT,
    "mfa_edit_webauthn": _ACCOUNT,
    "access:invited": _ANYONE,
    "access:enrol": {"GET": Act.ENROL},
    "access:unlock": _ACCOUNT,
    "access:lock": {"POST": Act.ACCOUNT},
    "access:password": _ACCOUNT,
    "access:own": {"GET": Act.ACCOUNT},
    "access:end_own": {"POST": Act.ACCOUNT},
}
"""Addresses that belong to no screen. Those of a screen are in its `screen.py`."""


def may(viewer: Viewer, act: Act, *, accounts: Collection[str] = (), attribute: str | None = None) -> bool:
    """Whether this viewer may do this, to these accounts, to this attribute. Anything not allowed here is refused.

    accounts   ids of every account that the thing rests on: an incident's, a document's. One that is restricted
               to a team they are not in closes the whole thing
    attribute  of the vocabulary: a guarded one needs an unlocked session, a sealed one is never opened here
    """
    if act is Act.ANYONE:
        return True
    if not viewer.signed_in or act not in acts_of(viewer.roles):
        return False
    if viewer.scopes is not None and act not in viewer.scopes:
        return False
    if not viewer.enrolled and act is not Act.ENROL:
        return False
    if not viewer.hidden.isdisjoint(accounts):
        return False
    return attribute is None or _may_see(viewer, attribute)


def _may_see(viewer: Viewer, attribute: str) -> bool:
    match ATTRIBUTES[attribute].data_class:
        case DataClass.CLEAR:
            return True
        case DataClass.GUARDED:
            return viewer.unlocked and may(viewer, Act.OPEN_GUARDED)
        case _:
            return False


def visible(viewer: Viewer, incidents: Iterable[IncidentState], act: Act = Act.LOOK) -> tuple[IncidentState, ...]:
    """The incidents that this viewer may know of. Every list, count, search and export of incidents goes through it.

    act  what is done with them: figures alone are exported by who may not look
    """
    return tuple(each for each in incidents if may(viewer, act, accounts=each.accounts))


Told = TypeVar("Told")


def visible_sources(viewer: Viewer, told: Mapping[str, Told]) -> dict[str, Told]:
    """Of documents by their sha256, or of what was told by its document, what this viewer may know of."""
    if not may(viewer, Act.LOOK):
        return {}
    return {source: each for source, each in told.items() if source not in viewer.hidden_sources}


@cache
def endpoints() -> Mapping[str, Mapping[str, Act]]:
    """Every address of the desk by its full name. One that is not here is refused to everybody."""
    from portico.web.desk.screens import screens

    of_screens = {
        f"{screen.name}:{name}": methods for screen in screens() for name, methods in screen.endpoints.items()
    }
    return {**SIGNING_IN, **of_screens}


def act_of(address: str, method: str) -> Act | None:
    """What one must be allowed to do to ask this of this address; None = nobody may."""
    return endpoints().get(address, {}).get("GET" if method == "HEAD" else method)
