"""Imported by the process from which workers are forked: what the reader loads at its first document is then shared.

A worker made in place of one that died is ready at once, and the tables lie in memory only once.
"""

from portico.engines.inputs import Input
from portico.engines.plans import read_line

read_line(Input(content=b"Agents arrested a man at Brooklyn Criminal Court on Tuesday.", id="warm"))
