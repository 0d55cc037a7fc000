"""Files of tables, read by an engine: each a job by itself, and all of them one import."""

from collections.abc import Sequence

from portico.engines.failures import NotDoneError
from portico.engines.many import Engine
from portico.tables import Filed, FileJob, Files, file_rows


def files_on(engine: Engine) -> Files:
    """For `import_table`: its files read by this engine. The first that cannot be read ends the import.

    A cluster writes the rows itself, so the folder must have the same path on every machine. The bytes are those that
    one process writes.
    """

    def run(jobs: Sequence[FileJob]) -> list[Filed]:
        done: list[Filed] = []
        for _, outcome in engine(file_rows, jobs):
            if isinstance(outcome, NotDoneError):
                raise outcome
            done.append(outcome)
        return done

    return run
