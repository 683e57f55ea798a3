"""Scrapy's aiohttp download handler, with sockets that open only to addresses we may reach."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_network
from typing import Any

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers import _aiohttp, _base_streaming
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.utils.httpobj import urlparse_cached

from wirewatch.network.connecting import guarded_connector
from wirewatch.network.guard import refusal_in

# A host that cannot be connected to is left alone for this long: its other pages fail at once instead
# of each waiting for a timeout of its own.
_UNREACHABLE_FOR_S = 30.0
_MOST_REMEMBERED = 10_000


class RefusedAddressError(DownloadFailedError):
    """The host has an address that may not be connected to."""


class GuardedHandler(_aiohttp.AiohttpDownloadHandler):
    """Fetches http and https; refuses private addresses; remembers hosts that are out of reach."""

    def __init__(self, crawler: Crawler) -> None:
        # It warns at every start that it is experimental. We chose it knowingly: see docs/dependencies.md.
        logging.getLogger(_base_streaming.__name__).setLevel(logging.ERROR)
        super().__init__(crawler)
        allow = [ip_network(one) for one in crawler.settings.getlist("WIREWATCH_ALLOW_NETWORKS")]
        self._once = crawler.settings.getbool("WIREWATCH_ONCE")
        self._unreachable: dict[str, tuple[float, Exception]] = {}
        self._unguarded = self._session
        connector = guarded_connector(
            allow,
            limit=self._pool_size_total,
            limit_per_host=self._pool_size_per_host,
            ttl_dns_cache=60,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_aiohttp._ClientResponse,  # noqa: SLF001 - what the base class reads
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    @asynccontextmanager
    async def _make_request(  # the base class's signature
        self,
        request: Request,
        timeout: float,  # noqa: ASYNC109
    ) -> AsyncIterator[Any]:
        name = urlparse_cached(request).netloc
        until, error = self._unreachable.get(name, (0.0, None))
        if error is not None and time.monotonic() < until:
            raise type(error)(str(error))
        try:
            async with super()._make_request(request, timeout) as response:
                self._unreachable.pop(name, None)
                yield response
        except (DownloadConnectionRefusedError, CannotResolveHostError, DownloadTimeoutError) as failure:
            refused = refusal_in(failure)
            reason = failure if refused is None else RefusedAddressError(str(refused))
            # A host that takes our call and answers late is not out of reach: its other pages may be quick.
            if not isinstance(failure, DownloadTimeoutError) or _took_no_call(failure):
                self._remember(name, reason)
            raise reason from failure

    def _remember(self, name: str, error: Exception) -> None:
        if len(self._unreachable) >= _MOST_REMEMBERED:
            self._unreachable.clear()
        # A one-off crawl ends soon: asking again within it would only cost its user time.
        until = float("inf") if self._once else time.monotonic() + _UNREACHABLE_FOR_S
        self._unreachable[name] = (until, error)

    async def close(self) -> None:
        """Close the connections."""
        await self._unguarded.close()
        await super().close()


def _took_no_call(failure: DownloadTimeoutError) -> bool:
    return isinstance(failure.__cause__, aiohttp.ConnectionTimeoutError)
