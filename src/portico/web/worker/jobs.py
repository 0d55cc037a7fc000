"""Long work on the record itself."""

from django.utils.translation import gettext_lazy as _

from portico.facts import PorticoError
from portico.web.worker.steps import Steps, Work


class NotEqualError(PorticoError):
    """The projections were not what the log folds to."""


def rebuild(steps: Steps) -> None:
    """Makes every projection again from the log. Raises NotEqualError when that changed something."""
    steps.step("rebuilding")
    with steps.record() as record:
        done = record.rebuild()
        size = record.size
    steps.step("rebuilding", size, size)
    if not done.equal:
        raise NotEqualError(
            f"The projections differed from the log ({', '.join(done.differing)}). They were made again from the log, "
            "and now agree with it. Run `portico verify`, and look at the record's disk."
        )


JOBS = {
    "rebuild": Work(
        run=rebuild,
        title=_("Make the projections again from the log"),
        stages={"rebuilding": _("reading the log")},
        counts=_("entries"),
        quiet=6 * 60 * 60,
        survives=_("The log is unchanged, and the projections are as they were."),
    ),
}
