"""The newest sitemaps of a sitemap index: documents of the same source, asked after it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.answer import Answer, answer_of
from crawler.documents import Document
from crawler.feeds.document import FeedDocument, Part
from crawler.http.answers import NOT_MODIFIED, OK, PASSING, failure_words, may_pass, status_words
from crawler.reading import Reader
from crawler.schedule.failing import Failure
from crawler.sitemap_index import KnownSitemap, remembered, to_text
from crawler.unread import Failed, Unread
from wirewatch.models import SourceKind
from wirewatch.store.carried import versions_in
from wirewatch.store.sources import SourceState

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Children:
    """What an index's sitemaps brought.

    Attributes:
        document: the index with their entries; None: neither it nor they have changed.
        documents: what to remember of them: see ``crawler.sitemap_index``.
        trouble: what failed for now.
    """

    document: Document | None
    documents: str
    trouble: str | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What became of one sitemap: what is known of it now, its entries, and why it failed."""

    sitemap: KnownSitemap
    parts: Sequence[Part] = ()
    failure: str | None = None
    passing: bool = False


def asks_children(state: SourceState, answer: Answer, read: Document | Failed | None) -> bool:
    """Whether an answer is an index's: one that lists sitemaps, or one that is still what it was."""
    if read is not None:
        return isinstance(read, Document) and bool(read.children)
    unchanged = answer.status == OK or (answer.status == NOT_MODIFIED and not answer.full)
    return unchanged and bool(state.documents)


async def with_children(
    crawler: Crawler,
    reader: Reader,
    state: SourceState,
    index: Document | None,
    *,
    exempt: bool,
    full: bool,
) -> Children:
    """Ask the newest sitemaps of an index.

    Args:
        crawler: Scrapy's, whose engine asks.
        reader: that reads what has changed.
        state: of the index.
        index: as read; None: it has not changed, nor has the list of its sitemaps.
        exempt: from robots.txt, as feeds are: they are the source's own.
        full: ask without validators.
    """
    before = remembered(state, index.children if index is not None else None)
    known = versions_in(state.carried)
    outcomes = [await _asked(crawler, reader, sitemap, known, exempt=exempt, full=full) for sitemap in before]
    trouble = None
    for one in outcomes:
        if one.failure is not None:
            logger.info("%s: %s: %s", state.source.url, one.sitemap.url, one.failure)
        if one.passing:
            trouble = f"{one.sitemap.url}: {one.failure}"
    after = [one.sitemap for one in outcomes]
    documents = to_text(after)
    if index is None:
        if all(now.versions == was.versions for now, was in zip(after, before, strict=True)):
            return Children(None, documents, trouble)
        urls = tuple(one.url for one in before)
        index = Document(SourceKind.SITEMAP, FeedDocument(route="split"), urls)
    parts = tuple(part for one in outcomes for part in one.parts)
    return Children(replace(index, feed=replace(index.feed, parts=parts)), documents, trouble)


async def _asked(
    crawler: Crawler,
    reader: Reader,
    sitemap: KnownSitemap,
    known: frozenset[bytes],
    *,
    exempt: bool,
    full: bool,
) -> _Asked:
    headers = {} if full else sitemap.validators
    try:
        request = Request(sitemap.url, headers=headers, meta={"dont_obey_robotstxt": exempt})
        answer = answer_of(await crawler.engine.download_async(request), full=full)
    except Exception as error:  # whatever one sitemap does, its siblings are read
        return _failed(sitemap, failure_words(error), passing=may_pass(error))
    if sitemap.is_unchanged_in(answer):
        return _Asked(sitemap.confirmed_by(answer), sitemap.parts)
    if answer.status != OK:
        return _failed(sitemap, status_words(answer.status), passing=answer.status in PASSING)
    read = await reader.read(Unread(answer.body, answer.url, answer.content_type, SourceKind.SITEMAP, known))
    if isinstance(read, Failed):
        if read.kind is Failure.NOT_A_FEED:  # and will be none as long as it stays the same
            return _Asked(sitemap.read_from(answer, ()), failure=read.reason)
        return _failed(sitemap, read.reason, passing=False)
    return _Asked(sitemap.read_from(answer, read.feed.parts), read.feed.parts)


def _failed(sitemap: KnownSitemap, reason: str, *, passing: bool) -> _Asked:
    """One that fails for now has what it had; of another nothing is known, not even what to send it."""
    kept = sitemap if passing else KnownSitemap(sitemap.url)
    return _Asked(kept, kept.parts, reason, passing)
