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

Rows of imported tables are counted by `portico.counting.tabulate`, which loads a database and so stands apart.
"""

from portico.counting.attributes import PLACES
from portico.counting.count import CountError, count
from portico.counting.definition import (
    Definition,
    DefinitionError,
    Landmark,
    Precedent,
    TableDefinition,
    any_definition,
    definitions,
    find_definition,
    load_definition,
    table_definitions,
)
from portico.counting.moved import ComparisonError, Move, moved
from portico.counting.outcomes import DIMENSIONS
from portico.counting.table import NotTold, Open, Row, Table
from portico.counting.tabulation import Cell, Figure, StoredRows, Tabulation

__all__ = [
    "DIMENSIONS",
    "PLACES",
    "Cell",
    "ComparisonError",
    "CountError",
    "Definition",
    "DefinitionError",
    "Figure",
    "Landmark",
    "Move",
    "NotTold",
    "Open",
    "Precedent",
    "Row",
    "StoredRows",
    "Table",
    "TableDefinition",
    "Tabulation",
    "any_definition",
    "count",
    "definitions",
    "find_definition",
    "load_definition",
    "moved",
    "table_definitions",
]
