"""The screen of the rules."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="rules",
    path="rules/",
    title=_("Rules"),
    start="day",
    place=40,
    says=_("The rules in force at a courthouse on a day, and what each asks"),
    endpoints={
        "day": {"GET": Act.LOOK},
        "rule": {"GET": Act.LOOK},
        "incident": {"GET": Act.LOOK},
        "record": {"GET": Act.PROPOSE, "POST": Act.PROPOSE},
    },
    examples={
        "rule": {"rule_id": "ny-oca-directive-1-2019"},
        "incident": {"incident": "i-0"},
        "record": {"incident": "i-0"},
    },
)
