"""RSS 0.9x to 2.0, RDF and Atom, read by feedparser."""

from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax import SAXException  # only the error's type: nothing is parsed with it

import feedparser

from crawler.entries import Item, told_apart
from crawler.feeds.document import FeedDocument
from wirewatch.errors import NotAFeedError
from wirewatch.text.html import plain_text
from wirewatch.text.urls import resolve

_MOST_ENTRIES = 5_000


def read_xml_feed(body: bytes, url: str, content_type: str | None) -> FeedDocument:
    """The items of an RSS, RDF or Atom document.

    Args:
        body: as received, in whatever encoding it has.
        url: where it came from: the base of its relative links.
        content_type: of the HTTP answer; its charset counts as feedparser has it.

    Raises:
        NotAFeedError: if it is no feed, or broken beyond reading.
    """
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    # As a stream: bytes that spell a path or an address would be opened by feedparser.
    parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    reason = parsed.get("bozo_exception")
    if not parsed.entries and not parsed.get("version"):
        raise NotAFeedError(f"not a feed: {reason}" if reason else "not a feed")
    if not parsed.entries and isinstance(reason, SAXException):
        raise NotAFeedError(f"a broken feed: {reason}")  # an empty one is well-formed
    language = parsed.feed.get("language") or None
    return FeedDocument(
        title=plain_text(parsed.feed.get("title", "")),
        link=resolve(url, parsed.feed.get("link", "")) or "",
        language=language,
        items=told_apart([_item(entry, url, language) for entry in parsed.entries[:_MOST_ENTRIES]]),
    )


def _item(entry: Any, url: str, feed_language: str | None) -> Item:
    contents = entry.get("content") or []
    content = max((part.get("value") or "" for part in contents), key=len, default="")
    summary = entry.get("summary") or ""
    return Item(
        identity=entry.get("id") or "",
        url=resolve(url, entry.get("link") or "") or "",
        fragment=(entry.get("link") or "").partition("#")[2],
        title=plain_text(entry.get("title") or ""),
        summary=plain_text(summary or content),
        content=content if len(content) > len(summary) else "",
        authors=tuple(
            name for author in entry.get("authors") or [] if (name := (author.get("name") or "").strip())
        ),
        published=_moment(entry.get("published_parsed")),
        # Asked for by "in": feedparser else answers with the time of publication.
        updated=_moment(entry.updated_parsed if "updated_parsed" in entry else None),
        language=_language(entry) or feed_language,
        tags=tuple(term for tag in entry.get("tags") or [] if (term := (tag.get("term") or "").strip())),
    )


def _language(entry: Any) -> str | None:
    return entry.get("language") or (entry.get("title_detail") or {}).get("language") or None


def _moment(parsed: Any) -> datetime | None:
    """A time tuple of feedparser's, in UTC, as an aware time; None where the calendar has no such time."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
