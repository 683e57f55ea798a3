"""Wirewatch as a contestant: the daemon's crawler process on the embedded store with its shipped settings."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from polling_contest.contestant import LONGEST_SWEEP_S, Sweep
from polling_contest.processes import cpu_s, peak_mb
from wirewatch import __version__
from wirewatch.config.settings import Settings, SourceSettings
from wirewatch.config.watched import source_of
from wirewatch.models import Origin, Source
from wirewatch.store import keys
from wirewatch.store.connection import connect
from wirewatch.store.embedded import server_command, store_url, wait_until_ready
from wirewatch.store.figures import figures
from wirewatch.store.sources import Sources

_ASK_EVERY_S = 0.01
_ONCE_IN = timedelta(hours=6)  # after its sweep no source is due again
_CONFIG = "network: { allow: [127.0.0.0/8] }\ntopics: { none: { query: wirewatch } }\n"
_STOP_WITHIN_S = 10.0


class Wirewatch:
    """Everything up to the frontier: claim, poll, read, door A. Pages are not fetched (see hosts.py)."""

    name = "wirewatch"
    settles = 0

    def prepare(self) -> str:
        """It is there."""
        return f"Wirewatch {__version__}: one crawler process and its store, appendfsync always"

    def start(self, urls: list[str]) -> None:
        """A new store, and a crawler on it that has nothing to do yet."""
        self._held = ExitStack()
        data_dir = Path(self._held.enter_context(tempfile.TemporaryDirectory(prefix="ww-bench-")))
        config = data_dir / "wirewatch.yaml"
        config.write_text(_CONFIG, "utf-8")
        self._store = self._begin(server_command(data_dir), data_dir / "store.log")
        wait_until_ready(data_dir, self._store)
        self._connection = self._held.enter_context(connect(store_url(data_dir)))
        settings = Settings()
        self._watched = [_rarely(source_of(settings, SourceSettings(url=url), Origin.ADDED)) for url in urls]
        command = [sys.executable, "-m", "console.cli", "crawler", "--shard", "0/2"]
        places = ["--config", str(config), "--data-dir", str(data_dir)]
        self._log = data_dir / "crawler.log"
        self._crawler = self._begin([*command, *places], self._log)
        self._wait(lambda: self._connection.exists(keys.OWNERS) == 1, lambda: "it owns no partitions")

    def _begin(self, command: list[str], log: Path) -> subprocess.Popen[bytes]:
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output)  # noqa: S603
        self._held.callback(_end, process)
        return process

    def sweep(self, case: str) -> Sweep:  # noqa: ARG002
        """All sources are made due at once; the sweep ends when the last poll is recorded."""
        sources, pids = Sources(self._connection), (self._crawler.pid, self._store.pid)
        for source in self._watched:
            sources.stop(source)
        before, spent = figures(self._connection).counters, sum(map(cpu_s, pids))
        sources.put(self._watched)
        wanted = before.get("polls", 0) + len(self._watched)
        self._wait(lambda: self._polls() >= wanted, lambda: f"{wanted - self._polls()} polls are missing")
        ended = time.monotonic()
        after = figures(self._connection).counters
        if after.get("failed_polls", 0) > before.get("failed_polls", 0):
            raise RuntimeError(f"polls failed:\n{self._last_words()}")
        return Sweep(
            ended,
            sum(map(cpu_s, pids)) - spent,
            sum(map(peak_mb, pids)),
            after.get("entries", 0) - before.get("entries", 0),
        )

    def _polls(self) -> int:
        return int(self._connection.hget(keys.COUNTERS, "polls") or 0)

    def _wait(self, come_true: Callable[[], bool], otherwise: Callable[[], str]) -> None:
        deadline = time.monotonic() + LONGEST_SWEEP_S
        while not come_true():
            if self._crawler.poll() is not None:
                raise RuntimeError(
                    f"the crawler ended with {self._crawler.returncode}:\n{self._last_words()}"
                )
            if time.monotonic() > deadline:
                raise RuntimeError(f"the crawler is too slow, {otherwise()}:\n{self._last_words()}")
            time.sleep(_ASK_EVERY_S)

    def _last_words(self) -> str:
        return self._log.read_text("utf-8", "replace")[-2000:]

    def stop(self) -> None:
        """The crawler first: it says goodbye to the store."""
        self._held.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _rarely(source: Source) -> Source:
    return source.model_copy(update={"min_interval": _ONCE_IN, "max_interval": _ONCE_IN})
