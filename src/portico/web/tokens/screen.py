"""The screen of one's own access tokens. It is reached from one's account."""

from django.utils.translation import gettext_lazy as _

from portico.web.access.acts import Act
from portico.web.desk.screens import Screen

SCREEN = Screen(
    name="tokens",
    path="account/tokens/",
    title=_("Access tokens"),
    start="list",
    endpoints={
        "list": {"GET": Act.ACCOUNT},
        "reference": {"GET": Act.ACCOUNT},
        "new": {"GET": Act.ACCOUNT, "POST": Act.ACCOUNT},
        "revoke": {"POST": Act.ACCOUNT},
    },
)
