"""What a check is told as: facts for programs, lines for people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from console.sources.checking import Check
from console.sources.listing import word_for
from console.tables import relative, span
from crawler.documents import Document
from crawler.http.answers import NOT_MODIFIED, OK
from crawler.schedule.failing import Failure
from crawler.schedule.wishes import Wishes
from crawler.websub.discovery import links_in
from wirewatch.models import SourceKind, StoryChoice, now, utc_text
from workers.alerts.plain import one_line

_TOLD_REQUEST = ("If-None-Match", "If-Modified-Since", "User-Agent", "Accept", "Accept-Encoding")
_TOLD_ANSWER = (
    *("content-type", "content-encoding", "etag", "last-modified", "cache-control", "expires", "age"),
    *("retry-after", "link"),
)
_STORIES_SHOWN = 5  # of a section page: enough to see whether they are its stories
_MOST_CHARS = 300  # of a header, or a title: a stranger wrote it
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_REMEDIES = {
    Failure.NAME: "look at the host's spelling; if it is right, the name server may be back soon",
    Failure.TIMEOUT: "the server is slow, or drops what comes from here; it is asked again",
    Failure.BROKEN: "the connection broke; it is asked again",
    Failure.BUSY: "the server wants to be left alone for now, and is",
    Failure.MISSING: "look at the address; `wirewatch sources add` with the site's own page shows its feeds",
    Failure.REFUSED: "nobody listens at that host and port; look at the address",
    Failure.TLS: "its certificate is the outlet's to mend; where it has http as well, name that",
    Failure.FORBIDDEN: "the server refuses robots or wants a password; ask the outlet, or name another feed",
    Failure.NOT_A_FEED: "name a feed, a section page or a news sitemap; `wirewatch sources add` with the "
    "site's own page shows its feeds",
    Failure.UNFIT: "where the address is private and yours, put its network into network.allow",
}


def facts(check: Check) -> dict[str, Any]:
    """A check as JSON has it; times in UTC."""
    state, poll, heard = check.state, check.poll, check.heard
    return {
        "url": state.source.url,
        "id": state.source.id,
        "name": state.source.name,
        "watched": check.watched,
        "state": word_for(state) if check.watched else None,
        "asked": state.address,
        "request": dict(heard.sent) if heard else None,
        "robots": "allows it" if check.robots and heard else (poll.error if check.robots else None),
        "redirects": [{"status": hop.status, "to": hop.url} for hop in heard.answer.hops] if heard else [],
        "status": heard.answer.status if heard else None,
        "headers": _headers(check),
        "bytes": len(heard.answer.body) if heard else None,
        "bytes_on_the_wire": heard.packed if heard else None,
        "seconds": round(heard.took.total_seconds(), 3) if heard else None,
        "fresh_for_s": _seconds(heard.answer.fresh_for(now())) if heard else None,
        "kind": check.document.kind.value if check.document else None,
        "title": check.document.feed.title if check.document else None,
        "language": check.document.feed.language if check.document else None,
        "route": check.route or None,
        "entries": _entries(check),
        "wishes": list(_wishes(check.document.feed.wishes)) if check.document else [],
        "hubs": list(_hubs(check)),
        "stories": check.state.source.stories.model_dump() if check.state.source.stories else None,
        "feeds": [{"url": url, "title": title} for url, title in check.feeds],
        "error": poll.error,
        "remedy": _remedy(check),
        "next_poll": utc_text(poll.next_due) if poll.next_due else None,
        "because": poll.why or None,
    }


def _headers(check: Check) -> dict[str, str]:
    heard = check.heard
    if heard is None:
        return {}
    return {name: value for name in _TOLD_ANSWER if (value := heard.header(name)) is not None}


def _seconds(length: timedelta | None) -> int | None:
    return round(length.total_seconds()) if length is not None else None


def _entries(check: Check) -> dict[str, Any] | None:
    """How many there are, and what a poll would do with them."""
    if check.document is None:
        return None
    total = len(check.document.feed.parts)
    met = {entry.id for entry in check.poll.entries} & check.seen
    fresh = [entry for entry in check.poll.entries if entry.id not in met]
    dated = [(item.published, item.title) for item in check.document.feed.items if item.published]
    newest, title = max(dated, default=(None, None))
    return {
        "total": total,
        "new": sum(entry.id not in check.poll.silent for entry in fresh),
        "silent": sum(entry.id in check.poll.silent for entry in fresh),
        "known": total - len(fresh),
        "newest": utc_text(newest) if newest else None,
        "newest_title": title,
    }


def _wishes(wishes: Wishes) -> Iterator[str]:
    if wishes.ttl:
        yield f"ttl {span(wishes.ttl)}"
    if wishes.update_every:
        yield f"changes every {span(wishes.update_every)} (sy:updatePeriod)"
    if wishes.skip_hours:
        yield f"skips the hours {', '.join(map(str, sorted(wishes.skip_hours)))} GMT"
    if wishes.skip_days:
        yield f"skips {', '.join(_DAYS[day] for day in sorted(wishes.skip_days))}"


def _hubs(check: Check) -> tuple[str, ...]:
    if check.heard is None:
        return ()
    answer = check.heard.answer
    named = links_in(answer.headers.get("link", ()), answer.url)[0]
    return named or (check.document.feed.hubs if check.document else ())


def _remedy(check: Check) -> str | None:
    if check.failure is None or check.poll.error is None:
        return None
    if check.poll.next_due is None:
        return "it is asked no more; take it out, or name where it went"
    return _REMEDIES.get(check.failure)


def lines(check: Check, moment: datetime) -> Iterator[tuple[str, str]]:
    """A check for people: a word, and what there is to say of it."""
    yield "address", _standing(check, moment)
    yield from _request_lines(check)
    if check.heard is not None:
        yield from _answer_lines(check, moment)
    if check.document is not None:
        yield from _document_lines(check, moment)
    for url, title in check.feeds:
        yield "feed", f"{url} ({title})" if title else url
    if check.feeds and check.document is not None:
        yield "better", "a feed tells sooner and surer than a page: `wirewatch sources add` with its address"
    if check.poll.error is not None:
        yield "failed", check.poll.error
        if remedy := _remedy(check):
            yield "remedy", remedy
    yield "next poll", _plan(check, moment)


def _standing(check: Check, moment: datetime) -> str:
    state = check.state
    if not check.watched:
        return f"{state.source.url}, which is not watched"
    told = f"{state.source.url}, watched as {state.source.name}: {word_for(state)}"
    if state.moved_to:
        told += f", moved to {state.moved_to}"
    return f"{told}, polled {relative(state.polled, moment)}" if state.polled else told


def _request_lines(check: Check) -> Iterator[tuple[str, str]]:
    if check.robots:
        yield "robots.txt", "allows it" if check.heard else (check.poll.error or "")
    if check.heard is None:
        return
    sent = check.heard.sent
    for name in _TOLD_REQUEST:
        if name in sent:
            yield "sent", f"{name}: {sent[name]}"
    if "If-None-Match" not in sent and "If-Modified-Since" not in sent:
        yield "sent", "no validators: the whole document is asked for"
    for hop in check.heard.answer.hops:
        yield "redirect", f"{hop.status} to {hop.url}"


def _answer_lines(check: Check, moment: datetime) -> Iterator[tuple[str, str]]:
    heard = check.heard
    if heard is None:
        return
    answer = heard.answer
    size = f"{len(answer.body):,} bytes"
    if heard.packed != len(answer.body):
        size += f", {heard.packed:,} on the wire"
    yield "answer", f"{answer.status} after {heard.took.total_seconds():.2f} s, {size}"
    for name, value in _headers(check).items():
        yield "received", f"{name}: {value}"
    fresh = answer.fresh_for(moment)
    if fresh:
        yield "fresh", f"for {span(fresh)}, as it says"
    if answer.status == NOT_MODIFIED:
        yield "unchanged", "nothing to read; `wirewatch inspect feed` shows what is in it"
    elif answer.status == OK and check.document is None and check.poll.error is None:
        yield "unchanged", "the same bytes as last time: nothing to read"


def _document_lines(check: Check, moment: datetime) -> Iterator[tuple[str, str]]:
    document, entries = check.document, _entries(check)
    if document is None or entries is None:
        return
    yield "kind", _kind(document)
    if check.state.source.stories is not None:
        yield "stories", f"chosen by {_choice(check.state.source.stories)}"
    yield "read", check.route
    told = f"{entries['total']:,}: {entries['new']:,} would be told, {entries['known']:,} known"
    if entries["silent"]:
        told += f", {entries['silent']:,} learned without being told"
    yield "entries", told
    if document.kind is SourceKind.SECTION:
        for item in document.feed.items[:_STORIES_SHOWN]:
            yield "story", f"{item.url} ({item.title})"
    if entries["newest"]:
        newest = relative(datetime.fromisoformat(entries["newest"]), moment)
        yield "newest", f"{newest}: {entries['newest_title']}"
    for url in document.children:
        yield "sitemap", f"{url} would be read next"
    for wish in _wishes(document.feed.wishes):
        yield "wish", wish
    for hub in _hubs(check):
        yield "hub", hub


def _choice(choice: StoryChoice) -> str:
    parts = [f"select {choice.select}"] if choice.select else []
    parts += [
        f"{name} {', '.join(patterns)}"
        for name in ("urls", "not_urls")
        if (patterns := getattr(choice, name))
    ]
    return "; ".join(parts)


def _kind(document: Document) -> str:
    feed = document.feed
    said = [part for part in (feed.title, feed.language) if part]
    return ", ".join([document.kind.value, *said])


def _plan(check: Check, moment: datetime) -> str:
    if check.state.paused:
        return "none: it is paused; `wirewatch sources resume` polls it again"
    due = check.poll.next_due
    if due is None:
        return "none: 410 ends a source"
    because = f", because: {check.poll.why}" if check.poll.why else ""
    would = "" if check.watched else "it would be "
    return f"{would}{relative(due, moment)}{because}"


def shown(text: str) -> str:
    """A stranger's text on one line, of bounded length."""
    line = one_line(text)
    return line if len(line) <= _MOST_CHARS else f"{line[: _MOST_CHARS - 1]}…"
