"""A reading explained, for a terminal: under each value its words, its cue, and what else the text would bear."""

from collections.abc import Iterator

from portico.cli.closer import Closely
from portico.cli.prints.layout import columns, heading, paragraph
from portico.cli.prints.reading import action_lines, cited, reading_lines, statement_lines, statistic_lines
from portico.facts import ATTRIBUTES, Text
from portico.reading import AccountConfidence, Explanation, Rival, confidence, explain
from portico.web.wording import claim_words, value_words

_LABEL, _SHARE = 24, 9


def explanation_lines(row: Closely) -> Iterator[str]:
    text = row.document.text
    yield from heading(f"{row.document.source.title or row.reading.id}, explained")
    if not row.reading.accounts:
        yield "  Nothing in it tells of an arrest or sighting at a courthouse."
    shares = confidence(row.reading, text)
    for number, (account, share) in enumerate(zip(explain(row.reading, text), shares, strict=True), start=1):
        measured = "" if share.account is None else f": of such accounts {_percent(share.account)} were right"
        yield f"  Account {number} of {len(shares)}{measured}"
        yield from _account(account, share, text)
    yield from statement_lines(row.reading.statements, text)
    yield from action_lines(row.reading.actions)
    yield from statistic_lines(row.reading.statistics)
    yield from _beside(row)


def _account(account: tuple[Explanation, ...], share: AccountConfidence, text: Text) -> Iterator[str]:
    for each, its_share in zip(account, share.claims, strict=True):
        claim = each.claim
        said = f", says {claim.asserted_by}" if claim.asserted_by else ""
        yield from columns(
            [(ATTRIBUTES[claim.attribute].label, _percent(its_share), claim_words(claim) + said)],
            (_LABEL, _SHARE),
            "    ",
        )
        words = " … ".join(cited(span, text) for span in claim.spans)
        cue = f" [{claim.cue}]" if claim.cue else ""
        yield from paragraph(f"{words}: {each.found}{cue}", indent=" " * 8, hanging="  ")
        if each.also:
            yield from paragraph(f"also {', '.join(cited(span, text) for span in each.also[:4])}", " " * 8, "  ")
        for rival in each.rivals:
            yield from paragraph(f"not {_rival(claim.attribute, rival, text)}", " " * 8, "  ")
        if each.more:
            yield f"{' ' * 8}and {each.more} more, farther away"


def _rival(attribute: str, rival: Rival, text: Text) -> str:
    codes = ATTRIBUTES[attribute].values
    known = rival.value is not None and (not codes or rival.value in codes)
    value = f"{value_words(attribute, rival.value)}: " if known and rival.value is not None else ""
    cue = f" [{rival.cue}]" if rival.cue else ""
    return f"{value}{cited(rival.span, text)}{cue}: {rival.why}"


def _percent(share: float | None) -> str:
    return "not known" if share is None else f"{round(share * 100)} %"


def proposed_lines(row: Closely) -> Iterator[str]:
    """A reading with a model's proposals in it, and where they came from."""
    yield from reading_lines(row.reading, row.document.text, row.document.source.title)
    yield from _beside(row)


def _beside(row: Closely) -> Iterator[str]:
    """What a model added, where it differs, and what of it was dropped."""
    if row.beside is None:
        return
    beside, text = row.beside, row.document.text
    added = [
        f"account {number}, {ATTRIBUTES[claim.attribute].label.lower()}: {claim_words(claim)}"
        for number, account in enumerate(row.reading.accounts, start=1)
        for claim in account.claims
        if claim.origin == beside.origin
    ]
    yield from paragraph(
        f"By {beside.origin}, not by the rules: {'; '.join(added) or 'nothing in the accounts'}", hanging="  "
    )
    own = zip(
        ("statements", "actions", "numbers"),
        beside.own,
        (row.reading.statements, row.reading.actions, row.reading.statistics),
        strict=True,
    )
    more = [f"{len(held) - count} {name}" for name, count, held in own if len(held) > count]
    if more:
        yield f"  and the last {', '.join(more)}"
    for number, claims in beside.differing.items():
        for claim in claims:
            words = " … ".join(cited(span, text) for span in claim.spans)
            yield from paragraph(
                f"It differs on account {number + 1}: {claim_words(claim)}, {words} (not taken)", hanging="  "
            )
    for each in beside.dropped:
        yield from paragraph(f"Dropped: {each.what}: {each.why}", hanging="  ")
