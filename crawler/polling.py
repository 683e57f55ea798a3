"""From a source's answer to the record of its poll: a decision without I/O."""

import hashlib
import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.documents import Document, read_document, unzipped
from crawler.entries import Item, make_entry
from crawler.http.answers import GONE, NOT_MODIFIED, OK, failure_words, retry_after, status_words
from crawler.schedule.next_poll import after_failure, after_success, first_pause
from wirewatch.errors import NotAFeedError
from wirewatch.ids import EntryId
from wirewatch.models import Entry, SourceKind
from wirewatch.store.polls import Poll
from wirewatch.store.sources import SourceState
from wirewatch.text.dates import is_before

logger = logging.getLogger(__name__)

# At a first poll, undated items could be from any time: that many are looked at, the rest is learned.
_MOST_UNDATED_AT_FIRST = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered.

    Attributes:
        url: after redirects.
        content_type, etag, last_modified, retry_after: headers, byte for byte.
    """

    url: str
    status: int
    body: bytes
    content_type: str | None = None
    etag: bytes | None = None
    last_modified: bytes | None = None
    retry_after: bytes | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and how a poll is judged.

    Attributes:
        backfill: at a first poll, how old a story may be to be told.
        once: a one-off crawl, which tells everything it finds.
    """

    now: datetime
    backfill: timedelta
    chance: random.Random
    once: bool = False


def judge(state: SourceState, answer: Answer, at: Circumstances) -> tuple[Poll, Document | None]:
    """The record of a poll, and the document that was read for it (None where none was)."""
    if answer.status == OK:
        try:
            return _judge_body(state, answer, at)
        except Exception as error:
            # Whatever a stranger's document does to a parser, its poll is recorded: a source whose poll is
            # not stays claimed, and is never polled again.
            logger.exception("%s cannot be read", state.source.url)
            return failed(state, failure_words(error), at), None
    if answer.status == NOT_MODIFIED:
        return _succeeded(state, at, found_new=False, learned={}), None
    if answer.status == GONE:
        return Poll(state.source, None, state.source.max_interval, error=status_words(GONE)), None
    pause = retry_after(answer.retry_after, at.now)
    return failed(state, status_words(answer.status), at, pause), None


def _judge_body(state: SourceState, answer: Answer, at: Circumstances) -> tuple[Poll, Document | None]:
    digest = hashlib.blake2b(answer.body, digest_size=16).hexdigest()
    learned, forgotten = _validators(answer)
    if digest == state.body_hash:
        return _succeeded(state, at, found_new=False, learned=learned, forgotten=forgotten), None
    learned["body_hash"] = digest
    try:
        document = read_document(unzipped(answer.body), answer.url, answer.content_type, state.kind)
    except NotAFeedError as error:
        return failed(state, str(error), at), None
    if document.is_story and not at.once:
        return failed(state, "a single story's page: nothing there to watch", at), None
    learned["kind"] = document.kind.value
    entries, silent = entries_of(state, document, at)
    if document.children:
        # An index stays the same while its sitemaps change: nothing may hide them.
        learned, forgotten = {"kind": document.kind.value}, ("body_hash", "etag", "last_modified")
    poll = _succeeded(
        state,
        at,
        found_new=bool(entries),
        learned=learned,
        forgotten=forgotten,
        entries=entries,
        silent=silent,
    )
    return poll, document


def failed(state: SourceState, reason: str, at: Circumstances, pause: timedelta | None = None) -> Poll:
    """The record of a poll that failed for a reason."""
    fails = state.fails + 1
    interval = state.interval or first_pause(state.source)
    plan = after_failure(state.source, interval, fails, pause, now=at.now, chance=at.chance)
    return Poll(state.source, plan.due, plan.interval, error=reason)


def entries_of(
    state: SourceState, document: Document, at: Circumstances
) -> tuple[list[Entry], frozenset[str]]:
    """The entries of a document, and which of them are learned without being told.

    At a source's first poll these are the ones older than the backfill window. Those that no date is
    given for are read, and told only if their page says that they are new.
    """
    first = state.good is None and not at.once
    cutoff = at.now - at.backfill
    entries: dict[EntryId, Entry] = {}
    silent, undated = set(), 0
    for item in document.feed.items:
        when = item.published or item.updated
        # A feed says that what it adds is new, dated or not; a page's lists bring old stories up again.
        doubtful = when is None and not at.once and (first or document.kind is not SourceKind.FEED)
        entry = make_entry(
            state.source,
            item,
            now=at.now,
            silent_before=cutoff if doubtful else None,
            silent_if_undated=first and doubtful,
        )
        if entry.id in entries:
            continue  # the document has it twice, and one would be the other's edit at every poll
        entries[entry.id] = entry
        if first and when is None:
            undated += 1
        if first and (is_before(when, cutoff) if when is not None else undated > _MOST_UNDATED_AT_FIRST):
            silent.add(entry.id)
    return list(entries.values()), frozenset(silent)


def story_entry(state: SourceState, answer: Answer, at: Circumstances) -> Entry:
    """The entry of a source that is a story's own page."""
    return make_entry(state.source, Item(identity="", url=answer.url), now=at.now)


def _validators(answer: Answer) -> tuple[dict[str, str | bytes], tuple[str, ...]]:
    """What to echo at the next poll; a validator that the server no longer gives is forgotten."""
    learned: dict[str, str | bytes] = {}
    forgotten = []
    for name, value in (("etag", answer.etag), ("last_modified", answer.last_modified)):
        if value:
            learned[name] = value
        else:
            forgotten.append(name)
    return learned, tuple(forgotten)


def _succeeded(
    state: SourceState,
    at: Circumstances,
    *,
    found_new: bool,
    learned: dict[str, str | bytes],
    forgotten: tuple[str, ...] = (),
    entries: list[Entry] | None = None,
    silent: frozenset[str] = frozenset(),
) -> Poll:
    interval = state.interval or first_pause(state.source)
    plan = after_success(state.source, interval, found_new=found_new, now=at.now, chance=at.chance)
    return Poll(
        state.source,
        plan.due,
        plan.interval,
        learned=learned,
        forgotten=forgotten,
        entries=entries or (),
        silent=silent,
    )
