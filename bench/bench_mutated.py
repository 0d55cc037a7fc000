"""10,000 damaged documents: none may break the reader, none may give a span outside its text or a value without one.

Texts, pages, mails and PDF files, cut off, re-encoded, shuffled, holed, nested, and some of one line of five megabytes.
The generator is seeded and lives with the tests, which read the first few hundred: `tests/reading/mutations.py`.
"""

import sys
import time
from collections import Counter

from tests.reading.mutations import Mutant, mutant

from portico.facts import PorticoError
from portico.reading import DocumentError, flatten, open_document, read

MUTANTS = 10_000
LARGE = 1000
"""Every thousandth is a line of five megabytes."""
SLOW = 60.0
"""Processor seconds that one document of five megabytes may take, so that a busy machine counts against nothing."""


def outcome(one: Mutant) -> str:
    """What became of it: read, refused for a reason, or broke with an exception that is no refusal."""
    try:
        document = open_document(one.content, id="mutant")
        flatten(read(document), document.text)
    except DocumentError as refused:
        return f"refused: {refused.reason}"
    except PorticoError as refused:
        return f"BROKE: {type(refused).__name__}"
    except Exception as broke:  # noqa: BLE001  (what breaks is what is counted)
        return f"BROKE: {type(broke).__name__}: {broke}"[:200]
    return "read"


def main() -> None:
    outcomes: Counter[str] = Counter()
    slowest, began = (0.0, ""), time.perf_counter()
    for number in range(MUTANTS):
        one = mutant(number, large=number % LARGE == LARGE - 1)
        start = time.process_time()
        became = outcome(one)
        took = time.process_time() - start
        slowest = max(slowest, (took, str(one)))
        outcomes[became] += 1
        if became.startswith("BROKE") or took > SLOW:
            print(f"{one}: {became}, {took:.1f} s", flush=True)
        if number % 100 == 0 and sys.stderr.isatty():
            print(f"\r{number:,} of {MUTANTS:,}", end="", file=sys.stderr, flush=True)
    print(f"{MUTANTS:,} damaged documents in {time.perf_counter() - began:.0f} s")
    for became, times in outcomes.most_common():
        print(f"  {times:6,} {became}")
    print(f"slowest {slowest[0]:.1f} s: {slowest[1]} (floor {SLOW:.0f} s)")
    broke = sum(times for became, times in outcomes.items() if became.startswith("BROKE"))
    print(f"broke {broke} (floor 0)")


if __name__ == "__main__":
    main()
