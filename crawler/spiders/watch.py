"""The daemon's spider: polls what is due, fetches the pages of what is new, hands them over."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.documents import Document, read_document, unzipped
from crawler.handover import Handover
from crawler.http.answers import OK, PASSING, failure_words, may_pass, retry_after, status_words
from crawler.pages import entry_has_all, page_of
from crawler.polling import Answer, Circumstances, entries_of, failed, judge, story_entry
from crawler.schedule.page_retry import pause_before_retry
from wirewatch.config.live import LiveSettings
from wirewatch.config.watched import file_sources
from wirewatch.errors import NotAFeedError, WirewatchError
from wirewatch.ids import PARTITIONS
from wirewatch.models import Entry, Page, SourceKind, now
from wirewatch.store.connection import connect, connect_async, store_url_of
from wirewatch.store.frontier import Frontier, Waiting
from wirewatch.store.owners import RENEW_EVERY_S, Ownership
from wirewatch.store.polls import Polls
from wirewatch.store.sources import Sources, SourceState

logger = logging.getLogger(__name__)

_MOST_POLLS_IN_FLIGHT = 256
_MOST_PAGES_IN_FLIGHT = 256
_CLAIM_AT_ONCE = 64
_LONGEST_SLEEP_S = 1.0
_SHORTEST_SLEEP_S = 0.005
_POLL_PRIORITY, _PAGE_PRIORITY = 10, 0


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
    """Watches the sources of a shard: for ever, or (``once``) until all is polled and handed over."""

    name = "watch"

    def __init__(
        self,
        store_url: str | None = None,
        config: str = "wirewatch.yaml",
        data_dir: str | None = None,
        shard: str = "0/1",
        once: bool = False,
        live: LiveSettings | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        # A robots.txt that does not come forbids nothing, and is nothing to tell with a traceback.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
        self._live = live or LiveSettings(Path(config), Path(data_dir) if data_dir else None)
        url = store_url or store_url_of(self._live.current)
        self._once = once
        self._partitions = partitions_of(shard)
        self._connection = connect(url)
        self._async_connection = connect_async(url)
        self._ownership = Ownership(self._connection, self._partitions)
        self._polls = Polls(self._async_connection, self._partitions)
        self._frontier = Frontier(self._async_connection, self._partitions)
        self._sources = Sources(self._connection)
        self._handover: Handover | None = None
        self._chance = random.Random()
        self._polls_in_flight = 0
        self._pages_in_flight = 0
        self._woken = asyncio.Event()
        self._at_hand: dict[str, Page] = {}  # a story named to a one-off crawl comes with its page
        self._tasks: list[asyncio.Task[None]] = []
        self.failure: WirewatchError | None = None  # why it ended, if not because it was asked to

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "WatchSpider":
        """Made by Scrapy; closes its doors when Scrapy closes it."""
        spider: WatchSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._close, signal=signals.spider_closed)
        return spider

    # --- the loop

    async def start(self) -> AsyncIterator[Any]:
        """Claim, ask, sleep until something is due or new."""
        try:
            await asyncio.to_thread(self._ownership.claim)
        except WirewatchError as error:
            self.failure = error
            return
        sources, entries = await self._polls.restore()
        if sources or entries:
            logger.info("took over from a predecessor: %d polls, %d pages", sources, entries)
        if not self._once:
            await asyncio.to_thread(self._sync_sources)
        self._handover = Handover(self._connection)
        self._tasks = [asyncio.create_task(self._keep_house())]
        while True:
            self._woken.clear()
            soonest: list[datetime] = []
            async for request in self._claim_polls(soonest):
                yield request
            async for request in self._claim_pages(soonest):
                yield request
            if self._once and await self._is_finished():
                return
            await self._sleep(soonest)

    async def _claim_polls(self, soonest: list[datetime]) -> AsyncIterator[Request]:
        room = min(_CLAIM_AT_ONCE, _MOST_POLLS_IN_FLIGHT - self._polls_in_flight)
        if room <= 0:
            return
        claimed = await self._polls.claim(room, timedelta(minutes=2))
        if claimed.next_due:
            soonest.append(claimed.next_due)
        for state in claimed.sources:
            self._polls_in_flight += 1
            yield self._poll_request(state)

    async def _claim_pages(self, soonest: list[datetime]) -> AsyncIterator[Request]:
        room = min(_CLAIM_AT_ONCE, _MOST_PAGES_IN_FLIGHT - self._pages_in_flight)
        if room <= 0:
            return
        claimed, next_due = await self._frontier.claim(room)
        if next_due:
            soonest.append(next_due)
        for waiting in claimed:
            for request in self._page_request(waiting):
                self._pages_in_flight += 1
                yield request

    async def _sleep(self, soonest: list[datetime]) -> None:
        until_due = min(((one - now()).total_seconds() for one in soonest), default=_LONGEST_SLEEP_S)
        pause = min(max(until_due, _SHORTEST_SLEEP_S), _LONGEST_SLEEP_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), pause)

    async def _is_finished(self) -> bool:
        if self._polls_in_flight or self._pages_in_flight or self._woken.is_set():
            return False
        if await self._frontier.size():
            return False
        states = await asyncio.to_thread(self._sources.states, self._partitions)
        if any(not state.polls for state in states):
            return False
        assert self._handover is not None  # noqa: S101 - made before the loop
        await self._handover.flush()
        return True

    async def _keep_house(self) -> None:
        """Say that this process lives, and follow edits of the configuration."""
        while True:
            await asyncio.sleep(RENEW_EVERY_S / 4)
            try:
                await asyncio.to_thread(self._ownership.claim)
            except WirewatchError as error:
                # We were silent for so long that another took the shard over: two on one host is worse.
                self.failure = error
                await self.crawler.engine.stop_async()
                return
            if not self._once and self._live.refresh():
                await asyncio.to_thread(self._sync_sources)
                self._woken.set()

    def _sync_sources(self) -> None:
        self._sources.sync_file(file_sources(self._live.current), self._partitions)

    # --- polls

    def _poll_request(self, state: SourceState) -> Request:
        headers: dict[str, bytes] = {}
        if state.etag:
            headers["If-None-Match"] = state.etag
        if state.last_modified:
            headers["If-Modified-Since"] = state.last_modified
        return Request(
            state.source.url,
            callback=self._polled,
            errback=self._poll_failed,
            headers=headers,
            priority=_POLL_PRIORITY,
            dont_filter=True,
            cb_kwargs={"state": state},
            meta={
                "handle_httpstatus_all": True,
                # A feed is a subscribed resource; a page is not.
                "dont_obey_robotstxt": state.kind is not SourceKind.SECTION,
            },
        )

    async def _polled(self, response: Response, state: SourceState) -> None:
        try:
            answer = _answer(response)
            at = self._circumstances()
            poll, document = judge(state, answer, at)
            if document is not None and document.is_story:
                entry = story_entry(state, answer, at)
                self._at_hand[entry.id] = page_of(entry, response)
                poll = replace(poll, entries=[entry])
            if document is not None and document.children:
                entries, silent = await self._children(state, document, at)
                poll = replace(poll, entries=[*poll.entries, *entries], silent=poll.silent | silent)
            new, edited = await self._polls.record(poll)
            if poll.error:
                logger.info("%s: %s", state.source.url, poll.error)
            if new or edited:
                logger.debug("%s: %d new, %d edited", state.source.url, new, edited)
        finally:
            self._polls_in_flight -= 1
            self._woken.set()

    async def _children(
        self, state: SourceState, document: Document, at: Circumstances
    ) -> tuple[list[Entry], frozenset[str]]:
        """The entries of a sitemap index's newest sitemaps; one that fails is left for the next poll."""
        found: list[Entry] = []
        silent: frozenset[str] = frozenset()
        for url in document.children:
            try:
                child = await self._child(url)
            except Exception as error:  # whatever one child does, its siblings are read
                logger.info("%s: %s: %s", state.source.url, url, failure_words(error))
                continue
            entries, old = entries_of(state, child, at)
            found += entries
            silent |= old
        return found, silent

    async def _child(self, url: str) -> Document:
        request = Request(url, meta={"handle_httpstatus_all": True, "dont_obey_robotstxt": True})
        answer = _answer(await self.crawler.engine.download_async(request))
        if answer.status != OK:
            raise NotAFeedError(status_words(answer.status))
        return read_document(unzipped(answer.body), answer.url, answer.content_type, SourceKind.SITEMAP)

    async def _poll_failed(self, failure: Failure) -> None:
        state: SourceState = failure.request.cb_kwargs["state"]  # type: ignore[attr-defined]
        try:
            reason = failure_words(failure.value)
            logger.info("%s: %s", state.source.url, reason)
            await self._polls.record(failed(state, reason, self._circumstances()))
        finally:
            self._polls_in_flight -= 1
            self._woken.set()

    def _circumstances(self) -> Circumstances:
        backfill = self._live.current.polling.backfill
        return Circumstances(now(), backfill, self._chance, once=self._once)

    # --- pages

    def _page_request(self, waiting: Waiting) -> Iterator[Request]:
        entry = waiting.entry
        if (at_hand := self._at_hand.pop(entry.id, None)) is not None:
            self._hand_over(at_hand)
        elif (reason := entry_has_all(entry)) is not None:
            self._hand_over(Page(entry=entry, url=entry.url, reason=reason))
        else:
            yield Request(
                entry.url,
                callback=self._fetched,
                errback=self._fetch_failed,
                priority=_PAGE_PRIORITY,
                dont_filter=True,
                cb_kwargs={"waiting": waiting},
                meta={"handle_httpstatus_all": True},
            )

    async def _fetched(self, response: Response, waiting: Waiting) -> None:
        try:
            if response.status == OK:
                self._hand_over(page_of(waiting.entry, response))
                return
            asked = retry_after(response.headers.get("Retry-After"), now())
            passing = response.status in PASSING
            await self._try_again_or_give_up(waiting, status_words(response.status), asked, passing=passing)
        finally:
            self._pages_in_flight -= 1
            self._woken.set()

    async def _fetch_failed(self, failure: Failure) -> None:
        waiting: Waiting = failure.request.cb_kwargs["waiting"]  # type: ignore[attr-defined]
        try:
            reason = failure_words(failure.value)
            await self._try_again_or_give_up(waiting, reason, None, passing=may_pass(failure.value))
        finally:
            self._pages_in_flight -= 1
            self._woken.set()

    async def _try_again_or_give_up(
        self, waiting: Waiting, reason: str, asked: timedelta | None, *, passing: bool
    ) -> None:
        tries = waiting.tries + 1
        pause = pause_before_retry(tries, asked, once=self._once) if passing else None
        if pause is not None:
            await self._frontier.try_again(waiting.entry, pause)
            return
        words = f"{reason}, asked {tries} times" if tries > 1 else reason
        self._hand_over(Page(entry=waiting.entry, url=waiting.entry.url, reason=words))

    def _hand_over(self, page: Page) -> None:
        assert self._handover is not None  # noqa: S101 - made before the loop
        self._handover.add(page)

    # --- the end

    async def _close(self) -> None:
        """Hand over what is at hand; what is still being fetched stays claimed, for the next process."""
        for task in self._tasks:
            task.cancel()
        if self._handover is not None:
            await self._handover.close()
        await asyncio.to_thread(self._ownership.release)
        await self._async_connection.aclose()
        self._connection.close()


def _answer(response: Response) -> Answer:
    content_type = response.headers.get("Content-Type")
    return Answer(
        url=response.url,
        status=response.status,
        body=response.body,
        content_type=content_type.decode("latin-1") if content_type else None,
        etag=response.headers.get("ETag"),
        last_modified=response.headers.get("Last-Modified"),
        retry_after=response.headers.get("Retry-After"),
    )
