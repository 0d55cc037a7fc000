"""Incidents: the list of events, one event with what each source says, its history, and how far it is confirmed."""
