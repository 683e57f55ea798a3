"""Scrapy's aiohttp download handler, with sockets that open only to addresses we may reach.

What it adds: the guard; bodies unpacked and counted while they are read; hosts that are out of reach or
asked us to slow down are not asked; TLS sessions taken up again; a proxy by setting; failures by name.
"""

import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any, NoReturn, cast

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers import _aiohttp, _base_streaming
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Headers, Response
from scrapy.utils.httpobj import urlparse_cached
from yarl import URL

from crawler.http.answers import TOO_MANY, UNAVAILABLE
from crawler.http.decoding import Decoder
from crawler.http.failures import (
    CrowdedError,
    DamagedBodyError,
    HostPausedError,
    HungUpError,
    RefusedAddressError,
    TooLargeError,
)
from crawler.http.hosts import HostPauses
from crawler.http.naming import named
from crawler.http.raw_headers import RawHeadersRequest, as_text
from crawler.http.reach import OutOfReach
from crawler.http.tls import client_context
from wirewatch.network.connecting import allow_many_connections, guarded_connector, proxy_connector
from wirewatch.network.guard import refusal_of_literal

# A feed and its new pages are asked for within a second or two. aiohttp bounds the connections at work, not
# those at rest: at 500 hosts a second each second of rest is 500 open files.
_KEEP_ALIVE_S = 4.0
# Policies of 10 kB and more are common in headers; aiohttp's own bounds are 8,190 bytes and 128 headers.
_MOST_HEADER_BYTES = 64 * 1024
_MOST_HEADERS = 512
# While bodies are read that hold more than this together, only small ones are read to their end: many hosts
# that send for ever cost no more than this, and feeds still come through.
_CROWDED_BYTES = 128 * 1024 * 1024
_SMALL_BYTES = 1024 * 1024
_WHILE_READING = (
    CrowdedError,
    DamagedBodyError,
    DownloadTimeoutError,
    HungUpError,
    ResponseDataLossError,
    TooLargeError,
)
_SLOW_DOWN = frozenset({TOO_MANY, UNAVAILABLE})


class _Response(_aiohttp._ClientResponse):  # noqa: SLF001 - what the base class reads
    """An answer, with how many bytes of its body are held."""

    in_hand = 0


