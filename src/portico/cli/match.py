"""Which accounts may tell of one event: score, and the reasons for and against. Nothing is linked by itself."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from portico.cli.options import as_of, of_record
from portico.cli.output import Answer
from portico.facts import MASKED, Account
from portico.matching import ProposedPair
from portico.store import StoredAccount


def add_arguments(parser: ArgumentParser) -> None:
    of_record(parser)
    as_of(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened
    from portico.matching import propose_all

    with opened(args) as record:
        stored = record.accounts(as_of=args.as_of)
        apart = record.apart(stored)
        together = {a: i.id for i in record.incidents(as_of=args.as_of) for a in i.accounts}
    pairs = propose_all(
        {name: _told(each) for name, each in stored.items()},
        sources={name: each.source for name, each in stored.items()},
        apart=apart,
    )
    return Answer(rows=[pair for pair in pairs if together[pair.one] != together[pair.other]], text=_lines)


def _told(stored: StoredAccount) -> Account:
    """The account without values that are masked for want of the key: two masks are not one name."""
    return Account(claims=tuple(claim for claim in stored.account.claims if claim.value != MASKED))


def _lines(pair: ProposedPair) -> Iterator[str]:
    yield f"{pair.one} and {pair.other}: {pair.score:.2f}"
    for reason in pair.reasons:
        yield f"  {'for' if reason.supports else 'against'}: {reason.sentence}"
