"""newsboat as a contestant."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from polling_contest.contestant import LONGEST_SWEEP_S, AbsentError, Sweep

_RELOAD_THREADS = 20


class Newsboat:
    """``newsboat -x reload`` for each sweep, with a urls file, a cache and a configuration of its own."""

    name = "newsboat"
    settles = 1  # its first reload stores a feed's validators before the feed, and so loses them (2.21)

    def prepare(self) -> str:
        """Look for it on the PATH."""
        found = shutil.which("newsboat")
        if found is None:
            raise AbsentError("newsboat is not installed; apt-get install newsboat, say")
        self._command = found
        told = subprocess.run([found, "-v"], capture_output=True, text=True, check=True)  # noqa: S603
        return f"{' '.join(told.stdout.split()[:2])}, {_RELOAD_THREADS} reload threads"

    def start(self, urls: list[str]) -> None:
        """An empty cache."""
        self._folder = tempfile.TemporaryDirectory(prefix="ww-newsboat-")
        self._at = Path(self._folder.name)
        (self._at / "urls").write_text("".join(f"{url}\n" for url in urls), "ascii")
        (self._at / "config").write_text(f"reload-threads {_RELOAD_THREADS}\n", "ascii")
        self._entries = 0

    def sweep(self, case: str) -> Sweep:  # noqa: ARG002
        """Reload everything: a command that loads its cache first."""
        places = {"-u": "urls", "-c": "cache.db", "-C": "config"}
        words = [word for option, name in places.items() for word in (option, str(self._at / name))]
        began = time.monotonic()
        process = subprocess.Popen(  # noqa: S603
            [self._command, *words, "-x", "reload"],
            env={**os.environ, "HOME": str(self._at)},
            stdout=subprocess.DEVNULL,
        )
        too_long = threading.Timer(LONGEST_SWEEP_S, process.kill)
        too_long.start()
        _, status, used = os.wait4(process.pid, 0)
        ended = time.monotonic()
        too_long.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"newsboat ended with {process.returncode}")
        with closing(sqlite3.connect(self._at / "cache.db")) as cache:
            (total,) = cache.execute("select count(*) from rss_item").fetchone()
        fresh, self._entries = total - self._entries, total
        return Sweep(ended, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6, fresh, began)

    def stop(self) -> None:
        """Remove the cache."""
        self._folder.cleanup()
