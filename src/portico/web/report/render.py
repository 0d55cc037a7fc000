"""The dossier → HTML, by the templates that the desk uses too. Without a site it is in English."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django.template import Context, Engine
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi

from portico.web.dossier import Dossier
from portico.web.report.page import Page, page

_WEB = Path(__file__).parents[1]

_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), "�")
"""Control characters that HTML does not allow."""


def render(dossier: Dossier) -> str:
    """One self-contained page in the language at hand, UTF-8: texts with their spans marked, beside the facts.

    Equal dossiers give equal pages. Every word of a source is escaped, and the page forbids itself scripts, frames,
    forms and anything from elsewhere by its own content policy. Raises nothing: an incident without sources, facts or
    findings gives a page that says so.
    """
    from portico.store.setup import set_up_django  # noqa: PLC0415 - which, imported, settles Django for good

    set_up_django()
    shown = page(dossier)
    style = _stylesheet() + _foot_of_each_sheet(shown)
    # Our own stylesheet and a foot line written as a CSS string: the only markup not escaped by the templates.
    values = {"page": shown, "style": mark_safe(style), "policy": _policy(style), **_language()}  # noqa: S308
    context = Context(values, use_l10n=False, use_tz=False)
    html = str(_engine().get_template("portico/report.html").render(context))
    # A text may hold what was no text in its file: half of a surrogate pair, control characters.
    return html.encode("utf-8", "replace").decode("utf-8").translate(_UNPRINTABLE)


def _language() -> dict[str, str]:
    return {"language": (get_language() or "en").split("-")[0], "direction": "rtl" if get_language_bidi() else "ltr"}


@cache
def _engine() -> Engine:
    builtins = ["django.templatetags.i18n", "portico.web.templatetags.words"]
    return Engine(dirs=[str(_WEB / "templates")], builtins=builtins)


@cache
def _stylesheet() -> str:
    return (_WEB / "static" / "portico.css").read_text(encoding="utf-8")


def _foot_of_each_sheet(shown: Page) -> str:
    return f'\n@page{{@bottom-left{{content:"{_css_string(shown.stand)}";font:8.5pt sans-serif}}}}\n'


def _css_string(words: str) -> str:
    """Words inside a CSS string: anything but letters, digits, spaces and plain marks is written by its number."""
    return re.sub(r"[^\w ,.:–-]", lambda found: f"\\{ord(found[0]):x} ", words)


def _policy(style: str) -> str:
    """Content Security Policy: this one stylesheet and pictures within the page, nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
