"""What is at an address that somebody wants to watch, and which feeds a page there has."""

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from console.sources.asking import Asker, NoAnswerError
from console.sources.offers import as_feeds, feeds_of_page
from console.sources.robots import forbidden, robots_of
from console.sources.selecting import unpolled
from crawler.answer import Answer
from crawler.circumstances import Circumstances
from crawler.documents import Document
from crawler.http.answers import status_words
from crawler.polling import judge_read, unread
from crawler.reading import Reader
from crawler.schedule.failing import Failure
from crawler.unread import Failed
from wirewatch.config.settings import Settings
from wirewatch.models import Source, SourceKind, now
from wirewatch.store.polls import Poll
from wirewatch.text.urls import host

_TIMEOUT_S = 15.0
_AT_ONCE = 16

What = Literal["feed", "sitemap", "section", "story", "page"]


@dataclass(frozen=True, slots=True)
class Look:
    """What an address serves.

    Attributes:
        url: as it was named.
        what: a "page" is one that shows no stories; None where it could not be found out.
        feeds: of a page: address and title of each, the most likely first; the news sitemaps of its
            robots.txt come last.
        preferred: of these, the one that the page itself names as its feed; None: it names none.
        leads_to: where it redirects for good.
        trouble: why it could not be found out, or cannot be polled.
        entries: how many it carries.
        first_poll: what it taught, as a first poll; None where it was none.
    """

    url: str
    what: What | None = None
    feeds: tuple[tuple[str, str], ...] = ()
    preferred: str | None = None
    leads_to: str | None = None
    trouble: str = ""
    entries: int = 0
    first_poll: Poll | None = None


def looks_at_preferred(
    looks: Iterable[Look], named: Callable[[str], Source], settings: Settings
) -> list[Look]:
    """What is at the feeds that pages name as theirs; those that are none are left out.

    Args:
        looks: at addresses.
        named: makes the source of an address.
        settings: of both.
    """
    urls = dict.fromkeys(look.preferred for look in looks if look.preferred is not None)
    found = look_at([named(url) for url in urls], settings) if urls else []
    return [look for look in found if look.what == "feed" and not look.trouble]


def look_at(sources: Sequence[Source], settings: Settings) -> list[Look]:
    """Look at new sources, each once, those of one host one after the other."""
    return asyncio.run(_look_at_all(sources, settings))


async def _look_at_all(sources: Sequence[Source], settings: Settings) -> list[Look]:
    hosts = {host(source.url): asyncio.Semaphore(1) for source in sources}
    room = asyncio.Semaphore(_AT_ONCE)
    reader = Reader()
    try:
        async with Asker(settings.network, _TIMEOUT_S) as asker:

            async def look(source: Source) -> Look:
                async with hosts[host(source.url)], room:
                    return await _look(asker, reader, source, settings)

            return await asyncio.gather(*map(look, sources))
    finally:
        await reader.close()


async def _look(asker: Asker, reader: Reader, source: Source, settings: Settings) -> Look:
    """One look: the poll that the crawler would make of a source of which nothing is known."""
    url = source.url
    if settings.polling.robots_for_feeds and (refused := await forbidden(asker, url)):
        return Look(url, trouble=refused.reason)
    try:
        heard = await asker.ask(url)
    except NoAnswerError as error:
        return Look(url, trouble=str(error))
    answer, state = heard.answer, unpolled(source)
    body = unread(state, answer)
    if body is None:
        return Look(url, trouble=status_words(answer.status))
    read = await reader.read(body)
    look = replace(await asyncio.to_thread(_seen, url, answer, read), leads_to=heard.moved_for_good)
    refused = None
    if look.what in ("section", "story", "page"):
        refused, sitemaps = await robots_of(asker, answer.url)
        look = replace(look, feeds=(*look.feeds, *as_feeds(sitemaps)))
    if not isinstance(read, Document) or read.is_story or read.children:
        return look  # of an index, the sitemaps are a part of the first poll
    if read.kind is SourceKind.SECTION and refused is not None:
        return replace(look, trouble=refused.reason)
    at = Circumstances(now(), settings.polling.backfill, random.Random())
    return replace(look, first_poll=judge_read(state, answer, read, at))


def _seen(url: str, answer: Answer, read: Document | Failed) -> Look:
    """What an answer shows."""
    if isinstance(read, Document):
        look = Look(url, read.kind.value, entries=len(read.feed.parts))
        return _with_feeds(look, answer) if read.kind in (SourceKind.SECTION, SourceKind.STORY) else look
    look = Look(url, trouble=read.reason)
    if read.kind is not Failure.NOT_A_FEED:
        return look
    look = _with_feeds(look, answer)
    is_page = look.feeds or read.html or "html" in (answer.content_type or "").lower()
    empty = not answer.body.strip()
    return replace(look, what="page" if is_page and not empty else None)


def _with_feeds(look: Look, answer: Answer) -> Look:
    """A look at a page with the feeds that it has."""
    feeds, preferred = feeds_of_page(answer)
    return replace(look, feeds=feeds, preferred=preferred)
