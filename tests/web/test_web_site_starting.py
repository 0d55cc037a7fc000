"""Starting the desk: what it refuses, what it asks, what it says, and that it ends cleanly."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from portico.web.site import Place, SiteError, place_of
from portico.web.site.headers import content_policy
from portico.web.site.refusals import refuse_unsafe
from portico.web.site.secrets import ensure_secrets
from portico.web.site.serving import free_port
from portico.web.site.settings import PRAGMAS, site_settings

PASSWORD = "three grey herons wade"
HOME = Path("/home/ada")


def place(tmp_path: Path, **values) -> Place:
    return Place(folder=tmp_path / "record", key_file=tmp_path / "key", **values)


def settings(**values):
    made = Place(folder=Path("record"), key_file=Path("key"), **values)
    return site_settings(made, ensure_secrets_in_memory(), static=Path("static"))


def ensure_secrets_in_memory():
    from portico.web.site.secrets import Secrets

    return Secrets("x" * 64, bytes(32))


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"PORTICO_ADDRESS": "http://desk.example.org"}, "other machines would reach unencrypted"),
        ({"PORTICO_ADDRESS": "desk.example.org"}, "Write it as https://desk.example.org"),
    ],
)
def test_an_address_that_others_reach_must_be_https(environ, told):
    with pytest.raises(SiteError, match=told):
        place_of(environ, HOME)


def test_an_address_on_this_machine_may_be_http():
    assert not place_of({"PORTICO_ADDRESS": "http://127.0.0.1:8740"}, HOME).is_public
    assert place_of({"PORTICO_ADDRESS": "https://desk.example.org/"}, HOME).address == "https://desk.example.org"


def test_over_https_every_cookie_is_bound_to_the_host():
    secure, plain = settings(address="https://desk.example.org"), settings()
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert str(secure[f"{cookie}_COOKIE_NAME"]).startswith("__Host-")
        assert secure[f"{cookie}_COOKIE_SECURE"]
        assert not str(plain[f"{cookie}_COOKIE_NAME"]).startswith("__")
        assert plain[f"{cookie}_COOKIE_HTTPONLY"]
    assert secure["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert secure["ALLOWED_HOSTS"] == ["desk.example.org"]


def test_the_desk_keeps_its_tables_as_the_record_keeps_its_own():
    from portico.store.databases import _PRAGMAS

    assert PRAGMAS == _PRAGMAS


def test_a_request_to_debug_is_refused(tmp_path):
    debug = place_of({"PORTICO_DEBUG": "1", "PORTICO_RECORD": str(tmp_path)}, tmp_path)
    with pytest.raises(SiteError, match="Unset PORTICO_DEBUG"):
        refuse_unsafe(debug)


@pytest.mark.parametrize("name", ["record.sqlite3", "keyring.sqlite3", "desk.sqlite3"])
def test_databases_that_others_may_read_are_refused(tmp_path, name):
    file = tmp_path / "record" / name
    file.parent.mkdir()
    file.touch(mode=0o600)
    refuse_unsafe(place(tmp_path))
    file.chmod(0o640)
    with pytest.raises(SiteError, match=f"others on this machine may read {name}"):
        refuse_unsafe(place(tmp_path))


def test_secrets_are_made_once_for_their_owner_alone(tmp_path):
    file = tmp_path / "new" / "key.desk"
    made = ensure_secrets(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert ensure_secrets(file) == made
    assert len(made.sealing) == 32
    assert made.signing not in repr(made)


@pytest.mark.parametrize(
    ("content", "mode", "told"),
    [
        ("signing: short\nsealing: AAAA\n", 0o600, "weak or was cut"),
        (f"signing: {'a' * 80}\nsealing: {'A' * 43}=\n", 0o600, "weak or was cut"),
        ("", 0o644, "others may read"),
    ],
)
def test_weak_or_open_secrets_are_refused(tmp_path, content, mode, told):
    file = tmp_path / "key.desk"
    file.write_text(content)
    file.chmod(mode)
    with pytest.raises(SiteError, match=told):
        ensure_secrets(file)


def test_a_taken_port_is_said_at_once():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SiteError, match=rf"port {port}: Address already in use.*--port N"):
            free_port(port)
    assert free_port(0) > 0
    with pytest.raises(SiteError, match="no such port"):
        free_port(70000)


def test_a_page_made_to_be_saved_may_carry_its_stylesheet_by_hash():
    assert "style-src 'self' 'sha256-abc'" in content_policy(["sha256-abc"])


def run(folder: Path, *words: str, stdin: str = "", **environ: str) -> "subprocess.Popen[str]":
    """A command in a process of its own, in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTICO", "DJANGO"))}
    there = kept | {"PORTICO_KEY_FILE": str(folder / "key"), "PYTHONWARNINGS": "error", "HOME": str(folder)} | environ
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=folder,
        env=there,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin
    process.stdin.write(stdin)
    process.stdin.flush()
    return process


