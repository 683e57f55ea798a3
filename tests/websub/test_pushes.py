"""From the inbox to door A."""

import asyncio
from datetime import timedelta

from crawler.websub.pushes import PushReader
from wirewatch.ids import PARTITIONS, entry_id, revision, source_id
from wirewatch.models import Entry, Source, now
from wirewatch.store import keys
from wirewatch.store.clock import to_ms
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.sources import Sources, source_partition

KIND = "application/rss+xml"


def entry_of(push):
    source = push.state.source
    return Entry(
        id=entry_id(source.id, push.body.decode()),
        source_id=source.id,
        source=source.name,
        url="https://outlet.example/story",
        title=push.body.decode(),
        revision=revision(push.body.decode()),
        first_seen=now(),
    )


async def recorded(push):
    source = push.state.source
    return Poll(source, None, source.min_interval, entries=[entry_of(push)], push=push.id)


async def unreadable(_):
    return None


async def fatal(_):
    raise RecursionError


def reader_of(world, judge, woken=lambda: None):
    return PushReader(world.inbox, Polls(world.connection, range(PARTITIONS)), judge, woken)


def waiting(world):
    """How much is on the frontier."""
    return sum(world.store.zcard(keys.frontier(p)) for p in range(PARTITIONS))


async def read_all(world, reader):
    while await world.inbox.claim(1, ()):
        reader._news = True
        await reader.claim()
        await asyncio.gather(*reader._tasks)


def test_what_is_pushed_is_on_the_frontier_and_out_of_the_inbox_in_one_step(in_world):
    async def act(world):
        await world.subscribe()
        for body in (b"one", b"two", b"three"):
            await world.hub.publish(world.topic, body, KIND)
        await read_all(world, reader_of(world, recorded))
        assert waiting(world) == 3
        assert world.store.hlen(keys.inbox(world.partition)) == 0
        assert world.store.zcard(keys.inbox_order(world.partition)) == 0

    in_world(act)


def test_a_push_that_is_read_again_after_a_death_tells_nothing_twice(in_world):
    async def act(world):
        await world.subscribe()
        await world.hub.publish(world.topic, b"one", KIND)
        await read_all(world, reader_of(world, recorded))
        await world.hub.publish(world.topic, b"one", KIND)
        await read_all(world, reader_of(world, recorded))
        assert waiting(world) == 1
        assert world.count("entries") == 1

    in_world(act)


def test_a_push_is_read_at_once_though_nobody_is_looking(in_world):
    async def act(world):
        await world.subscribe()
        woken = asyncio.Event()
        reader = reader_of(world, recorded, woken.set)
        await reader.claim()
        listening = asyncio.create_task(reader.listen(world.connection))
        await world.until(woken.is_set)
        woken.clear()
        await world.hub.publish(world.topic, b"one", KIND)
        await asyncio.wait_for(woken.wait(), 20)
        await reader.claim()
        await world.until(lambda: waiting(world) == 1)
        listening.cancel()
        await reader.close()

    in_world(act)


def test_what_cannot_be_read_has_its_source_polled_but_no_sooner_than_it_may(in_world):
    async def act(world):
        await world.subscribe()
        for judge in (unreadable, fatal):
            polled = now() - timedelta(minutes=1)
            world.store.hset(keys.source(world.source.id), "polled", to_ms(polled))
            world.postpone(timedelta(hours=6))
            await world.hub.publish(world.topic, b"a light ping", "text/plain")
            await read_all(world, reader_of(world, judge))
            assert abs(world.due() - polled - world.source.min_interval) < timedelta(seconds=1)
            assert waiting(world) == 0

    in_world(act)


def test_two_pushes_of_one_source_are_read_one_after_the_other(in_world):
    async def act(world):
        await world.subscribe()
        at_work, most = 0, 0

        async def slowly(push):
            nonlocal at_work, most
            at_work += 1
            most = max(most, at_work)
            await asyncio.sleep(0.02)
            at_work -= 1
            return await recorded(push)

        for body in (b"one", b"two"):
            await world.hub.publish(world.topic, body, KIND)
        await read_all(world, reader_of(world, slowly))
        assert waiting(world) == 2
        assert most == 1

    in_world(act)


def test_a_hub_that_pushes_without_end_does_not_keep_another_source_waiting(in_world):
    async def act(world):
        busy, quiet = (
            Source(
                id=source_id(url),
                url=url,
                name=url,
                min_interval=timedelta(minutes=2),
                max_interval=timedelta(hours=6),
            )
            for url in ("https://busy.example/feed", "https://quiet.example/feed")
        )
        Sources(world.store).put([busy, quiet])
        read = []

        async def push(source, body):
            await world.inbox.accept(source.id, source_partition(source), KIND, body)

        async def busily(push_read):
            read.append(push_read.body)
            await push(busy, f"busy, again {len(read)}".encode())
            return await recorded(push_read)

        for number in range(40):
            await push(busy, f"busy {number}".encode())
        await push(quiet, b"quiet")
        reader = reader_of(world, busily)
        for _ in range(2):
            reader._news = True
            await reader.claim()
            await asyncio.gather(*reader._tasks)
        assert b"quiet" in read
        assert len(read) <= 3

    in_world(act)
