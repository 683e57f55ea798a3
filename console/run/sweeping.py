"""The sweeper's process: one sweeps at a time, however many are started."""

import logging

from redis import Redis
from redis.exceptions import RedisError

from console.run.stopping import StopSignal
from wirewatch.store.sweep import Sweeper

logger = logging.getLogger(__name__)

_EVERY_S = 2.0


def sweep_until_stopped(connection: Redis) -> None:
    """Sweep every two seconds until SIGINT or SIGTERM."""
    stop = StopSignal()
    sweeper = Sweeper(connection)
    while not stop.wait(_EVERY_S):
        try:
            if not sweeper.hold_lock():
                continue
            swept = sweeper.sweep()
        except RedisError as error:
            logger.warning("the store does not answer (%s); trying again", error)
            continue
        if swept.stories or swept.deliveries:
            logger.warning(
                "enqueued again what was lost: %d stories, %d deliveries", swept.stories, swept.deliveries
            )
    sweeper.release()
