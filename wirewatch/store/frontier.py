"""Entries whose pages are to be fetched."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from secrets import token_hex

from redis.asyncio import Redis

from wirewatch.ids import partition
from wirewatch.models import Entry
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms
from wirewatch.store.script import source_of
from wirewatch.text.urls import host

# So that one partition's thousand new stories leave room for all others'.
_MOST_OF_A_PARTITION = 256


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose page is asked for, and how often it was in vain."""

    entry: Entry
    tries: int


def page_partition(entry: Entry) -> int:
    """The partition that owns an entry's page: that of the page's host."""
    return partition(host(entry.url))


class Frontier:
    """The frontier of one shard."""

    def __init__(self, connection: Redis, partitions: Sequence[int]) -> None:
        self._connection = connection
        self._claim = connection.register_script(source_of("claim_pages"))
        self._last_claim = keys.claimed_pages(min(partitions))
        self._keys = deque(
            (keys.frontier(p), keys.fetching(p), keys.entries(p), keys.tries(p)) for p in partitions
        )

    async def claim(self, limit: int) -> tuple[list[Waiting], datetime | None]:
        """Claim up to ``limit`` entries; and when the next may be fetched."""
        self._keys.rotate(-1)  # as in Polls.claim
        script_keys = [self._last_claim, *chain.from_iterable(self._keys)]
        arguments: list[str | int] = [now_ms(), limit, token_hex(8), _MOST_OF_A_PARTITION]
        soonest, *claimed = await self._claim(keys=script_keys, args=arguments)
        waiting = [Waiting(Entry.model_validate_json(text), int(tries)) for text, tries in claimed]
        return waiting, from_ms(soonest) if soonest >= 0 else None

    async def try_again(self, entry: Entry, pause: timedelta, tries: int) -> None:
        """Put an entry back whose page did not come, to be fetched after a pause.

        Args:
            entry: which was claimed.
            pause: from now.
            tries: how often it was asked for in vain by now. Told, not counted here: a step whose answer was
                lost is taken twice.
        """
        p = page_partition(entry)
        at = now_ms() + round(pause.total_seconds() * 1000)
        async with self._connection.pipeline() as pipe:
            pipe.zrem(keys.fetching(p), entry.id)
            pipe.zadd(keys.frontier(p), {entry.id: at})
            if tries:
                pipe.hset(keys.tries(p), entry.id, tries)
            await pipe.execute()

    async def size(self) -> int:
        """How many entries wait or are being fetched."""
        async with self._connection.pipeline(transaction=False) as pipe:
            for frontier, fetching, *_ in self._keys:
                pipe.zcard(frontier)
                pipe.zcard(fetching)
            return sum(await pipe.execute())
