"""Starts the parts, restarts what dies, stops all in order."""

import logging
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from console.run.display import Display
from console.run.parts import WEB, Crew, store_part, web_part, worker_parts
from console.run.process import PartProcess
from console.run.stopping import StopSignal
from wirewatch.config.live import LiveSettings
from wirewatch.config.settings import Settings
from wirewatch.errors import StoreError
from wirewatch.store.connection import promise, shown, store_url_of
from wirewatch.store.embedded import wait_until_ready
from wirewatch.store.figures import Figures, figures

_TEND_EVERY_S = 0.1
_LOOK_EVERY_S = 0.5
# All is stopped within 10 s of the signal: the parts finish what is in hand, then the store goes.
_PARTS_STOP_S = 7.0
_STORE_STOP_S = 2.0


@dataclass(slots=True)
class Supervisor:
    """The daemon of one machine."""

    live: LiveSettings
    config: Path
    data_dir: Path | None
    crew: Crew
    display: Display

    def run(self) -> None:
        """Run until SIGINT or SIGTERM.

        Raises:
            StoreError: if the store cannot be started or reached.
        """
        # A refused edit is told by the display; the configuration's own log would tear its live line.
        logging.getLogger("wirewatch.config.live").addHandler(logging.NullHandler())
        stop = StopSignal()
        settings = self.live.current
        store = self._start_store(settings)
        parts: list[PartProcess] = []
        try:
            self._greet(settings)
            for part in worker_parts(self.config, self.data_dir, self.crew):
                process = PartProcess(part, self.display.line)
                process.start()
                parts.append(process)
            self._start_or_stop_web(parts)
            self._tend(store, parts, stop)
        finally:
            self.display.say("stopping: finishing what is in hand")
            _stop(parts, _PARTS_STOP_S)
            if store is not None:
                _stop([store], _STORE_STOP_S)
            self.display.say("stopped")

    def _start_store(self, settings: Settings) -> PartProcess | None:
        part = store_part(settings)
        if part is None:
            return None
        store = PartProcess(part, self.display.line)
        server = store.start()
        try:
            wait_until_ready(settings.data_dir, server)
        except StoreError:
            _stop([store], _STORE_STOP_S)
            raise
        return store

    def _greet(self, settings: Settings) -> None:
        url = store_url_of(settings)
        with Redis.from_url(url) as connection:
            kept = promise(connection)
        where = "embedded store" if settings.redis_url is None else f"store {shown(url)}"
        self.display.say(f"{where}: {kept}")
        topics = ", ".join(settings.topics)
        self.display.say(f"watching {len(settings.sources)} sources of {self.config} for {topics}")
        if any(not topic.send for topic in settings.topics.values()):
            self.display.say(
                "topics without a destination are printed here and kept in "
                f"{settings.data_dir / 'matches.jsonl'}"
            )

    def _start_or_stop_web(self, parts: list[PartProcess]) -> None:
        """Have the web part run if, and only if, the configuration says how it is reached."""
        part = web_part(self.live.current, self.config, self.data_dir)
        running = next((one for one in parts if one.part.name == WEB), None)
        if part is not None and running is None:
            process = PartProcess(part, self.display.line)
            process.start()
            parts.append(process)
        elif part is None and running is not None:
            parts.remove(running)
            _stop([running], _PARTS_STOP_S)

    def _tend(self, store: PartProcess | None, parts: list[PartProcess], stop: StopSignal) -> None:
        url = store_url_of(self.live.current)
        watcher = _Reach(self.display)
        look_at = 0.0
        with Redis.from_url(url, retry=None, socket_timeout=1) as connection:
            while not stop.wait(_TEND_EVERY_S):
                for process in parts if store is None else [store, *parts]:
                    process.tend()
                if time.monotonic() < look_at:
                    continue
                look_at = time.monotonic() + _LOOK_EVERY_S
                problem = self.live.problem
                if self.live.refresh():
                    self.display.say(f"{self.config} was edited: its new version is in force")
                    self._start_or_stop_web(parts)
                elif self.live.problem and self.live.problem != problem:
                    self.display.say(f"the edit of {self.config} is refused:\n{self.live.problem}")
                try:
                    current = figures(connection)
                except RedisError:
                    continue  # it is being restarted; the line stays as it was
                self.display.state(current)
                watcher.look(current)


class _Reach:
    """Says once that no source can be reached, and once that one can be again."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._lost = False

    def look(self, now: Figures) -> None:
        every_one_fails = 0 < now.sources <= now.failing and now.count("failed_polls") >= now.sources
        if every_one_fails and not self._lost:
            self._display.say(
                f"none of the {now.sources} sources can be reached (`wirewatch sources list` says why); "
                "is this machine offline? Wirewatch keeps trying. "
                "`make demo` shows it at work without a network"
            )
        elif self._lost and not every_one_fails:
            self._display.say("sources can be reached again")
        self._lost = every_one_fails


def _stop(processes: list[PartProcess], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for process in processes:
        process.signal(signal.SIGTERM)
    for process in processes:
        if not process.wait_until(deadline):
            process.signal(signal.SIGKILL)
            process.wait_until(deadline + 1)
