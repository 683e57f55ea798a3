"""The store for every test that needs one: the real embedded server, one for each process of the run."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from redis import Redis

from wirewatch.store.connection import connect
from wirewatch.store.embedded import server_command, wait_until_ready
from wirewatch.store.embedded import store_url as url_of


class StoreServer:
    """An embedded store that a test may kill and start again."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.url = url_of(data_dir)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._server = subprocess.Popen(
            server_command(self.data_dir), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until_ready(self.data_dir, self._server)

    def kill(self) -> None:
        """As ``kill -9`` does it."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()


@pytest.fixture(scope="session")
def make_store_server():
    """Start a store of one's own; it ends, and its files go, with the run."""
    made = []

    def make() -> StoreServer:
        # Not tmp_path: its names are too long for a unix socket.
        server = StoreServer(Path(tempfile.mkdtemp(prefix="ww-")))
        made.append(server)
        server.start()
        return server

    yield make
    for server in made:
        server.kill()
        shutil.rmtree(server.data_dir, ignore_errors=True)


@pytest.fixture(scope="session")
def _server(make_store_server):
    return make_store_server()


@pytest.fixture
def store_url(_server):
    """The address of an empty store."""
    with Redis.from_url(_server.url) as client:
        client.flushall()
    return _server.url


@pytest.fixture
def store(store_url):
    """A connection to an empty store."""
    connection = connect(store_url)
    yield connection
    connection.close()
