"""One incident or one document of the record. Of an incident, --html FILE writes one self-contained page.

Guarded words (names, ages) are masked unless --guarded is given and the key is at hand.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from portico.cli.options import as_of, of_record
from portico.cli.output import Answer
from portico.facts import Text
from portico.store import Record, StoredDocument
from portico.web.dossier import Dossier


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="an incident, an account or a document; the first letters are enough")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write one page, to read, print or send to counsel")
    parser.add_argument("--claims", action="store_true", help="list every claim with its id and what was decided of it")
    parser.add_argument("--guarded", action="store_true", help="show the words that say who somebody is")
    of_record(parser)
    as_of(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.records import opened, the_one
    from portico.web.gathering import gather

    with opened(args) as record:
        found = the_one(record, args.id, "incident", "account", "document")
        document = record.document(found, as_of=args.as_of)
        if document:
            return _document(record, document, args)
        stored = record.accounts(as_of=args.as_of).get(found)
        dossier = gather(record, stored.incident if stored else found, as_of=args.as_of, show_guarded=args.guarded)
        decided = {
            name: how for each in record.accounts(as_of=args.as_of).values() for name, how in each.decided.items()
        }
    if args.html:
        _write(dossier, args.html)
    return _claims(dossier, decided) if args.claims else _incident(dossier)


def _incident(dossier: Dossier) -> Answer:
    from portico.cli.prints.dossier import dossier_lines

    return Answer(rows=[dossier], text=dossier_lines, json=lambda shown: shown.incident)


def _claims(dossier: Dossier, decided: Mapping[str, str]) -> Answer:
    from portico.cli.prints.dossier import claim_lines

    claims = [each for source in dossier.sources for each in source.claims]
    return Answer(rows=claims, text=lambda claim: claim_lines(claim, dossier, decided.get(claim.id, "to decide")))


def _document(record: Record, document: StoredDocument, args: Namespace) -> Answer:
    from portico.cli.prints.listing import as_json

    accounts = [a for a in record.accounts(as_of=args.as_of).values() if a.source == document.source.sha256]

    def lines(shown: StoredDocument) -> Iterator[str]:
        from portico.cli.prints.reading import account_lines

        title = shown.source.title or shown.source.publisher or shown.reading or "(guarded)"
        yield f"{title}, published {shown.source.published_on or 'day not known'}, SHA-256 {shown.source.sha256}"
        for each in accounts:
            yield f"  {each.id} in {each.incident}"
            if shown.text is not None:
                yield from account_lines(each.account, Text(shown.text))

    return Answer(rows=[document], text=lines, json=as_json)


def _write(dossier: Dossier, path: Path) -> None:
    from portico.cli.output import tell
    from portico.web.report import render

    path.write_text(render(dossier), encoding="utf-8")
    tell(f"Wrote {path}.")
