"""Failed sign-ins are counted by the name that was tried, never by address: addresses are not kept here."""

from django.http import HttpRequest


def no_address(request: HttpRequest) -> str:
    """The same for everybody: what the counting package keeps says nothing of where somebody works."""
    return "0.0.0.0"  # noqa: S104  (no address that anything listens on)
