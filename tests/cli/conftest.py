"""A record and a key of its own for each test; the command called as a user would, in this process."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from portico.cli import main

SAMPLE = Path(__file__).parents[2] / "src" / "portico" / "cli" / "sample"


@pytest.fixture
def portico(tmp_path, monkeypatch, capsys):
    """Call the command: status, standard output, standard error, and its output as JSON lines."""
    monkeypatch.setenv("PORTICO_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("PORTICO_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("PORTICO_ACTOR", "tester")
    monkeypatch.chdir(tmp_path)

    def call(*words):
        capsys.readouterr()
        status: object
        try:
            status = main([str(word) for word in words])
        except SystemExit as exited:
            status = exited.code
        out, err = capsys.readouterr()
        lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")] if "--json" in words else None
        return SimpleNamespace(status=status, out=out, err=err, rows=lines)

    return call


@pytest.fixture
def filled(portico):
    """The same, with the sample's four documents added."""
    assert portico("add", "--index", SAMPLE / "index.csv", "--quiet").status == 0
    return portico
