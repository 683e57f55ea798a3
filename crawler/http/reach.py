"""Hosts that are out of reach: their other pages fail at once, instead of each waiting for a time bound."""

import time

import aiohttp
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError

from crawler.http.failures import RefusedAddressError

_LEFT_ALONE_S = 30.0
_MOST_REMEMBERED = 10_000
_OUT_OF_REACH = (RefusedAddressError, CannotResolveHostError, DownloadConnectionRefusedError)


class OutOfReach:
    """The hosts, with their ports, that could not be connected to lately.

    Args:
        for_good: for the life of the process: a one-off crawl ends soon, and asking again within it would
            only cost its user time.
    """

    def __init__(self, *, for_good: bool) -> None:
        self._left_alone_s = float("inf") if for_good else _LEFT_ALONE_S
        self._known: dict[str, tuple[float, Exception]] = {}

    def check(self, host: str) -> None:
        """Nothing, where a host may be in reach.

        Raises:
            Exception: the last failure, where it was not.
        """
        if host in self._known:
            until, failure = self._known[host]
            if time.monotonic() < until:
                raise type(failure)(str(failure))

    def reached(self, host: str) -> None:
        """The host answered."""
        if self._known:
            self._known.pop(host, None)

    def failed(self, host: str, failure: Exception, error: BaseException) -> None:
        """Take in a failure, and aiohttp's error that it stands for."""
        # A host that takes our call and answers late is not out of reach: its other pages may be quick.
        took_no_call = isinstance(failure, DownloadTimeoutError) and isinstance(
            error, aiohttp.ConnectionTimeoutError
        )
        if not (took_no_call or isinstance(failure, _OUT_OF_REACH)):
            return
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        # A copy: the failure itself will hold the frames of its way.
        self._known[host] = (time.monotonic() + self._left_alone_s, type(failure)(str(failure)))
