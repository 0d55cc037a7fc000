"""Reading more closely, one document at a time: explained, compared with answers, or with a model beside the rules."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portico.cli.inputs import InputError, documents
from portico.cli.output import Answer, tell
from portico.facts import PorticoError, Reading
from portico.reading import Document, Proposer, Together, flatten, read, together

_PATIENCE = 3


def add_arguments(parser: ArgumentParser) -> None:
    closer = parser.add_argument_group("more closely, one document at a time")
    closer.add_argument("--explain", action="store_true", help="for every value the cue, the words and the rivals")
    closer.add_argument(
        "--misses", type=Path, metavar="FOLDER", help="compare with answers (<id>.json) and group the errors by kind"
    )
    closer.add_argument(
        "--model", metavar="URL", help="ask a chat-completions model on this machine too, as a proposer"
    )
    closer.add_argument("--model-name", metavar="NAME", default="default", help="as its server calls it")
    closer.add_argument(
        "--model-limit", type=float, metavar="SECONDS", default=120.0, help="for one answer (default 120)"
    )
    closer.add_argument(
        "--model-anywhere", action="store_true", help="the model may be elsewhere; private documents still stay here"
    )


def wanted(args: Namespace) -> bool:
    return bool(args.explain or args.misses or args.model)


def answer(args: Namespace) -> Answer:
    """Raises InputError for options that do not go together, ModelAddressError for a model that may not be asked."""
    if args.explain and args.misses:
        raise InputError(
            "--explain shows one reading, --misses compares many with answers: give one. Nothing was read."
        )
    if args.misses:
        from portico.cli.misses import misses

        return misses(args.misses, closely(args))
    if args.explain:
        from portico.cli.explain import explained

        return explained(closely(args))
    from portico.cli.prints.explanation import proposed_lines

    return Answer(rows=closely(args), text=proposed_lines, json=lambda row: row.flat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Closely:
    """One document with its reading; `beside` where a model was asked too."""

    document: Document
    reading: Reading
    beside: Together | None = None

    def flat(self) -> dict[str, object]:
        text = self.document.text
        return self.beside.flat(text) if self.beside else flatten(self.reading, text)


def closely(args: Namespace) -> Iterator[Closely | PorticoError]:
    """Every document of the call, read. What a model fails to say is told and does not stop the rest."""
    proposer = _proposer(args)
    return _read(args, proposer)


def _read(args: Namespace, proposer: Proposer | None) -> Iterator[Closely | PorticoError]:
    failed = 0
    for document in documents(args, "Reading"):
        if isinstance(document, PorticoError):
            yield document
            continue
        reading = read(document)
        try:
            beside = together(reading, document.text, proposer.propose(document)) if proposer else None
            failed = 0
        except PorticoError as error:
            yield error
            beside, failed = None, failed + 1
        yield Closely(document=document, reading=beside.reading if beside else reading, beside=beside)
        if failed == _PATIENCE:
            tell(f"{_PATIENCE} failures in a row: the model is not asked about the documents that follow.")
            proposer = None


def _proposer(args: Namespace) -> Proposer | None:
    if not args.model:
        return None
    from portico.cli.model import ChatModel, checked_address

    checked_address(args.model, anywhere=args.model_anywhere)
    return ChatModel(
        url=args.model, name=args.model_name, anywhere=args.model_anywhere, limit_s=max(0.1, args.model_limit)
    )
