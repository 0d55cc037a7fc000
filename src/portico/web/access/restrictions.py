"""Closing an incident to everybody but a team, and opening it again. Each is an entry of the log."""

from django.db import transaction
from django.http import HttpRequest

from portico.facts import IncidentState
from portico.web.access.models import Restriction, Team
from portico.web.access.viewer import forget_viewer


def restrict(request: HttpRequest, incident: IncidentState, team: Team) -> None:
    """Only this team sees the incident from now on, beside teams that it was closed to before.

    Whoever is in none of them, the one who asks among them, no longer finds it.
    """
    from portico.web.desk.records import record_of

    record = record_of(request)
    accounts = record.accounts()
    with transaction.atomic():
        for account in incident.accounts:
            Restriction.objects.get_or_create(
                account=account, team=team, defaults={"source": accounts[account].source, "by": request.user}
            )
    record.note_access("restricted", incident.id, actor=request.user.actor, details=[f"team:{team.pk}"])
    forget_viewer(request)


def release(request: HttpRequest, incident: IncidentState) -> None:
    """Everybody who may look at the record sees the incident again."""
    from portico.web.desk.records import record_of

    Restriction.objects.filter(account__in=incident.accounts).delete()
    record_of(request).note_access("released", incident.id, actor=request.user.actor)
    forget_viewer(request)


def teams_of(incident: IncidentState) -> tuple[Team, ...]:
    """The teams that the incident is closed to; empty = it is open."""
    return tuple(Team.objects.filter(restriction__account__in=incident.accounts).distinct().order_by("name"))
