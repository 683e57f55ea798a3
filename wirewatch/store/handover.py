"""Door B: pages are handed over to the workers."""

import zlib
from collections.abc import Sequence

from redis import Redis

from wirewatch.models import Page
from wirewatch.store import keys
from wirewatch.store.clock import now_ms
from wirewatch.store.frontier import page_partition
from wirewatch.store.queues import enqueue_stories
from wirewatch.store.script import add_script

# What waits longer than this for a worker's first touch is looked at by the sweeper.
LOST_AFTER_MS = 15_000
_FAST = 1  # zlib's level: 300 kB of HTML to a sixth in some 4 ms, outside the interpreter's lock


def pack(page: Page) -> bytes:
    """A page as the store keeps it: a line with its entry's revision, for door C; the rest is compressed.

    That is its facts as one line of JSON, then the bytes as received.
    """
    facts = page.model_dump_json(exclude={"html"})
    packed = zlib.compress(facts.encode() + b"\n" + (page.html or b""), _FAST)
    return page.entry.revision.encode() + b"\n" + packed


def unpack(data: bytes) -> Page:
    """The page that :func:`pack` was given."""
    facts, _, html = zlib.decompress(data.partition(b"\n")[2]).partition(b"\n")
    page = Page.model_validate_json(facts)
    return page.model_copy(update={"html": html}) if page.reason is None else page


def hand_over(connection: Redis, pages: Sequence[Page]) -> None:
    """Door B: the pages stored, one job enqueued for them, their entries acknowledged, in one transaction."""
    now = now_ms()
    packed = [(page.entry, pack(page)) for page in pages]
    with connection.pipeline() as pipe:
        pipe.multi()
        job = enqueue_stories(connection, pipe, [entry.id for entry, _ in packed])
        for entry, data in packed:
            p = page_partition(entry)
            pipe.set(keys.page(entry.id), data)
            pipe.zadd(keys.WAITING_STORIES, {entry.id: now + LOST_AFTER_MS})
            pipe.hset(keys.STORY_JOBS, entry.id, job)
            own_keys = [keys.fetching(p), keys.frontier(p), keys.entries(p), keys.tries(p)]
            add_script(pipe, "acknowledge_page", own_keys, [entry.id])
        pipe.hincrby(keys.COUNTERS, "handed_over", len(packed))
        pipe.execute()
