"""Print docs/schema/openapi.json from the calls of the API (`make docs`)."""

import json
import tempfile
from pathlib import Path

from portico.web.site import Place, set_up_site

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        set_up_site(Place(folder=there / "record", key_file=there / "key", static=there / "static"))
        from portico.web.api.document import openapi

        print(json.dumps(openapi(), indent=1, ensure_ascii=False))  # noqa: T201
