"""Rounds of sweeps, contestant after contestant, on the same servers."""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from polling_contest.bodies import ENTRIES
from polling_contest.contestant import CASES, Contestant, Sweep
from polling_contest.hosts import HOSTS, address

# Of a program that is started for each sweep: from its first request on.
STARTED = ", once started"
_BENCHMARKS = Path(__file__).parents[1]
_STARTS_WITHIN_S = 30.0
# What costs little is measured twice in a round.
_TIMES = {"first": 1, "unchanged": 2, "same": 2, "new": 1}


@dataclass(frozen=True, slots=True)
class Measure:
    """One sweep.

    Attributes:
        rate: feeds a second, from its first request at the server, or from its program's start.
        cpu_ms: processor time a feed, of all the contestant's processes, milliseconds; None: told elsewhere.
        peak_mb, entries: as in a Sweep.
    """

    contestant: str
    case: str
    feeds: int
    rate: float
    cpu_ms: float | None
    peak_mb: float
    entries: int | None


class FeedServer:
    """The feed servers, in a process of their own.

    Args:
        count: how many feeds.
        folder: of real feeds; None: made up.
    """

    def __init__(self, count: int, folder: Path | None) -> None:
        self._words = [str(count), *([str(folder.resolve())] if folder else [])]
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

    def __enter__(self) -> Self:
        with tempfile.TemporaryDirectory(prefix="ww-feeds-") as name:
            port_file = Path(name) / "port"
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "polling_contest.server", str(port_file), *self._words],
                cwd=_BENCHMARKS,
            )
            deadline = time.monotonic() + _STARTS_WITHIN_S
            while not port_file.exists():
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self._process.kill()
                    raise RuntimeError("the feed servers did not start; they need Linux's 127.0.0.0/8")
                time.sleep(0.02)
            self.port = int(port_file.read_text("ascii"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()

    def urls(self, count: int) -> list[str]:
        """The addresses of the first feeds."""
        return [address(number, self.port) for number in range(count)]

    def begin(self, case: str) -> None:
        """What the feeds shall do from now on; the counts start anew."""
        self._ask(f"begin/{case}")

    def stats(self) -> dict[str, Any]:
        """The counts since."""
        return self._ask("stats")

    def _ask(self, what: str) -> dict[str, Any]:
        with self._open(f"http://{HOSTS[0]}:{self.port}/-/{what}", timeout=10) as answer:
            told: dict[str, Any] = json.load(answer)
            return told


def run_round(
    contestant: Contestant, server: FeedServer, count: int, told: Callable[[Measure], None], *, made: bool
) -> None:
    """One life of a contestant: a first poll of all feeds, then the other cases.

    Args:
        contestant: whose turn it is.
        server: which it asks.
        count: how many feeds it is given.
        told: hears of each sweep as it ends.
        made: whether the feeds are made up, so that the number of new entries is known.

    Raises:
        RuntimeError: if it did not do what it was asked to.
    """
    urls = server.urls(count)
    try:
        contestant.start(urls)
        for case in CASES:
            if case == CASES[1]:
                for _ in range(contestant.settles):
                    server.begin(CASES[0])
                    contestant.sweep(CASES[0])
            for _ in range(_TIMES[case]):
                server.begin(case)
                sweep = contestant.sweep(case)
                stats = server.stats()
                _check(contestant.name, case, sweep, stats, count, made=made)
                for measure in _measures(contestant.name, case, sweep, stats["first_at"], count):
                    told(measure)
    finally:
        contestant.stop()


def _measures(name: str, case: str, sweep: Sweep, first_at: float, count: int) -> list[Measure]:
    cpu_ms = 1000 * sweep.cpu_s / count
    rest = (cpu_ms, sweep.peak_mb, sweep.entries)
    asking = count / (sweep.ended - first_at)
    if sweep.began is None:
        return [Measure(name, case, count, asking, *rest)]
    whole = count / (sweep.ended - sweep.began)
    return [
        Measure(name, case, count, whole, *rest),
        Measure(f"{name}{STARTED}", case, count, asking, None, *rest[1:]),
    ]


def _check(name: str, case: str, sweep: Sweep, stats: dict[str, Any], count: int, *, made: bool) -> None:
    """A contestant that skips work is not fast."""
    if stats["feeds"] != count:
        raise RuntimeError(f"{name} asked for {stats['feeds']} of {count} feeds ({case})")
    if case == "unchanged" and stats["not_modified"] != count:
        raise RuntimeError(f"{name} echoed the validators of {stats['not_modified']} of {count} feeds")
    wanted = {"first": ENTRIES * count, "new": count}.get(case, 0)
    if made and sweep.entries not in (None, wanted):
        raise RuntimeError(f"{name} found {sweep.entries} new entries, not {wanted} ({case})")
