"""How much the store holds for many sources: printed (``pytest -s``), for the figures of the docs."""

import asyncio

from wirewatch.ids import PARTITIONS
from wirewatch.store.carried import Carried, packed
from wirewatch.store.connection import connect_async
from wirewatch.store.polls import Polls

SOURCES = 10_000
ENTRIES = 30
AT_ONCE = 40


def test_memory_of_ten_thousand_sources(store, store_url, sources, make_source, make_entry, make_poll):
    store.config_set("appendfsync", "no")  # nothing is killed here
    try:
        empty = store.info("memory")["used_memory"]
        some = [make_source(n) for n in range(SOURCES)]
        sources.put(some)
        known = store.info("memory")["used_memory"]
        asyncio.run(_poll(store_url, [], some, make_poll))
        polled = store.info("memory")["used_memory"]
        asyncio.run(_poll(store_url, [make_entry(n) for n in range(ENTRIES)], some, make_poll))
        seen = store.info("memory")["used_memory"]
    finally:
        store.config_set("appendfsync", "always")
    print(f"\nstore: {(known - empty) / SOURCES:.0f} bytes for each source,", end=" ")
    print(f"{(polled - empty) / SOURCES:.0f} once it was polled,", end=" ")
    print(f"{(seen - polled) / SOURCES / ENTRIES:.0f} for each entry that it carries")
    assert len(sources.states()) == SOURCES


async def _poll(url, entries, sources, make_poll):
    connection = connect_async(url)
    polls = Polls(connection, range(PARTITIONS))
    silent = frozenset(entry.id for entry in entries)
    learned = {"etag": b'"5f3c-61f0a9b2c3d40"', "last_modified": b"Tue, 24 Nov 2026 21:00:00 GMT"}
    learned |= {"body_hash": "0" * 32, "kind": "feed", "route": "split", "base": "outlet.example"}
    learned |= {"rhythm": f"12.3456;86400;3600;7200;42;{'0123456789ABCDEFGHIJKLMN'}"}
    learned |= {"last_new": "1795576179689", "last_full": "1795576179689"}
    marks = (b"5byte", b"s eac", b"h....", b".....")
    carried = packed(Carried(b"8 bytes!", entry.id, marks) for entry in entries) or None
    for at in range(0, len(sources), AT_ONCE):
        await asyncio.gather(
            *(
                polls.record(
                    make_poll(*entries, source=source, silent=silent, learned=learned, carried=carried)
                )
                for source in sources[at : at + AT_ONCE]
            )
        )
    await connection.aclose()
