"""The whole path on four bundled documents about one arrest that never happened: read, link, rules, count, log, page.

Works in a fresh temporary record unless --record is given. People are invented; courthouse and rules are real.
"""

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from portico.cli.options import answering
from portico.cli.output import Answer
from portico.cli.prints.dossier import dossier_lines
from portico.cli.prints.layout import heading
from portico.cli.prints.reading import reading_lines
from portico.custody import Report
from portico.reading import Document, read
from portico.store import Record, open_record
from portico.web.dossier import Dossier

SAMPLE = Path(str(files("portico.cli"))) / "sample"
ACTOR = "person:demo"
_WHY = "Same courthouse and day, one person taken; read side by side. (Decided by the demonstration's script.)"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--record", type=Path, metavar="DIR", help="where to make the record (default: a temporary folder)"
    )
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="where to write the page (default: beside the record)"
    )
    answering(parser)


def run(args: Namespace) -> Answer:
    folder = args.record or Path(tempfile.mkdtemp(prefix="portico-demo-")) / "record"
    page = args.html or folder.parent / "portico-demo.html"
    return Answer(rows=_steps(folder, page), text=lambda step: step)


def _steps(folder: Path, page: Path) -> Iterator[list[str]]:
    """Each step's lines, made when the step is done."""
    key_file = folder.parent / "demo-key"
    documents = sample_documents()
    yield [
        *heading("1. What was read"),
        "  Four documents, bundled; people invented, courthouse real. note.txt is private.",
    ]
    for document in documents:
        yield list(reading_lines(read(document), document.text, document.source.publisher))
    with open_record(folder, key_file=key_file, create=True) as record:
        dossier = demonstrate(record, documents)
        yield [
            *heading("2. Linked as one event by a person (here: a script); the incident as folded"),
            *dossier_lines(dossier),
        ]
        yield _checked(record.verify())
    _write(dossier, page)
    yield _what_next(folder, key_file, page, dossier.incident.id)


def sample_documents() -> list[Document]:
    """The bundled documents, with what their index says of them."""
    from portico.cli.inputs import listed

    return [each.open() for each in listed(SAMPLE / "index.csv")]


def demonstrate(record: Record, documents: list[Document]) -> Dossier:
    """Add the documents, link their accounts as one event, and gather what there is to show."""
    from portico.web.gathering import gather

    added = list(record.add_all([(each, read(each)) for each in documents], actor=ACTOR))
    first, *others = [account for each in added for account in each.accounts]
    for other in others:
        record.link(first, other, actor=ACTOR, reason=_WHY)
    record.checkpoint()
    return gather(record, record.accounts()[first].incident, sample=True)


def _checked(report: Report) -> list[str]:
    from portico.cli.prints.proof import report_lines

    return [*heading("3. The log, verified"), *report_lines(report)]


def _write(dossier: Dossier, page: Path) -> None:
    from portico.web.report import render

    page.write_text(render(dossier), encoding="utf-8")


def _what_next(folder: Path, key_file: Path, page: Path, incident: str) -> list[str]:
    portico = sys.argv[0]
    return [
        *heading("Try next"),
        "  The same on one page, to read by keyboard or on paper:",
        f"  {page}",
        "  In this record:",
        f"  export PORTICO_RECORD={folder} PORTICO_KEY_FILE={key_file}",
        f"  {portico} show {incident[:8]} --claims      # each claim with its id, to accept, reject or correct",
        f"  {portico} count arrests-and-attempts --by zone",
        f"  {portico} list people                 # guarded; with the key that was made for this demonstration",
        f"  {portico} erase --dry-run ID          # what erasing one of them would reach",
        "  Your own:",
        f"  {portico} read STORY.html             # a saved page or a text; nothing is stored",
        f"  {portico} --help",
    ]
