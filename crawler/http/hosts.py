"""Hosts that asked us to slow down (429, or 503 with Retry-After), and until when.

The whole host is left alone, its feeds and its pages. Looking is free: all is in memory. What is learned is
kept in the store as well, so that a restart forgets nothing.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from redis.exceptions import RedisError
from scrapy.crawler import Crawler

from crawler.http.answers import MOST_RETRY_AFTER, TOO_MANY, UNAVAILABLE, retry_after, status_words
from wirewatch.store.pauses import Pause

logger = logging.getLogger(__name__)

_FIRST = timedelta(minutes=1)
_LONGEST_UNASKED = timedelta(hours=1)
_SHORTEST = timedelta(seconds=1)
_MOST_HOSTS = 10_000


class Keeper(Protocol):
    """Where pauses outlive the process: :class:`wirewatch.store.pauses.Pauses`."""

    async def load(self, now: datetime) -> Mapping[str, Pause]:
        """The pauses kept for this process's hosts."""

    async def keep(self, host: str, pause: Pause, now: datetime) -> None:
        """Keep the pause of a host."""

    async def forget(self, host: str) -> None:
        """Forget the pause of a host."""


def pause_for(in_a_row: int, asked: timedelta | None) -> timedelta:
    """How long a host is left alone.

    Args:
        in_a_row: how often it has asked us to slow down since it last answered well, this time included.
        asked: its Retry-After; None: a minute, doubled each time, up to an hour.
    """
    if asked is None:
        doublings: int = min(in_a_row - 1, 10)
        return min(_FIRST * (1 << doublings), _LONGEST_UNASKED)
    return min(max(asked, _SHORTEST), MOST_RETRY_AFTER)


class HostPauses:
    """The pauses of the hosts that one crawler asks.

    Args:
        keeper: where they outlive the process; None: nowhere, as in a one-off crawl.
    """

    def __init__(self, keeper: Keeper | None = None) -> None:
        self._keeper = keeper
        self._pauses: dict[str, Pause] = {}
        self._unkept: dict[str, Pause | None] = {}  # what changed; None: forgotten
        self._keeping: asyncio.Task[None] | None = None

    @classmethod
    def of(cls, crawler: Crawler) -> "HostPauses":
        """The ``hosts`` of the crawler's spider; new ones, where it has none."""
        found = getattr(crawler.spider, "hosts", None)
        return found if isinstance(found, cls) else cls()

    async def load(self, now: datetime) -> None:
        """Take over what a predecessor learned.

        Raises:
            RedisError: if the store does not answer.
        """
        if self._keeper is not None:
            self._pauses |= await self._keeper.load(now)

    def __contains__(self, host: str) -> bool:
        """Whether a host has asked to slow down and not answered well since."""
        return host in self._pauses

    def paused_until(self, host: str, now: datetime) -> datetime | None:
        """When a host may be asked again; None: now."""
        pause = self._pauses.get(host)
        return pause.until if pause is not None and pause.until > now else None

    def pause(self, host: str, until: datetime, reason: str, now: datetime | None = None) -> None:
        """Leave a host alone until a time, at most a day from now. A longer pause is never shortened."""
        now = now or datetime.now(UTC)
        before = self._pauses.get(host)
        until = min(until, now + MOST_RETRY_AFTER)
        if before is not None and before.until > until:
            return
        if before is None and len(self._pauses) >= _MOST_HOSTS:
            self._drop_soonest()
        self._pauses[host] = made = Pause(until, _in_a_row(before, now))
        logger.info("%s: %s; left alone until %s", host, reason, until.isoformat(timespec="seconds"))
        self._keep(host, made, now)

    def heard(self, host: str, status: int, asked: bytes | None, now: datetime | None = None) -> None:
        """Take in what a host answered: a pause begins, or an old one is forgotten.

        Args:
            host: in lower case, without a port.
            status: of its answer.
            asked: its Retry-After header, as received.
            now: if not the time of the call.
        """
        before = self._pauses.get(host)
        if status not in (TOO_MANY, UNAVAILABLE):
            if before is not None:
                self._well(host, before, now or datetime.now(UTC))
            return
        now = now or datetime.now(UTC)
        pause = retry_after(asked, now)
        if status == TOO_MANY or pause is not None:
            self.pause(host, now + pause_for(_in_a_row(before, now), pause), status_words(status), now)

    def _well(self, host: str, before: Pause, now: datetime) -> None:
        # What was on the wire when the pause began may still be answered well.
        if before.until <= now:
            del self._pauses[host]
            self._keep(host, None, now)

    def _drop_soonest(self) -> None:
        """Make room: what ends first is missed least."""
        ends = sorted(self._pauses, key=lambda host: self._pauses[host].until)
        for host in ends[: _MOST_HOSTS // 10]:
            del self._pauses[host]

    def _keep(self, host: str, pause: Pause | None, now: datetime) -> None:
        if self._keeper is None:
            return
        self._unkept[host] = pause
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.ensure_future(self._keep_all(self._keeper, now))

    async def _keep_all(self, keeper: Keeper, now: datetime) -> None:
        """One after the other: a pause and its end must not overtake one another."""
        while self._unkept:
            host, pause = self._unkept.popitem()
            try:
                if pause is None:
                    await keeper.forget(host)
                else:
                    await keeper.keep(host, pause, now)
            except RedisError as error:
                # It holds in memory; only a restart would forget it.
                logger.warning("the store does not keep that %s is left alone (%s)", host, error)

    async def close(self) -> None:
        """Wait until what was learned is kept."""
        if self._keeping is not None:
            await self._keeping


def _in_a_row(before: Pause | None, now: datetime) -> int:
    """How often a host has asked to be left alone, this time included; within a pause it is no new time."""
    if before is None:
        return 1
    return before.in_a_row if before.until > now else before.in_a_row + 1
