"""A language model on the user's own machine as a proposer: one question a document, by the chat-completions interface.

Off unless the call names one. Only addresses of this machine are asked, unless the user allows another on purpose; a
private document never leaves the machine, whatever is allowed. No proxy is used, no redirect followed, nothing kept.
"""

import ipaddress
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from portico.facts import PorticoError
from portico.reading import Document, Proposals, proposals_of, question

_PATH = "/chat/completions"
_LARGEST_ANSWER = 1_000_000
_LONGEST_TEXT = 60_000
_PIECE = 65_536
_PORTS = {"http": 80, "https": 443}


class ModelError(PorticoError):
    """A model was not asked, or did not answer in a way that can be used."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(
            f"{what}. Nothing of the model's was taken; the reading by the rules is not touched. {next_step}"
        )


class ModelAddressError(ModelError):
    """The address named cannot be asked: the call is wrong."""

    exit_status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatModel:
    """A model behind an address.

    url        of the interface, as http://127.0.0.1:8080/v1
    name       as the server calls the model
    anywhere   whether an address that is not this machine's may be asked (never for private documents)
    limit_s    seconds for one question, from the connection to the last byte
    """

    url: str
    name: str
    anywhere: bool = False
    limit_s: float = 120.0
    clock: Callable[[], float] = time.monotonic

    @property
    def origin(self) -> str:
        return f"model:{self.name}"

    def propose(self, document: Document) -> Proposals:
        """What the model says of the document, checked against its words. Raises ModelError or ProposalError."""
        length = len(document.text.content)
        if length > _LONGEST_TEXT:
            raise ModelError(
                f"{document.id}: the text has {length:,} characters; a model is asked about at most {_LONGEST_TEXT:,}",
                "Split it into its articles or reports, or read it by the rules alone.",
            )
        address = checked_address(self.url, anywhere=self.anywhere)
        if document.source.private and not address.here:
            raise ModelError(
                f"{document.id} is private and {address.host} is not this machine, so the model was not asked about it",
                "Private documents never leave the machine: use a model here, or read it by the rules alone.",
            )
        return proposals_of(self._ask(address, document), document, self.origin)

    def _ask(self, address: "Address", document: Document) -> str:
        """The words of the answer. A server that knows no JSON mode is asked once more without it."""
        deadline = self.clock() + self.limit_s
        asked = self._question(document)
        try:
            status, answer = self._exchange(address, asked | {"response_format": {"type": "json_object"}}, deadline)
            if status == 400:
                status, answer = self._exchange(address, asked, deadline)
        except (OSError, HTTPException) as problem:
            if isinstance(problem, TimeoutError) or self.clock() >= deadline:
                raise self._too_slow() from problem
            raise ModelError(
                f"The model at {self.url} does not answer ({problem or type(problem).__name__})",
                "Start it, or check the address and the port.",
            ) from problem
        if status != 200:
            raise ModelError(f"The model at {self.url} answers with status {status}", _what_to_do(status))
        return _content(answer, self.url)

    def _question(self, document: Document) -> dict[str, object]:
        system, asked = question(document)
        messages = [{"role": "system", "content": system}, {"role": "user", "content": asked}]
        return {"model": self.name, "messages": messages, "temperature": 0, "stream": False}

    def _exchange(self, address: "Address", asked: dict[str, object], deadline: float) -> tuple[int, bytes]:
        """Status and body of one request. Raises OSError (TimeoutError too) or HTTPException."""
        connection = address.connection(self._left(deadline))
        body = json.dumps(asked).encode()
        try:
            connection.connect()
            with _cut_off(connection, self._left(deadline)):
                headers = {"Content-Type": "application/json", "Host": address.netloc}
                connection.request("POST", address.path, body, headers)
                response = connection.getresponse()
                return response.status, self._body(response, deadline)
        finally:
            connection.close()

    def _body(self, response: HTTPResponse, deadline: float) -> bytes:
        """The whole body, within the time and the size allowed: a server may send one byte a minute, or never end."""
        received = bytearray()
        while len(received) <= _LARGEST_ANSWER:
            piece = response.read1(_PIECE)
            self._left(deadline)
            if not piece:
                return bytes(received)
            received += piece
        raise ModelError(
            f"The model at {self.url} sends more than {_LARGEST_ANSWER:,} bytes",
            "Try another model, or limit its answers.",
        )

    def _left(self, deadline: float) -> float:
        left = deadline - self.clock()
        if left <= 0:
            raise TimeoutError
        return left

    def _too_slow(self) -> ModelError:
        return ModelError(
            f"The model at {self.url} has not answered within {self.limit_s:g} seconds",
            "Give it longer with --model-limit SECONDS, or use a smaller model.",
        )


@contextmanager
def _cut_off(connection: HTTPConnection, after_s: float) -> Iterator[None]:
    """Ends the connection after so many seconds, whatever it is doing: time-outs of a socket are for one piece only."""
    timer = Timer(after_s, _shut, (connection.sock,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(open_socket: socket.socket) -> None:
    with suppress(OSError):  # it may be closed by now
        open_socket.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a model is asked: the name as given, and the number that was checked and is connected to.

    here  whether the number is one of this machine's own (loopback)
    """

    scheme: str
    host: str
    netloc: str
    number: str
    port: int
    path: str
    here: bool

    def connection(self, timeout_s: float) -> HTTPConnection:
        """Not connected yet. The checked number is used, so that a name cannot lead elsewhere a moment later."""
        if self.scheme == "https" and not self.here:
            return HTTPSConnection(self.host, self.port, timeout=timeout_s)  # the certificate is for the name
        kind = HTTPSConnection if self.scheme == "https" else HTTPConnection
        return kind(self.number, self.port, timeout=timeout_s)


