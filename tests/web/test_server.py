"""The web part as whoever starts it, and whoever asks it, meets it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import aiohttp
import pytest
import yaml

from console.web.server import listening, server_of
from wirewatch.errors import AlreadyRunningError
from wirewatch.store.connection import connect_async


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


async def asked(url, paths, before=lambda: None):
    """The answers of the application on a store."""
    connection = connect_async(url)
    server = server_of(connection)
    answers = []
    with listening("127.0.0.1:0") as listener:
        serving = asyncio.create_task(server._serve([listener]))
        async with aiohttp.ClientSession(f"http://127.0.0.1:{listener.getsockname()[1]}") as http:
            before()
            for path in paths:
                async with http.get(path) as answer:
                    answers.append((answer.status, await answer.text(), answer.headers))
        server.should_exit = True
        await serving
    await connection.aclose()
    return answers


def test_it_says_that_it_works(store_url):
    ((status, text, headers),) = asyncio.run(asked(store_url, ["/healthz"]))
    assert (status, text) == (200, "ok")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers


def test_it_says_that_it_does_not_work_while_the_store_is_away(make_store_server):
    server = make_store_server()
    said = "hub.mode=subscribe&hub.challenge=x&hub.topic=x"
    paths = ["/healthz", f"/websub/{'x' * 43}?{said}"]
    for status, text, _ in asyncio.run(asked(server.url, paths, before=server.kill)):
        assert (status, text) == (503, "the store does not answer")


def test_it_describes_itself_to_nobody(store_url):
    paths = ["/", "/docs", "/redoc", "/openapi.json", "/websub/", "/healthz/"]
    for status, _, headers in asyncio.run(asked(store_url, paths)):
        assert status == 404
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_address_that_is_taken_is_told_with_the_remedy():
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(
            AlreadyRunningError, match=f"cannot listen on {address}: .*; .*set another web.listen"
        ):
            listening(address)


def test_it_listens_on_an_ipv6_address_too():
    with listening("[::1]:0") as listener:
        assert listener.family == socket.AF_INET6


@pytest.fixture
def write_config(tmp_path, store_url):
    def write(listen):
        path = tmp_path / "wirewatch.yaml"
        topics = {"china": {"query": "China"}}
        path.write_text(yaml.safe_dump({"topics": topics, "web": {"listen": listen}}), "utf-8")
        return path

    return write


@pytest.fixture
def start_web(store_url, write_config):
    started = []

    def start(listen):
        command = [sys.executable, "-m", "console.cli", "web", "--config", str(write_config(listen))]
        environ = os.environ | {"WIREWATCH_REDIS_URL": store_url}
        started.append(subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stderr.close()


def wait_for_answer(listen, process):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read()
        try:
            with urllib.request.urlopen(f"http://{listen}/healthz") as answer:
                return answer.read()
        except (urllib.error.URLError, ConnectionError):
            threading.Event().wait(0.05)
    pytest.fail("it does not answer")


def test_the_command_serves_until_it_is_asked_to_stop(start_web):
    listen = f"127.0.0.1:{free_port()}"
    process = start_web(listen)
    assert wait_for_answer(listen, process) == b"ok"
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) in (0, -signal.SIGTERM)
    assert process.stderr.read() == f"INFO listening on {listen}\n"


def test_an_edit_of_where_to_listen_ends_it_so_that_it_is_started_anew(start_web, write_config):
    listen = f"127.0.0.1:{free_port()}"
    process = start_web(listen)
    wait_for_answer(listen, process)
    write_config(f"127.0.0.1:{free_port()}")
    assert process.wait(20) == 0
    assert "web.listen was edited: starting anew" in process.stderr.read()
