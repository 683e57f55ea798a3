"""Redirects, followed by Scrapy's middleware where they may be, and refused by name where not.

The guard judges each address that a redirect leads to, and robots.txt is asked for each page anew.
"""

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.http.failures import BadRedirectError

_STATUSES = frozenset({301, 302, 303, 307, 308})
_SHORTEST_TIMEOUT_S = 0.1


class NamedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's middleware; what it does not follow has a name, and all hops share one time bound."""

    # Scrapy passes no spider any more, and will take the argument away.
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The request that a redirect leads to, or the response where it is none.

        Raises:
            BadRedirectError: if it leads in a circle, too far, or to where we do not follow.
        """
        if response.status not in _STATUSES or "Location" not in response.headers:
            return response
        try:
            followed: Request | Response = super().process_response(request, response)
        except ValueError as error:  # "http://[", a port that is no number, bytes that are no text
            raise BadRedirectError("redirects to what is no address") from error
        if not isinstance(followed, Request):
            raise BadRedirectError("redirects to an address that is neither http nor https")
        return followed

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        before = [*request.meta.get("redirect_urls", ()), request.url]
        # Without cookies, and with nothing else that a server could know us by, the same question gets the
        # same answer.
        if redirected.url in before:
            raise BadRedirectError("redirects in a circle")
        if len(before) > self.max_redirect_times:
            raise BadRedirectError(f"redirects more than {self.max_redirect_times} times")
        followed: Request = super()._redirect(redirected, request, reason)
        # It stands in the line of the host that it leads to, with that one's delay.
        followed.meta.pop("download_slot", None)
        spent = request.meta.get("download_latency", 0.0)
        left = request.meta.get("download_timeout", 0.0) - spent
        followed.meta["download_timeout"] = max(left, _SHORTEST_TIMEOUT_S)
        if urlparse_cached(request).scheme == "https" and urlparse_cached(redirected).scheme == "http":
            # Followed, as browsers do: old links of outlets and of feed services lead there.
            self.crawler.stats.inc_value("redirects/https_to_http")
        return followed

    def _engine_started(self) -> None:
        """Scrapy's warns here that no referrer is sent along. None is meant to be."""
