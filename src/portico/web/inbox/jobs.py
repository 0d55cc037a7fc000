"""The kind of long work that the inbox asks for."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portico.web.inbox.separate import SECONDS_EACH
from portico.web.worker.steps import Steps, Work


def _read(steps: Steps) -> None:
    from portico.web.inbox.receiving import read_sending  # noqa: PLC0415  (readers load where they are used)

    read_sending(steps)


JOBS = {
    "read": Work(
        run=_read,
        title=_("Read files that were sent"),
        stages={"reading": _("reading the files")},
        counts=_("files"),
        page=lambda _subject: reverse("inbox:list"),
        # The process that reads is ended before: this ends what would wait for it in vain.
        quiet=2 * SECONDS_EACH,
        survives=_("What was read is in the record; the other files are kept here, sealed: read them again."),
    )
}
