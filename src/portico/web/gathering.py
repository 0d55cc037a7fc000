"""One incident's dossier, gathered from the record: documents, findings, what to ask next, a count, the log."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from portico.counting import count, find_definition
from portico.facts import IncidentState
from portico.policy import CaseResult, case_of_incident, evaluate, load_rules
from portico.store import Record, StoredDocument
from portico.web.dossier import Dossier, DossierCount, DossierFinding, DossierSource, letter
from portico.web.language import told as _
from portico.web.periods import period_words

_COUNT = "arrests-and-attempts"


def gather(
    record: Record, incident: str, *, as_of: datetime | None = None, show_guarded: bool = False, sample: bool = False
) -> Dossier:
    """Everything that is shown of one incident, as the record stood at `as_of` (UTC; None = now).

    Raises KeyError when the record had no incident of that id then.
    """
    states = record.incidents(as_of=as_of)
    state = next((each for each in states if each.id == incident), None)
    if state is None:
        raise KeyError(incident)
    return dossier_of(record, states, state, as_of=as_of, show_guarded=show_guarded, sample=sample)


def dossier_of(
    record: Record,
    states: Sequence[IncidentState],
    state: IncidentState,
    *,
    result: CaseResult | None = None,
    as_of: datetime | None = None,
    show_guarded: bool = False,
    sample: bool = False,
) -> Dossier:
    """The dossier of a state already at hand.

    states  the incidents that its count looks at, itself among them
    result  the findings to show; None = those of the facts as reported
    """
    result = result or evaluate(case_of_incident(state))
    vocabulary = load_rules().vocabulary.facts
    return replace(
        telling_of(record, state, as_of=as_of, show_guarded=show_guarded, sample=sample),
        findings=tuple(_findings(result)),
        ask_next=tuple((name, _question(name)) for name in result.ask_next),
        fact_words={name: name.replace("_", " ") for name in vocabulary},
        counts=tuple(_counts(states, state, as_of)),
    )


def telling_of(
    record: Record,
    state: IncidentState,
    *,
    as_of: datetime | None = None,
    show_guarded: bool = False,
    sample: bool = False,
) -> Dossier:
    """What the sources tell, without what rules say of it and without a count."""
    tree = record.tree
    return Dossier(
        incident=state,
        as_of=as_of or datetime.now(UTC),
        log_size=tree.size,
        log_root=tree.root.hex(),
        made_with=f"portico show {state.id} --html FILE",
        sources=tuple(_sources(record, state, as_of)),
        show_guarded=show_guarded and record.has_key,
        sample=sample,
    )


def _sources(record: Record, state: IncidentState, as_of: datetime | None) -> Iterator[DossierSource]:
    documents = record.some_documents(state.sources, as_of=as_of)
    statements = record.statements(as_of=as_of, of=state.sources)
    actions = record.actions(as_of=as_of, of=state.sources)
    claims = {each.id: each for fact in state.facts for each in fact.claims}
    for place, sha256 in enumerate(state.sources):
        document = documents[sha256]
        yield DossierSource(
            letter=letter(place),
            heading=document.source.publisher or document.source.title or _kind(document),
            kind=_kind(document),
            received_at=document.received_at,
            sha256=sha256,
            text=document.text,
            published_on=document.source.published_on,
            private=document.source.private,
            url=document.source.url,
            withheld="erased" if document.erased else "locked",
            claims=tuple(each for each in claims.values() if each.source == sha256),
            statements=tuple(each.statement for each in statements if each.source == sha256),
            actions=tuple(each.action for each in actions if each.source == sha256),
        )


def _kind(document: StoredDocument) -> str:
    if document.source.private:
        return _("Private note")
    return _("Web page") if document.source.media_type == "text/html" else _("Text")


def _findings(result: CaseResult) -> Iterator[DossierFinding]:
    book = load_rules()
    for finding in result.findings:
        rule = book.rule(finding.rule)
        yield DossierFinding(
            finding=finding,
            rule_name=rule.name,
            provision=book.provision(finding.provision).text,
            period=period_words(rule.period),
            citation_url=next((each.url for each in rule.citations if each.url and not each.precision), None),
            rests_on=tuple(dict.fromkeys(claim.id for claims in result.rests_on(finding).values() for claim in claims)),
        )


def _question(name: str) -> str:
    fact = load_rules().vocabulary.facts.get(name)
    return _((fact.asks if fact else None) or name.replace("_", " "))


def _counts(states: Sequence[IncidentState], state: IncidentState, as_of: datetime | None) -> Iterator[DossierCount]:
    """The figure of this courthouse, if the incident is in it."""
    courthouses = state.values("courthouse_id")
    if len(courthouses) != 1:
        return
    definition = find_definition(_COUNT)
    table = count(definition, states, where={"courthouse": str(courthouses[0])}, as_of=as_of)
    if state.id in (*table.total.certain, *table.total.possible):
        place = state.values("courthouse")[0]
        words = _("%(counted)s at %(place)s, reported to this record")
        words %= {"counted": _(definition.name).lower(), "place": place}
        yield DossierCount(definition=definition.id, words=words, lower=table.total.lower, upper=table.total.upper)
