"""A reading as the flat JSON object that `portico read --json` prints (the output format, version 1).

Unknown is null or "unknown"; a value without a claim is refused.
"""

from collections.abc import Sequence

from portico.facts import Account, Action, Claim, PartialDate, Reading, Span, Statement, Statistic, Text

Json = dict[str, object]

_UNKNOWN = (
    *("zone", "agency", "proceeding", "warrant", "plain_clothes", "identified", "force_used", "judge_informed"),
    *("counsel_access", "court_staff"),
)
_NULL = ("courthouse", "courthouse_id", "county", "city", "state", "people_arrested", "outcome")
_AGENCIES = {"federal_unspecified": "unknown"}
_COUNSEL = {"interrupted": "given"}
_OUTCOMES = {
    "taken": "taken into custody",
    "released": "released",
    "not_taken": "not taken",
    "transferred": "transferred",
}


def flatten(reading: Reading, text: Text) -> Json:
    """The object for one document. Raises SpanError for a span outside the text, ValueError for a value without one."""
    return {
        "id": reading.id,
        "published_on": reading.published_on,
        "incidents": [_incident(account, text) for account in reading.accounts],
        "statements": [_statement(statement, text) for statement in reading.statements],
        "actions": [_action(action, text) for action in reading.actions],
        "statistics": [_statistic(statistic, text) for statistic in reading.statistics],
    }


def _incident(account: Account, text: Text) -> Json:
    flat: Json = {"kind": account.value("kind"), "date": _date(account.value("date"))}
    flat |= {name: account.value(name) for name in _NULL}
    flat |= {name: account.value(name) or "unknown" for name in _UNKNOWN}
    flat["agency"] = _AGENCIES.get(str(flat["agency"]), flat["agency"])
    flat["counsel_access"] = _COUNSEL.get(str(flat["counsel_access"]), flat["counsel_access"])
    if flat["outcome"] is None and account.value("custody_outcome"):
        flat["outcome"] = _OUTCOMES[str(account.value("custody_outcome"))]
    candidates = account.candidates("courthouse_id")
    if len(candidates) > 1:
        flat["candidates"] = list(candidates)
    flat["person"] = {
        "name": account.value("name"),
        "age": account.value("age"),
        "gender": account.value("gender"),
        "role": account.value("role") or "unknown",
    }
    flat["asserted_by"] = list(account.asserted_by)
    flat["claims"] = [_claim(claim, text) for claim in account.claims]
    return flat


def _claim(claim: Claim, text: Text) -> Json:
    return {
        "attribute": claim.attribute,
        "value": claim.value if claim.value is not None else list(claim.any_of),
        "spans": _spans(claim.spans, text),
        "asserted_by": claim.asserted_by,
        "hedge": claim.hedge,
    }


def _statement(statement: Statement, text: Text) -> Json:
    return {
        "speaker": statement.speaker,
        "organisation": statement.organisation,
        "role": statement.role,
        "kind": statement.kind,
        "about": statement.about,
        "quotes": _spans(statement.quotes, text, may_be_empty=True),
        "spans": _spans(statement.spans, text),
    }


def _action(action: Action, text: Text) -> Json:
    return {
        "kind": action.kind,
        "organiser": action.organiser,
        "date": _date(action.date),
        "time": action.time,
        "place": action.place,
        "target": action.target,
        "demand": action.demand,
        "spans": _spans(action.spans, text),
    }


def _statistic(statistic: Statistic, text: Text) -> Json:
    return {
        "value": statistic.value,
        "what": statistic.what,
        "place": statistic.place,
        "period": statistic.period,
        "source": statistic.source,
        "spans": _spans(statistic.spans, text),
    }


def _date(edtf: object) -> Json:
    if edtf is None:
        return {"value": None, "precision": "unknown"}
    return {"value": edtf, "precision": PartialDate(str(edtf)).precision}


def _spans(spans: Sequence[Span], text: Text, *, may_be_empty: bool = False) -> list[list[int]]:
    """The spans as pairs, each checked against the text; nothing may be said without any."""
    if not spans and not may_be_empty:
        raise ValueError("a value without a span: nothing may be said that the text does not say")
    return [[checked.start, checked.end] for checked in (text.span(span.start, span.end) for span in spans)]
