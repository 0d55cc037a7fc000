"""Who opened what, and who changed access: the newest entries of the log about both, narrowed by what is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portico.store import LogEntry, Record
from portico.web.desk.screens import screens

MOST = 2000
"""Entries of each kind that the page looks back over; `portico list` and the bundle of the log have them all."""

KINDS = {
    "record_read": gettext_lazy("opened guarded words"),
    "access_changed": gettext_lazy("changed access, or saved"),
}
_DID: Mapping[str, str] = {
    "invited": gettext_lazy("invited somebody"),
    "invitation_taken_back": gettext_lazy("took an invitation back"),
    "placed": gettext_lazy("gave roles and teams"),
    "closed": gettext_lazy("closed an account"),
    "reopened": gettext_lazy("opened an account again"),
    "sessions_ended": gettext_lazy("signed somebody out everywhere"),
    "new_password_link": gettext_lazy("made a link for a new password"),
    "token_made": gettext_lazy("made an access token"),
    "token_revoked": gettext_lazy("revoked an access token"),
    "tokens_closed": gettext_lazy("closed all access tokens of somebody"),
    "team_made": gettext_lazy("made a team"),
    "restricted": gettext_lazy("closed an incident to all but a team"),
    "released": gettext_lazy("opened an incident again"),
    "saved_for_story": gettext_lazy("saved an incident for a story"),
    "saved_for_media": gettext_lazy("saved an incident for the media"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One entry. who: the name of the actor as colleagues know them; did: in words; what: ids of what it was about."""

    entry: LogEntry
    who: str
    did: str
    what: tuple[str, ...]


def looks(record: Record, names: Mapping[str, str], asked: Mapping[str, object]) -> list[Look]:
    """The newest first. asked: kind, actor, thing (the beginning of an id), since and until (UTC days); empty = all."""
    kinds = [str(asked["kind"])] if asked.get("kind") else list(KINDS)
    entries = sorted((each for kind in kinds for each in record.newest(kind, MOST)), key=lambda each: -each.sequence)
    found = (_look(each, names) for each in entries if _fits(each, asked))
    thing = str(asked.get("thing") or "").strip()
    return [each for each in found if not thing or any(about.startswith(thing) for about in each.what)]


def people_in(record: Record) -> set[str]:
    """The actors of these entries."""
    return {each.actor for kind in KINDS for each in record.newest(kind, MOST)}


def _fits(entry: LogEntry, asked: Mapping[str, object]) -> bool:
    day, since, until = entry.at.date(), asked.get("since"), asked.get("until")
    if asked.get("actor") and entry.actor != asked["actor"]:
        return False
    return not (isinstance(since, date) and day < since) and not (isinstance(until, date) and day > until)


def _look(entry: LogEntry, names: Mapping[str, str]) -> Look:
    details = entry.details
    if entry.type == "record_read":
        did = _("opened guarded words: {page}").format(page=_page(str(details["shown"])))
        what = tuple(map(str, _listed(details["subjects"])))
    else:
        did = str(_DID.get(str(details["what"]), str(details["what"]).replace("_", " ")))
        what = (entry.subject, *map(str, _listed(details["details"])))
    return Look(entry=entry, who=names.get(entry.actor, entry.actor), did=did, what=what)


def _listed(told: object) -> Iterable[object]:
    return told if isinstance(told, list | tuple) else ()


def _page(shown: str) -> str:
    """The name of the screen that an address belongs to, and the address; a command stands as it is."""
    screen = next((each for each in screens() if each.name == shown.partition(":")[0]), None)
    return f"{screen.title} ({shown})" if screen else shown
