"""robots.txt, asked once for all who wait for it, and again after a day.

Scrapy's own middleware keeps one Deferred a host; whoever awaits it third is answered None, which means
that all is allowed. It also keeps a robots.txt, and one that could not be had, until the process ends.
"""

import asyncio
import time
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached

_KEEP_S = 86_400.0
_KEEP_ABSENT_S = 600.0
_MOST_HOSTS = 10_000


class SharedRobotsTxtMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with one question a host, whose answer all get."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._asked: dict[str, tuple[float, asyncio.Task[Any]]] = {}

    async def robot_parser(self, request: Request) -> Any:
        """The parser of a host's robots.txt; None where it has none, so that all is allowed."""
        netloc = urlparse_cached(request).netloc
        asked_at, task = self._asked.get(netloc, (0.0, None))
        if task is None or (task.done() and time.monotonic() > asked_at + _kept_s(task)):
            if len(self._asked) >= _MOST_HOSTS:
                self._asked.clear()
            self._parsers.pop(netloc, None)
            task = asyncio.ensure_future(super().robot_parser(request))
            self._asked[netloc] = (time.monotonic(), task)
        # Shielded: one waiter that gives up must not take the answer from the others.
        return await asyncio.shield(task)


def _kept_s(task: asyncio.Task[Any]) -> float:
    failed = task.cancelled() or task.exception() is not None or task.result() is None
    return _KEEP_ABSENT_S if failed else _KEEP_S
