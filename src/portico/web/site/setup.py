"""Django set up for the desk. It includes what the store needs, so that both live in one process."""

import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from portico.web.site.place import Place, SiteError
from portico.web.site.refusals import refuse_unsafe
from portico.web.site.secrets import ensure_secrets


def set_up_site(place: Place) -> None:
    """Configures Django for this desk, once in a process.

    Must come before `portico.store` is imported: that sets Django up for a record alone, without pages.
    Raises SiteError when Django is set up otherwise already, or for what `refuse_unsafe` refuses.
    """
    from django.conf import settings

    if settings.configured:
        raise SiteError("Django is set up for something else in this process", "Start it in a process of its own.")
    refuse_unsafe(place)
    static = place.static or Path(tempfile.mkdtemp(prefix="portico-static-"))
    from portico.web.site.settings import site_settings

    settings.configure(**site_settings(place, ensure_secrets(place.secret_file), static=static))
    from portico.store.sqlite import use_bundled_sqlite  # its package leaves configured settings alone

    use_bundled_sqlite()
    import django

    django.setup()


def bring_up_to_date(place: Place) -> None:
    """The desk's own tables of this version, and its stylesheets and scripts put together. Closes its connections."""
    import os

    from django.core.management import call_command
    from django.db import connections

    if place.database_url is None and not place.desk_file.exists():
        os.close(os.open(place.desk_file, os.O_CREAT | os.O_RDWR, 0o600))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    collect_static()
    connections.close_all()


def collect_static() -> None:
    """Puts stylesheets and scripts together, each under a name that holds its hash, and compresses them."""
    from django.core.management import call_command

    with redirect_stdout(StringIO()):
        call_command("collectstatic", verbosity=0, interactive=False)
