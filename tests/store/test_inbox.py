"""Pushes in the store: what was taken in is there, whatever dies."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from wirewatch.ids import PARTITIONS
from wirewatch.store.connection import connect, connect_async
from wirewatch.store.inbox import Inbox, Reception
from wirewatch.store.sources import Sources, source_partition

ALL = range(PARTITIONS)


@pytest.fixture
def in_inbox(store_url):
    """Run a coroutine function on an inbox of all partitions."""

    @asynccontextmanager
    async def opened():
        async with connect_async(store_url) as connection:
            yield Inbox(connection, ALL)

    def run(act):
        async def whole():
            async with opened() as inbox:
                await act(inbox)

        asyncio.run(whole())

    return run


@pytest.fixture
def watched(sources, make_source):
    """So many watched sources, in the order of their partitions."""

    def make(count):
        made = sorted((make_source(number) for number in range(count)), key=source_partition)
        sources.put(made)
        return made

    return make


async def push(inbox, source, body):
    assert await inbox.accept(source.id, source_partition(source), None, body) is Reception.TAKEN


def bodies(pushes):
    return [one.body for one in pushes]


def test_a_push_that_was_taken_in_survives_a_store_that_is_killed_the_next_instant(
    make_store_server, make_source
):
    server, source = make_store_server(), make_source()

    async def take_in():
        async with connect_async(server.url) as connection:
            return await Inbox(connection).accept(source.id, source_partition(source), None, b"<rss/>")

    async def look():
        async with connect_async(server.url) as connection:
            return await Inbox(connection, ALL).claim(10, ())

    with connect(server.url) as connection:
        Sources(connection).put([source])
    assert asyncio.run(take_in()) is Reception.TAKEN
    server.kill()
    server.start()
    (push,) = asyncio.run(look())
    assert push.body == b"<rss/>"
    assert push.content_type is None
    assert push.state.source == source


def test_pushes_of_a_source_are_claimed_one_at_a_time_oldest_first(in_inbox, watched):
    (source,) = watched(1)

    async def act(inbox):
        for body in (b"one", b"two", b"three"):
            await push(inbox, source, body)
            await asyncio.sleep(0.002)  # what comes within one millisecond has no order
        (first,) = await inbox.claim(10, ())
        assert first.body == b"one"
        assert await inbox.claim(10, [source.id]) == []
        await inbox.drop(first, first.received)
        assert bodies(await inbox.claim(10, ())) == [b"two"]

    in_inbox(act)


def test_a_source_whose_hub_pushes_without_end_holds_nobody_up(in_inbox, watched):
    busy, quiet = watched(2)

    async def act(inbox):
        for number in range(40):
            await push(inbox, busy, str(number).encode())
        await push(inbox, quiet, b"news")
        assert sorted(bodies(await inbox.claim(10, ()))) == [b"0", b"news"]
        assert bodies(await inbox.claim(10, [busy.id])) == [b"news"]

    in_inbox(act)


def test_a_busy_source_holds_none_of_its_own_partition_up_either(in_inbox, sources, make_source):
    busy, quiet = (make_source(f"https://outlet.example/{name}") for name in ("busy", "quiet"))
    sources.put([busy, quiet])

    async def act(inbox):
        for number in range(40):
            await push(inbox, busy, str(number).encode())
        await push(inbox, quiet, b"news")
        assert bodies(await inbox.claim(10, ())) == [b"0", b"news"]
        assert bodies(await inbox.claim(10, [busy.id])) == [b"news"]

    in_inbox(act)


def test_where_more_is_pushed_than_can_be_read_each_partition_comes_first_in_its_turn(in_inbox, watched):
    chosen = watched(5)
    assert len({source_partition(source) for source in chosen}) == len(chosen)

    async def act(inbox):
        for source in chosen:
            await push(inbox, source, source.id.encode())
        claimed = [await inbox.claim(1, ()) for _ in ALL]
        assert {one.state.source.id for (one,) in claimed} == {source.id for source in chosen}

    in_inbox(act)


def test_no_more_is_claimed_than_there_is_room_for(in_inbox, watched, monkeypatch):
    chosen = watched(4)

    async def act(inbox):
        for source in chosen:
            await push(inbox, source, b"x" * 1000)
        assert len(await inbox.claim(3, ())) == 3
        monkeypatch.setattr("wirewatch.store.inbox._CLAIM_BYTES", 2500)
        assert len(await inbox.claim(10, ())) == 2
        monkeypatch.setattr("wirewatch.store.inbox._CLAIM_BYTES", 10)
        assert len(await inbox.claim(10, ())) == 1

    in_inbox(act)
