"""The newsroom as a process: it starts, stops, and does not outlive who started it."""

import contextlib
import json
import socket
import subprocess
import sys
import urllib.error

import pytest

from newsroom.run import Newsroom

ORPHAN = """
import os
from newsroom.run import Newsroom
newsroom = Newsroom(stories=1).__enter__()
print(newsroom.port, flush=True)
os._exit(0)
"""


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_stopped_newsroom_answers_no_more():
    with Newsroom(stories=1) as running:
        assert running.score()["planned"] == 1
    with pytest.raises(urllib.error.URLError):
        running.score()


def test_a_newsroom_ends_with_the_process_that_started_it():
    ended = subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, text=True, check=True)
    port = int(ended.stdout)
    with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", port), 10) as line:
        assert line.recv(1) == b""  # the server closed
    assert not answers(port)


def test_a_taken_port_is_an_error():
    with Newsroom(stories=1) as running, pytest.raises(RuntimeError, match="ended with code"):
        Newsroom(stories=1, port=running.port).__enter__()


def test_the_greeting_tells_where_everything_is():
    with Newsroom(stories=1, wait=True) as running:
        assert running.webhook == f"http://127.0.0.1:{running.port}/hook"
        assert len(running.sources) >= 14
        assert set(running.ignore) == {"china", "iowa", "tariffs"}
        assert running.start()["duration_s"] < 1
        assert json.dumps(running.truth())
