"""The command on the sample's documents."""

from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "src" / "portico" / "cli" / "sample"


@pytest.fixture
def filled(portico):
    """The same, with the sample's four documents added."""
    assert portico("add", "--index", SAMPLE / "index.csv", "--quiet").status == 0
    return portico
