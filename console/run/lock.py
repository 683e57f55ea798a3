"""One daemon per data directory."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wirewatch.errors import AlreadyRunningError, ConfigError


@contextmanager
def data_dir_lock(data_dir: Path) -> Iterator[None]:
    """Own a data directory while the context lasts; a kill of the process frees it as well.

    Raises:
        AlreadyRunningError: naming the process that owns it.
        ConfigError: if the directory cannot be written.
    """
    path = data_dir / "wirewatch.lock"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ConfigError(
            [f"data_dir: {data_dir} cannot be used: {error.strerror}; choose another with --data-dir"]
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise AlreadyRunningError(
                f"a Wirewatch daemon, process {owner}, already runs on {data_dir}; "
                "stop it first, or give this one another --data-dir"
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
