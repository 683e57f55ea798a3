"""A one-off crawl: the daemon's own parts on a store of the crawl's own, until all is decided."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import yaml
from redis import Redis
from redis.exceptions import RedisError

from console.run.bound import bound
from console.run.store import ended, started
from wirewatch.config.example import example_text
from wirewatch.config.load import REDIS_URL_VARIABLE, load_document
from wirewatch.config.watched import id_of
from wirewatch.errors import ConfigError, StoreError, WirewatchError
from wirewatch.ids import SourceId, StoryId
from wirewatch.models import Match, Source, Story, utc_text
from wirewatch.store.connection import connect, shown
from wirewatch.store.embedded import store_url
from wirewatch.store.figures import Figures, figures
from wirewatch.store.sources import Sources, SourceState
from wirewatch.store.stories import Stories
from wirewatch.store.sweep import Sweeper
from wirewatch.text.urls import host
from workers.match.check import check_topics

_LOOK_EVERY_S = 0.05
_SWEEP_EVERY_S = 2.0
_STORY_WORKERS = 2
# What is not delivered by then waits for a retry minutes away, which nobody would be there to make.
_SEND_S = 30.0


class CrawlFailedError(WirewatchError):
    """A part of a one-off crawl ended before its time."""


@dataclass(frozen=True, slots=True)
class Found:
    """A decided story and the topics it matched."""

    story: Story
    matches: tuple[Match, ...]

    def as_json(self) -> dict[str, Any]:
        """As one line of output."""
        story = self.story
        return {
            "url": story.url,
            "title": story.title,
            "source": story.source,
            "published": utc_text(story.published) if story.published else None,
            "topics": [
                {"name": one.topic, "score": one.score, "snippet": one.snippet} for one in self.matches
            ],
        }


def named_source(word: str) -> Source:
    """A source for an address or a path as written on the command line.

    Raises:
        ConfigError: if it is neither an address nor a file.
    """
    if "://" in word or word.startswith("file:"):
        url = word
    else:
        path = Path(word).expanduser().resolve()
        if not path.is_file():
            raise ConfigError([f"{word}: no such file; an address begins with https:// or http://"])
        url = path.as_uri()
    name = Path(url).name if url.startswith("file:") else host(url).removeprefix("www.")
    return Source(
        id=id_of(url),
        url=url,
        name=name or url,
        min_interval=timedelta(days=1),
        max_interval=timedelta(days=1),
    )


class OneOff:
    """A crawl of named sources: iterate :meth:`found` in :meth:`running`; ask :meth:`states` at the end.

    Args:
        words: addresses and paths, as written.
        config: topics and network; None: the shipped topics.
        redis_url: the store to work in; None: one of the crawl's own. No daemon may run on it.

    Raises:
        ConfigError: if the configuration cannot be used, or a word is neither an address nor a file.
    """

    def __init__(self, words: Sequence[str], config: Path | None, redis_url: str | None) -> None:
        self._sources = [named_source(word) for word in dict.fromkeys(words)]
        self._ids = {source.id for source in self._sources}
        if config is not None:
            check_topics(load_document(config))  # told once, here, and not by every part
        self._config = config
        self._redis_url = redis_url

    @contextmanager
    def running(self) -> Iterator[Self]:
        """The parts run while the context lasts."""
        with ExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wirewatch-crawl-")))
            if self._redis_url is None:
                stack.enter_context(started(home))
            url = self._redis_url or store_url(home)
            if self._redis_url is not None:
                _see_that_it_is_unused(url)
            self._connection = stack.enter_context(connect(url))
            self._stories = Stories(self._connection)
            self._last = self._stories.last_decision()
            registry = Sources(self._connection)
            registry.add(self._sources)
            stack.callback(registry.remove_added, [one.source for one in self.states()])
            self._environment = {**os.environ, REDIS_URL_VARIABLE: url}
            self._places = ["--config", str(self._config or _shipped(home))]
            self._stack = stack
            self._crawler = self._part("crawler", "--once")
            self._workers = [self._part("worker", "stories") for _ in range(_STORY_WORKERS)]
            yield self

    def _part(self, *words: str) -> subprocess.Popen[bytes]:
        """One of the daemon's parts, stopped when the context ends."""
        process = subprocess.Popen(  # noqa: S603 - our own command
            bound([sys.executable, "-m", "console.cli", *words, *self._places]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
        )
        self._stack.callback(ended, process)
        return process

    def found(self) -> Iterator[Found | Figures]:
        """Stories as they are decided, and now and then the figures, for a progress line.

        Raises:
            CrawlFailedError: if the crawler, or every worker, ended with an error.
        """
        told: set[str] = set()
        sweeper, sweep_at = Sweeper(self._connection), time.monotonic() + _SWEEP_EVERY_S
        while True:
            # Asked before the decisions are read: what is decided in between is then still read.
            ended = self._crawler.poll()
            now = figures(self._connection)
            decisions = self._stories.decided_since(self._last)
            for stream_id, decision in decisions:
                self._last = stream_id
                if SourceId(decision["source"]) not in self._ids or decision["story"] in told:
                    continue
                told.add(decision["story"])
                if (record := self._stories.story(StoryId(decision["story"]))) is not None:
                    yield Found(record[0], record[1])
            yield now
            if ended is not None and ended != 0:
                raise CrawlFailedError(f"the crawler ended with code {ended}; its reason stands above")
            if all(worker.poll() is not None for worker in self._workers):
                raise CrawlFailedError("the workers ended; their reason stands above")
            if ended == 0 and not now.waiting_stories and not decisions:
                return
            if time.monotonic() >= sweep_at:
                sweeper.sweep()
                sweep_at = time.monotonic() + _SWEEP_EVERY_S
            time.sleep(_LOOK_EVERY_S)

    def send(self) -> Figures:
        """Deliver the alerts of what was found; the figures when all are, or half a minute is over."""
        self._part("worker", "alerts")
        self._part("scheduler")
        deadline = time.monotonic() + _SEND_S
        while True:
            now = figures(self._connection)
            if not now.waiting_deliveries or time.monotonic() > deadline:
                return now
            time.sleep(_LOOK_EVERY_S)

    def states(self) -> list[SourceState]:
        """What became of the named sources."""
        return [one for one in Sources(self._connection).states() if one.source.id in self._ids]


def _see_that_it_is_unused(url: str) -> None:
    """A crawl must not poll a daemon's sources, nor leave its alerts where a daemon would send them.

    Raises:
        StoreError: if the store is in use, or does not answer.
    """
    try:
        with Redis.from_url(url, retry=None) as connection:
            sources = figures(connection).sources
    except (RedisError, OSError) as error:
        raise StoreError(f"the store {shown(url)} does not answer: {error}") from error
    if sources:
        raise StoreError(
            f"the store {shown(url)} is a daemon's: it watches {sources} sources; "
            "name an empty database, such as redis://localhost/5"
        )


def _shipped(home: Path) -> Path:
    """A configuration of the shipped topics and nothing else."""
    path = home / "wirewatch.yaml"
    topics = yaml.safe_load(example_text())["topics"]
    path.write_text(yaml.safe_dump({"topics": topics}, allow_unicode=True), "utf-8")
    return path


def as_line(found: Found) -> str:
    """A story as a line of JSON."""
    return json.dumps(found.as_json(), ensure_ascii=False)
