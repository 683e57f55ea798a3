"""The way along a story's pages, within the time of one page and a bounded memory."""

import logging
import time
from collections.abc import Awaitable, Callable

from scrapy import Request
from scrapy.http import Response

from crawler.continued.pagers import next_place
from crawler.continued.places import Place, place
from crawler.http.answers import OK
from crawler.pages import page_of
from wirewatch.models import Page
from wirewatch.text.urls import canonical, host

logger = logging.getLogger(__name__)

MOST_FURTHER = 10
_LARGEST_BYTES = (
    2 * 1024 * 1024
)  # of a page that is looked through: no story page of 34 publishers has as many
_MOST_BYTES = 4 * 1024 * 1024  # of all further pages of a story together
_CROWDED_BYTES = (
    64 * 1024 * 1024
)  # of all stories that are being followed; while there are more, none is begun
_SHORTEST_S = 0.5  # with less time left a page is not asked for


class Follower:
    """Asks for the pages that stories go on over.

    Args:
        ask: asks for one, with its host's line, pace and robots.txt.
        wait_s: how long a host would have its next request wait.
    """

    def __init__(self, ask: Callable[[Request], Awaitable[Response]], wait_s: Callable[[str], float]) -> None:
        self._ask = ask
        self._wait_s = wait_s
        self._in_hand = 0

    async def with_further(self, page: Page, until: float) -> Page:
        """A page with the further pages of its story, in order, as far as they are there in time.

        Args:
            page: as it was fetched.
            until: when its time is over, by ``time.monotonic``.
        """
        size = len(page.html or b"")
        if not 0 < size <= _LARGEST_BYTES or self._in_hand > _CROWDED_BYTES:
            return page
        further: list[bytes] = []
        self._in_hand += size
        try:
            await self._follow(page, further, until)
        except Exception as error:  # whatever becomes of a further page, its story has the first
            logger.info("%s: page %d: %s", page.url, len(further) + 2, error)
        finally:
            self._in_hand -= size + sum(map(len, further))
        return page.model_copy(update={"further": tuple(further)}) if further else page

    async def _follow(self, page: Page, further: list[bytes], until: float) -> None:
        at, html, room = Place(page.url), page.html or b"", _MOST_BYTES
        known = {canonical(page.url)}
        for shown in range(1, MOST_FURTHER + 1):
            # Addresses, classes and numbers are ASCII in all encodings that pages come in.
            there = next_place(html.decode("utf-8", "replace"), at, page.url, shown, known)
            left_s = until - time.monotonic() - self._wait_s(host(page.url))
            if there is None or left_s < _SHORTEST_S:
                return
            known.add(canonical(there.url))
            response = await self._ask(Request(there.url, meta={"download_timeout": left_s}))
            if response.status != OK or not _came_there(response.url, there, page.url):
                return
            before, html = html, page_of(page.entry, response).html or b""
            room -= len(html)
            if not html or html == before or room < 0:
                return
            further.append(html)
            self._in_hand += len(html)
            at = there


def _came_there(url: str, there: Place, story: str) -> bool:
    """Whether an answer is the page that was asked for, maybe under another spelling of its address."""
    came = place(url, story)
    same = came is not None and (came.form, came.number) == (there.form, there.number)
    return same or canonical(url) == canonical(there.url)