CLI = ("-c", "import sys; from portico.cli import main; sys.exit(main())", "serve", "--no-browser", "--port", "0")


def test_the_deployment_checks_of_django_find_nothing(tmp_path):
    words = ("-m", "portico.web.site", "check", "--deploy", "--fail-level", "WARNING")
    process = run(tmp_path, *words, PORTICO_ADDRESS="https://desk.example.org", PORTICO_STATIC=str(tmp_path / "static"))
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    assert "no issues" in told or told == ""


def test_without_an_administrator_and_a_terminal_it_says_what_to_do(tmp_path):
    process = run(tmp_path, *CLI, "--record", "record", "--administrator", "ada", stdin="short\n")
    out, told = process.communicate(timeout=90)
    assert process.returncode == 3
    assert out == ""
    assert "The password of ada" in told
    assert "Nobody was made" in told
    again = run(tmp_path, *CLI, "--record", "record")
    _, told = again.communicate(timeout=90)
    assert again.returncode == 3
    assert "has no administrator" in told
    assert "--administrator NAME" in told


def test_a_folder_without_a_record_is_told(tmp_path):
    process = run(tmp_path, *CLI, "--record", "nowhere")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "there is no record here" in told


def test_the_demonstration_answers_ends_on_ctrl_c_and_leaves_nothing(tmp_path):
    process = run(tmp_path, *CLI, "--demo", "--json", TMPDIR=str(tmp_path))
    assert process.stdout
    address = json.loads(process.stdout.readline())["ready"]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(address) as answer:
        assert "R. Adeyemi" in answer.read().decode()
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert told == ""
    assert time.monotonic() - began < 15
    assert list(tmp_path.glob("portico-*")) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_ends_is_replaced_and_the_record_stays(tmp_path, how):
    process = run(tmp_path, *CLI, "--demo", TMPDIR=str(tmp_path))
    assert process.stdout
    address = process.stdout.readline().removeprefix("ready ").strip()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not tell which processes a process started")
    before = children.read_text().split()
    try:
        for each in before:
            os.kill(int(each), how)
        _until(lambda: len(set(children.read_text().split()) - set(before)) >= len(before))
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(address) as answer:
            assert "Log: 11 entries" in answer.read().decode()
        assert len(list(tmp_path.glob("portico-demo-*"))) == 1
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)


def test_killed_whole_it_starts_again_at_the_same_port(tmp_path):
    port = str(free_port(0))
    words = [*CLI[:-1], port, "--record", "record"]
    process = run(tmp_path, *words, "--administrator", "ada", stdin=PASSWORD + "\n")
    assert process.stdout
    process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    _until(lambda: _is_free(int(port)))
    again = run(tmp_path, *words)
    assert again.stdout
    assert again.stdout.readline() == f"ready http://127.0.0.1:{port}\n"
    os.killpg(again.pid, signal.SIGINT)
    again.communicate(timeout=30)


def _is_free(port: int) -> bool:
    try:
        return free_port(port) == port
    except SiteError:
        return False


def _until(holds, seconds: float = 30) -> None:
    """Waits until it holds; fails if it never does."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_without_the_library_of_postgresql_it_says_so(monkeypatch):
    monkeypatch.setattr("portico.web.site.settings.find_spec", lambda _: None)
    with pytest.raises(SiteError, match="library for PostgreSQL is missing"):
        settings(database_url="postgresql://desk@host/desk")
    with pytest.raises(SiteError, match="not PostgreSQL"):
        settings(database_url="mysql://desk@host/desk")


def test_the_first_administrator_is_made_at_the_terminal_and_may_sign_in(tmp_path):
    process = run(tmp_path, *CLI, "--record", "record", "--administrator", "ada", stdin=PASSWORD + "\n")
    assert process.stdout
    address = process.stdout.readline().removeprefix("ready ").strip()
    try:
        with urllib.request.urlopen(address) as answer:
            assert "/account/sign-in/" in answer.url
            assert "Sign in" in answer.read().decode()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        _, told = process.communicate(timeout=30)
    assert "Made ada, with every role" in told
    assert (tmp_path / "record" / "desk.sqlite3").stat().st_mode & 0o777 == 0o600
