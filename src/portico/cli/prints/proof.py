"""The report of a verification."""

from collections.abc import Iterator

from portico.custody import Report


def report_lines(report: Report) -> Iterator[str]:
    newest = f"; newest checkpoint at {report.newest_checkpoint:,}" if report.newest_checkpoint is not None else ""
    yield f"{report.size:,} entries, root {report.root.hex()}"
    yield (
        f"  {report.payloads_checked:,} payloads fit what was committed to, {report.payloads_erased:,} erased; "
        f"{report.checkpoints_checked:,} checkpoints fit{newest}"
    )
    for problem in report.problems:
        where = "the log" if problem.sequence is None else f"entry {problem.sequence:,}"
        yield f"  {where}: {problem.what}"
    yield "  verified: nothing differs" if report.ok else f"  NOT VERIFIED: {len(report.problems):,} things differ"
