"""The two halves of WebSub in one crawler: what it asks of hubs, and what they have pushed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from redis.asyncio import Redis

from crawler.websub.pushes import PushReader
from crawler.websub.subscriber import Subscriber
from wirewatch.config.settings import Settings
from wirewatch.store.inbox import Inbox, Push
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.subscriptions import Subscriptions


class WebSub:
    """Subscribes to the hubs of a shard's sources, and reads what they push.

    Args:
        connection: the store's.
        partitions: the shard's.
        polls: the door that records.
        judge: the record that a push leads to; None: it cannot be read.
        woken: called when a push has come, and when one is recorded.
        settings: the configuration, asked anew each time.
    """

    def __init__(
        self,
        connection: Redis,
        partitions: Sequence[int],
        polls: Polls,
        judge: Callable[[Push], Awaitable[Poll | None]],
        woken: Callable[[], None],
        settings: Callable[[], Settings],
    ) -> None:
        self._pushes = PushReader(Inbox(connection, partitions), polls, judge, woken)
        self._subscriber = Subscriber(Subscriptions(connection), partitions, settings)
        self._tasks = [
            asyncio.create_task(self._subscriber.run()),
            asyncio.create_task(self._pushes.listen(connection)),
        ]

    async def claim(self) -> None:
        """Begin to read what has come."""
        await self._pushes.claim()

    async def close(self) -> None:
        """Ask and read no more; what is in hand is begun again by the next process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._subscriber.close()
        await self._pushes.close()
