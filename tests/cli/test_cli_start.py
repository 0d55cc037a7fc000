"""The command itself: help without loading a room, every verb with help, the version."""

import subprocess
import sys
from pathlib import Path

import pytest

from portico import __version__
from portico.cli.verbs import VERBS


def test_help_lists_every_verb_and_loads_no_room():
    code = "import sys, atexit; atexit.register(lambda: print(sorted(sys.modules)))\n"
    code += "from portico.cli import main; main(['--help'])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(f"\n  {verb}" in printed for verb in VERBS)
    assert not [room for room in ("facts", "places", "store", "web") if f"portico.{room}" in printed]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(portico, verb):
    result = portico(verb, "--help")
    assert result.status == 0
    assert "--json" in result.out


def test_version():
    portico = Path(sys.executable).with_name("portico")
    assert subprocess.run([portico, "--version"], capture_output=True, text=True, check=True).stdout.split() == [
        "portico",
        __version__,
    ]
