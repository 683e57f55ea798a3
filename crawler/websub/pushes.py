"""Reads what hubs have pushed, and records it at door A."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

from wirewatch.ids import SourceId
from wirewatch.models import now
from wirewatch.store.inbox import Inbox, Push
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.wakes import wakes

logger = logging.getLogger(__name__)

_MOST_AT_ONCE = 16
_LOOK_EVERY_S = 1.0  # even if nobody wakes us


class PushReader:
    """The pushes of one crawler.

    Args:
        inbox: the store's door, of the crawler's partitions.
        polls: the door that records.
        judge: the record that a push leads to; None: it cannot be read.
        woken: called when a push has come, and when one is recorded.
    """

    def __init__(
        self,
        inbox: Inbox,
        polls: Polls,
        judge: Callable[[Push], Awaitable[Poll | None]],
        woken: Callable[[], None],
    ) -> None:
        self._inbox = inbox
        self._polls = polls
        self._judge = judge
        self._woken = woken
        self._news = True
        self._look_at = 0.0
        self._in_hand: set[SourceId] = set()  # sources, of each of which one push is being read
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def in_flight(self) -> int:
        """Pushes that were claimed and are not recorded."""
        return len(self._tasks)

    async def claim(self) -> None:
        """Begin to read what has come; without a look at the store where nothing can have."""
        if not self._news and time.monotonic() < self._look_at:
            return
        room = _MOST_AT_ONCE - len(self._in_hand)
        if room <= 0:
            return
        self._news, self._look_at = False, time.monotonic() + _LOOK_EVERY_S
        for push in await self._inbox.claim(room, self._in_hand):
            self._in_hand.add(push.state.source.id)
            task = asyncio.create_task(self._read(push))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def listen(self, connection: Redis) -> None:
        """Wake the crawler whenever the web part has taken a push in; until it is cancelled."""
        async for _ in wakes(connection):
            self._news = True
            self._woken()

    async def close(self) -> None:
        """Read no more; what is in hand stays in the inbox."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _read(self, push: Push) -> None:
        try:
            poll = await self._judged(push)
            if poll is None:
                await self._poll_instead(push)
            else:
                await self._polls.record(poll)
        except RedisError as error:
            logger.warning("the store takes no pushes (%s); trying again", error)
            return  # it is in the inbox still, and is claimed again
        finally:
            self._in_hand.discard(push.state.source.id)
        self._news = True
        self._woken()

    async def _judged(self, push: Push) -> Poll | None:
        try:
            return await self._judge(push)
        except RedisError:
            raise
        except Exception:  # whatever a stranger's document does to a parser, the inbox must not keep it
            logger.exception("a push of %s", push.state.source.url)
            return None

    async def _poll_instead(self, push: Push) -> None:
        state, moment = push.state, now()
        logger.info("a push of %s cannot be read: polling it instead", state.source.url)
        soonest = state.polled + state.source.min_interval if state.polled else moment
        await self._inbox.drop(push, max(moment, soonest))
