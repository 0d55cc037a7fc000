"""The unlocked session: guarded words are open for 15 minutes after somebody confirmed who they are."""

import time

from django.http import HttpRequest

from portico.web.access.viewer import forget_viewer
from portico.web.site.settings import UNLOCKED_SECONDS

_KEY = "portico_unlocked_at"


def is_unlocked(request: HttpRequest) -> bool:
    """Whether guarded words may be opened now."""
    at = request.session.get(_KEY)
    return isinstance(at, float) and 0 <= time.time() - at < UNLOCKED_SECONDS


def unlock(request: HttpRequest) -> None:
    """From now on for 15 minutes. The caller has made sure that it is the user themself."""
    request.session[_KEY] = time.time()
    forget_viewer(request)


def lock(request: HttpRequest) -> None:
    """At once. Opening again asks again who it is."""
    request.session.pop(_KEY, None)
    # The package's record of the confirmation would open the session again without asking.
    request.session.pop("account_authentication_methods", None)
    forget_viewer(request)
