"""Peers: libraries that Portico is measured beside and does not need, in an environment of their own."""

import os
import subprocess
import sys
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / ".venv" / "peers"
_PEERS = ("pandas", "pyarrow", "openpyxl", "rapidfuzz")


def python_with_peers() -> str:
    """An interpreter that has them, made at the first call: $PORTICO_BENCH_PYTHON, else one beside our own.

    Where they cannot be installed, our own interpreter: the measurement then says which peer it lacks.
    """
    if chosen := os.environ.get("PORTICO_BENCH_PYTHON"):
        return chosen
    python = _FOLDER / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", _FOLDER], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_PEERS]
        subprocess.run(install, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return sys.executable
    return str(python)
