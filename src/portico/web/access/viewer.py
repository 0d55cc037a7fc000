"""Who asks, as a value: everything that a permission depends on, so that the rule is a pure function."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest

from portico.store import plain
from portico.web.access.acts import Act, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who asks.

    actor     the pseudonym that stands in the log; empty when nobody is signed in
    enrolled  has a second factor, without which nothing of the record opens
    unlocked  confirmed who they are less than 15 minutes ago, to open guarded words
    teams     ids of the teams they are in
    hidden    ids of accounts that are restricted to teams they are not in; hidden_sources: their documents
    scopes    for a token of the API: nothing beyond these acts, whatever the roles; None = a person at a screen
    """

    actor: str = ""
    roles: frozenset[Role] = frozenset()
    enrolled: bool = False
    unlocked: bool = False
    teams: frozenset[int] = frozenset()
    hidden: frozenset[str] = frozenset()
    hidden_sources: frozenset[str] = frozenset()
    scopes: frozenset[Act] | None = None

    @property
    def signed_in(self) -> bool:
        return bool(self.actor)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who sends this request. Worked out once in a request."""
    known: Viewer | None = getattr(request, "portico_viewer", None)
    if known is None:
        known = request.portico_viewer = _look_up(request)
    return known


def forget_viewer(request: HttpRequest) -> None:
    """After a change of who is signed in or of what they may: the next question looks again."""
    if hasattr(request, "portico_viewer"):
        del request.portico_viewer


def _look_up(request: HttpRequest) -> Viewer:
    from portico.web.access.unlocking import is_unlocked

    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Viewer()
    return viewer_for(user, unlocked=is_unlocked(request), scopes=getattr(request, "portico_scopes", None))


def viewer_for(user: object, *, unlocked: bool = False, scopes: Iterable[Act] | None = None) -> Viewer:
    """A user as a viewer. scopes: of the token that a program shows in their name; with one it is never unlocked."""
    from django.conf import settings

    from portico.web.access.models import Restriction, User

    assert isinstance(user, User)
    teams = frozenset(plain.column(DEFAULT_DB_ALIAS, User.teams.through, "team_id", user_id=user.pk))
    restricted = plain.select(DEFAULT_DB_ALIAS, Restriction, ("account", "source", "team_id"))
    open_to_them = {account for account, _, team in restricted if team in teams}
    closed = [(account, source) for account, source, _ in restricted if account not in open_to_them]
    return Viewer(
        actor=user.actor,
        roles=user.role_set,
        enrolled=settings.PORTICO_PLACE.demonstration or user.is_enrolled,
        unlocked=unlocked and scopes is None,
        teams=teams,
        hidden=frozenset(account for account, _source in closed),
        hidden_sources=frozenset(source for _account, source in closed),
        scopes=None if scopes is None else frozenset(scopes),
    )
