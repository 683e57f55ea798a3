"""Crawlers that are killed, on a wire of sites that keeps a record of all that it was asked."""

import asyncio
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from rq.job import Job
from rq.serializers import JSONSerializer

from wirewatch.config.watched import id_of
from wirewatch.ids import PARTITIONS
from wirewatch.store import keys
from wirewatch.store.connection import connect
from wirewatch.store.embedded import socket_path
from wirewatch.store.handover import unpack
from wirewatch.store.queues import STORIES, queue


def _load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


checks_of, killing, lossy, wire = _load("checks"), _load("killing"), _load("lossy"), _load("wire")


@dataclass(frozen=True)
class Death:
    """The end of a crawler, and what it left in the store.

    Attributes:
        asked: how many requests had been answered.
        due: when each source was due (seconds since 1970), by id.
        in_flight: the ids of those that were being polled.
        fetching: how many pages were being fetched.
    """

    at: float
    asked: int
    due: dict[str, float]
    in_flight: set[str]
    fetching: int


class Crawlers:
    """Crawler processes on one store.

    Attributes:
        deaths: of all of them, before each was started again.
        store: a connection to their store.
        store_url: another way to it for the crawlers; None: their own.
        min_interval_s: between two polls of a feed.
    """

    def __init__(self, sites, server, folder):
        self.server = server
        self.store = connect(server.url)
        self.store_url = None
        self.min_interval_s = 0.5
        self.deaths = []
        self._sites = sites
        self._folder = folder
        self._running = {}

    @property
    def names(self):
        return list(self._running)

    def configure(self, name):
        """A configuration whose User-Agent tells its crawler from others."""
        path = self._folder / f"{name}.yaml"
        rare = {"min_interval": "1h", "max_interval": "1h"}
        wanted = {
            "data_dir": str(self.server.data_dir),
            "polling": {
                "min_interval": f"{self.min_interval_s}s",
                "max_interval": f"{2 * self.min_interval_s}s",
            },
            "network": {"allow": ["127.0.0.0/8"], "contact": name},
            "topics": {"iowa": {"query": "Iowa"}},
            "sources": [
                *(feed.url for feed in self._sites.feeds.values()),
                *({"url": feed.url, "polling": rare} for feed in self._sites.quiet.values()),
            ],
        }
        path.write_text(yaml.safe_dump(wanted), "utf-8")
        return path

    def command(self, name, shard):
        config = str(self.configure(name))
        return [sys.executable, "-m", "console.cli", "crawler", "--config", config, "--shard", shard]

    def start(self, name, shard="0/1"):
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                self.command(name, shard),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | ({"WIREWATCH_REDIS_URL": self.store_url} if self.store_url else {}),
            )
        self._running[name] = (process, shard)
        return process

    def log(self):
        return "\n".join(one.read_text("utf-8", "replace") for one in sorted(self._folder.glob("*.log")))

    def kill(self, name):
        """As ``kill -9`` does it; it is started again at once."""
        process, shard = self._running[name]
        process.kill()
        process.wait()
        self._note_death()
        self.start(name, shard)

    def tend(self):
        """Start again what ended by itself, as a crawler does whose store stays away."""
        for name, (process, _) in list(self._running.items()):
            if process.poll() is not None:
                self.kill(name)

    def be_replaced(self):
        """As if all had been silent for so long that another machine's crawler has taken their place."""
        other = {"name": "other", "host": "elsewhere", "pid": 1}
        self.store.set(keys.OWNER_PREFIX + "other", json.dumps(other))
        self.store.hset(keys.OWNERS, mapping=dict.fromkeys(range(PARTITIONS), "other"))

    def stop(self):
        for process, _ in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process, _ in self._running.values():
            process.wait(20)

    def end(self):
        for process, _ in self._running.values():
            process.kill()
            process.wait()
        self.store.close()

    def _note_death(self):
        at, asked = time.time(), len(self._sites.asked)
        with self.store.pipeline(transaction=False) as pipe:
            for p in range(PARTITIONS):
                pipe.zrange(keys.due(p), 0, -1, withscores=True)
                pipe.smembers(keys.polling(p))
                pipe.zcard(keys.fetching(p))
            answers = pipe.execute()
        due = {one.decode(): score / 1000 for found in answers[::3] for one, score in found}
        in_flight = {one.decode() for found in answers[1::3] for one in found}
        self.deaths.append(Death(at, asked, due, in_flight, sum(answers[2::3])))

    def id_at(self, path):
        """The id of the source at a path; None: there is none."""
        feed = self._sites.feeds.get(path) or self._sites.quiet.get(path)
        return id_of(feed.url) if feed is not None else None

    def seen(self, feed):
        """The ids of a feed's entries that were recorded, and how each is marked."""
        found = self.store.hgetall(keys.seen(id_of(feed.url)))
        return {"e" + one.hex(): value[-1:] for one, value in found.items()}

    def handed_over(self):
        """How many entries were, however often each."""
        return self.store.zcard(keys.WAITING_STORIES)

    def left_in_hand(self):
        """Keys of what was not handed over, or not recorded."""
        kinds = (keys.frontier, keys.fetching, keys.entries, keys.tries)
        names = {kind(p) for kind in kinds for p in range(PARTITIONS)}
        return {one.decode() for one in self.store.keys("*")} & names

    def queued(self):
        """How often each entry is in the queue."""
        ids = queue(self.store, STORIES).get_job_ids()
        jobs = Job.fetch_many(ids, self.store, serializer=JSONSerializer)
        return Counter(one for job in jobs for one in job.args[0])

    def pages(self):
        """The pages that were stored, by the address of their entry."""
        found = [unpack(self.store.get(one)) for one in self.store.keys(f"{keys.PAGE_PREFIX}*")]
        assert len({page.entry.url for page in found}) == len(found)
        return {page.entry.url: page for page in found}


@pytest.fixture
def make_wire():
    """Open loopback sites."""
    made = []

    def make(**shape):
        sites = wire.Wire(**{"hosts": 8, "feeds": 12, "quiet": 0, "chance": random.Random(1)} | shape)
        made.append(sites)
        return sites

    yield make
    for sites in made:
        sites.stop()


@pytest.fixture
def lose_answers():
    """Lead crawlers to their store by a way on which a share of its answers is lost."""

    def make(sites, crawlers, chance, share):
        way = lossy.LossyWay(socket_path(crawlers.server.data_dir), chance, share)
        asyncio.run_coroutine_threadsafe(way.open(), sites.loop).result(20)
        crawlers.store_url = way.url
        return way

    return make


@pytest.fixture
def make_crawlers(make_store_server):
    """Crawlers for the sources of a wire, on a store of their own; none outlives the test."""
    made = []
    with tempfile.TemporaryDirectory(prefix="ww-") as folder:

        def make(sites):
            crawlers = Crawlers(sites, make_store_server(), Path(folder))
            made.append(crawlers)
            return crawlers

        yield make
        for crawlers in made:
            crawlers.end()


@pytest.fixture
def run():
    return killing.Run


@pytest.fixture
def checks():
    return checks_of.Checks
