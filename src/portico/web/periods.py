"""The period of a rule in words: when it was in force, and how sure that is."""

from datetime import date

from portico.policy import Period
from portico.web.wording import date_words


def period_words(period: Period) -> str:
    """For example "17 April 2019 to 15 December 2020 (that day not certain)"."""
    begins = _day(period.begins, doubtful=period.begins_uncertain) if period.begins else "not known since when"
    if period.earliest:
        begins += f", perhaps from {_day(period.earliest)}"
    ends = f"to {_day(period.ends, doubtful=period.ends_uncertain)}" if period.ends else "with no end known"
    again = f"; perhaps again from {_day(period.again_after)}" if period.again_after else ""
    doubt = f"; not certain from {_day(period.uncertain_after)}" if period.uncertain_after else ""
    return f"{begins} {ends}{doubt}{again}"


def _day(day: date, *, doubtful: bool = False) -> str:
    return date_words(day.isoformat()) + (" (that day not certain)" if doubtful else "")
