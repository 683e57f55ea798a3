"""A hub, the web part and a crawler's subscriber, all on loopback, on a real store."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from console.web.server import listening, server_of
from crawler.websub.subscriber import Subscriber
from newsroom.hub import Hub
from wirewatch.config.settings import Settings
from wirewatch.ids import PARTITIONS, source_id
from wirewatch.models import Source, utc_text
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms, to_ms
from wirewatch.store.connection import connect_async
from wirewatch.store.inbox import Inbox
from wirewatch.store.sources import Sources, source_partition
from wirewatch.store.subscriptions import Subscriptions

URL = "https://outlet.example/feed"
TOPIC = "https://outlet.example/the-feed"
ALL = range(PARTITIONS)


def now():
    return datetime.now(UTC)


def _aged(value, by):
    if isinstance(value, list):
        return [_aged(one, by) for one in value]
    if isinstance(value, dict):
        return {
            name: utc_text(datetime.fromisoformat(one) - by)
            if one and name in {"asked", "begins", "ends", "not_before"}
            else _aged(one, by)
            for name, one in value.items()
        }
    return value


class World:
    """One outlet that names a hub, and what becomes of it."""

    topic = TOPIC

    def __init__(self, store, connection, hub, port):
        self.store = store
        self.connection = connection
        self.hub = hub
        self.base = f"http://127.0.0.1:{port}"
        self.subscriptions = Subscriptions(connection)
        self.inbox = Inbox(connection, ALL)
        self.source = Source(
            id=source_id(URL),
            url=URL,
            name="Outlet",
            min_interval=timedelta(minutes=2),
            max_interval=timedelta(hours=6),
        )
        self.partition = source_partition(self.source)
        self.http = None
        self.configure(self.base)
        self.subscriber = Subscriber(self.subscriptions, ALL, lambda: self.settings)

    def configure(self, public_url):
        self.settings = Settings(web={"public_url": public_url}, network={"allow": ["127.0.0.0/8"]})

    def watch(self, hubs=None, topic=TOPIC):
        """As a poll leaves it behind that has found a hub."""
        Sources(self.store).put([self.source])
        self.names(hubs or [self.hub.url], topic)

    def names(self, hubs, topic=TOPIC):
        """As a poll leaves it behind that has found these hubs."""
        source = keys.source(self.source.id)
        if hubs:
            self.store.hset(source, mapping={"hub": " ".join(hubs), "topic": topic})
        else:
            self.store.hdel(source, "hub", "topic")
        self.look()

    def unwatch(self):
        Sources(self.store).stop(self.source)
        self.look()

    def look(self):
        self.store.zadd(keys.websub_due(self.partition), {self.source.id: now_ms()})

    async def step(self, after=timedelta(0)):
        """All that is due when so much time has passed, and the hub's questions about it."""
        self.age(after)
        # The store rounds to milliseconds: what was written in this one may be due in the next.
        while await self.subscriber.step(now() + timedelta(milliseconds=1)):
            await self.hub.idle()

    async def until(self, condition, seconds=20.0):
        """Wait for a condition: the one way in which these tests wait."""
        async with asyncio.timeout(seconds):
            while not (value := condition()):  # noqa: ASYNC110 - another process's or task's doing
                await asyncio.sleep(0.02)
        return value

    def age(self, by):
        """Let time pass: whatever was recorded happened so much earlier."""
        name = keys.subscription(self.source.id)
        if record := self.store.hget(name, "json"):
            self.store.hset(name, "json", json.dumps(_aged(json.loads(record), by)))
        for due in (keys.websub_due(self.partition), keys.due(self.partition)):
            for one, at in self.store.zrange(due, 0, -1, withscores=True):
                self.store.zadd(due, {one: to_ms(from_ms(at) - by)})
        if until := self.pushed_until():
            self.store.hset(keys.source(self.source.id), "pushed_until", to_ms(until - by))

    async def subscribe(self, **manners):
        """Until it is verified; the callback."""
        for name, value in manners.items():
            setattr(self.hub.manners, name, value)
        self.watch()
        await self.step()
        (callback,) = (await self.held()).callbacks
        return callback

    async def held(self):
        return (await self.subscriptions.of_source(self.source.id, self.partition)).subscription

    def pushed_until(self):
        value = self.store.hget(keys.source(self.source.id), "pushed_until")
        return value and from_ms(value)

    def due(self):
        return from_ms(self.store.zscore(keys.due(self.partition), self.source.id))

    def postpone(self, by):
        """As a poll leaves it behind that is pushed for."""
        self.store.zadd(keys.due(self.partition), {self.source.id: to_ms(now() + by)})

    def count(self, name):
        return int(self.store.hget(keys.COUNTERS, name) or 0)

    async def get(self, url, **said):
        query = {f"hub.{name}": value for name, value in said.items()}
        async with self.http.get(url, params=query) as answer:
            return answer.status, await answer.text(), answer.headers

    async def post(self, url, body=b"<rss/>", **headers):
        async with self.http.post(url, data=body, headers=headers, allow_redirects=False) as answer:
            return answer.status, answer.headers


@asynccontextmanager
async def world_of(store, url):
    connection = connect_async(url)
    hub = Hub()
    await hub.start()
    server = server_of(connection)
    with listening("127.0.0.1:0") as listener:
        serving = asyncio.create_task(server._serve([listener]))
        world = World(store, connection, hub, listener.getsockname()[1])
        async with aiohttp.ClientSession() as world.http:
            try:
                yield world
            finally:
                await world.subscriber.close()
                await hub.stop()
                server.should_exit = True
                await serving
                await connection.aclose()


@pytest.fixture
def in_world(store, store_url):
    """Run a coroutine function on a new world."""

    def run(act):
        async def whole():
            async with world_of(store, store_url) as world:
                await act(world)

        asyncio.run(whole())

    return run
