"""Polls the sources that are due: asks, has the answer read and judged, records it at door A."""

import logging
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.answer import answer_of, conditions
from crawler.children import asks_children, with_children
from crawler.circumstances import Circumstances
from crawler.documents import Document
from crawler.http.answers import failure_words, kind_of
from crawler.http.failures import HostPausedError
from crawler.http.hosts import HostPauses
from crawler.http.robots import RobotsMiddleware
from crawler.lines import HostLines
from crawler.pages import page_of
from crawler.polling import failed, judge_push, judge_read, story_entry, unread
from crawler.reading import Reader
from crawler.schedule.failing import Failure
from crawler.steps import surely
from crawler.trust import is_full_request
from crawler.unread import Failed, Unread
from wirewatch.config.settings import Polling
from wirewatch.models import Page, SourceKind, now
from wirewatch.store.carried import versions_in
from wirewatch.store.inbox import Push
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.sources import SourceState
from wirewatch.text.urls import host

logger = logging.getLogger(__name__)

# What is claimed waits in its host's line, in the order in which it was due. These are bounds of memory: a
# source's state is some 4 kB.
_MOST_IN_FLIGHT = 8_000
_LONGEST_LINE = 2_000
_LINE_IS_FULL = timedelta(minutes=1)
_CLAIM_AT_ONCE = 128
_FIRST_PAUSE = timedelta(minutes=2)  # of a claim whose source has no interval yet


class Poller:
    """The polls of one crawler.

    Args:
        crawler: Scrapy's, whose engine asks.
        polls: the store's door.
        hosts: which hosts want to be left alone.
        polling: what the configuration says of polling; asked anew each time.
        woken: called when a poll ended, and something may be new.
        once: a one-off crawl.

    Attributes:
        at_hand: pages that came with their poll, by entry: of stories named to a one-off crawl.
    """

    def __init__(
        self,
        crawler: Crawler,
        polls: Polls,
        hosts: HostPauses,
        polling: Callable[[], Polling],
        woken: Callable[[], None],
        *,
        once: bool,
    ) -> None:
        self._crawler = crawler
        self._polls = polls
        self._hosts = hosts
        self._polling = polling
        self._once = once
        self._chance = random.Random()
        self._reader = Reader()
        self._lines = HostLines(self._poll, woken, _LONGEST_LINE)
        self.at_hand: dict[str, Page] = {}

    @property
    def in_flight(self) -> int:
        """Polls that were claimed and have not ended."""
        return len(self._lines)

    async def claim(self) -> datetime | None:
        """Begin the polls that are due; when the next will be."""
        room = min(_CLAIM_AT_ONCE, _MOST_IN_FLIGHT - len(self._lines))
        if room <= 0:
            return None
        claimed = await self._polls.claim(room, _FIRST_PAUSE)
        for state in claimed.sources:
            if not self._lines.add(host(state.address), state):
                self._lines.begin(self._later(state, now() + _LINE_IS_FULL, "its host has many to be asked"))
        return claimed.next_due

    def stop(self) -> None:
        """Ask no more; what is claimed stays so, for the next process."""
        self._lines.close()

    async def close(self) -> None:
        """End the processes that read."""
        await self._reader.close()

    async def _poll(self, state: SourceState) -> None:
        try:
            until = self._hosts.paused_until(host(state.address), now())
            if until is not None:
                raise HostPausedError(until)  # noqa: TRY301 - as one that is told so on its way
            poll = await self._asked(state)
        except Exception as error:  # a request's failures are many, and none may leave a source claimed
            if isinstance(error, HostPausedError) and not self._once:
                await self._later(state, error.until, "its host asked to be left alone")
                return
            poll = failed(state, Failed(failure_words(error), kind_of(error)), self._circumstances())
            if isinstance(error, ValueError):
                # What cannot even be sent: no header that a server gave may keep its source from being asked.
                poll = replace(poll, forgotten=(*poll.forgotten, "etag", "last_modified"))
        if poll.error:
            logger.info("%s: %s", state.source.url, poll.error)
        await surely(lambda: self._polls.record(poll))

    async def _later(self, state: SourceState, until: datetime, why: str) -> None:
        await surely(lambda: self._polls.postpone(state.source, until, why))

    async def _asked(self, state: SourceState) -> Poll:
        full = self._once or is_full_request(state, now())
        response = await self._crawler.engine.download_async(self._request(state, full=full))
        answer = answer_of(response, full=full)
        body = unread(state, answer)
        read = await self._reader.read(body) if body is not None else None
        if isinstance(read, Document) and read.kind is SourceKind.SECTION and state.kind is None:
            # What it is was not known when it was asked for; from now on robots.txt is asked first.
            try:
                await self._obey_robots(answer.url)
            except IgnoreRequest as error:
                refused = failed(state, Failed(failure_words(error), kind_of(error)), self._circumstances())
                return replace(refused, learned={"kind": SourceKind.SECTION.value})
        children = None
        if asks_children(state, answer, read):
            index = read if isinstance(read, Document) else None
            exempt = not self._polling().robots_for_feeds
            children = await with_children(
                self._crawler, self._reader, state, index, exempt=exempt, full=full
            )
            read = children.document
        at = self._circumstances()
        poll = judge_read(state, answer, read, at)
        if isinstance(read, Document) and read.is_story and self._once:
            entry = story_entry(state, answer, at)
            self.at_hand[entry.id] = page_of(entry, response)
            poll = replace(poll, entries=[entry])
        if children is not None:
            poll = replace(poll, learned={**poll.learned, "documents": children.documents})
        if children is not None and children.trouble and state.good is None:
            # Its first poll is not done: what the missing sitemap holds is not new when it comes.
            poll = replace(poll, error=children.trouble, weight=Failure.BUSY.weight)
        return poll

    async def judge_push(self, push: Push) -> Poll | None:
        """The record of a push; None: it cannot be read."""
        state = push.state
        url, known = state.topic or state.address, versions_in(state.carried)
        read = await self._reader.read(Unread(push.body, url, push.content_type, state.kind, known))
        return judge_push(state, push.id, read, self._circumstances()) if isinstance(read, Document) else None

    async def _obey_robots(self, url: str) -> None:
        robots = self._crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is not None:
            await robots.process_request(Request(url))

    def _circumstances(self) -> Circumstances:
        return Circumstances(now(), self._polling().backfill, self._chance, once=self._once)

    def _request(self, state: SourceState, *, full: bool) -> Request:
        headers = {} if full else conditions(state.etag, state.last_modified)
        # A feed is a subscribed resource; a page is not.
        exempt = state.kind is not SourceKind.SECTION and not self._polling().robots_for_feeds
        return Request(state.address, headers=headers, meta={"dont_obey_robotstxt": exempt})
