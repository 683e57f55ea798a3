"""The store for commands beside the daemon: its own, the running daemon's, or one started for the moment."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from console.run.bound import bound
from console.run.lock import data_dir_lock
from wirewatch.config.settings import Settings
from wirewatch.errors import AlreadyRunningError, StoreError
from wirewatch.store.connection import connect, shown, store_url_of
from wirewatch.store.embedded import server_command, wait_until_ready

_ANSWER_S = 2.0
_STOP_S = 5.0
_OTHERS_LEAVE_S = 5.0
_ASK_EVERY_S = 0.02


def answers(settings: Settings) -> bool:
    """Whether the configuration's store can be reached now. Never waits for one that is being restarted."""
    with Redis.from_url(store_url_of(settings), retry=None, socket_connect_timeout=_ANSWER_S) as client:
        try:
            client.ping()
        except (RedisError, OSError):
            return False
    return True


@contextmanager
def running_store(settings: Settings) -> Iterator[Redis]:
    """A connection to a store that runs already.

    Raises:
        StoreError: if it does not, with how to start it.
    """
    if not answers(settings):
        raise StoreError(_away(settings))
    with connect(store_url_of(settings)) as connection:
        yield connection


@contextmanager
def open_store(settings: Settings) -> Iterator[Redis]:
    """A connection to the store: where none runs, the embedded one is started while the context lasts.

    Raises:
        StoreError: if the store of ``redis_url`` does not answer, or the embedded one cannot be started.
    """
    if settings.redis_url is not None or answers(settings):
        with running_store(settings) as connection:
            yield connection
        return
    try:
        with (
            data_dir_lock(settings.data_dir),
            started(settings.data_dir),
            _connected(settings) as connection,
        ):
            yield connection
            _wait_for_others(connection)
    except AlreadyRunningError:
        # Its owner is starting the store at this moment, or starting it again.
        wait_until_ready(settings.data_dir)
        with running_store(settings) as connection:
            yield connection


def _away(settings: Settings) -> str:
    if settings.redis_url is None:
        return (
            f"no Wirewatch daemon runs on {settings.data_dir}, so nothing can be asked; "
            "start it with `wirewatch run`, or name another --data-dir"
        )
    return (
        f"the store {shown(store_url_of(settings))} does not answer; start it or correct redis_url, "
        "then start the daemon with `wirewatch run`"
    )


def _connected(settings: Settings) -> Redis:
    return connect(store_url_of(settings))


@contextmanager
def started(data_dir: Path) -> Iterator[None]:
    """The embedded store of a data directory runs while the context lasts.

    Raises:
        StoreError: if it cannot be started.
    """
    # Bound to this process: a store that outlived it would stand in the way of the next daemon's.
    server = subprocess.Popen(  # noqa: S603 - our own command
        bound(server_command(data_dir)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_ready(data_dir, server)
        yield
    finally:
        ended(server)


def ended(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and see that it does."""
    process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for_others(connection: Redis) -> None:
    """Let commands that found this store meanwhile finish with it, for a few seconds."""
    deadline = time.monotonic() + _OTHERS_LEAVE_S
    while time.monotonic() < deadline and len(connection.client_list()) > 1:
        time.sleep(_ASK_EVERY_S)
