"""The key file: the two secrets that open guarded data and sign the log, kept outside the record's folder."""

import base64
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portico.custody.checkpoint import LogKey
from portico.custody.envelope import key_id
from portico.facts import PorticoError

_VERSION = "1"
_LONGEST = 4096  # bytes; a key file has about 600
_PREAMBLE = (
    "# Portico key file. It opens the guarded data of your records and signs their logs.\n"
    "# Keep a second copy in a safe place, offline: without it guarded data can never be read again.\n"
    "# Whoever has it can read them. Do not put it in the record's folder or send it by mail.\n"
)
_FIELDS = ("version", "id", "opens", "signs", "check")


class KeyFileError(PorticoError):
    """The key file cannot be made or used."""

    def __init__(self, path: Path, why: str, next_step: str) -> None:
        self.path = path
        super().__init__(f"Key file {path}: {why}. The record and the key file are unchanged. {next_step}")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The secrets of a key file, 32 bytes each; never shown by `repr`.

    opening  private X25519 key: opens the data keys that are sealed to `sealing_public`
    signing  private Ed25519 key: signs checkpoints
    """

    opening: bytes
    signing: bytes

    def __repr__(self) -> str:
        return f"KeyFile(sealing_public={self.sealing_public.hex()}, signing_public={self.signing_public.hex()})"

    @property
    def sealing_public(self) -> bytes:
        """32 bytes that the record keeps, so that adding needs no secret."""
        return X25519PrivateKey.from_private_bytes(self.opening).public_key().public_bytes_raw()

    @property
    def signing_public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw()

    def log_key(self, origin: str) -> LogKey:
        """The public key that checks this file's checkpoints of that log."""
        return LogKey(origin, self.signing_public)


def default_key_file(environ: Mapping[str, str], home: Path) -> Path:
    """Where the key file is: $PORTICO_KEY_FILE, else `portico/key` in the user's configuration folder.

    The configuration folder is $XDG_CONFIG_HOME when absolute, as the XDG base directory specification asks,
    else ~/.config.
    """
    named = environ.get("PORTICO_KEY_FILE")
    if named:
        return Path(named)
    configuration = Path(environ.get("XDG_CONFIG_HOME", ""))
    return (configuration if configuration.is_absolute() else home / ".config") / "portico" / "key"


def ensure_key_file(path: Path, random: Callable[[int], bytes] = os.urandom) -> tuple[KeyFile, bool]:
    """The key file, made if there is none; and whether it was made now, so that the caller says so.

    Two commands that start at once get the same file. Raises KeyFileError.
    """
    if not os.path.lexists(path):
        try:
            return create_key_file(path, random), True
        except _AlreadyThereError:
            pass  # another command was first
    return open_key_file(path), False


def create_key_file(path: Path, random: Callable[[int], bytes] = os.urandom) -> KeyFile:
    """Makes a key file, readable by its owner only, in a folder of the same kind; whole or not at all.

    Raises KeyFileError when a file is already there (it is never replaced) or the folder is open to others.
    """
    key = KeyFile(random(32), random(32))
    try:
        _make_folder(path)
        with _folder(path) as folder:
            _write_new(folder, path.name, _text(key).encode(), random)
    except FileExistsError:
        raise _AlreadyThereError(
            path, "a file is already there and is never replaced", "Use it, or name another in PORTICO_KEY_FILE."
        ) from None
    except OSError as error:
        raise KeyFileError(
            path, f"it could not be made ({error.strerror})", "Name a place you may write to in PORTICO_KEY_FILE."
        ) from error
    return key


def open_key_file(path: Path) -> KeyFile:
    """Reads a key file. Raises KeyFileError when it is missing, damaged, a link, or open to anyone but its owner."""
    try:
        with _folder(path) as folder:
            encoded = _read_private(path, folder)
    except (FileNotFoundError, NotADirectoryError):
        raise KeyFileError(
            path, "there is none", "Put your copy back there, or set PORTICO_KEY_FILE to where it is."
        ) from None
    except OSError as error:
        raise KeyFileError(
            path, f"it could not be read ({error.strerror})", "Set PORTICO_KEY_FILE to a file that you may read."
        ) from error
    return _parse(path, encoded)


