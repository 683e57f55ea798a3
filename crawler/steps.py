"""Steps in the store that must be taken: until they are, what was claimed stays claimed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

_TRY_AGAIN_S = 1.0


async def surely(step: Callable[[], Awaitable[object]]) -> None:
    """Take a step however long the store is away."""
    while True:
        try:
            await step()
        except RedisError as error:
            logger.warning("the store does not answer (%s); trying again", error)
            await asyncio.sleep(_TRY_AGAIN_S)
        else:
            return
