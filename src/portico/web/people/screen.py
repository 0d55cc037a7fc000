"""The screen of people and access."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="people",
    path="people/",
    title=_("People"),
    start="list",
    place=90,
    says=_("Who may come in, roles, teams, sessions, and who read what"),
    endpoints={
        "list": {"GET": Act.ADMINISTER},
        "invite": {"GET": Act.ADMINISTER, "POST": Act.ADMINISTER},
        "person": {"GET": Act.ADMINISTER, "POST": Act.ADMINISTER},
        "close": {"POST": Act.ADMINISTER},
        "reopen": {"POST": Act.ADMINISTER},
        "end_sessions": {"POST": Act.ADMINISTER},
        "new_password": {"POST": Act.ADMINISTER},
        "take_back": {"POST": Act.ADMINISTER},
        "tokens": {"GET": Act.ADMINISTER},
        "revoke_token": {"POST": Act.ADMINISTER},
        "teams": {"GET": Act.ADMINISTER, "POST": Act.ADMINISTER},
        "reads": {"GET": Act.ADMINISTER},
    },
)
