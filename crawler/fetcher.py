"""Fetches the pages of new entries and hands them over at door B, with the page or the reason why not."""

import logging
import time
from collections.abc import Callable, MutableMapping
from datetime import datetime, timedelta

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from crawler.continued.following import Follower
from crawler.handover import Handover
from crawler.http.answers import OK, PASSING, failure_words, may_pass, retry_after, status_words
from crawler.http.failures import HostPausedError
from crawler.http.hosts import HostPauses
from crawler.http.pace import expected_wait_s
from crawler.lines import HostLines
from crawler.pages import entry_has_all, page_of
from crawler.refusals import refusal
from crawler.schedule.page_retry import LONGEST_WAIT, pause_before_retry
from crawler.steps import surely
from wirewatch.models import Entry, Page, now
from wirewatch.store.frontier import Frontier, Waiting
from wirewatch.text.urls import host

logger = logging.getLogger(__name__)

_MOST_IN_FLIGHT = 1_024
_LONGEST_LINE = 64
_LINE_IS_FULL = timedelta(seconds=15)
_CLAIM_AT_ONCE = 64
_TOO_SLOW = "its site's crawl-delay is too long to wait for"
_TIMEOUT_S = 8  # half of what a feed gets: the feed's own text stands in for a page


class Fetcher:
    """The page requests of one crawler.

    Args:
        crawler: Scrapy's, whose engine asks.
        frontier: what is to be fetched.
        hosts: which hosts want to be left alone.
        handover: where pages go.
        at_hand: pages that need no request, by entry; taken from here.
        woken: called when a fetch ended.
        once: a one-off crawl.
    """

    def __init__(
        self,
        crawler: Crawler,
        frontier: Frontier,
        hosts: HostPauses,
        handover: Handover,
        at_hand: MutableMapping[str, Page],
        woken: Callable[[], None],
        *,
        once: bool,
    ) -> None:
        self._crawler = crawler
        self._frontier = frontier
        self._hosts = hosts
        self._handover = handover
        self._at_hand = at_hand
        self._once = once
        self._follower = Follower(
            crawler.engine.download_async,
            lambda name: expected_wait_s(crawler.engine.downloader, name),
        )
        self._lines = HostLines(self._fetch, woken, _LONGEST_LINE)

    @property
    def in_flight(self) -> int:
        """Entries that were claimed for a request which has not ended."""
        return len(self._lines)

    async def claim(self) -> datetime | None:
        """Begin to fetch what may be fetched now; when the next may be."""
        room = min(_CLAIM_AT_ONCE, _MOST_IN_FLIGHT - len(self._lines))
        if room <= 0 or self._handover.is_full:
            return None
        claimed, next_due = await self._frontier.claim(room)
        for waiting in claimed:
            name = host(waiting.entry.url)
            page = self._at_once(waiting.entry, name)
            if page is not None and page.html:
                self._lines.begin(self._hand_over_whole(page, time.monotonic()))
            elif page is not None:
                self._handover.add(page)
            elif not self._lines.add(name, (waiting, time.monotonic())):
                self._lines.begin(self._surely_again(waiting, _LINE_IS_FULL, waiting.tries))
        return next_due

    def stop(self) -> None:
        """Fetch no more; what is claimed stays so, for the next process."""
        self._lines.close()

    def _at_once(self, entry: Entry, name: str) -> Page | None:
        """The page of an entry that needs no request, or whose host would have it wait too long."""
        if (at_hand := self._at_hand.pop(entry.id, None)) is not None:
            return at_hand
        reason = entry_has_all(entry)
        wait_s = expected_wait_s(self._crawler.engine.downloader, name, self._lines.ahead(name))
        if reason is None and wait_s > LONGEST_WAIT.total_seconds():
            reason = _TOO_SLOW
        return Page(entry=entry, url=entry.url, reason=reason) if reason is not None else None

    async def _fetch(self, claimed: tuple[Waiting, float]) -> None:
        waiting, since = claimed
        entry = waiting.entry
        until = self._hosts.paused_until(host(entry.url), now())
        if until is not None:
            await self._wait_or_give_up(waiting, until - now())
            return
        delayed_s = expected_wait_s(self._crawler.engine.downloader, host(entry.url))
        if delayed_s and delayed_s + time.monotonic() - since > LONGEST_WAIT.total_seconds():
            self._handover.add(Page(entry=entry, url=entry.url, reason=_TOO_SLOW))
            return
        request = Request(entry.url, meta={"download_timeout": _TIMEOUT_S})
        begun = time.monotonic()
        try:
            response = await self._crawler.engine.download_async(request)
        except HostPausedError as error:
            await self._wait_or_give_up(waiting, error.until - now())
            return
        except Exception as error:  # a request's failures are many, and none may leave an entry claimed
            passing, hung = may_pass(error), isinstance(error, DownloadTimeoutError)
            await self._try_again_or_give_up(waiting, failure_words(error), None, passing=passing, hung=hung)
            return
        status, asked = response.status, response.headers.get("Retry-After")
        if status == OK:
            await self._hand_over_whole(_page_or_reason(entry, response), begun)
            return
        if (refused := refusal(entry, response)) is not None:
            self._handover.add(refused)
            return
        pause, passing = retry_after(asked, now()), status in PASSING
        await self._try_again_or_give_up(waiting, status_words(status), pause, passing=passing)

    async def _hand_over_whole(self, page: Page, begun: float) -> None:
        """Hand a page over, with those that its story goes on over; what is not there in time is left out."""
        self._handover.add(await self._follower.with_further(page, begun + _TIMEOUT_S))

    async def _wait_or_give_up(self, waiting: Waiting, pause: timedelta) -> None:
        """A page of a host that wants to be left alone: no try of its own."""
        if pause > LONGEST_WAIT or self._once:
            reason = "its site asks us to slow down"
            self._handover.add(Page(entry=waiting.entry, url=waiting.entry.url, reason=reason))
        else:
            await self._surely_again(waiting, pause, waiting.tries)

    async def _try_again_or_give_up(
        self, waiting: Waiting, reason: str, asked: timedelta | None, *, passing: bool, hung: bool = False
    ) -> None:
        tries = waiting.tries + 1
        pause = pause_before_retry(tries, asked, once=self._once, hung=hung) if passing else None
        if pause is not None:
            await self._surely_again(waiting, pause, tries)
            return
        words = f"{reason}, asked {tries} times" if tries > 1 else reason
        self._handover.add(Page(entry=waiting.entry, url=waiting.entry.url, reason=words))

    async def _surely_again(self, waiting: Waiting, pause: timedelta, tries: int) -> None:
        """Put an entry back: until then it stays claimed."""
        await surely(lambda: self._frontier.try_again(waiting.entry, pause, tries))


def _page_or_reason(entry: Entry, response: Response) -> Page:
    try:
        return page_of(entry, response)
    except Exception as error:  # a stranger's page: its entry must not stay claimed for ever
        logger.exception("%s", response.url)
        return Page(entry=entry, url=response.url, reason=f"could not be read: {type(error).__name__}")
