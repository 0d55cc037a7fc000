"""A desk to measure: `portico serve` on a record, as it is shipped, with somebody signed in who has every role.

Run as a program it signs that somebody in and prints the session: Django is set up once in a process, and the
measuring one has the record open already.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

PASSWORD = "four lanterns on a wet quay"
_FORM_TOKEN = "m" * 32  # what the form's cookie and its field must both say


@dataclass
class Visitor:
    """Somebody signed in, over one connection that is kept open. Not for several threads."""

    address: str
    session: str
    _connection: HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> tuple[int, bytes]:
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": _FORM_TOKEN}))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        """Status and body. Raises OSError or HTTPException when the server went away; the next call connects anew."""
        if self._connection is None:
            self._connection = HTTPConnection(self.address.removeprefix("http://"), timeout=60)
        headers = {"Cookie": f"portico={self.session}; portico-form={_FORM_TOKEN}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except Exception:
            self._connection.close()
            self._connection = None
            raise


@dataclass
class ServedDesk:
    """address: of the desk; process: the first of its processes, which leads a group of its own."""

    address: str
    session: str
    process: subprocess.Popen[str]

    def visitor(self) -> Visitor:
        return Visitor(self.address, self.session)

    def kill(self) -> None:
        """Every process of it at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def memory_mib(self) -> float:
        """Resident memory of all its processes together; pages that they share count each time."""
        pages = sum(int((each / "statm").read_text().split()[1]) for each in self._processes())
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def processor_s(self) -> float:
        """Seconds of processor time that all its processes have taken."""
        told = [(each / "stat").read_text().rpartition(")")[2].split() for each in self._processes()]
        return sum(int(each[11]) + int(each[12]) for each in told) / os.sysconf("SC_CLK_TCK")

    def _processes(self) -> list[Path]:
        return [each for each in Path("/proc").iterdir() if each.name.isdigit() and group_of(each) == self.process.pid]


@contextmanager
def served(folder: Path, key_file: Path) -> Iterator[ServedDesk]:
    """The desk of the record in the folder, until the block ends."""
    environment = {**os.environ, "PORTICO_KEY_FILE": str(key_file), "PORTICO_RECORD": str(folder)}
    desk = _started(folder, environment, _signed_in(environment))
    try:
        yield desk
    finally:
        if desk.process.poll() is None:
            desk.process.terminate()
            desk.process.wait()


def _started(folder: Path, environment: dict[str, str], session: str) -> ServedDesk:
    program = [sys.executable, "-c", "import sys; from portico.cli import main; sys.exit(main())"]
    options = ["serve", "--record", str(folder), "--port", "0", "--no-browser", "--json"]
    process = subprocess.Popen(
        [*program, *options], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout
    return ServedDesk(json.loads(process.stdout.readline())["ready"], session, process)


def _signed_in(environment: dict[str, str]) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "bench.served_desk"], env=environment, check=True, capture_output=True, text=True
    )
    return told.stdout.strip()


def group_of(process: Path) -> int | None:
    try:
        return os.getpgid(int(process.name))
    except ProcessLookupError:
        return None


def main() -> None:
    from portico.web.site import place_of, set_up_site
    from portico.web.site.setup import bring_up_to_date

    place = place_of(os.environ, Path.home())
    set_up_site(place)
    bring_up_to_date(place)
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    from portico.web.access.acts import Role
    from portico.web.access.models import User

    user = User.objects.filter(username="bench").first()
    if user is None:
        user = User.objects.create(username="bench", password=PASSWORD, roles=list(Role))
        TOTP.activate(user, generate_totp_secret())
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    print(client.cookies["portico"].value)


if __name__ == "__main__":
    main()
