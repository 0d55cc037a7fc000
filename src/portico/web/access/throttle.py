"""Failed sign-ins are counted by the name that was tried, never by address: addresses are not kept here."""

from collections.abc import Mapping

from axes.handlers.database import AxesDatabaseHandler
from django.http import HttpRequest


def no_address(request: HttpRequest) -> str:
    """The same for everybody: what the counting package keeps says nothing of where somebody works."""
    return "0.0.0.0"  # noqa: S104  (no address that anything listens on)


def tried_name(request: HttpRequest, credentials: Mapping[str, object] | None) -> str | None:
    """Whose password was tried: a name is one name in capitals and in small letters."""
    told = (credentials or {}).get("username") or request.POST.get("login")
    return str(told).casefold() if told else None


class WithoutTraces(AxesDatabaseHandler):
    """Counts, and keeps nothing of the browser that tried."""

    def user_login_failed(
        self, sender: object, credentials: Mapping[str, object], request: HttpRequest | None = None, **more: object
    ) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = request.axes_path_info = ""
        super().user_login_failed(sender, credentials, request, **more)
