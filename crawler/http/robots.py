"""robots.txt: asked once for all who wait for it, kept a day, and obeyed (RFC 9309).

Scrapy's own middleware keeps one Deferred a host; whoever awaits it third is answered None, which means
that all is allowed. It also keeps each answer, and each failure, until the process ends.
"""

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.httpobj import urlparse_cached

from crawler.http.answers import TOO_MANY, failure_words, status_words
from crawler.http.failures import (
    BadRedirectError,
    ForbiddenByRobotsError,
    HostPausedError,
    RefusedAddressError,
    RobotsUnknownError,
)
from crawler.http.pace import set_delay
from crawler.http.robots_text import rules_for

TOKEN = "Wirewatch"  # noqa: S105 - the product token by which a file names us
_KEEP_S = 86_400.0  # 2.4
_ASK_AGAIN_S = 60.0  # after one that could not be had
# 2.3.1.4 lets one that cannot be had count as absent after "a reasonably long period". A story does not
# live longer than a day.
_GIVEN_UP_S = 86_400.0
_TIMEOUT_S = 8
_MOST_HOSTS = 20_000
_MOST_CHARS = 32_000_000  # of all rules kept
_SERVER_ERROR, _CLIENT_ERROR = 500, 400


@dataclass(frozen=True, slots=True)
class _Robots:
    """What is known of a host's robots.txt.

    Attributes:
        rules: those for us, as a file of their own; empty: all is allowed; None: it was never had.
        ask_at: when to ask again (monotonic seconds).
        missing_since: since when it cannot be had; None: it can.
        why: why it cannot be had.
    """

    rules: str | None
    ask_at: float
    missing_since: float | None = None
    why: str = ""


class RobotsMiddleware:
    """Lets no request pass that its host's robots.txt forbids.

    One whose meta has ``dont_obey_robotstxt`` passes: a feed is a subscribed resource.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._known: OrderedDict[str, _Robots] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Robots]] = {}
        self._chars = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Nothing, where the request may be sent.

        Raises:
            ForbiddenByRobotsError: it may not.
            RobotsUnknownError: it may not for now.
            RefusedAddressError, HostPausedError: the host cannot be asked, not even for its robots.txt.
        """
        parts = urlparse_cached(request)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in {"http", "https"}:
            return
        robots = await self._robots(
            f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", parts.hostname or ""
        )
        if robots.rules is None:
            raise RobotsUnknownError(f"robots.txt cannot be had: {robots.why}")
        if robots.rules and not _parsed(robots.rules).can_fetch(request.url, TOKEN):
            raise ForbiddenByRobotsError

    async def _robots(self, origin: str, host: str) -> _Robots:
        known = self._known.get(origin)
        if known is not None and time.monotonic() < known.ask_at:
            return known
        task = self._asking.get(origin)
        if task is None:
            task = asyncio.ensure_future(self._ask(origin, host, known))
            self._asking[origin] = task
            task.add_done_callback(lambda done: self._asked(origin, done))
        # Shielded: one waiter that gives up must not take the answer from the others.
        return await asyncio.shield(task)

    def _asked(self, origin: str, task: asyncio.Task[_Robots]) -> None:
        del self._asking[origin]
        if not task.cancelled():
            task.exception()  # taken note of, where all who waited have gone

    async def _ask(self, origin: str, host: str, known: _Robots | None) -> _Robots:
        request = Request(
            f"{origin}/robots.txt",
            meta={"dont_obey_robotstxt": True, "download_timeout": _TIMEOUT_S},
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except BadRedirectError:  # 2.3.1.2: as though there were none
            return self._learn(origin, host, b"")
        except (RefusedAddressError, HostPausedError):  # so would the page be; nothing is learned
            raise
        except Exception as error:  # whatever a stranger's server does, its pages have a reason
            why = failure_words(error)
        else:
            if response.status < _CLIENT_ERROR:
                return self._learn(origin, host, response.body)
            if response.status < _SERVER_ERROR and response.status != TOO_MANY:  # 2.3.1.3: there is none
                return self._learn(origin, host, b"")
            why = status_words(response.status)
        return self._miss(origin, host, known, why)

    def _learn(self, origin: str, host: str, body: bytes) -> _Robots:
        rules = rules_for(TOKEN, body)
        # For each host, whatever its port: a slot is a host's.
        set_delay(self._crawler.engine.downloader, host, _parsed(rules).crawl_delay(TOKEN) if rules else None)
        return self._keep(origin, _Robots(rules, time.monotonic() + _KEEP_S))

    def _miss(self, origin: str, host: str, known: _Robots | None, why: str) -> _Robots:
        """It cannot be had: what was known holds on (2.4); nothing known forbids all, for a day at most."""
        now = time.monotonic()
        since = now if known is None or known.missing_since is None else known.missing_since
        rules = known.rules if known is not None else None
        if rules is None and now - since > _GIVEN_UP_S:
            return self._learn(origin, host, b"")
        return self._keep(origin, _Robots(rules, now + _ASK_AGAIN_S, since, why))

    def _keep(self, origin: str, robots: _Robots) -> _Robots:
        before = self._known.pop(origin, None)
        self._chars += len(robots.rules or "") - len((before and before.rules) or "")
        self._known[origin] = robots
        while len(self._known) > _MOST_HOSTS or self._chars > _MOST_CHARS:
            dropped, oldest = self._known.popitem(last=False)
            self._chars -= len(oldest.rules or "")
            set_delay(self._crawler.engine.downloader, urlsplit(dropped).hostname or "", None)
        return robots


@lru_cache(maxsize=128)
def _parsed(rules: str) -> Protego:
    """A parsed file; many hosts of one publisher share it, and parsed ones are thirty times their text."""
    return Protego.parse(rules)
