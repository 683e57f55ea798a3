"""The stage of feeds: a document's entries, as they are read of it."""

from datetime import datetime

from console.inspecting.fetching import Fetcher
from console.inspecting.inputs import Input
from console.inspecting.opening import opened
from console.inspecting.stages import Facts
from crawler.documents import read_document
from crawler.entries import Item
from crawler.feeds.document import FeedDocument
from crawler.feeds.listing import list_entries
from crawler.feeds.values import EntryValues
from crawler.sections.kind import document_kind
from wirewatch.errors import NotAFeedError
from wirewatch.models import SourceKind, utc_text

_NO_ENTRIES: Facts = {"kind": None, "feed": None, "entries": [], "route": None}


def feed(one: Input, fetcher: Fetcher) -> Facts:
    """The entries of a feed or news sitemap, in its order."""
    return _feed(one, fetcher, one_by_one=False)


def feed_one_by_one(one: Input, fetcher: Fetcher) -> Facts:
    """The same, each entry read as though it alone were unseen."""
    return _feed(one, fetcher, one_by_one=True)


def _feed(one: Input, fetcher: Fetcher, *, one_by_one: bool) -> Facts:
    body = opened(one, fetcher)
    if not body.data.strip():
        return {**_NO_ENTRIES, "error": "empty answer"}
    try:
        kind = document_kind(body.data, body.content_type, body.url)
        if kind in ("json-feed", "sitemap"):
            return _items(body.data, body.url, body.content_type, one_by_one=one_by_one)
        # All else is feedparser's to judge: it finds entries in what looks like a page.
        listing = list_entries(body.data, body.url, body.content_type, one_by_one=one_by_one)
    except NotAFeedError as error:
        return {**_NO_ENTRIES, "error": str(error)}
    return {
        "kind": SourceKind.FEED.value,
        "feed": {
            "title": listing.feed.title,
            "link": listing.feed.link,
            "language": listing.feed.language,
        },
        "entries": [_entry(values) for values in listing.entries],
        "route": listing.route,
        "error": None,
    }


def _items(data: bytes, url: str, content_type: str | None, *, one_by_one: bool) -> Facts:
    """A JSON Feed or a sitemap, whose entries are read by ourselves."""
    document = read_document(data, url, content_type, SourceKind.FEED)
    told, route = document.feed, "whole"
    items = told.items
    if one_by_one and told.parts:
        items, route = _one_by_one(told, data, url, content_type), "split"
    return {
        "kind": document.kind.value,
        "feed": {"title": told.title, "link": told.link, "language": told.language},
        "entries": [_entry_of(item) for item in items],
        "route": route,
        "error": None,
    }


def _one_by_one(told: FeedDocument, data: bytes, url: str, content_type: str | None) -> list[Item]:
    versions = frozenset(part.version for part in told.parts)
    found: list[Item] = []
    for number, part in enumerate(told.parts):
        known = versions - {part.version}
        alone = read_document(data, url, content_type, SourceKind.FEED, known).feed.parts[number].item
        if alone is not None:
            found.append(alone)
    return found


def _entry(values: EntryValues) -> Facts:
    return {
        "id": values.id,
        "link": values.link,
        "title": values.title,
        "summary": values.summary,
        "content": "\n".join(values.content),
        "published": _time(values.published),
        "updated": _time(values.updated),
        "authors": list(values.authors),
        "tags": list(values.tags),
    }


def _entry_of(item: Item) -> Facts:
    return {
        "id": item.identity,
        "link": item.url,
        "title": item.title,
        "summary": item.summary,
        "content": item.content,
        "published": _time(item.published),
        "updated": _time(item.updated),
        "authors": list(item.authors),
        "tags": list(item.tags),
    }


def _time(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment is not None else None
