"""Programs and people come in by different doors: which of the two a request is."""

from django.http import HttpRequest


def is_program(request: HttpRequest) -> bool:
    """Whether it asks the API: by token, never by session, and answered in JSON."""
    return str(request.path_info).startswith("/api/")
