"""Planned actions as a calendar file (iCalendar, RFC 5545): a day, and a time where the source gives one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from icalendar import Calendar, Event

from portico.facts import PartialDate
from portico.store import StoredAction


def calendar_of(acts: Iterable[StoredAction], stamp: datetime) -> bytes:
    """The actions whose day is known. Times float: the local time of the place, as the source gives it.

    An action keeps its id, so that a calendar that reads a later file moves it instead of adding it again.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Portico//Actions//EN")
    calendar.add("version", "2.0")
    for act in acts:
        day = PartialDate(act.action.date).day if act.action.date else None
        if day:
            calendar.add_component(_event(act, day, stamp))
    return bytes(calendar.to_ical())


def _event(act: StoredAction, day: date, stamp: datetime) -> Event:
    action, event = act.action, Event()
    event.add("uid", f"{act.id}@portico")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", datetime.combine(day, time.fromisoformat(action.time)) if action.time else day)
    event.add("summary", f"{action.kind.capitalize()}, {action.organiser or 'organiser not said'}")
    if action.place:
        event.add("location", action.place)
    if action.demand:
        event.add("description", action.demand)
    return event
