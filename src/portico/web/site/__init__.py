"""The site: Django set up for the desk of one record, and the pieces around every page.

>>> from pathlib import Path
>>> from portico.web.site.place import place_of
>>> place_of({"PORTICO_RECORD": "ours"}, home=Path("/home/ada")).desk_file
PosixPath('ours/desk.sqlite3')
"""

from portico.web.site.place import Place, SiteError, place_of
from portico.web.site.setup import set_up_site

__all__ = ["Place", "SiteError", "place_of", "set_up_site"]
