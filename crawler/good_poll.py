"""The record of a poll that did not fail: what it teaches of its source, and when it is polled next."""

from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.answer import Answer
from crawler.arrivals import Arrivals, arrivals
from crawler.circumstances import Circumstances
from crawler.documents import Document
from crawler.flags import flag_after_success
from crawler.http.answers import OK
from crawler.schedule import redirects
from crawler.schedule.next_poll import after_success
from crawler.schedule.redirects import Moving
from crawler.schedule.rhythm import Rhythm
from crawler.schedule.wishes import Wishes
from crawler.sitemap_index import lists_anew
from crawler.trust import has_validators, is_disbelieved
from crawler.websub.discovery import links_in
from wirewatch.store.carried import packed
from wirewatch.store.clock import to_ms
from wirewatch.store.polls import Poll
from wirewatch.store.sources import SourceState
from wirewatch.text.dates import is_before

_CLOCKS_APART = timedelta(hours=1)


class GoodPoll:
    """A poll that did not fail.

    Args:
        state: of the source, before it.
        answer: with status 200 or 304.
        at: when and how it is judged.
    """

    def __init__(self, state: SourceState, answer: Answer, at: Circumstances) -> None:
        self._state = state
        self._answer = answer
        self._at = at
        self._learned: dict[str, str | bytes] = {}
        self._forgotten: list[str] = []
        self._counts: Counter[str] = Counter()

    def record(self, document: Document | None) -> Poll:
        """Its record; no document where there was nothing new to read."""
        state, at = self._state, self._at
        found = None
        if document is not None:
            found = arrivals(state, document, self._answer.url, at.now, at.backfill, once=at.once)
            self._learn_document(document, found)
        self._doubt_the_server(document, found)
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
        if "lied" in self._learned or is_disbelieved(self._state, self._at.now):
            self._forgotten += ["etag", "last_modified"]
        else:
            self._learn_headers()
        # A 304 has no body: the document is of an index's sitemaps, one of which has changed.
        if document is not None and self._answer.status == OK:
            self._learned["body_hash"] = self._answer.body_hash

    def _learn_headers(self) -> None:
        for name, known in (("etag", self._state.etag), ("last_modified", self._state.last_modified)):
            value = self._answer.header(name.replace("_", "-"))
            if value and value != known:
                self._learned[name] = value
            elif not value and known and self._answer.status == OK:
                self._forgotten.append(name)

    def _doubt_the_server(self, document: Document | None, found: Arrivals | None) -> None:
        """Find out a server that answers "not modified" to a feed that did change.

        What is new in the answer to a full request, and is dated before the last poll, was there when it
        answered 304. It gets no validators for a month: the body's hash tells what they should have told.
        """
        state, answer = self._state, self._answer
        if answer.full:
            self._learned["last_full"] = _ms(self._at.now)
        if document is None or found is None or state.good is None:
            return
        if not (answer.full and has_validators(state)) or lists_anew(state, document.children):
            return  # what an index lists anew may be as old as it likes
        if is_disbelieved(state, self._at.now):
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
