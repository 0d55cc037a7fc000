"""The same reading over many files: one process by default, several, or Spark on a cluster; results in input order.

>>> from portico.engines import Input, read_many
>>> note = b"Agents arrested a man at Brooklyn Criminal Court, said Ines Vara, director of Harbor Clinic."
>>> several = [Input(content=note, id="note"), Input(content=b"", id="empty")]
>>> [getattr(one, "reason", None) or one.reading.statements[0].speaker for one in read_many(several)]
['Ines Vara', 'empty']

Tables are read and counted by `portico.engines.filed`, `.tabulated` and `.spark_database`, which load more and so stand
apart.
"""

from portico.engines.attempt import LIMIT_S
from portico.engines.failures import NotDoneError
from portico.engines.folders import expand, is_container
from portico.engines.index import ResumeError
from portico.engines.inputs import Input
from portico.engines.many import Engine, here, read_many
from portico.engines.placing import Spelling, place_many
from portico.engines.plans import ReadResult, read_input, read_line
from portico.engines.spark import SparkError, spark
from portico.engines.workers import WorkersError
from portico.engines.writing import WritingError, Written, index_of, write_readings

__all__ = [
    "LIMIT_S",
    "Engine",
    "Input",
    "NotDoneError",
    "ReadResult",
    "ResumeError",
    "SparkError",
    "Spelling",
    "WorkersError",
    "WritingError",
    "Written",
    "expand",
    "here",
    "index_of",
    "is_container",
    "place_many",
    "read_input",
    "read_line",
    "read_many",
    "spark",
    "write_readings",
]
