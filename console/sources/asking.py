"""One request as the crawler would make it, followed through its redirects, with all that was said."""

import asyncio
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
from scrapy.exceptions import ResponseDataLossError
from w3lib.url import safe_url_string
from yarl import URL

from crawler.answer import Answer
from crawler.http.answers import failure_words
from crawler.http.decoding import Decoder
from crawler.http.failures import BadRedirectError, DamagedBodyError, RefusedAddressError, TooLargeError
from crawler.http.naming import named
from crawler.http.tls import client_context
from crawler.schedule.redirects import Hop
from crawler.settings import DEFAULT_REQUEST_HEADERS, DOWNLOAD_MAXSIZE, REDIRECT_MAX_TIMES
from wirewatch import __version__
from wirewatch.config.settings import NetworkAccess
from wirewatch.errors import WirewatchError
from wirewatch.network.connecting import guarded_connector, proxy_connector
from wirewatch.network.guard import refusal_of_literal
from wirewatch.text.urls import is_web

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_LONGEST_LINE = 16_384
_OURS = (BadRedirectError, DamagedBodyError, RefusedAddressError, ResponseDataLossError, TooLargeError)


class NoAnswerError(WirewatchError):
    """An address that gives no answer.

    Attributes:
        error: why, by the name that the crawler has for it.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__(failure_words(error))
        self.error = error


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, and what led to it.

    Attributes:
        answer: with its body unpacked.
        sent: the headers of the last request.
        packed: bytes of the body on the wire.
        took: from the first request to the last byte.
    """

    answer: Answer
    sent: Mapping[str, str]
    packed: int
    took: timedelta

    def header(self, name: str) -> str | None:
        """A header's last value, for people."""
        value = self.answer.header(name)
        return value.decode("utf-8", "replace") if value is not None else None

    @property
    def moved_for_good(self) -> str | None:
        """Where the address leads if all redirects say that it does for ever."""
        hops = self.answer.hops
        return self.answer.url if hops and all(hop.status in _FOR_GOOD for hop in hops) else None


class Asker:
    """Asks addresses, on connections that open only where the configuration lets us go. Use as a context.

    Args:
        network: who we say we are, and where we may connect.
        timeout_s: for one answer with its redirects, in seconds.
    """

    def __init__(self, network: NetworkAccess, timeout_s: float) -> None:
        self._network = network
        self._timeout_s = timeout_s
        self._proxy = network.proxy.get_secret_value() if network.proxy else None

    async def __aenter__(self) -> Self:
        make_connector = proxy_connector if self._proxy else guarded_connector
        self._session = aiohttp.ClientSession(
            connector=make_connector(self._network.allow, ssl=client_context()),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={
                **DEFAULT_REQUEST_HEADERS,
                "User-Agent": f"Wirewatch/{__version__} (+{self._network.contact})",
            },
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def ask(self, url: str, headers: Mapping[str, bytes] | None = None) -> Heard:
        """The answer of an address.

        Args:
            url: http or https.
            headers: validators, byte for byte; none: the whole document is asked for.

        Raises:
            NoAnswerError: there is none: why.
        """
        given = {name: value.decode("utf-8", "surrogateescape") for name, value in (headers or {}).items()}
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._follow(url, given)
        except (TimeoutError, aiohttp.ClientError, ssl.SSLError, OSError) as error:
            raise NoAnswerError(named(error, self._timeout_s)) from None  # it may hold a proxy's password
        except _OURS as error:
            raise NoAnswerError(error) from error
        except ValueError as error:  # "http://[", a port that is no number
            raise NoAnswerError(BadRedirectError("leads to what is no address")) from error

    async def _follow(self, url: str, given: Mapping[str, str]) -> Heard:
        hops: list[Hop] = []
        begun = time.monotonic()
        while True:
            address = URL(safe_url_string(url), encoded=True)
            if self._proxy and (refused := refusal_of_literal(address.host or "", self._network.allow)):
                raise RefusedAddressError(str(refused))
            async with self._session.get(
                address, headers=given, allow_redirects=False, proxy=self._proxy
            ) as response:
                to = response.headers.get("Location") if response.status in _REDIRECTS else None
                if to is None:
                    body, packed = await _read(response)
                    said = _headers(response)
                    answer = Answer(url, response.status, body, said, tuple(hops), full=not given)
                    took = timedelta(seconds=time.monotonic() - begun)
                    return Heard(answer, dict(response.request_info.headers), packed, took)
                url = urljoin(url, to.strip())
                hops.append(Hop(response.status, url))
            if not is_web(url):
                raise BadRedirectError("redirects to an address that is neither http nor https")
            if len(hops) > REDIRECT_MAX_TIMES:
                raise BadRedirectError(f"redirects more than {REDIRECT_MAX_TIMES} times")


def _headers(response: aiohttp.ClientResponse) -> dict[str, tuple[bytes, ...]]:
    found: dict[str, tuple[bytes, ...]] = {}
    for name, value in response.raw_headers:
        lower = name.decode("latin-1").lower()
        found[lower] = (*found.get(lower, ()), value)
    return found


async def _read(response: aiohttp.ClientResponse) -> tuple[bytes, int]:
    """The body unpacked, and its size on the wire; both are bounded, piece by piece."""
    decoder = Decoder(response.headers.getall("Content-Encoding", ()))
    data, packed = bytearray(), 0
    async for received in response.content.iter_any():
        packed += len(received)
        for piece in decoder.feed(received):
            data += piece
            if max(len(data), packed) > DOWNLOAD_MAXSIZE:
                raise TooLargeError(f"larger than {DOWNLOAD_MAXSIZE // 1_048_576} MB")
    if decoder.broke_off:
        raise ResponseDataLossError("the packed body has no end")
    return bytes(data), packed
