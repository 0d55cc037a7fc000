"""Who may do what: people, roles, teams, sessions, and the one table that screens and API ask.

>>> from portico.web.access.acts import Act, Role, acts_of
>>> Act.DECIDE in acts_of([Role.READER])
False
"""
