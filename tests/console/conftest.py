"""The command line as a person meets it: real files, a real store, real servers on loopback."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml
from typer.testing import CliRunner

from console.cli import app
from console.run.store import open_store
from wirewatch.config.load import load_settings

LOOPBACK = "127.0.0.0/8"


class Told:
    """What a command said, and how it ended."""

    def __init__(self, result):
        self.code = result.exit_code
        self.out = result.stdout
        self.err = result.stderr

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        """Its JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def wirewatch(tmp_path, monkeypatch):
    """``wirewatch("sources", "list")`` in a directory of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("WIREWATCH_CONFIG", "WIREWATCH_DATA_DIR", "WIREWATCH_REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    runner = CliRunner(env={"COLUMNS": "200"})

    def run(*words, given=None):
        result = runner.invoke(app, [str(word) for word in words], input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Told(result)

    return run


@pytest.fixture
def configured(tmp_path):
    """``configured(topics=…)`` writes wirewatch.yaml, with a topic unless others are given."""

    def write(name="wirewatch.yaml", **fields):
        path = tmp_path / name
        given = {"topics": {"trade": {"query": "tariff*"}}, **fields}
        path.write_text(yaml.safe_dump(given, sort_keys=False), "utf-8")
        return path

    return write


@pytest.fixture
def store(configured, wirewatch):  # after wirewatch, which enters the directory
    """``with store(**fields) as connection``: a configuration and its embedded store, which runs."""

    @contextmanager
    def running(**fields):
        settings = load_settings(configured(**fields), environ={})
        with open_store(settings) as connection:
            yield connection

    return running


@pytest.fixture
def web():
    """``with web(answers) as (base, requests)``: an HTTP server. answers: path → (status, headers, body)."""

    @contextmanager
    def serve(answers):
        requests = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._answer(b"")

            def do_POST(self):
                self._answer(self.rfile.read(int(self.headers["Content-Length"])))

            def _answer(self, received):
                requests.append((self.path, dict(self.headers), received))
                status, headers, body = answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", requests
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    return serve
