"""What an answer means, in words that people read in lists of sources."""

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

from crawler.http.handler import RefusedAddressError
from wirewatch.errors import WirewatchError

GONE = 410
NOT_MODIFIED = 304
OK = 200
# Asking again may help: the server is busy, failing or slow. Anything else it has decided.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_WORDS = {
    401: "asks for a password (401)",
    402: "asks for payment (402)",
    403: "refuses us (403)",
    404: "not there (404)",
    410: "gone for good (410)",
    429: "asks us to slow down (429)",
}
_MOST_RETRY_AFTER = timedelta(days=1)  # a hostile header must not park a source
_ROBOTS = "robots.txt forbids it"


def status_words(status: int) -> str:
    """An HTTP status as a reason."""
    return _WORDS.get(status, f"answers {status}")


def failure_words(error: BaseException | None) -> str:
    """A failed request as a reason."""
    reasons: tuple[tuple[type[BaseException], str], ...] = (
        (RefusedAddressError, f"private address: {error}"),
        (CannotResolveHostError, "host name not found"),
        (DownloadTimeoutError, "timed out"),
        (DownloadConnectionRefusedError, "cannot be connected to"),
        (DownloadCancelledError, "larger than 15 MB"),
        (ResponseDataLossError, "broke off in the middle"),
        (UnsupportedURLSchemeError, "neither http nor https"),
        (IgnoreRequest, _ROBOTS),
    )
    for kind, words in reasons:
        if isinstance(error, kind):
            return words
    words = str(error) if isinstance(error, WirewatchError) else f"{type(error).__name__}: {error}"[:200]
    return words.encode("utf-8", "replace").decode()  # errors quote header bytes as lone surrogates


def may_pass(error: BaseException | None) -> bool:
    """Whether a failed request may succeed later."""
    return not isinstance(
        error, RefusedAddressError | DownloadCancelledError | UnsupportedURLSchemeError | IgnoreRequest
    )


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
    return min(max(pause, timedelta(0)), _MOST_RETRY_AFTER)
