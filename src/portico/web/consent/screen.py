"""The screen of consent and retention."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="consent",
    path="consent/",
    title=_("Consent"),
    start="list",
    place=80,
    says=_("What people allow, by purpose and until when; whose names fall due; erasing"),
    endpoints={
        "list": {"GET": Act.PROPOSE},
        "due": {"GET": Act.ERASE},
        "subject": {"GET": Act.PROPOSE, "POST": Act.PROPOSE},
    },
    examples={"subject": {"subject": "p-0"}},
)
