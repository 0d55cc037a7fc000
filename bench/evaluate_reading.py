"""`make eval`: the reader on every text of the development set, writer by writer; the tables go to `docs/reading.md`.

`python -m bench.evaluate_reading [--no-write] [--model URL --model-name NAME]`. Texts, answers and scorer are those of
`../shared/data/articles`; nothing of them is copied. With a model, its proposals are scored beside the rules instead.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.development_set import ARTICLES, digest, documents, written_by
from bench.fit_reading import readings_left_out
from bench.reading_tables import error_table, field_table, score_table
from bench.reliability import reliability_table
from bench.remove_sentences import removal_table
from portico.reading import READER, flatten, read

PAGE = Path(__file__).parents[1] / "docs" / "reading.md"
BEGIN = "<!-- measured by `make eval`; do not edit by hand -->"
END = "<!-- end of what `make eval` measured -->"


def main(words: Sequence[str]) -> None:
    args = _arguments(words)
    if not ARTICLES.is_dir():
        sys.exit(f"{ARTICLES} is absent: there is nothing to measure on. {PAGE.name} is unchanged.")
    if args.model:
        beside_model(args)
        return
    lines = list(report())
    print("\n".join(lines))
    if args.write:
        write(lines)


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
    parser.add_argument("--no-write", dest="write", action="store_false", help="print only; leave docs/reading.md")
    parser.add_argument("--model", metavar="URL", help="score this chat-completions model beside the rules instead")
    parser.add_argument("--model-name", metavar="NAME", default="default", help="as its server calls it")
    parser.add_argument("--model-limit", metavar="SECONDS", type=float, default=300.0, help="for one answer")
    parser.add_argument("--model-anywhere", action="store_true", help="the model may be on another machine")
    return parser.parse_args(words)


def beside_model(args: argparse.Namespace) -> None:
    from bench.evaluate_model import proposer_table
    from portico.cli.model import ChatModel

    model = ChatModel(url=args.model, name=args.model_name, anywhere=args.model_anywhere, limit_s=args.model_limit)
    for line in proposer_table(model, [one for each in written_by().values() for one in each]):
        print(line, flush=True)


def report() -> Iterator[str]:
    """The measured part of the page, in Markdown."""
    ids = [one for each in written_by().values() for one in each]
    shipped = {one.id: flatten(read(one), one.text) for one in documents(ids)}
    fair = readings_left_out()
    yield f"Reader `{READER}`, {len(ids)} texts; SHA-256 of texts and answers `{digest(ids)}`."
    yield from ("", "### Each writer left out of all that is fitted", "", *score_table(fair))
    yield from ("", "### As shipped, fitted on all writers", "", *score_table(shipped, timed=True))
    yield from ("", "### Field by field, of the events found, each writer left out", "", *field_table(fair))
    yield from ("", "### Errors by kind, each writer left out", "", *error_table(fair))
    yield from ("", "### Confidence, each writer left out in turn", "", *reliability_table())
    yield from ("", "### One sentence removed", "", *removal_table(ids))


def write(lines: Sequence[str]) -> None:
    """Puts the measured part between its markers; what people wrote around it stays."""
    page = PAGE.read_text("utf-8")
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