def checked_address(url: str, *, anywhere: bool = False) -> Address:
    """The address of a model. Raises ModelAddressError for what is none, or not this machine's where that is asked."""
    parts, port = _parts(url)
    host = parts.hostname or ""
    numbers = _numbers(host, port)
    here = all(ipaddress.ip_address(number).is_loopback for number in numbers)
    if not here and not anywhere:
        raise ModelAddressError(
            f"{host} is not this machine, and the words of documents are sent only within it",
            "Use a model here (http://127.0.0.1:PORT/v1). --model-anywhere allows another, for public documents.",
        )
    path = parts.path.rstrip("/")
    return Address(
        scheme=parts.scheme,
        host=host,
        netloc=parts.netloc,
        number=numbers[0],
        port=port,
        path=path if path.endswith(_PATH) else f"{path or '/v1'}{_PATH}",
        here=here,
    )


def _parts(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _not_an_address(url) from None
    if not parts.hostname or parts.username or parts.password or parts.query:
        raise _not_an_address(url)
    return parts, port


def _not_an_address(url: str) -> ModelAddressError:
    return ModelAddressError(
        f"{url!r} is not the address of a model",
        "Give it as http://127.0.0.1:8080/v1, without name, password or query.",
    )


def _numbers(host: str, port: int) -> list[str]:
    """Every number a name stands for: one that is not this machine's makes the whole name another's."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ModelAddressError(f"No machine is called {host}", "Check the address of the model.") from None
    return [str(each[4][0]).partition("%")[0] for each in found]


def _what_to_do(status: int) -> str:
    if 300 <= status < 400:
        return (
            "A redirect is not followed: it could lead off this machine. Give the address it leads to, if it is yours."
        )
    return "Check the address and the model's name, and what the server says in its own window."


def _content(answer: bytes, url: str) -> str:
    """The words of the first choice. Raises ModelError for what is no chat completion."""
    try:
        words = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        words = None
    if not isinstance(words, str):
        raise ModelError(
            f"What {url} sends is no chat completion", "Check that the address is that of a chat-completions interface."
        )
    return words
