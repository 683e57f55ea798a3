"""What waited too long is enqueued again. RQ carries, the store remembers.

A job can be lost with its worker, in a registry that forgot it, or in a queue emptied by hand. Steps are
repeatable, so that enqueuing twice is harmless; but a long queue is no loss, so a job that still
waits in it is left there.
"""

from dataclasses import dataclass
from secrets import token_hex

from redis import Redis

from wirewatch.ids import DeliveryId, EntryId
from wirewatch.store import keys
from wirewatch.store.clock import now_ms
from wirewatch.store.handover import LOST_AFTER_MS
from wirewatch.store.queues import enqueue_delivery, enqueue_stories, queued_deliveries, queued_stories
from wirewatch.store.reply import text, texts
from wirewatch.store.script import source_of

_AT_ONCE = 500
# RQ's scheduler hands a planned attempt over within a second or two of its time.
_SCHEDULER_GRACE_MS = 3_000
_DELIVERY_AGAIN_MS = 10_000
_LOCK_MS = 10_000


@dataclass(frozen=True, slots=True)
class Swept:
    """How many were enqueued again."""

    stories: int
    deliveries: int


class Sweeper:
    """One at a time, by a lock that its process renews."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection
        self._me = token_hex(8)
        self._renew = connection.register_script(source_of("renew_lock"))

    def hold_lock(self) -> bool:
        """Whether this process is the one that sweeps, now and for the next seconds."""
        return bool(self._renew(keys=[keys.SWEEPER_LOCK], args=[self._me, _LOCK_MS]))

    def release(self) -> None:
        """Let another sweeper take over at once."""
        self._renew(keys=[keys.SWEEPER_LOCK], args=[self._me, 1])

    def sweep(self) -> Swept:
        """Enqueue again what was lost."""
        return Swept(self._stories(), self._deliveries())

    def _stories(self) -> int:
        now = now_ms()
        overdue = texts(
            self._connection.zrangebyscore(keys.WAITING_STORIES, "-inf", now, start=0, num=_AT_ONCE)
        )
        if not overdue:
            return 0
        jobs = self._connection.hmget(keys.STORY_JOBS, overdue)
        queued = queued_stories(self._connection)
        lost = [
            EntryId(one)
            for one, job in zip(overdue, jobs, strict=True)
            if job is None or text(job) not in queued
        ]
        with self._connection.pipeline() as pipe:
            pipe.multi()
            pipe.zadd(keys.WAITING_STORIES, dict.fromkeys(overdue, now + LOST_AFTER_MS), xx=True)
            # Each alone: what was lost with its worker may be what killed it.
            for one in lost:
                pipe.hset(keys.STORY_JOBS, one, enqueue_stories(self._connection, pipe, [one]))
            pipe.hincrby(keys.COUNTERS, "swept_stories", len(lost))
            pipe.execute()
        return len(lost)

    def _deliveries(self) -> int:
        now = now_ms()
        overdue = texts(
            self._connection.zrangebyscore(
                keys.WAITING_DELIVERIES, "-inf", now - _SCHEDULER_GRACE_MS, start=0, num=_AT_ONCE
            )
        )
        if not overdue:
            return 0
        queued = queued_deliveries(self._connection)
        lost = [DeliveryId(one) for one in overdue if one not in queued]
        with self._connection.pipeline() as pipe:
            pipe.multi()
            pipe.zadd(keys.WAITING_DELIVERIES, dict.fromkeys(overdue, now + _DELIVERY_AGAIN_MS), xx=True)
            for one in lost:
                enqueue_delivery(self._connection, pipe, one)
            pipe.hincrby(keys.COUNTERS, "swept_deliveries", len(lost))
            pipe.execute()
        return len(lost)
