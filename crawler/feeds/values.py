"""feedparser's values of a feed and its entries, as they are; and the items that are made of them."""

from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawler.entries import Item
from wirewatch.text.html import plain_text
from wirewatch.text.urls import resolve


@dataclass(frozen=True, slots=True)
class FeedValues:
    """What is said of a feed itself."""

    title: str = ""
    link: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class EntryValues:
    """What is said of an entry; "" where nothing is.

    Attributes:
        title: and summary: HTML or text, made harmless.
        content: the value of each element of content, HTML or text, made harmless.
        authors: their names; else their one line as written.
    """

    id: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None

    def item(self, url: str, feed_language: str | None) -> Item:
        """The item of an entry, whose address counts from ``url``."""
        content = max(self.content, key=len, default="")
        return Item(
            identity=self.id,
            url=resolve(url, self.link) or "",
            fragment=self.link.partition("#")[2],
            title=plain_text(self.title),
            summary=plain_text(self.summary or content),
            # Where an entry has no summary of its own, feedparser gives its content for one.
            content=content if len(content) >= len(self.summary) else "",
            authors=self.authors,
            published=self.published,
            updated=self.updated,
            language=self.language or feed_language,
            tags=tuple(tag for term in self.tags if (tag := term.strip())),
        )


def feed_values(feed: Any) -> FeedValues:
    """Those of feedparser's dictionary of the feed."""
    return FeedValues(_text(feed, "title"), _text(feed, "link"), _text(feed, "language") or None)


def entry_values(entry: Any) -> EntryValues:
    """Those of feedparser's dictionary of an entry."""
    names = tuple(name for author in _list(entry, "authors") if (name := _text(author, "name").strip()))
    line = _text(entry, "author").strip()
    return EntryValues(
        id=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_text(entry, "title"),
        summary=_text(entry, "summary"),
        content=tuple(_text(part, "value") for part in _list(entry, "content")),
        published=_moment(entry, "published_parsed"),
        updated=_moment(entry, "updated_parsed"),
        authors=names or ((line,) if line else ()),
        tags=tuple(term for tag in _list(entry, "tags") if (term := _text(tag, "term"))),
        language=_text(entry, "language") or _text(entry.get("title_detail"), "language") or None,
    )


# An element that feedparser does not know may stand where it has values of its own: each is looked at.
def _text(mapping: Any, name: str) -> str:
    value = mapping.get(name) if isinstance(mapping, dict) else None
    return value if isinstance(value, str) else ""


def _list(mapping: Any, name: str) -> list[Any]:
    value = mapping.get(name)
    return value if isinstance(value, list) else []


def _moment(entry: Any, name: str) -> datetime | None:
    """A time tuple, in UTC, as an aware time; None where there is none or the calendar has no such time."""
    # Past feedparser's own lookup, which answers with the publication where no update is told.
    parsed = dict.get(entry, name)
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if isinstance(parsed, tuple) else None
    except (ValueError, OverflowError, OSError):
        return None
