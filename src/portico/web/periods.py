"""The period of a rule in words: when it was in force, and how sure that is."""

from datetime import date

from portico.policy import Period
from portico.web.language import told as _
from portico.web.wording import date_words


def period_words(period: Period) -> str:
    """For example "17 April 2019 to 15 December 2020 (that day not certain)"."""
    begins = _day(period.begins, doubtful=period.begins_uncertain) if period.begins else _("not known since when")
    if period.earliest:
        begins = _("%(begins)s, perhaps from %(day)s") % {"begins": begins, "day": _day(period.earliest)}
    ends = _("with no end known")
    if period.ends:
        ends = _("to %(day)s") % {"day": _day(period.ends, doubtful=period.ends_uncertain)}
    doubt = _("; not certain from %(day)s") % {"day": _day(period.uncertain_after)} if period.uncertain_after else ""
    again = _("; perhaps again from %(day)s") % {"day": _day(period.again_after)} if period.again_after else ""
    return f"{begins} {ends}{doubt}{again}"


def _day(day: date, *, doubtful: bool = False) -> str:
    words = date_words(day.isoformat())
    return _("%(day)s (that day not certain)") % {"day": words} if doubtful else words
