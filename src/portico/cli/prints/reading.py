"""What was read in a document: its accounts, statements, actions and numbers, each with its exact words."""

from collections.abc import Iterable, Iterator

from portico.cli.prints.layout import columns, heading, paragraph
from portico.facts import ATTRIBUTES, Account, Action, Claim, Reading, Span, Statement, Statistic, Text
from portico.web.wording import claim_words

_NOT_SHOWN = ("courthouse_id", "court_system", "court_kind", "asserted_by")


def reading_lines(reading: Reading, text: Text, title: str | None = None) -> Iterator[str]:
    published = f", published {reading.published_on}" if reading.published_on else ", day of publication not known"
    yield from heading(f"{title or reading.id}{published}")
    if not (reading.accounts or reading.statements or reading.actions or reading.statistics):
        yield "  Nothing in it tells of an arrest or sighting at a courthouse, a statement or an action."
    for number, account in enumerate(reading.accounts, start=1):
        yield f"  Account {number} of {len(reading.accounts)}: fact, value, words at characters"
        yield from account_lines(account, text)
    yield from statement_lines(reading.statements, text)
    yield from action_lines(reading.actions)
    yield from statistic_lines(reading.statistics)


def account_lines(account: Account, text: Text) -> Iterator[str]:
    shown = [claim for claim in account.claims if claim.attribute not in _NOT_SHOWN]
    order = list(ATTRIBUTES)
    shown.sort(key=lambda claim: order.index(claim.attribute))
    yield from columns(
        ((ATTRIBUTES[c.attribute].label, _said(c), " … ".join(cited(s, text) for s in c.spans)) for c in shown),
        (24, 28),
        indent="    ",
    )


def statement_lines(statements: Iterable[Statement], text: Text) -> Iterator[str]:
    for each in statements:
        who = ", ".join(filter(None, [each.speaker, each.role, each.organisation])) or "not named"
        yield f"  Statement ({each.kind}): {who}"
        for span in each.quotes or each.spans:
            yield from paragraph(cited(span, text), "    ")


def action_lines(actions: Iterable[Action]) -> Iterator[str]:
    for each in actions:
        when = " ".join(filter(None, [each.date, each.time])) or "day not said"
        yield from paragraph(
            f"Action: {each.kind}, {when}"
            + (f", by {each.organiser}" if each.organiser else "")
            + (f", at {each.place}" if each.place else "")
            + (f". Asks of {each.target or 'not said whom'}: {each.demand}" if each.demand else ""),
            hanging="  ",
        )


def statistic_lines(statistics: Iterable[Statistic]) -> Iterator[str]:
    for each in statistics:
        rest = ", ".join(filter(None, [each.what, each.place, each.period, each.source]))
        yield from paragraph(f"Number: {each.value:g}" + (f", {rest}" if rest else ""), hanging="  ")


def cited(span: Span, text: Text) -> str:
    words = " ".join(text.words(span).split())
    return f"“{words}” {span.start}–{span.end}"


def _said(claim: Claim) -> str:
    return claim_words(claim) + (f" (says {claim.asserted_by})" if claim.asserted_by else "")
