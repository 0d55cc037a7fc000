"""`portico read --model`: a server on this machine that answers well, wrongly, slowly, without end, or not at all."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portico.cli.model import ChatModel, ModelAddressError, ModelError, checked_address
from portico.reading import open_document

STORY = (
    "ICE agents took a man at Brooklyn Criminal Court on Tuesday, Nov. 28, said Ines Vara, director of Harbor Clinic. "
    "Guards saw to it that the elevator waited."
)
KIND = {"attribute": "kind", "value": "arrest", "quote": "took a man at Brooklyn"}
COURT = {"attribute": "courthouse", "value": "Brooklyn Criminal Court", "quote": "Brooklyn Criminal Court"}
DATE = {"attribute": "date", "value": "2017-11-28", "quote": "Nov. 28"}
STAFF = {"attribute": "court_staff", "value": "assisted", "quote": "Guards saw to it that the elevator waited"}
WELL = json.dumps({"incidents": [{"claims": [KIND, COURT, DATE, STAFF]}]})


def completion(words):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()


class Server(ThreadingHTTPServer):
    """Keeps what it was asked; answers with status, headers and body, after a wait, or as `stream` does."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.status: int | str = 200
        self.headers: dict[str, str] = {}
        self.body, self.wait_s = completion(WELL), 0.0
        self.stream: Callable[[BaseHTTPRequestHandler], None] | None = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request, client_address):
        """The client is meant to leave early."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        assert isinstance(server, Server)
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.asked.append((self.path, asked))
        time.sleep(server.wait_s)
        if server.stream:
            server.stream(self)
            return
        refused = server.status == "no json mode" and "response_format" in asked
        self.send_response(400 if refused else server.status if isinstance(server.status, int) else 200)
        for name, value in server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(server.body)))
        self.end_headers()
        self.wfile.write(server.body)

    def log_message(self, *_):
        pass


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.fixture
def story(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    return "story.txt"


def call(portico, story, server, *more):
    return portico(
        "read", story, "--published-on", "2017-11-29", "--model", server.url, "--model-name", "tester", *more
    )


def test_a_good_answer_stands_beside_the_rules_marked_by_its_origin(portico, story, server):
    result = call(portico, story, server, "--json")
    assert result.status == 0, result.err
    [row] = result.rows
    [incident] = row["incidents"]
    assert incident["court_staff"] == "assisted"
    origins = {claim["attribute"]: claim["origin"] for claim in incident["claims"]}
    assert origins["court_staff"] == "model:tester"
    assert origins["kind"] == "portico-reading-1"
    path, asked = server.asked[0]
    assert path == "/v1/chat/completions"
    assert asked["model"] == "tester"
    assert STORY in asked["messages"][1]["content"]


def test_text_for_people_says_what_is_the_models_and_what_was_dropped(portico, story, server):
    lobby = {"attribute": "zone", "value": "lobby", "quote": "in the lobby\x1b[31m"}
    cbp = {"attribute": "agency", "value": "cbp", "quote": "agents"}
    server.body = completion(json.dumps({"incidents": [{"claims": [KIND, COURT, DATE, STAFF, lobby, cbp]}]}))
    for words in ([], ["--explain"]):
        result = call(portico, story, server, *words)
        assert "By model:tester, not by the rules: account 1, court staff: assisted" in result.out
        assert "It differs on account 1: CBP" in result.out
        assert "the quoted words are not in the text" in result.out
        assert "\x1b" not in result.out


def test_without_the_option_nothing_is_asked(portico, story, server):
    assert portico("read", story).status == 0
    assert server.asked == []


def test_a_server_without_a_json_mode_is_asked_again_without_it(portico, story, server):
    server.status = "no json mode"
    assert call(portico, story, server, "--json").rows[0]["incidents"][0]["court_staff"] == "assisted"
    assert [("response_format" in asked) for _, asked in server.asked] == [True, False]


def dribble(handler):
    """A byte at a time: no single piece is late."""
    for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 500:
        handler.wfile.write(bytes([letter]))
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        handler.wfile.write(b" " * 65_536)


def hang_up(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)


WRONG = {
    "no completion": ({"body": b"{}"}, "is no chat completion"),
    "not JSON": ({"body": b"<html>busy</html>"}, "is no chat completion"),
    "no words": ({"body": completion(None)}, "is no chat completion"),
    "no object": ({"body": completion("I would rather not.")}, "it holds no JSON object"),
    "cut off": ({"body": completion(WELL[:-9])}, "it is not JSON"),
    "other lists": ({"body": completion('{"events": []}')}, "none of the lists that were asked for"),
    "an error": ({"status": 500}, "answers with status 500"),
    "unknown model": ({"status": 404}, "Check the address and the model's name"),
    "a redirect": ({"status": 307, "headers": {"Location": "http://192.0.2.1/"}}, "A redirect is not followed"),
    "slow": ({"wait_s": 3.0}, "has not answered within 0.5 seconds"),
    "a byte at a time": ({"stream": dribble}, "has not answered within 0.5 seconds"),
    "endless": ({"stream": endless}, "sends more than 1,000,000 bytes"),
    "hangs up": ({"stream": hang_up}, "does not answer"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_a_model_does_wrong_is_told_and_the_rules_reading_stands(portico, story, server, case):
    behaviour, says = WRONG[case]
    for name, value in behaviour.items():
        setattr(server, name, value)
    began = time.monotonic()
    result = call(portico, story, server, "--json", "--model-limit", "0.5" if "0.5" in says else "20")
    assert result.status == 1
    assert says in result.err
    assert "the rules" in result.err
    assert "Traceback" not in result.err
    assert result.rows[0]["incidents"][0]["agency"] == "ice"
    assert time.monotonic() - began < 15
    assert len(server.asked) == 1


def test_invented_words_are_dropped_and_nothing_of_them_is_printed(portico, story, server):
    invented = {"attribute": "zone", "value": "lobby", "quote": "in the marble lobby"}
    server.body = completion(json.dumps({"incidents": [{"claims": [KIND, COURT, invented]}], "statements": 3}))
    result = call(portico, story, server, "--json")
    assert result.status == 0
    assert result.rows[0]["incidents"][0]["zone"] == "unknown"
    assert "marble" not in result.out


def test_no_server_at_all_is_told_once_for_three_documents_and_then_left_alone(portico, tmp_path):
    for number in range(5):
        (tmp_path / f"s{number}.txt").write_text(STORY, "utf-8")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        result = portico("read", *(f"s{n}.txt" for n in range(5)), "--model", url, "--json")
    assert result.status == 1
    assert len(result.rows) == 5
    assert result.err.count("does not answer") == 3
    assert "3 failures in a row" in result.err


@pytest.mark.parametrize("url", ["http://192.0.2.1:8080/v1", "https://[2001:db8::1]/v1", "http://0.0.0.0:80/v1"])
def test_another_machine_is_refused_before_anything_is_read(portico, story, url):
    result = portico("read", story, "--model", url)
    assert result.status == 2
    assert "is not this machine" in result.err
    assert "--model-anywhere" in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8080", "ftp://127.0.0.1/", "http://", "http://a:b@127.0.0.1/v1", "file:///x"]
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ModelAddressError, match="is not the address of a model"):
        checked_address(url)


@pytest.mark.parametrize("numbers", [["192.0.2.1"], ["127.0.0.1", "192.0.2.1"], ["::ffff:192.0.2.1"]])
def test_a_name_that_leads_elsewhere_is_another_machine(monkeypatch, numbers):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(ModelAddressError, match="is not this machine"):
        checked_address("http://localhost:80/v1")
    assert not checked_address("http://localhost:80/v1", anywhere=True).here


def test_a_private_document_never_leaves_the_machine(monkeypatch):
    monkeypatch.setattr(ChatModel, "_ask", lambda *_: pytest.fail("it was sent"))
    document = open_document(STORY.encode(), id="note", private=True)
    model = ChatModel(url="http://192.0.2.1/v1", name="tester", anywhere=True)
    with pytest.raises(ModelError) as refused:
        model.propose(document)
    assert "note is private and 192.0.2.1 is not this machine" in str(refused.value)
    assert "Private documents never leave the machine" in str(refused.value)


def test_a_private_document_may_be_asked_about_here(portico, story, server):
    assert call(portico, story, server, "--json", "--private").rows[0]["incidents"][0]["court_staff"] == "assisted"


def test_no_proxy_of_the_environment_is_used(portico, story, server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    assert call(portico, story, server, "--json").status == 0
    assert len(server.asked) == 1


def test_a_text_too_long_for_one_question_is_not_sent(server):
    document = open_document((STORY * 600).encode(), id="long")
    with pytest.raises(ModelError, match="a model is asked about at most 60,000"):
        ChatModel(url=server.url, name="tester").propose(document)
    assert server.asked == []
