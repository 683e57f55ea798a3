"""Fetches the pages of new entries and hands them over at door B, with the page or the reason why not."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from datetime import datetime, timedelta

from redis.exceptions import RedisError
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.handover import Handover
from crawler.http.answers import OK, PASSING, failure_words, may_pass, retry_after, status_words
from crawler.pages import entry_has_all, page_of
from crawler.schedule.page_retry import pause_before_retry
from wirewatch.models import Entry, Page, now
from wirewatch.store.frontier import Frontier, Waiting

logger = logging.getLogger(__name__)

_MOST_IN_FLIGHT = 256
_CLAIM_AT_ONCE = 64
_TRY_AGAIN_S = 1.0
_TIMEOUT_S = 8  # half of what a feed gets: the feed's own text stands in for a page


class Fetcher:
    """The page requests of one crawler.

    Args:
        frontier: what is to be fetched.
        handover: where pages go.
        at_hand: pages that need no request, by entry; taken from here.
        woken: called when a fetch ended.
        once: a one-off crawl.

    Attributes:
        in_flight: entries that were claimed for a request which has not ended.
    """

    def __init__(
        self,
        frontier: Frontier,
        handover: Handover,
        at_hand: MutableMapping[str, Page],
        woken: Callable[[], None],
        *,
        once: bool,
    ) -> None:
        self._frontier = frontier
        self._handover = handover
        self._at_hand = at_hand
        self._woken = woken
        self._once = once
        self.in_flight = 0

    async def claim(self, soonest: list[datetime]) -> AsyncIterator[Request]:
        """Requests for what may be fetched now; when the next may is added to ``soonest``."""
        room = min(_CLAIM_AT_ONCE, _MOST_IN_FLIGHT - self.in_flight)
        if room <= 0:
            return
        claimed, next_due = await self._frontier.claim(room)
        if next_due:
            soonest.append(next_due)
        requests = [request for waiting in claimed for request in self._request(waiting)]
        self.in_flight += len(requests)
        for request in requests:
            yield request

    def _request(self, waiting: Waiting) -> Iterator[Request]:
        """The request for an entry's page; none where the entry can be handed over as it is."""
        entry = waiting.entry
        if (at_hand := self._at_hand.pop(entry.id, None)) is not None:
            self._handover.add(at_hand)
        elif (reason := entry_has_all(entry)) is not None:
            self._handover.add(Page(entry=entry, url=entry.url, reason=reason))
        else:
            yield Request(
                entry.url,
                callback=self._answered,
                errback=self._failed,
                dont_filter=True,
                cb_kwargs={"waiting": waiting},
                meta={"download_timeout": _TIMEOUT_S},
            )

    async def _answered(self, response: Response, waiting: Waiting) -> None:
        try:
            if response.status == OK:
                self._handover.add(_page_or_reason(waiting.entry, response))
                return
            asked = retry_after(response.headers.get("Retry-After"), now())
            passing = response.status in PASSING
            await self._try_again_or_give_up(waiting, status_words(response.status), asked, passing=passing)
        finally:
            self.in_flight -= 1
            self._woken()

    async def _failed(self, failure: Failure) -> None:
        # Scrapy puts the request on its failures; Twisted's type does not know.
        waiting: Waiting = failure.request.cb_kwargs["waiting"]  # type: ignore[attr-defined]
        try:
            reason = failure_words(failure.value)
            passing, hung = may_pass(failure.value), isinstance(failure.value, DownloadTimeoutError)
            await self._try_again_or_give_up(waiting, reason, None, passing=passing, hung=hung)
        finally:
            self.in_flight -= 1
            self._woken()

    async def _try_again_or_give_up(
        self, waiting: Waiting, reason: str, asked: timedelta | None, *, passing: bool, hung: bool = False
    ) -> None:
        tries = waiting.tries + 1
        pause = pause_before_retry(tries, asked, once=self._once, hung=hung) if passing else None
        if pause is not None:
            await self._surely_again(waiting.entry, pause)
            return
        words = f"{reason}, asked {tries} times" if tries > 1 else reason
        self._handover.add(Page(entry=waiting.entry, url=waiting.entry.url, reason=words))

    async def _surely_again(self, entry: Entry, pause: timedelta) -> None:
        """Put an entry back however long the store is away: until then it stays claimed."""
        while True:
            try:
                await self._frontier.try_again(entry, pause)
            except RedisError as error:
                logger.warning("the store takes no pages back (%s); trying again", error)
                await asyncio.sleep(_TRY_AGAIN_S)
            else:
                return


def _page_or_reason(entry: Entry, response: Response) -> Page:
    try:
        return page_of(entry, response)
    except Exception as error:  # a stranger's page: its entry must not stay claimed for ever
        logger.exception("%s", response.url)
        return Page(entry=entry, url=response.url, reason=f"could not be read: {type(error).__name__}")
