"""Why a request failed, where Scrapy has no word of its own for it.

DownloadFailedError                 (Scrapy's) no answer, or none that can be used
├── RefusedAddressError             the host is where we may not connect to
├── CertificateError                the host cannot prove who it is
├── SecureConnectionError           no TLS with it for another reason
├── NotAnAddressError               there is nobody to ask at such an address
├── NotHttpError                    what answers does not speak HTTP
├── HungUpError                     it closed the connection without an answer
├── DamagedBodyError                the body is not packed as its Content-Encoding says
├── CrowdedError                    too much is being read at once; later there is room again
├── ProxyError                      the proxy of ``network.proxy`` does not let us through
└── HostPausedError                 not asked: the host told us to slow down
DownloadCancelledError              (Scrapy's) given up by us
└── TooLargeError                   the body is larger than we read
IgnoreRequest                       (Scrapy's) not to be asked
├── ForbiddenByRobotsError          robots.txt says so
├── RobotsUnknownError              robots.txt cannot be had, and so forbids all for now (RFC 9309, 2.3.1.4)
└── BadRedirectError                redirected in a circle, too often, or to where nobody may follow
"""

from datetime import datetime

from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, IgnoreRequest


class RefusedAddressError(DownloadFailedError):
    """The host has an address that may not be connected to."""


class CertificateError(DownloadFailedError):
    """The host's certificate is not valid: its text says why."""


class SecureConnectionError(DownloadFailedError):
    """There is no TLS connection to be had with the host."""


class NotAnAddressError(DownloadFailedError):
    """An address of http or https that names no host."""


class NotHttpError(DownloadFailedError):
    """What answers does not speak HTTP as we can read it."""


class HungUpError(DownloadFailedError):
    """The connection was closed before an answer came."""


class DamagedBodyError(DownloadFailedError):
    """The body is not packed as its Content-Encoding says, or packed too often."""


class CrowdedError(DownloadFailedError):
    """So much is being read at once that this large body has to come another time."""


class ProxyError(DownloadFailedError):
    """The proxy cannot be reached, or refuses. Its address, which may hold a password, is not in the text."""


class HostPausedError(DownloadFailedError):
    """The host asked us to slow down; nothing was sent.

    Attributes:
        until: when it may be asked again.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__(f"its host asked us to slow down, until {until:%H:%M:%S} UTC")
        self.until = until


class TooLargeError(DownloadCancelledError):
    """The body is larger than we read."""


class ForbiddenByRobotsError(IgnoreRequest):
    """The host's robots.txt forbids it."""


class RobotsUnknownError(IgnoreRequest):
    """The host's robots.txt cannot be had: its text says why."""


class BadRedirectError(IgnoreRequest):
    """A redirect that is not followed: its text says why."""
