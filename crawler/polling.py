"""From a source's answer to the record of its poll: a decision without I/O."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.answer import Answer, digest_of
from crawler.arrivals import Arrivals, arrivals
from crawler.documents import Document
from crawler.entries import Item, make_entry
from crawler.flags import flag_after_failure, flag_after_success
from crawler.http.answers import GONE, NOT_MODIFIED, OK, status_words
from crawler.identity import own_id
from crawler.schedule import redirects
from crawler.schedule.failing import Failure, of_status
from crawler.schedule.next_poll import after_failure, after_success
from crawler.schedule.redirects import Moving
from crawler.schedule.rhythm import Rhythm
from crawler.schedule.silence import worth_full_request
from crawler.schedule.wishes import Wishes
from crawler.sitemap_index import from_text
from crawler.unread import Failed, Unread, read_body
from crawler.websub.discovery import links_in
from wirewatch.models import Entry
from wirewatch.store.carried import packed, versions_in
from wirewatch.store.clock import to_ms
from wirewatch.store.polls import Poll
from wirewatch.store.sources import SourceState
from wirewatch.text.dates import is_before

_CLOCKS_APART = timedelta(hours=1)
_NOT_BELIEVED_FOR = timedelta(days=30)


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


Read = Document | Failed | None
"""What was read of an answer: None where there was nothing new to read."""


def unread(state: SourceState, answer: Answer) -> Unread | None:
    """The body of an answer that is to be read: None where it is the last document's again."""
    if answer.status != OK or digest_of(answer.body) == state.body_hash:
        return None
    return Unread(
        answer.body,
        answer.url,
        answer.content_type,
        state.kind,
        versions_in(state.carried),
        splits=state.route == "split",
    )


def judge(state: SourceState, answer: Answer, at: Circumstances) -> tuple[Poll, Document | None]:
    """The record of a poll, and the document that was read for it (None where none was)."""
    body = unread(state, answer)
    read = read_body(body) if body is not None else None
    return judge_read(state, answer, read, at), read if isinstance(read, Document) else None


def judge_read(state: SourceState, answer: Answer, read: Read, at: Circumstances) -> Poll:
    """The record of a poll whose answer was read."""
    if answer.status == GONE and state.moved_to is None:
        gone = status_words(GONE)
        return Poll(
            state.source,
            None,
            state.source.max_interval,
            why=gone,
            error=gone,
            forgotten=("hub", "topic"),
            flag="gone",
            because=gone,
        )
    if answer.status not in (OK, NOT_MODIFIED):
        asked = answer.retry_after(at.now)
        return failed(
            state, Failed(status_words(answer.status), of_status(answer.status), asked, answer.status), at
        )
    if answer.status == NOT_MODIFIED and answer.full:
        # It is told nothing that could be the same; taken for a good poll, it would end the first one.
        return failed(state, Failed("answers 304 to a request without validators", Failure.OTHER), at)
    if isinstance(read, Failed):
        return failed(state, read, at)
    if read is not None and read.is_story and not at.once:
        words = "a single story's page: nothing there to watch"
        return failed(state, Failed(words, Failure.NOT_A_FEED), at)
    return _Success(state, answer, at).poll(read)


def failed(state: SourceState, failure: Failed, at: Circumstances) -> Poll:
    """The record of a poll that failed for a reason."""
    weight = failure.kind.weight
    trouble = state.trouble + weight
    plan = after_failure(
        state.source,
        trouble=trouble,
        failing_for=at.now - (state.failing_since or at.now),
        retry_after=failure.retry_after,
        now=at.now,
        chance=at.chance,
    )
    gone = failure.status == GONE  # its new address is: the old one may be not
    given_up = gone or redirects.after_failure(Moving.from_text(state.moving), trouble) is None
    flag, because = flag_after_failure(state, failure.reason, html=failure.html, now=at.now)
    return Poll(
        state.source,
        plan.due,
        # The pause to come back to once it answers again.
        state.interval or plan.interval,
        why=plan.why,
        error=failure.reason,
        weight=weight,
        forgotten=("moving", "moved_to") if given_up and state.moving else (),
        flag=flag,
        because=because,
    )


