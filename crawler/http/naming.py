"""aiohttp's errors by the names that the crawler knows."""

import ssl

import aiohttp
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
)

from crawler.http.failures import (
    CertificateError,
    HungUpError,
    NotAnAddressError,
    NotHttpError,
    ProxyError,
    RefusedAddressError,
    SecureConnectionError,
)
from wirewatch.network.guard import refusal_in

_MOST_CHARS = 120  # of a text in which a stranger's bytes may stand
_PROXY_PASSWORD = 407


def named(error: BaseException, timeout_s: float) -> Exception:
    """What a failed request of aiohttp's is called here.

    Args:
        error: what aiohttp raised; the address of a proxy in it, and the password in that, are left out.
        timeout_s: what the request was given.
    """
    if (refusal := refusal_in(error)) is not None:
        return RefusedAddressError(str(refusal))
    if isinstance(error, aiohttp.ClientHttpProxyError | aiohttp.ClientProxyConnectionError):
        return ProxyError(_proxy_words(getattr(error, "status", None)))
    if isinstance(error, TimeoutError):
        return DownloadTimeoutError(f"took longer than {timeout_s:g} s")
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return NotAnAddressError("is no address that can be asked")
    return _connection(error)


def _proxy_words(status: int | None) -> str:
    if status is None:
        return "the proxy cannot be reached"
    if status == _PROXY_PASSWORD:
        return "the proxy asks for another password (407)"
    return f"the proxy does not get through ({status})"


def _connection(error: BaseException) -> Exception:
    if isinstance(error, ssl.CertificateError):
        inner = getattr(error, "certificate_error", error)
        why = getattr(inner, "verify_message", "") or str(inner)
        return CertificateError(f"its certificate is not valid: {why[:_MOST_CHARS].rstrip('.')}")
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        why = getattr(error, "reason", None) or getattr(getattr(error, "os_error", None), "reason", None)
        detail = f" ({str(why)[:_MOST_CHARS].replace('_', ' ').lower()})" if why else ""
        return SecureConnectionError(f"no secure connection{detail}")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return CannotResolveHostError(str(error)[:_MOST_CHARS])
    if isinstance(error, aiohttp.ClientConnectorError):
        return DownloadConnectionRefusedError(str(error)[:_MOST_CHARS])
    if isinstance(error, aiohttp.ClientResponseError):
        return NotHttpError(f"does not speak HTTP as it should: {_first_line(error.message)}")
    return HungUpError(f"{type(error).__name__}: {error}"[:_MOST_CHARS])


def _first_line(message: str) -> str:
    """What a parser says before it quotes the bytes that it met."""
    lines = (line.strip(" :") for line in message.splitlines())
    return next((line[:_MOST_CHARS] for line in lines if line), "no reason")
