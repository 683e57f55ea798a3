"""The newest sitemaps of a sitemap index: documents of the same source, asked after it."""

import logging
from dataclasses import replace

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.answer import answer_of
from crawler.documents import Document
from crawler.feeds.document import Part
from crawler.http.answers import OK, PASSING, failure_words, may_pass, status_words
from crawler.reading import Reader
from crawler.unread import Failed, Unread
from wirewatch.models import SourceKind
from wirewatch.store.carried import versions_in
from wirewatch.store.sources import SourceState

logger = logging.getLogger(__name__)


async def with_children(
    crawler: Crawler, reader: Reader, state: SourceState, document: Document, *, exempt: bool
) -> tuple[Document, str | None]:
    """An index with the parts of its newest sitemaps, and what failed for now.

    One that fails is left for the next poll. As the source's own they are ``exempt`` from robots.txt, or
    not, as feeds are.
    """
    parts: list[Part] = []
    trouble = None
    known = versions_in(state.carried)
    for url in document.children:
        read, passing = await _child(crawler, reader, url, known, exempt=exempt)
        if isinstance(read, Document):
            parts += read.feed.parts
            continue
        logger.info("%s: %s: %s", state.source.url, url, read)
        if passing:
            trouble = f"{url}: {read}"
    return replace(document, feed=replace(document.feed, parts=tuple(parts))), trouble


async def _child(
    crawler: Crawler, reader: Reader, url: str, known: frozenset[bytes], *, exempt: bool
) -> tuple[Document | str, bool]:
    """One sitemap, or why there is none and whether that may pass."""
    try:
        request = Request(url, meta={"dont_obey_robotstxt": exempt})
        answer = answer_of(await crawler.engine.download_async(request))
    except Exception as error:  # whatever one child does, its siblings are read
        return failure_words(error), may_pass(error)
    if answer.status != OK:
        return status_words(answer.status), answer.status in PASSING
    read = await reader.read(Unread(answer.body, answer.url, answer.content_type, SourceKind.SITEMAP, known))
    return (read.reason, False) if isinstance(read, Failed) else (read, False)
