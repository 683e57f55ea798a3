"""What an answer means, in words that people read in lists of sources."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.http.failures import (
    BadRedirectError,
    CertificateError,
    CrowdedError,
    DamagedBodyError,
    ForbiddenByRobotsError,
    HostPausedError,
    HungUpError,
    NotAnAddressError,
    NotHttpError,
    ProxyError,
    RefusedAddressError,
    RobotsUnknownError,
    SecureConnectionError,
    TooLargeError,
)
from crawler.schedule.failing import Failure
from wirewatch.errors import WirewatchError

GONE = 410
NOT_MODIFIED = 304
OK = 200
TOO_MANY = 429
UNAVAILABLE = 503
# Asking again may help: the server is busy, failing or slow. Anything else it has decided.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_WORDS = {
    401: "asks for a password (401)",
    402: "asks for payment (402)",
    403: "refuses us (403)",
    404: "not there (404)",
    407: "the proxy asks for a password (407)",
    410: "gone for good (410)",
    429: "asks us to slow down (429)",
    451: "may not be shown, by law (451)",
    503: "is not available for now (503)",
}
# A hostile header must not park a source: as long as a silent one waits (max_interval) unless told otherwise.
MOST_RETRY_AFTER = timedelta(hours=6)
_MOST_CHARS = 200


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What it means that a request failed so.

    Attributes:
        words: the reason; None: the error tells it itself, in words of ours.
        kind: how much it says against its source.
        passing: whether asking again may help.
    """

    words: str | None
    kind: Failure
    passing: bool = True


_MEANINGS: tuple[tuple[type[BaseException], _Meaning], ...] = (  # the first that fits
    (RefusedAddressError, _Meaning(None, Failure.UNFIT, passing=False)),
    (CertificateError, _Meaning(None, Failure.TLS, passing=False)),
    (SecureConnectionError, _Meaning(None, Failure.TLS)),
    (NotAnAddressError, _Meaning(None, Failure.UNFIT, passing=False)),
    (NotHttpError, _Meaning(None, Failure.OTHER)),
    (HungUpError, _Meaning("hung up without an answer", Failure.BROKEN)),
    (DamagedBodyError, _Meaning(None, Failure.OTHER, passing=False)),
    (CrowdedError, _Meaning(None, Failure.BUSY)),
    (ProxyError, _Meaning(None, Failure.BUSY)),
    (HostPausedError, _Meaning(None, Failure.BUSY)),
    (TooLargeError, _Meaning(None, Failure.UNFIT, passing=False)),
    (ForbiddenByRobotsError, _Meaning("robots.txt forbids it", Failure.FORBIDDEN, passing=False)),
    (RobotsUnknownError, _Meaning(None, Failure.BUSY)),
    (BadRedirectError, _Meaning(None, Failure.UNFIT, passing=False)),
    (CannotResolveHostError, _Meaning("host name not found", Failure.NAME)),
    (DownloadTimeoutError, _Meaning("timed out", Failure.TIMEOUT)),
    (DownloadConnectionRefusedError, _Meaning("cannot be connected to", Failure.REFUSED)),
    (ResponseDataLossError, _Meaning("broke off in the middle", Failure.BROKEN)),
    (UnsupportedURLSchemeError, _Meaning("neither http nor https", Failure.UNFIT, passing=False)),
    (DownloadCancelledError, _Meaning("given up", Failure.OTHER)),
    (IgnoreRequest, _Meaning("not asked for", Failure.OTHER, passing=False)),
    (WirewatchError, _Meaning(None, Failure.NOT_A_FEED)),
)


def _meaning(error: BaseException | None) -> _Meaning | None:
    return next((meaning for kind, meaning in _MEANINGS if isinstance(error, kind)), None)


def status_words(status: int) -> str:
    """An HTTP status as a reason."""
    return _WORDS.get(status, f"answers {status}")


def failure_words(error: BaseException | None) -> str:
    """A failed request as a reason."""
    meaning = _meaning(error)
    if meaning is None:
        words = f"{type(error).__name__}: {error}"[:_MOST_CHARS]
    else:
        words = meaning.words or str(error)
    if isinstance(error, RefusedAddressError):
        words = f"private address: {words}"
    return words.encode("utf-8", "replace").decode()  # errors quote header bytes as lone surrogates


def kind_of(error: BaseException | None) -> Failure:
    """How much a failed request says against its source."""
    meaning = _meaning(error)
    return Failure.OTHER if meaning is None else meaning.kind


def may_pass(error: BaseException | None) -> bool:
    """Whether a failed request may succeed later."""
    meaning = _meaning(error)
    return meaning is None or meaning.passing


def retry_after(value: bytes | None, now: datetime) -> timedelta | None:
    """Retry-After, in seconds or as a date (RFC 9110, 10.2.3), at most a day; None where it says nothing."""
    if not value:
        return None
    text = value.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        pause = timedelta(seconds=int(text[:9]))  # a longer number is more than a day as well
    else:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        pause = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return min(max(pause, timedelta(0)), MOST_RETRY_AFTER)
