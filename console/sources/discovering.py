"""What is at an address that somebody wants to watch, and which feeds a page there has."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from w3lib.encoding import html_to_unicode

from console.sources.asking import Asker, Heard, NoAnswerError
from crawler.documents import unzipped
from crawler.http.answers import OK, status_words
from crawler.sections.advertised import feeds_of
from crawler.sections.kind import document_kind
from wirewatch.config.settings import NetworkAccess
from wirewatch.errors import NotAFeedError
from wirewatch.text.urls import host

_TIMEOUT_S = 15.0
_AT_ONCE = 16
_MOST_FEEDS = 30

What = Literal["feed", "sitemap", "section", "story", "unknown"]


@dataclass(frozen=True, slots=True)
class Look:
    """What an address serves.

    Attributes:
        url: as it was named.
        what: None where it could not be found out.
        feeds: of a page: address and title of each, the most likely first.
        leads_to: where it redirects for good.
        trouble: why it could not be found out.
    """

    url: str
    what: What | None = None
    feeds: tuple[tuple[str, str], ...] = ()
    leads_to: str | None = None
    trouble: str = ""

    @property
    def is_page(self) -> bool:
        """A web page: a section, or a single story."""
        return self.what in ("section", "story")


def look_at(urls: Sequence[str], network: NetworkAccess) -> list[Look]:
    """Look at addresses, each once, those of one host one after the other."""
    return asyncio.run(_look_at_all(urls, network))


async def _look_at_all(urls: Sequence[str], network: NetworkAccess) -> list[Look]:
    hosts = {host(url): asyncio.Semaphore(1) for url in urls}
    room = asyncio.Semaphore(_AT_ONCE)
    async with Asker(network, _TIMEOUT_S) as asker:

        async def look(url: str) -> Look:
            async with hosts[host(url)], room:
                try:
                    return await asyncio.to_thread(look_of, url, await asker.ask(url))
                except NoAnswerError as error:
                    return Look(url, trouble=str(error))

        return await asyncio.gather(*map(look, urls))


def look_of(url: str, heard: Heard) -> Look:
    """What an answer shows."""
    answer = heard.answer
    if answer.status != OK:
        return Look(url, trouble=status_words(answer.status))
    try:
        body = unzipped(answer.body)
    except NotAFeedError as error:
        return Look(url, trouble=str(error))
    if not body.strip():
        return Look(url, trouble="empty answer")
    kind = document_kind(body, answer.content_type, answer.url)
    what: What = "feed" if kind == "json-feed" else kind
    feeds: tuple[tuple[str, str], ...] = ()
    if what in ("section", "story"):
        html = html_to_unicode(answer.content_type, body)[1]
        feeds = tuple(feeds_of(html, answer.url)[:_MOST_FEEDS])
    return Look(url, what, feeds, heard.moved_for_good)
