"""The daemon's spider: polls what is due, fetches the pages of what is new, hands them over."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import scrapy
from redis.exceptions import RedisError
from scrapy import signals
from scrapy.crawler import Crawler

from crawler.fetcher import Fetcher
from crawler.handover import Handover
from crawler.http.hosts import HostPauses
from crawler.poller import Poller
from crawler.websub.both import WebSub
from wirewatch.config.live import LiveSettings
from wirewatch.config.settings import Polling
from wirewatch.config.watched import file_sources
from wirewatch.errors import StoreError, WirewatchError
from wirewatch.ids import PARTITIONS
from wirewatch.models import now
from wirewatch.store.connection import connect, connect_async, store_url_of
from wirewatch.store.frontier import Frontier
from wirewatch.store.owners import Ownership
from wirewatch.store.pauses import Pauses
from wirewatch.store.polls import Polls
from wirewatch.store.sources import Sources

logger = logging.getLogger(__name__)

_LONGEST_SLEEP_S = 1.0
_SHORTEST_SLEEP_S = 0.005
_GATHER_S = 0.005
_LONG_ASLEEP_S = 10.0  # less than an owner may be silent: see wirewatch.store.owners
_KEEP_HOUSE_EVERY_S = 1.0  # an edit of the configuration is seen within a second


def partitions_of(shard: str) -> list[int]:
    """The partitions of shard ``i/n``: those p with p % n == i.

    Raises:
        ValueError: if it is not of that form.
    """
    index, _, count = shard.partition("/")
    if not (index.isdigit() and count.isdigit() and 0 <= int(index) < int(count) <= PARTITIONS):
        raise ValueError(f"{shard!r} is not a shard; write i/n with 0 <= i < n <= {PARTITIONS}, such as 0/4")
    return [p for p in range(PARTITIONS) if p % int(count) == int(index)]


class WatchSpider(scrapy.Spider):
    """Watches the sources of a shard: for ever, or (``once``) until all is polled and handed over.

    Attributes:
        failure: why it ended, if not because it was asked to.
        hosts: which hosts want to be left alone, as all of Scrapy's parts may ask.
    """

    name = "watch"

    def __init__(
        self,
        config: str = "wirewatch.yaml",
        data_dir: str | None = None,
        shard: str = "0/1",
        once: bool = False,
        live: LiveSettings | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.failure: WirewatchError | None = None
        self._live = live or LiveSettings(Path(config), Path(data_dir) if data_dir else None)
        self._once = once
        self._network = self._live.current.network
        self._partitions = partitions_of(shard)
        url = store_url_of(self._live.current)
        self._connection = connect(url)
        self._async_connection = connect_async(url)
        self._ownership = Ownership(self._connection, self._partitions)
        self._polls = Polls(self._async_connection, self._partitions)
        self._frontier = Frontier(self._async_connection, self._partitions)
        self._sources = Sources(self._connection)
        self.hosts = HostPauses(None if once else Pauses(self._async_connection, self._partitions))
        self._woken = asyncio.Event()
        self._closing = False
        self._lived_at = 0.0
        self._poller: Poller | None = None
        self._fetcher: Fetcher | None = None
        self._websub: WebSub | None = None
        self._handover: Handover | None = None
        self._housekeeping: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "WatchSpider":
        """Made by Scrapy; closes its doors when Scrapy closes it."""
        spider: WatchSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._close, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Watch; what ends it before its time is kept, so that its process can tell and fail.

        Nothing is yielded: polls and pages are asked of the engine by tasks of their own, which skip the
        scheduler and the scraper but none of the downloader. That doubles the requests a second.
        """
        try:
            await self._watch()
        except WirewatchError as error:
            self.failure = self.failure or error  # the first is the reason, what follows is the end
        except Exception as error:
            self.failure = self.failure or StoreError(f"the crawler ended: {error}")
            raise
        finally:
            # Scrapy, on its way to the end, waits for what is on the wire: for a host that hangs, long.
            self._ask_no_more()
        for nothing in list[Any]():
            yield nothing

    async def _watch(self) -> None:
        """Claim, ask, sleep until something is due or new."""
        await asyncio.to_thread(self._say_that_it_lives)
        sources, entries = await self._polls.restore()
        if sources or entries:
            logger.info("took over from a predecessor: %d polls, %d pages", sources, entries)
        if not self._once:
            await asyncio.to_thread(self._sync_sources)
        self._housekeeping = asyncio.create_task(self._keep_house())
        self._handover = handover = Handover(self._connection)
        wake, once = self._woken.set, self._once
        await self.hosts.load(now())
        self._poller = poller = Poller(
            self.crawler,
            self._polls,
            self.hosts,
            self._polling,
            wake,
            once=once,
        )
        self._fetcher = fetcher = Fetcher(
            self.crawler, self._frontier, self.hosts, handover, poller.at_hand, wake, once=once
        )
        if not once:
            self._websub = WebSub(
                self._async_connection,
                self._partitions,
                self._polls,
                poller.judge_push,
                wake,
                lambda: self._live.current,
            )
        while not self._closing:
            if time.monotonic() > self._lived_at + _LONG_ASLEEP_S:
                # It may have been taken for dead, and replaced: nothing more is asked before that is known.
                await asyncio.to_thread(self._say_that_it_lives)
            self._woken.clear()
            if self._websub is not None:
                await self._websub.claim()
            soonest = [await poller.claim(), await fetcher.claim()]
            busy = poller.in_flight or fetcher.in_flight or self._woken.is_set()
            if once and not busy and await self._is_finished(handover):
                return
            await self._sleep([one for one in soonest if one is not None])

    def _polling(self) -> Polling:
        return self._live.current.polling

    async def _sleep(self, soonest: list[datetime]) -> None:
        until_due = min(((one - now()).total_seconds() for one in soonest), default=_LONGEST_SLEEP_S)
        pause = min(max(until_due, _SHORTEST_SLEEP_S), _LONGEST_SLEEP_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), pause)
            # What ends together is claimed for together: a claim looks through 256 partitions.
            await asyncio.sleep(_GATHER_S)

    async def _is_finished(self, handover: Handover) -> bool:
        """Whether a one-off crawl has polled every source and handed every entry over."""
        if await self._frontier.size():
            return False
        states = await asyncio.to_thread(self._sources.states, self._partitions)
        if any(not state.polls for state in states):
            return False
        await handover.flush()
        return True

    async def _keep_house(self) -> None:
        """Say that this process lives, and follow edits of the configuration."""
        while True:
            await asyncio.sleep(_KEEP_HOUSE_EVERY_S)
            try:
                await asyncio.to_thread(self._say_that_it_lives)
                if not self._once and self._live.refresh():
                    if self._live.current.network != self._network:
                        # The handler keeps whom it may connect to for its life: a new process takes over.
                        logger.info("network was edited: starting anew")
                        self._end()
                        return
                    await asyncio.to_thread(self._sync_sources)
                    self._woken.set()
            except RedisError as error:
                logger.warning("the store does not answer (%s); trying again", error)
            except Exception as error:
                # Without signs of life another would soon own these hosts as well: two at once are worse.
                failure = error if isinstance(error, WirewatchError) else StoreError(f"housekeeping: {error}")
                self.failure = failure
                self._end()
                return

    def _say_that_it_lives(self) -> None:
        self._ownership.claim()
        self._lived_at = time.monotonic()

    def _end(self) -> None:
        """Stop Scrapy, in a task of its own: closing cancels the housekeeping, and all that it awaits."""
        self._ending = asyncio.create_task(self.crawler.engine.stop_async())

    def _sync_sources(self) -> None:
        self._sources.sync_file(file_sources(self._live.current), self._partitions)

    def _ask_no_more(self) -> None:
        """What is on the wire is given up, and stays claimed for the next process."""
        self._closing = True
        if self._poller is not None:
            self._poller.stop()
        if self._fetcher is not None:
            self._fetcher.stop()

    async def _close(self) -> None:
        """Hand over what is at hand; what is still being fetched stays claimed, for the next process."""
        if self._housekeeping is not None:
            self._housekeeping.cancel()
        if self._websub is not None:
            await self._websub.close()
        self._ask_no_more()
        if self._poller is not None:
            await self._poller.close()
        await self.hosts.close()
        if self._handover is not None:
            await self._handover.close()
        await asyncio.to_thread(self._ownership.release)
        await self._async_connection.aclose()
        self._connection.close()
