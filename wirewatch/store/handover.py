"""Door B: pages are handed over to the workers."""

import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import WatchError

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

    That is its facts as one line of JSON, the sizes of its parts as another, then their bytes as received.
    """
    facts = page.model_dump_json(exclude={"html", "further"}).encode()
    parts = [page.html or b"", *page.further]
    sizes = " ".join(str(len(part)) for part in parts).encode()
    packed = zlib.compress(b"".join((facts, b"\n", sizes, b"\n", *parts)), _FAST)
    return page.entry.revision.encode() + b"\n" + packed


def unpack(data: bytes) -> Page:
    """The page that :func:`pack` was given."""
    facts, _, rest = zlib.decompress(data.partition(b"\n")[2]).partition(b"\n")
    page = Page.model_validate_json(facts)
    if page.reason is not None:
        return page
    sizes, _, rest = rest.partition(b"\n")
    ends = list(accumulate(int(size) for size in sizes.split()))
    html, *further = (rest[begin:end] for begin, end in pairwise([0, *ends]))
    return page.model_copy(update={"html": html, "further": tuple(further)})


def hand_over(connection: Redis, pages: Sequence[Page], *, again: bool = False) -> None:
    """Door B: the pages stored, one job enqueued for them, their entries acknowledged, in one transaction.

    Its answer may be lost, and a transaction that is sent twice would queue its job twice. So the pages are
    watched: then the client does not send it again by itself, and of two of them only one is carried out.

    Args:
        connection: to the store.
        pages: whose entries were claimed.
        again: it may have been carried out before; of these entries only those are handed over that are
            still claimed.

    Raises:
        RedisError: the store does not answer; it may have been carried out.
    """
    left = list(pages)
    while left:
        with connection.pipeline() as pipe:
            try:
                pipe.watch(*(keys.page(page.entry.id) for page in left))  # type: ignore[no-untyped-call]
                left = [page for page in left if not again or _is_claimed(pipe, page)]
                if left:
                    _carry_out(connection, pipe, left)
            except WatchError:  # the answer was lost, or one was decided in this instant
                again = True
            else:
                return


def _is_claimed(pipe: Pipeline, page: Page) -> bool:
    return pipe.zscore(keys.fetching(page_partition(page.entry)), page.entry.id) is not None


def _carry_out(connection: Redis, pipe: Pipeline, pages: Sequence[Page]) -> None:
    now = now_ms()
    packed = [(page.entry, pack(page)) for page in pages]
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