def is_full_request(state: SourceState, now: datetime) -> bool:
    """Whether to ask without validators: at first, and rarely where a server may answer 304 for ever."""
    if not _has_validators(state) or _is_disbelieved(state, now):
        return True
    return worth_full_request(Rhythm.from_text(state.rhythm), state.last_new, state.last_full, now)


def _has_validators(state: SourceState) -> bool:
    """Whether it, or a sitemap of an index, can be asked whether it has changed."""
    own = bool(state.etag or state.last_modified)
    return own or any(sitemap.validators for sitemap in from_text(state.documents))


def _is_disbelieved(state: SourceState, now: datetime) -> bool:
    return state.lied is not None and now - state.lied < _NOT_BELIEVED_FOR


def story_entry(state: SourceState, answer: Answer, at: Circumstances) -> Entry:
    """The entry of a source that is a story's own page."""
    item = Item(identity="", url=answer.url)
    return make_entry(state.source, item, own_id(state.source.id, item), now=at.now)


def judge_push(state: SourceState, push: str, document: Document, at: Circumstances) -> Poll:
    """The record of a push: entries that a hub sent, in a document that may be but a part of the feed."""
    base = state.topic or state.address
    found = arrivals(state, document, base, at.now, at.backfill, partial=True)
    # From now on polls are a check, until one of them finds what no push brought.
    learned: dict[str, str | bytes] = {"pushes": "1"}
    if found.new:
        # What polls find is counted from the last one on; what is pushed comes in between.
        rhythm = Rhythm.from_text(state.rhythm).observed(len(found.new), timedelta(0), at.now)
        learned |= {"last_new": _ms(at.now), "rhythm": rhythm.to_text()}
    return Poll(
        state.source,
        state.due,
        state.interval or state.source.min_interval,
        learned=learned,
        entries=found.entries,
        silent=found.silent,
        carried=packed(found.carried),  # besides what is carried: it is no news to the next poll
        push=push,
    )


