"""The desk for a server of one's own: `gunicorn 'portico.web.site.wsgi:desk()'`, its place told by the environment."""

import os
from pathlib import Path

from portico.web.site.place import place_of
from portico.web.site.setup import bring_up_to_date, set_up_site


def desk() -> object:
    """The application. Raises SiteError for what the desk must not start with."""
    place = place_of(os.environ, Path.home())
    set_up_site(place)
    bring_up_to_date(place)
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415  (needs the settings)

    return get_wsgi_application()
