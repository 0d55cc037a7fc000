"""The kinds of long work that imports ask for."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portico.web.worker.steps import Steps, Work


def _later(name: str) -> Callable[[Steps], None]:
    """The work is loaded where it is done: the readers of tables have threads, and do not survive a fork."""

    def run(steps: Steps) -> None:
        from portico.web.imports import taking  # noqa: PLC0415  (see above)

        getattr(taking, name)(steps)

    return run


def _page(subject: int) -> str:
    return reverse("imports:one", args=[subject])


_UNCHANGED = _("Nothing was added to the record. The file is kept here, sealed.")

JOBS = {
    "look": Work(
        run=_later("look"),
        title=_("Look at a file of reports"),
        stages={"opening": _("opening the file"), "checking": _("checking every row")},
        counts=_("rows"),
        page=_page,
        quiet=120,
        survives=_UNCHANGED,
    ),
    "check": Work(
        run=_later("check"),
        title=_("Check a file of reports"),
        stages={"checking": _("checking every row")},
        counts=_("rows"),
        page=_page,
        quiet=120,
        survives=_UNCHANGED,
    ),
    "take": Work(
        run=_later("take"),
        title=_("Import a file of reports"),
        stages={"adding": _("adding rows"), "listing": _("putting them into lists and figures")},
        counts=_("rows"),
        page=_page,
        quiet=600,
        survives=_("The rows that were added stay, as one import: go on with it, or take it back whole."),
    ),
    "undo": Work(
        run=_later("undo"),
        title=_("Take an import back"),
        stages={"undoing": _("taking it back")},
        page=_page,
        quiet=6 * 60 * 60,
        survives=_("The import stands as it did."),
    ),
}
