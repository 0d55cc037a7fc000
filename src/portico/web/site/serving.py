"""The server that `portico serve` starts: some processes with some threads each, on one address of this machine."""

import gc
import os
import socket
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from portico.places import load_gazetteer
from portico.policy import load_rules
from portico.web.site.place import SiteError

_SLOWEST_START = 60.0  # seconds
_THREADS = 4


class Desk(BaseApplication):
    """The desk in gunicorn. `run` returns when it was asked to stop."""

    def __init__(self, port: int, workers: int, ready: Callable[[str], None]) -> None:
        self._port, self._workers, self._ready = port, workers, ready
        self.address = f"http://127.0.0.1:{port}"
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": f"127.0.0.1:{self._port}",
            "workers": self._workers,
            "threads": _THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": 5,
            "accesslog": None,  # who asked for what is nobody's business but the log's
            # Faults are told by the desk's own log, which names nobody; the server's would quote the address.
            "loglevel": "critical",
            "proc_name": "portico",
            "control_socket_disable": True,
            "when_ready": lambda _server: threading.Thread(target=self._say_ready, daemon=True).start(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        application = get_wsgi_application()
        # Before the processes part: a fault in an address ends the start, not each request; what pages read is in
        # memory once, and the first page is as fast as the next.
        get_resolver().url_patterns  # noqa: B018  (loads them)
        load_gazetteer()
        load_rules()
        # They stay: no collection looks through them again in the middle of a page, and the processes go on sharing.
        gc.collect()
        gc.freeze()
        return application

    def run(self) -> None:
        """Serves until it is interrupted or told to end."""
        serving = os.getpid()
        try:
            super().run()
        except SystemExit as ended:
            if os.getpid() != serving:
                # A worker's end. What the caller cleans up at its own end is still in use.
                os._exit(ended.code if isinstance(ended.code, int) else 0)
            if ended.code:
                raise SiteError("a process of it did not start", "What is above says why.") from ended

    def _say_ready(self) -> None:
        if answers(self.address):
            self._ready(self.address)


def free_port(port: int) -> int:
    """The port, if it is free on the loopback address: said before anything is set up. 0 = any that is.

    Raises SiteError when it is taken.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as problem:
            why = getattr(problem, "strerror", None) or "there is no such port"
            raise SiteError(f"port {port}: {why}", "Name another with --port N; 0 takes a free one.") from None
        return int(trying.getsockname()[1])


def answers(address: str) -> bool:
    """Waits until the desk answers a request without a fault. False if it does not within a minute."""
    host = address.removeprefix("http://")
    until = time.monotonic() + _SLOWEST_START
    while time.monotonic() < until:
        connection = HTTPConnection(host, timeout=_SLOWEST_START)
        try:
            connection.request("GET", "/account/inactive/")
            if connection.getresponse().status < 500:
                return True
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    return False


def cores() -> int:
    """Processes to start: one for each core, two at least, so that one slow page does not hold up another."""
    return max(2, min(4, os.cpu_count() or 2))
