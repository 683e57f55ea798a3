"""A source polled once, as the crawler would, and nothing of it recorded."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from redis import Redis

from console.sources.asking import Asker, Heard, NoAnswerError
from console.sources.offers import Feeds, as_feeds, feeds_of_page
from console.sources.robots import robots_of
from console.sources.subjects import Subject, existing_store, subjects
from crawler.answer import conditions
from crawler.circumstances import Circumstances
from crawler.documents import Document
from crawler.http.answers import OK, kind_of
from crawler.polling import failed, judge_read, unread
from crawler.reading import Reader
from crawler.schedule.failing import Failure, of_status
from crawler.trust import is_full_request
from crawler.unread import Failed, Unread
from wirewatch.config.settings import Settings
from wirewatch.ids import EntryId
from wirewatch.models import SourceKind, now
from wirewatch.store.catalogue import Catalogue
from wirewatch.store.polls import Poll
from wirewatch.store.sources import SourceState

_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Check:
    """What a poll found, and what it would have recorded.

    Attributes:
        state: of the source before; of an address that is not watched, a new one's.
        watched: it is a source.
        robots: its host's robots.txt was asked.
        heard: the answer; None: there was none.
        document: all that the answer holds, parsed whole; None: nothing was read.
        poll: what would have been recorded.
        route: how the document would have been read: split or whole, and why; "": not at all.
        seen: those of the poll's entries that were met before.
        failure: what kind of failure it is; None: it is none.
        feeds: of a page, those that it has, and the news sitemaps that its robots.txt names.
    """

    state: SourceState
    watched: bool
    robots: bool
    heard: Heard | None
    document: Document | None
    poll: Poll
    route: str
    seen: frozenset[EntryId]
    failure: Failure | None
    feeds: Feeds = ()


def check_all(settings: Settings, words: Sequence[str]) -> Iterator[Check]:
    """Check sources one after the other."""
    named = subjects(settings, words)
    with asyncio.Runner() as runner:
        for one in named:
            check = runner.run(_check(settings, one))
            with existing_store(settings) as connection:
                yield _compared(connection, check)


def _compared(connection: Redis | None, check: Check) -> Check:
    if connection is None:
        return check
    entries = [entry.id for entry in check.poll.entries]
    return replace(check, seen=frozenset(Catalogue(connection).seen(check.state.source.id, entries)))


async def _check(settings: Settings, subject: Subject) -> Check:
    state = subject.state
    reader = Reader()
    robots = state.kind is SourceKind.SECTION or settings.polling.robots_for_feeds
    try:
        async with Asker(settings.network, _TIMEOUT_S) as asker:
            refused, sitemaps = await robots_of(asker, state.address) if robots else (None, None)
            heard = refused or await _asked(asker, state)
            at = Circumstances(now(), settings.polling.backfill, random.Random())
            if isinstance(heard, Failed):
                poll = failed(state, heard, at)
                return Check(state, subject.watched, robots, None, None, poll, "", frozenset(), heard.kind)
            check = await _judged(reader, subject, robots, heard, at)
            if not _is_page(check):
                return check
            if sitemaps is None:
                _, sitemaps = await robots_of(asker, heard.answer.url)
        feeds, _ = await asyncio.to_thread(feeds_of_page, heard.answer)
        return replace(check, feeds=(*feeds, *as_feeds(sitemaps)))
    finally:
        await reader.close()


async def _judged(reader: Reader, subject: Subject, robots: bool, heard: Heard, at: Circumstances) -> Check:
    state, answer = subject.state, heard.answer
    body = unread(state, answer)
    read = await reader.read(body) if body is not None else None
    poll = judge_read(state, answer, read, at)
    route, whole = "", None
    failure: Failure | None = None
    if isinstance(read, Document):
        feed = read.feed
        route = f"{feed.route} ({feed.whole_because})" if feed.whole_because else feed.route
        whole = await _whole(reader, body, read)
    elif isinstance(read, Failed):
        failure = read.kind
    elif poll.error is not None:
        failure = of_status(answer.status)
    if poll.error is not None and failure is None:
        failure = Failure.NOT_A_FEED if answer.status == OK else of_status(answer.status)
    return Check(state, subject.watched, robots, heard, whole, poll, route, frozenset(), failure)


def _is_page(check: Check) -> bool:
    """Whether the answer is a web page, which may have feeds."""
    if check.heard is None or check.heard.answer.status != OK:
        return False
    if check.document is not None:
        return check.document.kind in (SourceKind.SECTION, SourceKind.STORY)
    if check.failure is None:
        return check.state.kind is SourceKind.SECTION  # unchanged: it was not read again
    content_type = check.heard.answer.content_type or ""
    return check.failure is Failure.NOT_A_FEED and "html" in content_type.lower()


async def _whole(reader: Reader, body: Unread | None, read: Document) -> Document:
    """The document with the entries too that a poll need not parse, since they are known."""
    if body is None or all(part.item is not None for part in read.feed.parts):
        return read
    again = await reader.read(replace(body, known=frozenset()))
    return again if isinstance(again, Document) else read


async def _asked(asker: Asker, state: SourceState) -> Heard | Failed:
    headers = {} if is_full_request(state, now()) else conditions(state.etag, state.last_modified)
    try:
        return await asker.ask(state.address, headers)
    except NoAnswerError as error:
        return Failed(str(error), kind_of(error.error))
