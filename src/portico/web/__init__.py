"""Pages: what people see of the record. For now the self-contained page of one incident, `portico.web.report`.

>>> from portico.web.dossier import letter
>>> [letter(position) for position in (0, 1, 25, 26)]
['A', 'B', 'Z', 'AA']
"""