class GuardedHandler(_aiohttp.AiohttpDownloadHandler):
    """Fetches http and https; refuses private addresses; leaves alone who is out of reach or asked for it."""

    def __init__(self, crawler: Crawler) -> None:
        # It warns at every start that it is experimental. We chose it knowingly: see docs/dependencies.md.
        logging.getLogger(_base_streaming.__name__).setLevel(logging.ERROR)
        super().__init__(crawler)
        allow_many_connections()
        self._allow = [ip_network(one) for one in crawler.settings.getlist("WIREWATCH_ALLOW_NETWORKS")]
        self._proxy: str | None = crawler.settings.get("WIREWATCH_PROXY")
        self._out_of_reach = OutOfReach(for_good=crawler.settings.getbool("WIREWATCH_ONCE"))
        self._hosts = HostPauses.of(crawler)
        self._tls = client_context()
        # Scrapy has a middleware for each of these; together they cost a tenth of a header check.
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._usual_headers = [
            *crawler.settings.getdict("DEFAULT_REQUEST_HEADERS").items(),
            ("User-Agent", crawler.settings["USER_AGENT"]),
        ]
        self._in_hand = 0  # bytes of the bodies that are being read
        self._unguarded = self._session
        make_connector = proxy_connector if self._proxy else guarded_connector
        self._session = aiohttp.ClientSession(
            connector=make_connector(
                self._allow,
                limit=self._pool_size_total,
                # A proxy is one host for all; Scrapy's slots are still one for each.
                limit_per_host=0 if self._proxy else self._pool_size_per_host,
                keepalive_timeout=_KEEP_ALIVE_S,
                ttl_dns_cache=60,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            request_class=RawHeadersRequest,
            response_class=_Response,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            max_line_size=_MOST_HEADER_BYTES,
            max_field_size=_MOST_HEADER_BYTES,
            max_headers=_MOST_HEADERS,
        )

    async def download_request(self, request: Request) -> Response:
        """Ask.

        Raises:
            Exception: one of Scrapy's or of ``crawler.http.failures``.
        """
        request.meta.setdefault("download_timeout", self._timeout)
        try:
            response: Response = await super().download_request(request)
        except _WHILE_READING as error:
            # What an error was raised from holds the frames of its way, and they hold the body.
            error.__cause__ = error.__context__ = None
            raise error.with_traceback(None) from None
        return response

    @asynccontextmanager
    async def _make_request(  # the base class's signature
        self,
        request: Request,
        timeout: float,  # noqa: ASYNC109
    ) -> AsyncIterator[Any]:
        parts = urlparse_cached(request)
        host, name = parts.hostname or "", parts.netloc
        self._refuse_early(host, name)
        try:
            async with self._session.request(
                request.method,
                URL(request.url, encoded=True),  # as it is written: Scrapy has made it safe
                data=request.body or None,  # b"" would be sent as "Content-Length: 0"
                headers=[*self._usual_headers, *as_text(request.headers)],
                timeout=aiohttp.ClientTimeout(total=timeout),
                ssl=self._tls,
                allow_redirects=False,
                proxy=self._proxy,
            ) as response:
                self._note(host, name, response)
                try:
                    yield response
                finally:
                    self._in_hand -= cast("_Response", response).in_hand
        except (TimeoutError, aiohttp.ClientError, ssl.SSLError) as error:
            failure = named(error, timeout)
            self._out_of_reach.failed(name, failure, error)
            # aiohttp's own text may hold the proxy's address, and with it a password.
            raise failure from (None if self._proxy else error)

    def _refuse_early(self, host: str, name: str) -> None:
        """Fail at once where asking is refused, unwanted or in vain."""
        if host in self._hosts and (until := self._hosts.paused_until(host, datetime.now(UTC))) is not None:
            raise HostPausedError(until)
        if self._proxy and (refusal := refusal_of_literal(host, self._allow)) is not None:
            raise RefusedAddressError(str(refusal))
        self._out_of_reach.check(name)

    def _note(self, host: str, name: str, response: Any) -> None:
        self._out_of_reach.reached(name)
        if response.status in _SLOW_DOWN or host in self._hosts:
            asked = response.headers.get("Retry-After", "")
            self._hosts.heard(host, response.status, asked.encode("utf-8", "surrogateescape"))
        if response._ssl_object is not None:  # noqa: SLF001 - the base class keeps it there
            self._tls.keep(response._ssl_object)  # noqa: SLF001

    @staticmethod
    def _extract_headers(response: Any) -> Headers:
        """The headers of an answer whose body is unpacked, byte for byte: validators are echoed."""
        return Headers([one for one in response.raw_headers if one[0].lower() != b"content-encoding"])

    async def _iter_body_chunks(self, response: _Response) -> AsyncIterator[bytes]:  # type: ignore[override]
        """The body, unpacked; the base class counts it against its bound, piece by piece."""
        decoder = Decoder(response.headers.getall("Content-Encoding", ()))
        received = 0
        async for data in response.content.iter_any():
            received += len(data)
            if received > self._default_maxsize:  # what unpacks to nothing is counted too
                raise _too_large(self._default_maxsize)
            for piece in decoder.feed(data):
                response.in_hand += len(piece)
                self._in_hand += len(piece)
                if self._in_hand > _CROWDED_BYTES and response.in_hand > _SMALL_BYTES:
                    raise CrowdedError("large, while too much else was being read")
                yield piece
        if decoder.broke_off:
            raise ResponseDataLossError("the packed body has no end")

    @staticmethod
    def _cancel_maxsize(size: int, limit: int, request: Request, *, expected: bool) -> NoReturn:  # noqa: ARG004
        """The base class logs a warning for each; ours is a reason on the source."""
        raise _too_large(limit)

    async def close(self) -> None:
        """Close the connections."""
        await self._unguarded.close()
        await super().close()


def _too_large(limit: int) -> TooLargeError:
    return TooLargeError(f"larger than {limit / 2**20:.3g} MB")
