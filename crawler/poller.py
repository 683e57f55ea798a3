"""Polls the sources that are due: asks, has the answer judged, records it at door A."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from redis.exceptions import RedisError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.documents import Document, read_document, unzipped
from crawler.http.answers import OK, PASSING, failure_words, may_pass, status_words
from crawler.pages import page_of
from crawler.polling import Answer, Circumstances, entries_of, failed, judge, story_entry
from wirewatch.errors import NotAFeedError
from wirewatch.models import Entry, Page, SourceKind, now
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.sources import SourceState

logger = logging.getLogger(__name__)

_MOST_IN_FLIGHT = 256
_CLAIM_AT_ONCE = 64
_PRIORITY = 10  # before pages: a feed asked late delays all that it carries
_TRY_AGAIN_S = 1.0
_FIRST_PAUSE = timedelta(minutes=2)  # of a claim whose source has no interval yet


class Poller:
    """The polls of one crawler.

    Args:
        crawler: Scrapy's, for the documents that a sitemap index names.
        polls: the store's door.
        backfill: how old a story may be to be told at a first poll; asked anew each time.
        woken: called when a poll ended, and something may be new.
        once: a one-off crawl.

    Attributes:
        at_hand: pages that came with their poll, by entry: of stories named to a one-off crawl.
        in_flight: polls that were claimed and have not ended.
    """

    def __init__(
        self,
        crawler: Crawler,
        polls: Polls,
        backfill: Callable[[], timedelta],
        woken: Callable[[], None],
        *,
        once: bool,
    ) -> None:
        self._crawler = crawler
        self._polls = polls
        self._backfill = backfill
        self._woken = woken
        self._once = once
        self._chance = random.Random()
        self.in_flight = 0
        self.at_hand: dict[str, Page] = {}

    async def claim(self, soonest: list[datetime]) -> AsyncIterator[Request]:
        """Requests for what is due; when the next will be is added to ``soonest``."""
        room = min(_CLAIM_AT_ONCE, _MOST_IN_FLIGHT - self.in_flight)
        if room <= 0:
            return
        claimed = await self._polls.claim(room, _FIRST_PAUSE)
        if claimed.next_due:
            soonest.append(claimed.next_due)
        self.in_flight += len(claimed.sources)
        for state in claimed.sources:
            yield self._request(state)

    def _request(self, state: SourceState) -> Request:
        headers: dict[str, bytes] = {}
        if state.etag:
            headers["If-None-Match"] = state.etag
        if state.last_modified:
            headers["If-Modified-Since"] = state.last_modified
        return Request(
            state.source.url,
            callback=self._answered,
            errback=self._failed,
            headers=headers,
            priority=_PRIORITY,
            dont_filter=True,
            cb_kwargs={"state": state},
            # A feed is a subscribed resource; a page is not.
            meta={"dont_obey_robotstxt": state.kind is not SourceKind.SECTION},
        )

    async def _answered(self, response: Response, state: SourceState) -> None:
        try:
            await self._record(response, state)
        except Exception as error:
            # Whatever a stranger's document does to a parser, its source must not stay claimed for ever.
            logger.exception("%s", state.source.url)
            await self._record_failure(state, f"could not be read: {type(error).__name__}")
        finally:
            self.in_flight -= 1
            self._woken()

    async def _failed(self, failure: Failure) -> None:
        # Scrapy puts the request on its failures; Twisted's type does not know.
        state: SourceState = failure.request.cb_kwargs["state"]  # type: ignore[attr-defined]
        try:
            await self._record_failure(state, failure_words(failure.value))
        finally:
            self.in_flight -= 1
            self._woken()

    async def _record(self, response: Response, state: SourceState) -> None:
        answer = answer_of(response)
        at = self._circumstances()
        poll, document = judge(state, answer, at)
        if document is not None and document.is_story:
            entry = story_entry(state, answer, at)
            self.at_hand[entry.id] = page_of(entry, response)
            poll = replace(poll, entries=[entry])
        if document is not None and document.children:
            entries, silent, trouble = await self._children(state, document, at)
            poll = replace(poll, entries=[*poll.entries, *entries], silent=poll.silent | silent)
            if trouble and state.good is None:
                # Its first poll is not done: what the missing sitemap holds is not new when it comes.
                poll = replace(poll, error=trouble)
        await self._surely(poll)
        if poll.error:
            logger.info("%s: %s", state.source.url, poll.error)

    async def _record_failure(self, state: SourceState, reason: str) -> None:
        logger.info("%s: %s", state.source.url, reason)
        await self._surely(failed(state, reason, self._circumstances()))

    async def _surely(self, poll: Poll) -> None:
        """Record a poll however long the store is away: until then its source stays claimed."""
        while True:
            try:
                await self._polls.record(poll)
            except RedisError as error:
                logger.warning("the store takes no polls (%s); trying again", error)
                await asyncio.sleep(_TRY_AGAIN_S)
            else:
                return

    async def _children(
        self, state: SourceState, document: Document, at: Circumstances
    ) -> tuple[list[Entry], frozenset[str], str | None]:
        """The entries of a sitemap index's newest sitemaps, those learned silently, and what failed for now.

        One that fails is left for the next poll.
        """
        found: list[Entry] = []
        silent: frozenset[str] = frozenset()
        trouble = None
        for url in document.children:
            try:
                child = await self._child(url)
            except Exception as error:  # whatever one child does, its siblings are read
                reason = f"{url}: {failure_words(error)}"
                logger.info("%s: %s", state.source.url, reason)
                if not isinstance(error, NotAFeedError) and may_pass(error):
                    trouble = reason
                continue
            entries, old = entries_of(state, child, at)
            found += entries
            silent |= old
        return found, silent, trouble

    async def _child(self, url: str) -> Document:
        request = Request(url, meta={"dont_obey_robotstxt": True})
        answer = answer_of(await self._crawler.engine.download_async(request))
        if answer.status in PASSING:
            raise DownloadFailedError(status_words(answer.status))
        if answer.status != OK:
            raise NotAFeedError(status_words(answer.status))
        return read_document(unzipped(answer.body), answer.url, answer.content_type, SourceKind.SITEMAP)

    def _circumstances(self) -> Circumstances:
        return Circumstances(now(), self._backfill(), self._chance, once=self._once)


def answer_of(response: Response) -> Answer:
    """What a source answered, with its headers byte for byte."""
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
