"""The inbox."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen
from portico.web.inbox.waiting import waiting_count

SCREEN = Screen(
    name="inbox",
    path="inbox/",
    title=_("Inbox"),
    start="list",
    place=10,
    says=_("What came in, what needs a person; paste a text, upload files, take a call"),
    endpoints={
        "list": {"GET": Act.LOOK},
        "near": {"GET": Act.LOOK},
        "text": {"GET": Act.PROPOSE, "POST": Act.PROPOSE},
        "call": {"GET": Act.PROPOSE, "POST": Act.PROPOSE},
        "files": {"GET": Act.PROPOSE, "POST": Act.PROPOSE},
        "sent": {"GET": Act.PROPOSE},
        "alike": {"POST": Act.PROPOSE},
        "accept": {"POST": Act.DECIDE},
        "aside": {"POST": Act.DECIDE},
        "undo": {"POST": Act.DECIDE},
        "again": {"POST": Act.PROPOSE},
        "remove": {"POST": Act.PROPOSE},
    },
    waiting=waiting_count,
)
