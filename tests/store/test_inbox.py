"""Pushes in the store: what was taken in is there, whatever dies."""

import asyncio

from wirewatch.ids import PARTITIONS
from wirewatch.store.connection import connect, connect_async
from wirewatch.store.inbox import Inbox, Reception
from wirewatch.store.sources import Sources, source_partition


def test_a_push_that_was_taken_in_survives_a_store_that_is_killed_the_next_instant(
    make_store_server, make_source
):
    server, source = make_store_server(), make_source()

    async def take_in():
        async with connect_async(server.url) as connection:
            return await Inbox(connection).accept(source.id, source_partition(source), None, b"<rss/>")

    async def look():
        async with connect_async(server.url) as connection:
            return await Inbox(connection, range(PARTITIONS)).claim(10, ())

    with connect(server.url) as connection:
        Sources(connection).put([source])
    assert asyncio.run(take_in()) is Reception.TAKEN
    server.kill()
    server.start()
    (push,) = asyncio.run(look())
    assert push.body == b"<rss/>"
    assert push.content_type is None
    assert push.state.source == source
