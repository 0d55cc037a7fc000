"""Django for all tests: the desk's settings, which hold what the store needs, in a folder that is gone afterwards.

Before anything imports `portico.store`: that would set Django up for records alone, without pages.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from portico.web.site import Place, set_up_site

_FOLDER = Path(tempfile.mkdtemp(prefix="portico-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
(_FOLDER / "record").mkdir(mode=0o700)

pytest_plugins = ("browser_fixtures", "command_fixtures", "desk_fixtures")

set_up_site(Place(folder=_FOLDER / "record", key_file=_FOLDER / "key", static=_FOLDER / "static"))
