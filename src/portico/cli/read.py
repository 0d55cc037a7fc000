"""Documents → accounts, statements, actions and numbers, each value with its words. Touches no record."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from portico.cli.inputs import add_input_arguments, documents
from portico.cli.options import answering
from portico.cli.output import Answer
from portico.facts import PorticoError, Reading, Text


def add_arguments(parser: ArgumentParser) -> None:
    add_input_arguments(parser)
    answering(parser)


def run(args: Namespace) -> Answer:
    from portico.cli.prints.reading import reading_lines
    from portico.reading import flatten

    return Answer(
        rows=_readings(args),
        text=lambda row: reading_lines(*row),
        json=lambda row: flatten(row[0], row[1]),
    )


def _readings(args: Namespace) -> Iterator[tuple[Reading, Text, str | None] | PorticoError]:
    from portico.reading import read

    for document in documents(args, "Reading"):
        if isinstance(document, PorticoError):
            yield document
        else:
            yield read(document), document.text, document.source.title
