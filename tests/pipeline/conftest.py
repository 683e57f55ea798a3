"""The whole program, started as a user starts it, on a site and a receiver of the test's own."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from redis import Redis
from redis.exceptions import RedisError
from standardwebhooks import Webhook

from wirewatch.config.example import example_text
from wirewatch.store.embedded import store_url
from wirewatch.store.figures import figures

SECRET = "whsec_" + "cGlwZWxpbmUtdGVzdHMtc2VjcmV0LTAxMjM0NTY3"


@dataclass
class Site:
    """A web server whose pages the test writes, and a receiver that keeps what it is sent."""

    url: str = ""
    secret: str = SECRET
    pages: dict[str, tuple[int, str, str]] = field(default_factory=dict)  # path -> status, type, body
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)  # statuses of the next answers to posts

    hanging: dict[str, threading.Event] = field(default_factory=dict)

    def move(self, path, to):
        """Answer a path with a redirect."""
        self.pages[path] = (302, "text/plain", to)

    def hang(self, path, until):
        """Answer a path only once an event is set."""
        self.hanging[path] = until

    def put(self, path, body, kind="text/html; charset=utf-8", status=200):
        self.pages[path] = (status, kind, body)

    def alerts(self):
        """What was accepted, each verified by the standardwebhooks package."""
        return [json.loads(Webhook(SECRET).verify(body, headers) and body) for headers, body in self.received]


@pytest.fixture
def site():
    """A site on loopback."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            made.asked.append((self.path, dict(self.headers)))
            if self.path in made.hanging:
                made.hanging[self.path].wait(30)
            status, kind, body = made.pages.get(self.path, (404, "text/plain", "not here"))
            self._answer(status, kind, body.encode() if isinstance(body, str) else body)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = made.answers.pop(0) if made.answers else 200
            if status == 200:
                made.received.append(({name.lower(): text for name, text in self.headers.items()}, body))
            self._answer(status, "text/plain", b"noted")

        def _answer(self, status, kind, body):
            self.send_response(status)
            if status == 302:
                self.send_header("Location", body.decode())
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def until():
    """Wait for a condition: the one way in which these tests wait."""

    def wait(condition, seconds=45.0, what="the condition"):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if value := condition():
                return value
            threading.Event().wait(0.05)
        pytest.fail(f"{what} did not come true within {seconds} s")

    return wait


@pytest.fixture
def home():
    """A directory with a short name: a unix socket lies in it."""
    with tempfile.TemporaryDirectory(prefix="ww-") as folder:
        yield Path(folder)


def configuration(site, **over):
    """The shipped topics, sent to the site's receiver; the site's feed; a poll each second."""
    topics = yaml.safe_load(example_text())["topics"]
    wanted = {
        "polling": {"min_interval": "1s", "max_interval": "1s"},
        "network": {"allow": ["127.0.0.0/8"]},
        "sources": [f"{site.url}/feed.xml"],
        "topics": {name: {**topic, "send": ["hook"]} for name, topic in topics.items()},
        "destinations": {"hook": {"kind": "webhook", "url": f"{site.url}/hook", "secret": SECRET}},
    }
    return wanted | over


@pytest.fixture
def configure(site, home):
    """Write wirewatch.yaml into the test's directory."""

    def write(**over):
        path = home / "wirewatch.yaml"
        path.write_text(yaml.safe_dump(configuration(site, **over), allow_unicode=True), "utf-8")
        return path

    return write


class Daemon:
    """``wirewatch run`` as a process."""

    def __init__(self, home, config):
        self.home = home
        self.data_dir = home / "data"
        self._log = home / "log"
        command = [sys.executable, "-m", "console.cli", "run", "--config", str(config)]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--data-dir", str(self.data_dir), "--story-workers", "1", "--alert-workers", "1"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )

    def log(self):
        return self._log.read_text("utf-8", "replace")

    def figures(self):
        """The daemon's counts; None while its store is away."""
        try:
            with Redis.from_url(store_url(self.data_dir), retry=None) as connection:
                return figures(connection)
        except RedisError:
            return None

    def stop(self):
        """Seconds that SIGTERM took to end it."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return time.monotonic() - begun


@pytest.fixture
def daemon(home):
    """Start a daemon on a configuration; it is stopped after the test."""

    @contextmanager
    def running(config):
        one = Daemon(home, config)
        try:
            yield one
        finally:
            if one.process.poll() is None:
                one.stop()

    return running
