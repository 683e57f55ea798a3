"""Being woken by the web part when a push has come."""

import asyncio
import logging
from collections.abc import AsyncIterator

from redis.asyncio import Redis
from redis.exceptions import RedisError

from wirewatch.store import keys

logger = logging.getLogger(__name__)

_LISTEN_S = 5.0
_TRY_AGAIN_S = 1.0


async def wakes(connection: Redis) -> AsyncIterator[int | None]:
    """The partitions in whose inboxes something new is, as it comes; for ever, however often the store goes.

    None comes first, and after each loss of the connection: something may have come unheard.
    """
    while True:
        try:
            async with connection.pubsub(ignore_subscribe_messages=True) as ear:
                await ear.subscribe(keys.WAKE)
                yield None
                while True:
                    message = await ear.get_message(timeout=_LISTEN_S)
                    if message is not None:
                        yield int(message["data"])
        except (RedisError, OSError) as error:
            logger.info("not woken for now (%s): pushes are looked for each second", error)
            await asyncio.sleep(_TRY_AGAIN_S)
