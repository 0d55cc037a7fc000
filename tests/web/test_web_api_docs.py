"""The examples of `docs/desk.md`, run as they stand there, by curl against a desk that answers."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

SECTION = (Path(__file__).parents[2] / "docs" / "desk.md").read_text(encoding="utf-8").split("## The API\n")[1]
EXAMPLES = SECTION.split("```sh\n")[1].split("```")[0]
SHOWN = "DESK=http://127.0.0.1:8740/api/v1\n"


def test_the_examples_of_the_manual_run_as_they_stand(desk, served_desk, tmp_path):
    if shutil.which("curl") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no curl here")
    token = tmp_path / ".portico-token"
    token.write_text(f"Authorization: Bearer {desk.program().secret}\n")
    assert SHOWN in EXAMPLES
    script = EXAMPLES.replace(SHOWN, f"DESK={served_desk}/api/v1\n").replace("; }", "; echo; }")
    ran = subprocess.run(
        ["bash", "-euc", script],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, (ran.stdout[-500:], ran.stderr)
    answers = [json.loads(line) for line in ran.stdout.splitlines() if line]
    assert len(answers) == EXAMPLES.count("\nask ")
    incidents, incident, _findings, rules, figure, search, statements, text, report, claim, link, mark = answers
    assert [each["id"] for each in incidents["rows"]] == [incident["id"]]
    assert rules["certain"]
    assert figure["total"] == {"cells": [], "lower": 1, "upper": 1}
    assert search["total"]
    assert statements["rows"]
    assert text["new"]
    assert report["new"]
    assert claim["decided"]["decision"] == "accept"
    assert set(link["incidents"]) == {incident["id"]}
    assert mark["verification"] == "corroborated"


def test_every_scope_is_in_the_manual():
    from portico.web.tokens.scopes import Scope

    assert all(f"`{each.value}`" in SECTION for each in Scope)
