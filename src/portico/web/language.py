"""The language of the page. Outside a site (command line, page kept as a file) texts stand as written: in English."""

import sys


def told(text: str) -> str:
    """The text in the language of the page; as it stands where Django is not set up, which is then not loaded either.

    Modules import it `as _`: so the gatherer of texts for translators knows it.
    """
    conf = sys.modules.get("django.conf")
    if conf is None or not conf.settings.configured:
        return text
    from django.utils.translation import gettext  # noqa: PLC0415 - the command's start does not wait for Django

    return gettext(text)


def gettext_noop(text: str) -> str:
    """The text as it stands, marked for translators: a constant that is told later."""
    return text
