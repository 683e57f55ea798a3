"""A source polled once, as the crawler would, and nothing of it recorded."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from redis import Redis

from console.run.store import answers, open_store
from console.sources.adding import named_source
from console.sources.asking import Asker, Heard, NoAnswerError
from console.sources.known import Named
from console.sources.robots import forbidden
from console.sources.selecting import select, unpolled
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
from wirewatch.errors import ConfigError
from wirewatch.ids import EntryId
from wirewatch.models import SourceKind, now
from wirewatch.store.catalogue import Catalogue
from wirewatch.store.polls import Poll
from wirewatch.store.sources import SourceState
from wirewatch.text.urls import is_web

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


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be checked, and whether it is watched."""

    state: SourceState
    watched: bool


def subjects(settings: Settings, words: Sequence[str]) -> list[Subject]:
    """The sources that are named, with all that is known of them; an address that is none as a new one.

    Raises:
        ConfigError: naming each word that is neither a source nor an address.
    """
    with _store(settings) as connection:
        found = []
        for word in words:
            states = _selected(connection, settings, word)
            if connection is not None and states:
                found += [Subject(_known(connection, state), watched=True) for state in states]
            else:
                found.append(Subject(_new(settings, word), watched=False))
        return found


@contextmanager
def _store(settings: Settings) -> Iterator[Redis | None]:
    """The store, if there is one: a check alone makes none."""
    if settings.redis_url is None and not (settings.data_dir / "store").exists() and not answers(settings):
        yield None
        return
    with open_store(settings) as connection:
        yield connection


def _selected(connection: Redis | None, settings: Settings, word: str) -> list[SourceState]:
    if connection is None:
        return []
    try:
        return select(connection, settings, [word], [])
    except ConfigError:
        if is_web(word):
            return []
        raise


def _known(connection: Redis, state: SourceState) -> SourceState:
    known = Catalogue(connection).polled(state.source)
    return state if known is None else replace(known, source=state.source)


def _new(settings: Settings, word: str) -> SourceState:
    found = named_source(settings, {"url": word})
    if isinstance(found, Named):
        return unpolled(found.source)
    raise ConfigError([f"{word}: neither an address nor a source; {text}" for _, text in found])


def check_all(settings: Settings, words: Sequence[str]) -> Iterator[Check]:
    """Check sources one after the other."""
    named = subjects(settings, words)
    with asyncio.Runner() as runner:
        for one in named:
            check = runner.run(_check(settings, one))
            with _store(settings) as connection:
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
            refused = await forbidden(asker, state.address) if robots else None
            heard = refused or await _asked(asker, state)
        at = Circumstances(now(), settings.polling.backfill, random.Random())
        if isinstance(heard, Failed):
            poll = failed(state, heard, at)
            return Check(state, subject.watched, robots, None, None, poll, "", frozenset(), heard.kind)
        return await _judged(reader, subject, robots, heard, at)
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
