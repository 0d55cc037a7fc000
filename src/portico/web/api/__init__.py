"""The API: what screens show and do, for programs with a token; the same permissions, the same functions, as JSON.

Every answer is canonical JSON of the values in `portico.facts` and of the shapes in `shapes.py`, which say what is
left out because it is guarded.
"""