class _AlreadyThereError(KeyFileError):
    """The name is taken: for `ensure_key_file`, whose answer is to use what is there."""


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise KeyFileError(
            path, "its folder is not a folder but a file", "Name another place in PORTICO_KEY_FILE."
        ) from None


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    """The open folder of the key file. What is checked and what is used are then one, whatever is swapped meanwhile."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        status = os.fstat(folder)
        shared = status.st_mode & 0o022 and not status.st_mode & stat.S_ISVTX
        if shared or status.st_uid not in (os.geteuid(), 0):
            raise KeyFileError(
                path,
                "others can change its folder and so put another key in its place",
                f"Make the folder your own: chmod 700 {path.parent}",
            )
        yield folder
    finally:
        os.close(folder)


def _write_new(folder: int, name: str, content: bytes, random: Callable[[int], bytes]) -> None:
    """Writes a temporary file and links it to its name: the link fails if the name is taken, by anything."""
    temporary = f".{name}.{random(8).hex()}"
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
    try:
        with os.fdopen(file, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.link(temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    finally:
        os.unlink(temporary, dir_fd=folder)
    os.fsync(folder)


def _read_private(path: Path, folder: int) -> bytes:
    if stat.S_ISLNK(os.stat(path.name, dir_fd=folder, follow_symlinks=False).st_mode):
        raise KeyFileError(path, "it is a link", "Set PORTICO_KEY_FILE to the file itself.")
    # Non-blocking: a named pipe in its place must not hang the command.
    file = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    try:
        _check_private(path, os.fstat(file))
        return os.read(file, _LONGEST + 1)
    finally:
        os.close(file)


def _check_private(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyFileError(path, "it is not a file", "Set PORTICO_KEY_FILE to a key file.")
    if status.st_uid != os.geteuid():
        raise KeyFileError(path, "it belongs to another user", "Use a copy of your own.")
    if status.st_mode & 0o077:
        raise KeyFileError(
            path,
            "others on this machine may read it",
            f"Close it: chmod 600 {path}; and if others could have read it, ask who did.",
        )


def _text(key: KeyFile) -> str:
    """The file: the id that messages name it by, both secrets, and a check that no letter was lost in copying."""
    values = [_VERSION, key_id(key.sealing_public).hex(), _base64(key.opening), _base64(key.signing)]
    lines = _lines(values)
    return _PREAMBLE + lines + f"check: {_check(lines)}\n"


def _parse(path: Path, encoded: bytes) -> KeyFile:
    fields = _fields(encoded)
    if set(fields) != set(_FIELDS) or len(encoded) > _LONGEST:
        raise _damaged(path)
    if fields["version"] != _VERSION:
        raise KeyFileError(
            path, f"it is of version {fields['version']}, this program reads {_VERSION}", "Use the newer program."
        )
    if _check(_lines([fields[name] for name in _FIELDS[:-1]])) != fields["check"]:
        raise _damaged(path)
    return KeyFile(base64.b64decode(fields["opens"]), base64.b64decode(fields["signs"]))


def _damaged(path: Path) -> KeyFileError:
    return KeyFileError(path, "it is damaged or not a key file", "Put your copy back in its place.")


def _fields(encoded: bytes) -> dict[str, str]:
    lines = encoded.decode("ascii", errors="replace").split("\n")
    pairs = (line.partition(":") for line in lines if line.strip() and not line.startswith("#"))
    return {name: value.strip() for name, _, value in pairs}


def _lines(values: Sequence[str]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in zip(_FIELDS, values, strict=False))


def _check(lines: str) -> str:
    return hashlib.sha256(lines.encode()).hexdigest()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
