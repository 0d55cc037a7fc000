"""Django's own commands for a desk: `python -m portico.web.site check --deploy`."""

import os
import sys
from pathlib import Path

from portico.web.site.place import place_of
from portico.web.site.setup import set_up_site

if __name__ == "__main__":
    set_up_site(place_of(os.environ, Path.home()))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["portico.web.site", *sys.argv[1:]])
