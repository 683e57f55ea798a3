"""Answers that say by their status or headers what stands before a page.

The header names are those that the services document or send with every such answer.
"""

from scrapy.http import Response

from crawler.http.answers import status_words
from wirewatch.models import Entry, Page
from wirewatch.walls import Wall

_BY_STATUS = {401: Wall.LOGIN, 402: Wall.LOGIN, 451: Wall.REGION}
# Sent with a service's own refusals only, whatever their status.
_OF_REFUSALS = ("cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated", "x-sucuri-block")
# Sent with all answers of a guarded site: one that refuses with these is a refusal of the guard.
_REFUSALS = frozenset({403, 405, 429})
_OF_GUARDS = ("x-datadome", "x-kpsdk-ct", "x-iinfo")
_GUARDS = (b"akamaighost", b"datadome", b"ddos-guard", b"qrator")  # as servers


def refusal(entry: Entry, response: Response) -> Page | None:
    """The page of an entry whose answer is a wall, which no second request would pass; None for any other."""
    kind, words = _BY_STATUS.get(response.status), status_words(response.status)
    if kind is None and _is_challenge(response):
        kind = Wall.CHALLENGE
        words = f"{kind} ({response.status})"
    if kind is None:
        return None
    return Page(entry=entry, url=response.url, status=response.status, reason=words, wall=kind)


def _is_challenge(response: Response) -> bool:
    headers = response.headers
    if any(name in headers for name in _OF_REFUSALS):
        return True
    server = (headers.get("Server") or b"").lower()
    guarded = any(name in headers for name in _OF_GUARDS) or server.startswith(_GUARDS)
    return response.status in _REFUSALS and guarded
