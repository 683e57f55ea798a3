"""RSS 0.9x to 2.0, RDF and Atom: read by feedparser, and of what was read before, only what is new.

Whichever way a document takes, each entry is what feedparser makes of it in the whole document.
"""

from collections.abc import Sequence
from hashlib import blake2b

from crawler.entries import Item, told_apart
from crawler.feeds.document import FeedDocument, Part
from crawler.feeds.parsing import Parsed, XmlFeed
from crawler.feeds.said import links_of, wishes_of
from crawler.feeds.scanning import MOST_ENTRIES
from crawler.feeds.values import EntryValues, entry_values, feed_values
from wirewatch.errors import NotAFeedError
from wirewatch.store.carried import VERSION_BYTES
from wirewatch.text.html import plain_text
from wirewatch.text.urls import resolve


def read_xml_feed(
    body: bytes, url: str, content_type: str | None, known: frozenset[bytes] = frozenset()
) -> FeedDocument:
    """The entries of an RSS, RDF or Atom document.

    Args:
        body: as received, in whatever encoding it has.
        url: where it came from: the base of its relative links.
        content_type: of the HTTP answer; its charset counts as feedparser has it.
        known: versions of entries that need not be read again.

    Raises:
        NotAFeedError: if it is no feed, or broken beyond reading, or made to hang its readers.
    """
    document = XmlFeed(body, url, content_type)
    if not known:
        return _whole(document, url, known, "first")
    because = document.split.whole_because
    if because is None:
        versions = document.split.versions
        wanted = [number for number, version in enumerate(versions) if version not in known]
        parsed = document.only(wanted)
        if parsed is None:
            return _whole(document, url, known, "count")
        values = [entry_values(entry) for entry in parsed.entries]
        if not any("#" in one.link for one in values):
            items = dict(zip(wanted, _items(values, parsed, url), strict=True))
            parts = tuple(Part(version, items.get(number)) for number, version in enumerate(versions))
            return _document(document, parsed, url, parts, None)
        # Whether a fragment tells a story from another is seen among all links.
        because = "fragments"
    return _whole(document, url, known, because)


def _whole(document: XmlFeed, url: str, known: frozenset[bytes], because: str) -> FeedDocument:
    parsed = document.whole()
    if parsed.trouble is not None:
        raise NotAFeedError(parsed.trouble)
    values = [entry_values(entry) for entry in parsed.entries[:MOST_ENTRIES]]
    items = _items(values, parsed, url)
    versions = document.split.versions
    if len(versions) == len(values):
        parts = [Part(version, item) for version, item in zip(versions, items, strict=True)]
    else:
        # What was read before, word for word, is not handed on again.
        by_value = ((_version(one), item) for one, item in zip(values, items, strict=True))
        parts = [Part(version, None if version in known else item) for version, item in by_value]
    return _document(document, parsed, url, tuple(parts), because)


def _items(values: Sequence[EntryValues], parsed: Parsed, url: str) -> list[Item]:
    language = feed_values(parsed.feed).language
    return told_apart([one.item(url, language) for one in values])


def _version(values: EntryValues) -> bytes:
    return blake2b(repr(values).encode("utf-8", "replace"), digest_size=VERSION_BYTES).digest()


def _document(
    document: XmlFeed, parsed: Parsed, url: str, parts: tuple[Part, ...], because: str | None
) -> FeedDocument:
    feed = feed_values(parsed.feed)
    hubs, topic = links_of(parsed.feed)
    return FeedDocument(
        title=plain_text(feed.title),
        link=resolve(url, feed.link) or "",
        language=feed.language,
        parts=parts,
        wishes=wishes_of(document.data),
        hubs=hubs,
        topic=topic,
        route="split" if because is None else "whole",
        whole_because=because,
    )
