"""The sweeper's process: one sweeps at a time, however many are started."""

import logging
from collections.abc import Sequence

from redis import Redis
from redis.exceptions import RedisError

from console.run.stopping import StopSignal
from wirewatch.config.live import LiveSettings
from wirewatch.models import Notice, now
from wirewatch.store.notices import Notices
from wirewatch.store.sweep import Sweeper
from workers.alerts.notice import line
from workers.notices import HOUR, is_time, notices_of

logger = logging.getLogger(__name__)

_EVERY_S = 2.0


def sweep_until_stopped(connection: Redis, live: LiveSettings) -> None:
    """Every two seconds enqueue what was lost, and make notices of flags; until SIGINT or SIGTERM."""
    stop = StopSignal()
    sweeper = Sweeper(connection)
    notices = Notices(connection)
    while not stop.wait(_EVERY_S):
        live.refresh()
        try:
            if not sweeper.hold_lock():
                continue
            swept = sweeper.sweep()
            told = tell(notices, live.current.operator)
        except RedisError as error:
            logger.warning("the store does not answer (%s); trying again", error)
            continue
        if swept.stories or swept.deliveries:
            logger.warning(
                "enqueued again what was lost: %d stories, %d deliveries", swept.stories, swept.deliveries
            )
        for notice in told:
            logger.log(logging.WARNING if notice.flag else logging.INFO, "%s", line(notice))
    sweeper.release()


def tell(notices: Notices, operator: Sequence[str]) -> list[Notice]:
    """Make notices of the changes that wait, if it is time; returns those that were made here.

    Args:
        notices: the store's.
        operator: the destinations that are to be told; if none, notices are made all the same, and listed.
    """
    oldest = notices.oldest_change()
    if oldest is None:
        return []
    lately = notices.made_within(HOUR)
    if not is_time(oldest, lately, now()):
        return []
    changes = notices.changes()
    made = notices_of(changes.read, lately)
    return made if notices.record(changes, made, list(dict.fromkeys(operator))) else []
