"""One incident for a terminal: sources, folded facts with who says so, statements, actions, findings, log."""

from collections.abc import Iterator

from portico.cli.prints.layout import columns, heading, paragraph
from portico.cli.prints.reading import action_lines, statement_lines
from portico.cli.prints.rules import asking_lines, findings_lines
from portico.facts import ATTRIBUTES, EVENT_ATTRIBUTES, DataClass, FactState, SourcedClaim, Span, Text
from portico.web.dossier import Dossier, DossierSource
from portico.web.masks import guarded_words, masks
from portico.web.wording import STATUS_WORDS, claim_words, values_words


def dossier_lines(dossier: Dossier) -> Iterator[str]:
    yield from _head(dossier)
    yield from _facts(dossier)
    yield from _statements(dossier)
    yield from _findings(dossier)
    yield from _proof(dossier)


def _head(dossier: Dossier) -> Iterator[str]:
    state = dossier.incident
    yield from heading(f"Incident {state.id}, {state.verification.value}, as of {dossier.as_of:%Y-%m-%d %H:%M} UTC")
    for source in dossier.sources:
        private = ", private" if source.private else ""
        withheld = "" if source.text is not None else f" ({source.withheld})"
        yield f"  {source.letter}  {source.heading}, {source.published_on or 'day not known'}{private}{withheld}"


def _facts(dossier: Dossier) -> Iterator[str]:
    yield from heading("What each source says")
    yield from columns((_fact_row(dossier, dossier.incident.fact(name)) for name in _shown(dossier)), (24, 26, 13))


def _shown(dossier: Dossier) -> Iterator[str]:
    """Every fact of an event, silence too; guarded ones only when somebody tells of them."""
    told = {fact.attribute for fact in dossier.incident.facts}
    for name, attribute in ATTRIBUTES.items():
        if name in EVENT_ATTRIBUTES or (name in told and attribute.data_class is DataClass.GUARDED):
            yield name


def _fact_row(dossier: Dossier, fact: FactState) -> tuple[str, str, str, str]:
    attribute = ATTRIBUTES[fact.attribute]
    hidden = attribute.data_class is DataClass.GUARDED and not dossier.show_guarded
    value = "(guarded)" if hidden and fact.values else " or ".join(values_words(fact))
    says = "" if hidden else "; ".join(_says(dossier, fact))
    return attribute.label, value or "–", STATUS_WORDS[fact.status], says


def _says(dossier: Dossier, fact: FactState) -> Iterator[str]:
    sources = {source.sha256: (source, _shown_text(dossier, source)) for source in dossier.sources}
    for each in fact.claims:
        (source, text), claim = sources[each.source], each.claim
        value = f"{claim_words(claim)}: " if len(fact.values) > 1 else ""
        quoted = f" ({claim.asserted_by})" if claim.asserted_by else ""
        yield f"{source.letter} {value}{_words(text, source, claim.spans)}{quoted}"


def _words(text: Text | None, source: DossierSource, spans: tuple[Span, ...]) -> str:
    if text is None or not spans:
        return f"({source.withheld})" if spans else "(a person)"
    return " … ".join(f"“{' '.join(text.words(span).split())}”" for span in spans)


def claim_lines(each: SourcedClaim, dossier: Dossier, decided: str) -> Iterator[str]:
    """One claim with its id: what a person accepts, rejects or corrects."""
    attribute = ATTRIBUTES[each.claim.attribute]
    hidden = attribute.data_class is DataClass.GUARDED and not dossier.show_guarded
    source = next(source for source in dossier.sources if source.sha256 == each.source)
    words = "" if hidden else _words(_shown_text(dossier, source), source, each.claim.spans)
    value = "(guarded)" if hidden else claim_words(each.claim)
    yield from columns(
        [(each.id, source.letter, attribute.label, value, f"{words} {decided}".strip())], (20, 1, 22, 22)
    )


def _shown_text(dossier: Dossier, source: DossierSource) -> Text | None:
    """The text of a source, its guarded words hatched over at their own length, so that spans still fit."""
    if source.text is None or dossier.show_guarded:
        return None if source.text is None else Text(source.text)
    told = [(each.text, claim) for each in dossier.sources for claim in each.claims]
    shown = source.text
    for mask in masks(source.text, source.claims, guarded_words(told)):
        shown = shown[: mask.start] + "▒" * (mask.end - mask.start) + shown[mask.end :]
    return Text(shown)


def _statements(dossier: Dossier) -> Iterator[str]:
    yield from heading("Statements and actions")
    for source in dossier.sources:
        text = _shown_text(dossier, source)
        if text and (source.statements or source.actions):
            yield f"  In {source.letter}:"
            yield from statement_lines(source.statements, text)
            yield from action_lines(source.actions)


def _findings(dossier: Dossier) -> Iterator[str]:
    yield from heading("Rules in force there that day: what each provision says of the reported facts")
    if not dossier.findings:
        yield "  No rule found for this date and place. Not found is not none."
    yield from findings_lines(each.finding for each in dossier.findings)
    yield from asking_lines(fact for fact, _ in dossier.ask_next)


def _proof(dossier: Dossier) -> Iterator[str]:
    for count in dossier.counts:
        yield from heading("A count this incident is in")
        figure = f"{count.lower}" if count.lower == count.upper else f"{count.lower} to {count.upper}"
        yield from paragraph(f"{figure} {count.words} (definition {count.definition}; as of {dossier.as_of:%Y-%m-%d})")
    yield from heading("The log")
    yield f"  {dossier.log_size:,} entries, root {dossier.log_root}"
    for source in dossier.sources:
        yield f"  {source.letter}  SHA-256 {source.sha256}"
