"""The key file is its owner's alone: made whole or not at all, never replaced, refused when others could touch it."""

import os
import resource
import stat
import threading
from pathlib import Path

import pytest

from portico.custody import (
    KeyFile,
    KeyFileError,
    create_key_file,
    default_key_file,
    ensure_key_file,
    open_key_file,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path / "portico" / "key"


def test_a_key_file_reads_back(path):
    made, is_new = ensure_key_file(path)
    assert is_new
    assert open_key_file(path) == made
    assert ensure_key_file(path) == (made, False)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_its_owner_can_read_it_whatever_the_umask(path, umask):
    before = os.umask(umask)
    try:
        create_key_file(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(path.parent) == ["key"]


def test_it_says_what_it_is_and_to_keep_a_copy(path):
    create_key_file(path)
    text = path.read_text()
    assert text.startswith("# Portico key file. It opens the guarded data of your records")
    assert "Keep a second copy in a safe place" in text
    assert "\nversion: 1\n" in text


def test_its_secrets_are_not_shown(path):
    made = create_key_file(path)
    assert made.opening.hex() not in repr(made)
    assert made.signing.hex() not in repr(made)
    assert made.sealing_public.hex() in repr(made)


def test_the_same_chance_makes_the_same_key(path):
    assert create_key_file(path, bytes) == KeyFile(bytes(32), bytes(32))


def test_it_is_never_replaced(path):
    create_key_file(path)
    before = path.read_bytes()
    with pytest.raises(KeyFileError, match="never replaced"):
        create_key_file(path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["key"]


def test_on_a_full_disk_nothing_is_left_behind(path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(KeyFileError, match="could not be made"):
            create_key_file(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert os.listdir(path.parent) == []


def test_commands_that_start_at_once_get_one_key(path):
    found: list[KeyFile] = []
    threads = [threading.Thread(target=lambda: found.append(ensure_key_file(path)[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert found == [open_key_file(path)] * 8


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610, 0o601])
def test_one_that_others_may_touch_is_refused(path, mode):
    create_key_file(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=r"others on this machine may read it.*chmod 600"):
        open_key_file(path)


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_change_is_refused(path, mode):
    create_key_file(path)
    path.parent.chmod(mode)
    for use in (open_key_file, create_key_file):
        with pytest.raises(KeyFileError, match=r"others can change its folder.*chmod 700"):
            use(path)


def test_a_link_is_refused_and_nothing_is_written_through_it(path, tmp_path):
    create_key_file(path)
    link, dangling = path.with_name("link"), path.with_name("dangling")
    link.symlink_to(path)
    dangling.symlink_to(tmp_path / "elsewhere")
    for name in (link, dangling):
        with pytest.raises(KeyFileError, match="it is a link"):
            ensure_key_file(name)
        with pytest.raises(KeyFileError, match="never replaced"):
            create_key_file(name)
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_no_file_is_refused_without_waiting(path):
    path.parent.mkdir(mode=0o700)
    os.mkfifo(path, 0o600)
    with pytest.raises(KeyFileError, match="not a file"):
        open_key_file(path)
    path.unlink()
    path.mkdir(0o700)
    with pytest.raises(KeyFileError, match="not a file"):
        open_key_file(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_one_of_another_user_is_refused(path):
    create_key_file(path)
    os.chown(path, 12345, -1)
    with pytest.raises(KeyFileError, match="belongs to another user"):
        open_key_file(path)
    os.chown(path, os.geteuid(), -1)
    os.chown(path.parent, 12345, -1)
    with pytest.raises(KeyFileError, match="others can change its folder"):
        open_key_file(path)


def test_a_missing_one_says_where_it_should_be(path):
    with pytest.raises(KeyFileError) as caught:
        open_key_file(path)
    assert str(caught.value) == (
        f"Key file {path}: there is none. The record and the key file are unchanged. "
        "Put your copy back there, or set PORTICO_KEY_FILE to where it is."
    )


def test_a_place_that_cannot_be_is_a_message(path, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyFileError, match="not a folder but a file"):
        create_key_file(tmp_path / "file" / "key")
    with pytest.raises(KeyFileError, match=r"could not be made \(Not a directory\)"):
        create_key_file(tmp_path / "file" / "folder" / "key")
    with pytest.raises(KeyFileError, match="there is none"):
        open_key_file(tmp_path / "file" / "key")


def test_every_changed_letter_of_a_secret_is_seen(path):
    create_key_file(path)
    whole = path.read_bytes()
    for at in range(whole.index(b"version"), len(whole.rstrip())):
        changed = bytearray(whole)
        changed[at] ^= 1
        path.write_bytes(changed)
        with pytest.raises(KeyFileError):
            open_key_file(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"version: 1\n", b"opens: =\n" * 9, b"#" * 100_000])
def test_a_damaged_one_says_so(path, content):
    create_key_file(path)
    path.write_bytes(content)
    with pytest.raises(KeyFileError, match="damaged or not a key file"):
        open_key_file(path)


def test_one_of_a_newer_version_says_so(path):
    create_key_file(path)
    path.write_text(path.read_text().replace("version: 1", "version: 2"))
    with pytest.raises(KeyFileError, match="version 2"):
        open_key_file(path)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "/home/ada/.config/portico/key"),
        ({"XDG_CONFIG_HOME": "/etc/ada"}, "/etc/ada/portico/key"),
        ({"XDG_CONFIG_HOME": "relative"}, "/home/ada/.config/portico/key"),  # the XDG specification: to be ignored
        ({"XDG_CONFIG_HOME": "/etc/ada", "PORTICO_KEY_FILE": "/media/stick/key"}, "/media/stick/key"),
        ({"PORTICO_KEY_FILE": ""}, "/home/ada/.config/portico/key"),
    ],
)
def test_where_it_is_looked_for(environ, expected):
    assert default_key_file(environ, Path("/home/ada")) == Path(expected)