class _Success:
    """A poll that did not fail."""

    def __init__(self, state: SourceState, answer: Answer, at: Circumstances) -> None:
        self._state = state
        self._answer = answer
        self._at = at
        self._learned: dict[str, str | bytes] = {}
        self._forgotten: list[str] = []
        self._counts: Counter[str] = Counter()

    def poll(self, document: Document | None) -> Poll:
        """Its record."""
        state, at = self._state, self._at
        found = None
        if document is not None:
            found = arrivals(state, document, self._answer.url, at.now, at.backfill, once=at.once)
            self._learn_document(document, found)
        self._doubt_the_server(found)
        self._learn_validators(document)
        self._learn_move()
        rhythm = self._rhythm(found)
        if found is not None and found.new:
            self._learned["last_new"] = _ms(at.now)
        text = self._learned.get("wishes", state.wishes)
        plan = after_success(
            state.source,
            rhythm,
            fresh=self._answer.fresh_for(at.now),
            wishes=Wishes.from_text(str(text)),
            pushed=self._is_pushed(found),
            now=at.now,
            chance=at.chance,
        )
        carries = len(found.carried) if found is not None else None
        flag, because = flag_after_success(state, rhythm, carries, len(found.new) if found else 0, at.now)
        return Poll(
            state.source,
            plan.due,
            plan.interval,
            why=plan.why,
            learned=self._learned,
            forgotten=tuple(self._forgotten),
            entries=found.entries if found is not None else (),
            silent=found.silent if found is not None else frozenset(),
            carried=packed(found.carried) if found is not None else None,
            flag=flag,
            because=because,
            counts=self._counts,
        )

    def _is_pushed(self, found: Arrivals | None) -> bool:
        """Whether its hub can be relied on: it has promised to push, it has pushed, and it missed nothing."""
        state = self._state
        if state.pushes and found is not None and found.new:
            self._forgotten.append("pushes")
            self._counts["missed_by_hubs"] += 1
            return False
        return state.pushes and state.pushed_until is not None and state.pushed_until > self._at.now

    def _learn_document(self, document: Document, found: Arrivals) -> None:
        feed = document.feed
        self._counts[f"route_{feed.route}"] += 1
        if feed.whole_because:
            self._counts[f"whole_{feed.whole_because}"] += 1
        self._learned |= {"kind": document.kind.value, "route": feed.route}
        self._learn("base", urlsplit(self._answer.url).netloc, self._state.base)
        self._learn("wishes", feed.wishes.to_text(), self._state.wishes)
        if found.carried:
            self._learn("size", str(len(found.carried)), str(self._state.size))
        hubs, topic = links_in(self._answer.headers.get("link", ()), self._answer.url)
        if not hubs:
            hubs, topic = feed.hubs, feed.topic
        if hubs:
            self._learn("hub", " ".join(hubs), self._state.hub)
            self._learn("topic", topic or self._answer.url, self._state.topic)
        elif self._state.hub and self._answer.status == OK:
            self._forgotten += ["hub", "topic"]

    def _learn(self, name: str, value: str, known: str | None) -> None:
        if value != known:
            self._learned[name] = value

    def _learn_validators(self, document: Document | None) -> None:
        """What to echo at the next poll; a validator that the server no longer gives is forgotten.

        A 304 may leave them out (RFC 9110, 15.4.5).
        """
        if document is not None and not document.children and self._state.documents:
            self._forgotten.append("documents")  # it was an index of sitemaps, and is none any more
        if "lied" in self._learned or _is_disbelieved(self._state, self._at.now):
            self._forgotten += ["etag", "last_modified"]
        else:
            self._learn_headers()
        # A 304 has no body: the document is of an index's sitemaps, one of which has changed.
        if document is not None and self._answer.status == OK:
            self._learned["body_hash"] = digest_of(self._answer.body)

    def _learn_headers(self) -> None:
        for name, known in (("etag", self._state.etag), ("last_modified", self._state.last_modified)):
            value = self._answer.header(name.replace("_", "-"))
            if value and value != known:
                self._learned[name] = value
            elif not value and known and self._answer.status == OK:
                self._forgotten.append(name)

    def _doubt_the_server(self, found: Arrivals | None) -> None:
        """Find out a server that answers "not modified" to a feed that did change.

        What is new in the answer to a full request, and is dated before the last poll, was there when it
        answered 304. It gets no validators for a month: the body's hash tells what they should have told.
        """
        state, answer = self._state, self._answer
        if answer.full:
            self._learned["last_full"] = _ms(self._at.now)
        if found is None or state.good is None or not (answer.full and _has_validators(state)):
            return
        if _is_disbelieved(state, self._at.now):
            return
        dates = (entry.published for entry in found.entries if entry.id in found.new)
        if any(date is not None and is_before(date, state.good - _CLOCKS_APART) for date in dates):
            self._learned["lied"] = _ms(self._at.now)
            self._counts["lying_servers"] += 1

    def _learn_move(self) -> None:
        state, now = self._state, self._at.now
        moving = redirects.after_success(
            Moving.from_text(state.moving),
            asked=state.address,
            original=state.source.url,
            hops=self._answer.hops,
            now=now,
        )
        self._learn("moving", moving.to_text() if moving else "", state.moving)
        if moving and moving.holds(now):
            self._learn("moved_to", moving.to, state.moved_to)
        elif state.moved_to:
            self._forgotten.append("moved_to")

    def _rhythm(self, found: Arrivals | None) -> Rhythm:
        state, now = self._state, self._at.now
        rhythm = Rhythm.from_text(state.rhythm)
        if state.good is None:
            dates = [entry.published or entry.updated for entry in found.entries] if found else []
            rhythm = rhythm.seeded([one for one in dates if one is not None], now)
        else:
            rhythm = rhythm.observed(len(found.new) if found else 0, now - state.good, now)
        self._learn("rhythm", rhythm.to_text(), state.rhythm)
        return rhythm


def _ms(moment: datetime) -> str:
    return str(to_ms(moment))
