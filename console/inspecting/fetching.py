"""One answer from the web: bounded, and only from where the configuration lets us go."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp
from w3lib.url import safe_url_string
from yarl import URL

from console.inspecting.inputs import InputError
from crawler.settings import DEFAULT_REQUEST_HEADERS, DOWNLOAD_MAXSIZE, DOWNLOAD_TIMEOUT, REDIRECT_MAX_TIMES
from wirewatch import __version__
from wirewatch.config.settings import NetworkAccess
from wirewatch.network.connecting import guarded_connector, trouble
from wirewatch.network.guard import refusal_in

_OK = 200
_PIECE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a page or feed, unpacked, and what is known of them.

    Attributes:
        url: where they came from, after redirects; "" where nobody says.
        content_type: the answer's header.
        charset: the parameter in it.
    """

    data: bytes
    url: str = ""
    content_type: str | None = None
    charset: str | None = None
    status: int | None = None


class Fetcher:
    """Fetches one address after the other on connections of its own. Use as a context.

    Args:
        network: asked at the first fetch: who we say we are, and which private networks may be reached.
    """

    def __init__(self, network: Callable[[], NetworkAccess]) -> None:
        self._network = network
        self._runner = asyncio.Runner()
        self._session: aiohttp.ClientSession | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            self._runner.run(self._session.close())
        self._runner.close()

    def fetch(self, url: str) -> Body:
        """The answer of an address.

        Raises:
            InputError: there is none, or one that is no page: why.
            ConfigError: the configuration that says where we may go cannot be used.
        """
        return self._runner.run(self._fetch(url, self._network() if self._session is None else None))

    async def _fetch(self, url: str, network: NetworkAccess | None) -> Body:
        if self._session is None:
            self._session = _session(network or NetworkAccess())
        try:
            address = URL(safe_url_string(url), encoded=True)
            async with self._session.get(address, max_redirects=REDIRECT_MAX_TIMES) as response:
                if response.status != _OK:
                    raise InputError(f"answers {response.status}")
                data = await _read(response)
                header = response.headers.get("Content-Type")
                return Body(data, str(response.url), header, response.charset, response.status)
        except aiohttp.TooManyRedirects:
            raise InputError(f"more than {REDIRECT_MAX_TIMES} redirects") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            refused = refusal_in(error)
            raise InputError(str(refused) if refused else trouble(error)) from error


def _session(network: NetworkAccess) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=guarded_connector(network.allow),
        timeout=aiohttp.ClientTimeout(total=DOWNLOAD_TIMEOUT),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={**DEFAULT_REQUEST_HEADERS, "User-Agent": f"Wirewatch/{__version__} (+{network.contact})"},
    )


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The body, whose size is counted unpacked: a small answer may unpack to a large one."""
    data = bytearray()
    async for piece in response.content.iter_chunked(_PIECE_BYTES):
        data += piece
        if len(data) > DOWNLOAD_MAXSIZE:
            raise InputError(f"larger than {DOWNLOAD_MAXSIZE // 1_048_576} MB")
    return bytes(data)
