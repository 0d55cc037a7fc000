"""Counting: how many incidents, by a named definition, from a lower to an upper figure, with the incidents behind both.

>>> from portico.facts import FactState, IncidentState, Status, Verification
>>> def arrest(id, *zones):
...     told = {"kind": ("arrest",), "agency": ("ice",), "zone": zones}
...     status = Status.AGREED if len(zones) == 1 else Status.DISPUTED
...     facts = tuple(FactState(attribute=name, status=status, values=values) for name, values in told.items())
...     return IncidentState(id=id, accounts=(), sources=(), facts=facts, verification=Verification.VERIFIED)
>>> table = count(find_definition("inside-only"), [arrest("i1", "hallway"), arrest("i2", "hallway", "entrance")])
>>> table.total.lower, table.total.upper, [(each.attribute, each.status) for each in table.open]
(1, 2, [('zone', 'disputed')])
"""

from portico.counting.count import CountError, count
from portico.counting.definition import (
    Definition,
    DefinitionError,
    Precedent,
    definitions,
    find_definition,
    load_definition,
)
from portico.counting.moved import ComparisonError, Move, moved
from portico.counting.outcomes import DIMENSIONS
from portico.counting.table import NotTold, Open, Row, Table

__all__ = [
    "DIMENSIONS",
    "ComparisonError",
    "CountError",
    "Definition",
    "DefinitionError",
    "Move",
    "NotTold",
    "Open",
    "Precedent",
    "Row",
    "Table",
    "count",
    "definitions",
    "find_definition",
    "load_definition",
    "moved",
]
