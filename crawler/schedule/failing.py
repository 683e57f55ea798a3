"""How much a failed poll says against its source."""

from enum import StrEnum
from types import MappingProxyType

_NOT_THERE = 404
_FORBIDDING = frozenset({401, 402, 403, 405, 407, 451})
_PASSING = frozenset({408, 425, 429})
_SERVER = 500


class Failure(StrEnum):
    """What went wrong with a poll, the lightest first."""

    NAME = "name"  # the host's name was not found, which is mostly the resolver's own hiccup
    TIMEOUT = "timeout"  # no answer in time
    BROKEN = "broken"  # the answer broke off
    BUSY = "busy"  # 429, 5xx and the like
    MISSING = "missing"  # 404: feeds do come back from it
    REFUSED = "refused"  # nobody listens there
    TLS = "tls"  # a certificate that is not to be trusted, or no common protocol
    FORBIDDEN = "forbidden"  # 401, 403 and the like
    NOT_A_FEED = "not a feed"  # an answer in which there is nothing to watch
    UNFIT = "unfit"  # too large, a private address, a scheme other than http, redirects in circles
    OTHER = "other"

    @property
    def weight(self) -> float:
        """What it adds to a source's trouble: a quarter, a half or one (Media Cloud's rss-fetcher)."""
        return _WEIGHTS.get(self, 1.0)


_WEIGHTS = MappingProxyType(
    {
        Failure.NAME: 0.25,
        Failure.TIMEOUT: 0.5,
        Failure.BROKEN: 0.5,
        Failure.BUSY: 0.5,
        Failure.MISSING: 0.5,
    }
)


def of_status(status: int) -> Failure:
    """The failure that an HTTP status stands for, if it is one."""
    if status == _NOT_THERE:
        return Failure.MISSING
    if status in _PASSING or status >= _SERVER:
        return Failure.BUSY
    return Failure.FORBIDDEN if status in _FORBIDDING else Failure.OTHER
