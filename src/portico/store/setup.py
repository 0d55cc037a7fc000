"""Django set up for a record without a site: only if nothing else has set it up."""

import os


def set_up_django() -> None:
    """Configures Django for the record alone; leaves a site's settings as they are."""
    from django.conf import settings  # noqa: PLC0415

    from portico.store.sqlite import use_bundled_sqlite  # noqa: PLC0415

    if settings.configured or os.environ.get("DJANGO_SETTINGS_MODULE"):
        return
    settings.configure(
        INSTALLED_APPS=["portico.store"],
        DATABASES={},
        DATABASE_ROUTERS=["portico.store.databases.RecordRouter"],
        USE_TZ=True,
        TIME_ZONE="UTC",
        USE_I18N=False,
        LOGGING_CONFIG=None,
    )
    use_bundled_sqlite()
    import django  # noqa: PLC0415

    django.setup()
