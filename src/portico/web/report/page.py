"""The page as values: everything that the template prints, and nothing that it has to work out."""

from dataclasses import dataclass

from portico.facts import Result, Status, Verification
from portico.web.dossier import Dossier, DossierCount
from portico.web.language import told as _
from portico.web.masks import GuardedWords
from portico.web.report.documents import DocumentView, document_view, received_words
from portico.web.report.facts import NumberedFact, masked_labels, numbered_facts
from portico.web.report.findings import RuleView, fact_named, rule_views
from portico.web.report.minutes import Strip, strip
from portico.web.report.sheet import Bit, Sheet, masked_bits, sheets
from portico.web.report.synopsis import Row, synopsis
from portico.web.report.voices import Act, Voice, acts, voices
from portico.web.wording import (
    STATUS_CLASS,
    VERIFICATION_WORDS,
    any_words,
    capital,
    date_words,
    listed,
    moment_words,
    number_words,
    said_words,
)

_WIDEST = 5  # sources that still fit side by side on Letter paper; more are stacked

_INSIDE = frozenset(("courtroom", "hallway", "lobby", "elevator", "nonpublic_area", "inside_unspecified"))


@dataclass(frozen=True, slots=True)
class Question:
    fact: str
    question: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How to check one document: its hash, and when it came."""

    letter: str
    sha256: str
    received: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """See the template for where each stands. reached: whether any rule in force reaches the reported facts."""

    title: str
    heading: tuple[Bit, ...]
    stand: str
    summary: str
    sample: bool
    guard_words: str
    stacked: bool
    columns: tuple[tuple[str, tuple[Bit, ...]], ...]
    rows: tuple[Row, ...]
    documents: tuple[DocumentView, ...]
    strip: Strip | None
    voices: tuple[Voice, ...]
    acts: tuple[Act, ...]
    rules: tuple[RuleView, ...]
    reached: bool
    questions: tuple[Question, ...]
    counts: tuple[DossierCount, ...]
    proofs: tuple[Proof, ...]
    log_size: str
    log_root: str
    made_with: str


def page(dossier: Dossier) -> Page:
    """The dossier as the page shows it."""
    facts = numbered_facts(dossier.incident, show_guarded=dossier.show_guarded)
    prepared = sheets(dossier.sources, facts, show_guarded=dossier.show_guarded)
    guarded = prepared[0].guarded if prepared else GuardedWords()
    heading = masked_bits(_heading(dossier), guarded)
    return Page(
        title="".join(bit.text or f"[{_('%(kind)s, guarded') % {'kind': bit.masked}}]" for bit in heading),
        heading=heading,
        stand=_("Incident %(id)s, as the record stood on %(moment)s")
        % {"id": dossier.incident.id, "moment": moment_words(dossier.as_of)},
        summary=_summary(dossier, facts),
        sample=dossier.sample,
        guard_words=_guard_words(dossier),
        stacked=len(prepared) > _WIDEST,
        columns=tuple((sheet.letter, sheet.free(sheet.source.heading)) for sheet in prepared),
        rows=synopsis(facts, prepared),
        documents=tuple(document_view(sheet) for sheet in prepared),
        strip=strip(prepared),
        voices=voices(prepared),
        acts=acts(prepared),
        rules=rule_views(dossier.findings, facts, prepared, dossier.fact_words),
        reached=any(each.finding.result is not Result.NOT_APPLICABLE for each in dossier.findings),
        questions=tuple(
            Question(capital(fact_named(fact, dossier.fact_words)), question) for fact, question in dossier.ask_next
        ),
        counts=dossier.counts,
        proofs=tuple(_proof(sheet) for sheet in prepared),
        log_size=f"{dossier.log_size:,}",
        log_root=dossier.log_root,
        made_with=dossier.made_with,
    )


def _heading(dossier: Dossier) -> str:
    """What, where, when, as far as the sources leave it: "Arrest inside Kings County Criminal Court, 14 May 2019"."""
    incident = dossier.incident
    what = any_words(said_words(incident.fact("kind"))) or _("event")
    court = any_words(said_words(incident.fact("courthouse"))) or _("a courthouse not named")
    zones = incident.values("zone")
    inside = zones and _INSIDE.issuperset(map(str, zones))
    on = any_words(date_words(str(value)) for value in incident.values("date")) or _("day not said")
    told = _("%(what)s inside %(court)s, %(day)s") if inside else _("%(what)s at %(court)s, %(day)s")
    return told % {"what": capital(what), "court": court, "day": on}


def _summary(dossier: Dossier, facts: tuple[NumberedFact, ...]) -> str:
    of = {status: sum(fact.state.status is status for fact in facts) for status in Status}
    documents = len(dossier.sources)
    stand = dossier.incident.verification
    told = (
        _("%(count)s documents tell of this event.") if documents > 1 else _("%(count)s document tells of this event.")
    )
    settled = _(
        "Facts agreed: %(agreed)s; disputed: %(disputed)s; "
        "resting on a single source: %(single)s; not said: %(unsaid)s."
    )
    confirmed = (
        _("The event is %(stand)s, not verified.") if stand is Verification.REPORTED else _("The event is %(stand)s.")
    )
    return " ".join(
        (
            told % {"count": number_words(documents)},
            settled % {STATUS_CLASS[status]: number for status, number in of.items()},
            confirmed % {"stand": _(VERIFICATION_WORDS[stand])},
            _("Nothing below is a finding of fault."),
        )
    )


def _guard_words(dossier: Dossier) -> str:
    if dossier.show_guarded:
        return _("Guarded words: shown. Keep this page as you keep the key")
    labels = masked_labels(dossier.incident)
    return _("Guarded words: masked (%(kinds)s)") % {"kinds": listed(labels)} if labels else _("Guarded words: masked")


def _proof(sheet: Sheet) -> Proof:
    return Proof(sheet.letter, sheet.source.sha256, received_words(sheet))
