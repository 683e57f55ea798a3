"""Counts for people: what the state line, ``wirewatch status`` and the scoreboard show."""

from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis

from wirewatch.ids import PARTITIONS
from wirewatch.store import keys
from wirewatch.store.queues import ALERTS, STORIES, queue


@dataclass(frozen=True, slots=True)
class Figures:
    """The state of the whole, at one moment.

    Attributes:
        counters: polls, failed_polls, entries, edits, handed_over, decided, matched, alerts, delivered,
            parked, failed_attempts, swept_stories, swept_deliveries: since the store began.
    """

    counters: dict[str, int]
    sources: int
    failing: int
    to_fetch: int
    waiting_stories: int
    waiting_deliveries: int
    set_aside: int
    queued_stories: int
    queued_deliveries: int

    def count(self, name: str) -> int:
        """A counter by name; zero where nothing was counted yet."""
        return self.counters.get(name, 0)


def figures(connection: Redis, partitions: Sequence[int] = range(PARTITIONS)) -> Figures:
    """Read them in two round trips."""
    with connection.pipeline(transaction=False) as pipe:
        pipe.hgetall(keys.COUNTERS)
        pipe.scard(keys.FAILING)
        pipe.zcard(keys.WAITING_STORIES)
        pipe.zcard(keys.WAITING_DELIVERIES)
        pipe.hlen(keys.SET_ASIDE)
        for p in partitions:
            pipe.scard(keys.sources(p))
            pipe.zcard(keys.frontier(p))
            pipe.zcard(keys.fetching(p))
        counters, failing, stories, deliveries, set_aside, *per_partition = pipe.execute()
    return Figures(
        counters={name.decode(): int(value) for name, value in counters.items()},
        sources=sum(per_partition[::3]),
        failing=failing,
        to_fetch=sum(per_partition[1::3]) + sum(per_partition[2::3]),
        waiting_stories=stories,
        waiting_deliveries=deliveries,
        set_aside=set_aside,
        queued_stories=queue(connection, STORIES).count,
        queued_deliveries=queue(connection, ALERTS).count,
    )
