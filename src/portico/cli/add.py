"""Read documents and append what they tell to the record, as proposals. The same document twice is once."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from portico.cli.inputs import add_input_arguments, documents
from portico.cli.options import writing
from portico.cli.output import Answer
from portico.facts import PorticoError
from portico.reading import Document, read


def add_arguments(parser: ArgumentParser) -> None:
    add_input_arguments(parser)
    writing(parser)


def run(args: Namespace) -> Answer:
    return Answer(rows=_preview(args) if args.dry_run else _added(args), text=_lines)


def _added(args: Namespace) -> Iterator[dict[str, object] | PorticoError]:
    from portico.cli.records import opened

    batch = None
    with opened(args, create=True) as record:
        for document in documents(args, "Adding"):
            if isinstance(document, PorticoError):
                yield document
                continue
            (added,) = record.add_all([(document, read(document))], actor=args.actor, batch=batch)
            batch = added.batch
            yield _row(document, list(added.accounts), new=added.new, batch=added.batch)


def _preview(args: Namespace) -> Iterator[dict[str, object] | PorticoError]:
    for document in documents(args, "Reading"):
        if isinstance(document, PorticoError):
            yield document
        else:
            yield _row(document, ["(not given yet)"] * len(read(document).accounts), new=True, batch=None) | {
                "dry_run": True
            }


def _row(document: Document, accounts: list[str], *, new: bool, batch: str | None) -> dict[str, object]:
    name = "(private)" if document.source.private else document.id
    return {"source": document.source.sha256, "id": name, "accounts": accounts, "new": new, "batch": batch}


def _lines(row: dict[str, object]) -> Iterator[str]:
    accounts = row["accounts"]
    assert isinstance(accounts, list)
    done = "would add" if "dry_run" in row else "added" if row["new"] else "already there, nothing added:"
    yield f"{done} {row['id']} {str(row['source'])[:12]}: {len(accounts)} account(s) {' '.join(accounts)}".rstrip()
