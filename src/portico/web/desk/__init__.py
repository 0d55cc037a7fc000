"""The desk: what every screen shares. How to add one is in `docs/desk.md`.

>>> from portico.web.desk.screens import screens
>>> next(screen.opens for screen in screens() if not screen.path)
'desk:start'
"""
