"""Keeps the subscriptions of a shard's sources: asks hubs, renews, changes hubs, leaves."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

import aiohttp
from redis.exceptions import RedisError

from crawler.websub.asking import TIMEOUT_S, ask
from crawler.websub.lease import LEASE, asked, failed, leaving, settled
from crawler.websub.steps import Ask, Leave, Rest, look
from wirewatch import __version__
from wirewatch.config.settings import Settings
from wirewatch.models import now
from wirewatch.network.connecting import guarded_connector
from wirewatch.store.subscriptions import Callback, Held, Subscription, Subscriptions

logger = logging.getLogger(__name__)

_EVERY_S = 1.0
_MOST_AT_ONCE = 64
_PER_HUB = 4
_TOKEN_BYTES = 32
_SECRET_BYTES = 32  # 43 characters: the recommendation allows fewer than 200


class Subscriber:
    """The subscriptions of one crawler.

    Args:
        subscriptions: the store's door.
        partitions: whose sources.
        settings: the configuration, asked anew each time: an edit of ``web.public_url`` takes effect at once.
            Its ``network`` is taken once, as by the crawler itself.
    """

    def __init__(
        self, subscriptions: Subscriptions, partitions: Sequence[int], settings: Callable[[], Settings]
    ) -> None:
        self._subscriptions = subscriptions
        self._partitions = list(partitions)
        self._settings = settings
        self._session: aiohttp.ClientSession | None = None
        self._base: str | None = None
        self._based = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until it is cancelled; then :meth:`close`."""
        while True:
            try:
                await self._begin(now())
            except RedisError as error:
                logger.warning("the store tells of no subscriptions (%s); trying again", error)
            await asyncio.sleep(_EVERY_S)

    async def step(self, moment: datetime) -> int:
        """Take every step that is due at a moment, to its end; how many there were."""
        count = await self._begin(moment)
        await asyncio.gather(*self._tasks)
        return count

    async def close(self) -> None:
        """Ask no more. What was being asked is looked at again by the next process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _begin(self, moment: datetime) -> int:
        base = self._settings().web.public_url
        if not self._based or base != self._base:
            await self._subscriptions.rebase(self._partitions, base)
            self._base, self._based = base, True
        room = _MOST_AT_ONCE - len(self._tasks)
        claimed = await self._subscriptions.claim(self._partitions, room, moment) if room > 0 else []
        for held in claimed:
            task = asyncio.create_task(self._tend(held, base, moment))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return len(claimed)

    async def _tend(self, held: Held, base: str | None, moment: datetime) -> None:
        try:
            await self._take_step(held, base, moment)
        except RedisError as error:
            logger.warning("a subscription is not recorded (%s); trying again", error)
        except Exception:  # what strangers name as a hub must not end the others' subscriptions
            logger.exception("the subscription of source %s", held.source_id)

    async def _take_step(self, held: Held, base: str | None, moment: datetime) -> None:
        """One step; what comes after it is claimed again."""
        subscription = settled(held.subscription, held.wanted, base, moment)
        step = look(subscription, held.wanted, base, moment)
        if isinstance(step, Rest):
            await self._subscriptions.put(held, subscription, step.until)
        elif isinstance(step, Leave):
            subscription = leaving(subscription, step.callback.token, moment)
            if await self._put(held, subscription, base, moment):
                await self._leave(step.callback)
        elif base is not None:
            await self._ask(held, subscription, step, base, moment)

    async def _ask(
        self, held: Held, subscription: Subscription, step: Ask, base: str, moment: datetime
    ) -> None:
        token, secret = secrets.token_urlsafe(_TOKEN_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
        subscription = asked(subscription, step.hub, step.topic, token, secret, base, moment)
        callback = subscription.callbacks[-1]
        # Written first: the hub may ask back before it answers.
        if not await self._put(held, subscription, base, moment):
            return
        form = _form(callback, "subscribe") | {"hub.lease_seconds": str(round(LEASE.total_seconds()))}
        if callback.secret:
            form["hub.secret"] = callback.secret
        why = await ask(self._hubs(), step.hub, form)
        if why is None:
            return
        # Hubs quote what they were sent, and this is read by people and kept in logs.
        why = why.replace(token, "…").replace(secret, "…")
        logger.info("no subscription to %s: %s", step.topic, why)
        hubs = held.wanted.hubs if held.wanted else ()
        while True:
            current = await self._subscriptions.of_source(held.source_id, held.partition)
            without = failed(current.subscription, token, why, hubs, moment)
            if without is current.subscription or await self._subscriptions.put(current, without, moment):
                return

    async def _leave(self, callback: Callback) -> None:
        why = await ask(self._hubs(), callback.hub, _form(callback, "unsubscribe"))
        if why is not None:
            logger.info("not unsubscribed from %s: %s", callback.topic, why)

    async def _put(self, held: Held, subscription: Subscription, base: str | None, moment: datetime) -> bool:
        step = look(subscription, held.wanted, base, moment)
        return await self._subscriptions.put(
            held, subscription, step.until if isinstance(step, Rest) else moment
        )

    def _hubs(self) -> aiohttp.ClientSession:
        if self._session is None:
            network = self._settings().network
            self._session = aiohttp.ClientSession(
                connector=guarded_connector(network.allow, limit=_MOST_AT_ONCE, limit_per_host=_PER_HUB),
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_S),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers={
                    "User-Agent": f"Wirewatch/{__version__} (+{network.contact})",
                    "Accept-Encoding": "identity",
                },
            )
        return self._session


def _form(callback: Callback, mode: str) -> dict[str, str]:
    return {"hub.callback": callback.url, "hub.mode": mode, "hub.topic": callback.topic}
