"""The demo: a newsroom that knows the truth, the daemon on it, processes killed meanwhile, and the score."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from redis import Redis
from redis.exceptions import RedisError
from rich.console import Console

from console.run.bound import bound
from console.run.family import descendants
from console.run.scoreboard import arrival, board, published
from newsroom.run import Newsroom
from wirewatch.config.example import example_text
from wirewatch.store.embedded import store_url
from wirewatch.store.figures import Figures, figures

_READY_S = 90.0
_DRAIN_S = 120.0  # an attempt or a batch lost in a kill comes again within half a minute
_LOOK_EVERY_S = 0.25
_POLL_EVERY = "1s"
# After the last story each source is asked at least once more before we call the rest missed.
_LAST_POLLS_S = 4.0
_SECRET = "whsec_" + "d2lyZXdhdGNoLWRlbW8tc2VjcmV0LTAxMjM0NQ=="  # the demo's own receiver, on loopback


@dataclass(slots=True)
class Demo:
    """One run of the demo."""

    stories: int
    rate: float
    kills: int
    seed: int
    fail_rate: float
    quiet: bool

    def run(self) -> dict[str, Any]:
        """Run it, show it, and return the score."""
        console = Console(quiet=self.quiet, highlight=False, soft_wrap=True)
        with (
            tempfile.TemporaryDirectory(prefix="wirewatch-demo-") as folder,
            Newsroom(
                stories=self.stories,
                rate=self.rate,
                seed=self.seed,
                secret=_SECRET,
                fail_rate=self.fail_rate,
                wait=True,
            ) as newsroom,
        ):
            home = Path(folder)
            config = _configuration(newsroom, home)
            console.print(
                f"A newsroom of {len({one['url'].split('/')[2] for one in newsroom.sources})} outlets on "
                f"loopback will publish {self.stories} articles at {self.rate:g} a second."
            )
            daemon = _Daemon(config, home)
            try:
                daemon.start()
                self._wait_until_polled(daemon, len(newsroom.sources))
                console.print("Their older stories are known; publishing begins.\n")
                newsroom.start()
                killed = self._watch(newsroom, daemon, console)
            finally:
                daemon.stop()
            score = newsroom.score() | {"kills": killed}
        _tell(score, console, self.quiet)
        return score

    def _wait_until_polled(self, daemon: "_Daemon", sources: int) -> None:
        deadline = time.monotonic() + _READY_S
        while time.monotonic() < deadline:
            now = daemon.figures()
            if now and now.count("polls") >= sources and _idle(now):
                return
            daemon.tend()
            time.sleep(_LOOK_EVERY_S)
        raise TimeoutError(f"the daemon did not poll its sources within {_READY_S:.0f} s:\n{daemon.log()}")

    def _watch(self, newsroom: Newsroom, daemon: "_Daemon", console: Console) -> int:
        """Follow the publishing to its end, killing as asked; returns how many were killed."""
        chance = random.Random(self.seed)
        duration = self.stories / self.rate
        begun = time.monotonic()
        # Spread over the publishing, and a little beyond: what is in hand at the end counts as well.
        moments = sorted(chance.uniform(0.05, 1.05) * duration for _ in range(self.kills))
        killed, quiet_since, told_articles, told_alerts = 0, None, 0, 0
        deadline = begun + duration + _DRAIN_S
        while time.monotonic() < deadline:
            elapsed = time.monotonic() - begun
            while killed < len(moments) and moments[killed] <= elapsed:
                console.print(f"  [bold red]kill -9[/] {daemon.kill_one(chance)}")
                killed += 1
            daemon.tend()
            if not self.quiet:
                told_articles = published(newsroom, told_articles, console)
                told_alerts = arrival(newsroom, told_alerts, console)
            now = daemon.figures()
            score = newsroom.score()
            over = elapsed > duration + _LAST_POLLS_S and killed == len(moments)
            quiet = over and now is not None and _idle(now)
            quiet_since = (quiet_since or time.monotonic()) if quiet else None
            complete = over and score["missed"] == 0
            if quiet_since and time.monotonic() - quiet_since > (1.0 if complete else _LAST_POLLS_S):
                break
            time.sleep(_LOOK_EVERY_S)
        return killed


def _idle(now: Figures) -> bool:
    return not (now.to_fetch or now.waiting_stories or now.waiting_deliveries)


def _configuration(newsroom: Newsroom, home: Path) -> Path:
    """The demo's wirewatch.yaml: the shipped topics, the newsroom's sources, its receiver."""
    shipped = yaml.safe_load(example_text())
    topics = {name: {**topic, "send": ["receiver"]} for name, topic in shipped["topics"].items()}
    wanted = {
        "data_dir": str(home / "data"),
        "polling": {"min_interval": _POLL_EVERY, "max_interval": _POLL_EVERY},
        "network": {"allow": ["127.0.0.0/8"]},
        "sources": [{"url": one["url"], "name": one["name"]} for one in newsroom.sources],
        "topics": topics,
        "destinations": {"receiver": {"kind": "webhook", "url": newsroom.webhook, "secret": _SECRET}},
    }
    path = home / "wirewatch.yaml"
    path.write_text(yaml.safe_dump(wanted, sort_keys=False, allow_unicode=True), "utf-8")
    return path


class _Daemon:
    """``wirewatch run``, started again if it is killed itself: what systemd would do."""

    def __init__(self, config: Path, home: Path) -> None:
        self._config = config
        self._log_path = home / "daemon.log"
        self._url = store_url(home / "data")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "console.cli", "run", "--config", str(self._config)]
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                bound(command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def tend(self) -> None:
        """Start it again if it ended."""
        if self._process is not None and self._process.poll() is not None:
            self.start()

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill_one(self, chance: random.Random) -> str:
        """Kill -9 one process of it, at random; returns what it was."""
        root = self._process.pid if self._process else 0
        victim = chance.choice(sorted(descendants(root)))
        name = _name(victim)
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        return f"{victim} {name}"

    def figures(self) -> Figures | None:
        """Its counts; None while its store is away."""
        try:
            with Redis.from_url(self._url, retry=None, socket_timeout=1) as connection:
                return figures(connection)
        except (RedisError, OSError):
            return None

    def log(self) -> str:
        """The end of what it printed."""
        return self._log_path.read_text("utf-8", "replace")[-3000:]


def _name(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return ""
    if "console.cli" in words:
        at = words.index("console.cli")
        return " ".join(word for word in words[at + 1 : at + 3] if word and not word.startswith("-"))
    return Path(words[0]).name


def _tell(score: dict[str, Any], console: Console, quiet: bool) -> None:
    if not quiet:
        board(score, console)
        return
    names = ("published", "expected_alerts", "alerted", "missed", "false_alerts", "duplicates", "kills")
    print(json.dumps({name: score[name] for name in names} | {"latency_ms": score["latency_ms"]}))
