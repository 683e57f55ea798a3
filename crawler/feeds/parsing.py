"""feedparser, on the whole of a document or on some of its entries, with the same result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax import SAXException  # only the error's type: nothing is parsed with it

import feedparser

from crawler.feeds.split import Split, split
from crawler.feeds.utf8 import converted, guarded
from wirewatch.errors import NotAFeedError

_LARGEST_MALFORMED = 4_000_000  # bytes
_MOST_TAGS = 400_000  # feedparser takes some 10 µs for each
_MARKUP = (b"<", b"&lt;", b"&#60;", b"&amp;")
_AS_UTF8 = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What feedparser gives.

    Attributes:
        feed: its dictionary of the feed itself.
        entries: its dictionaries of the entries that were asked for.
        trouble: of a feed that is broken and has no entries, what is wrong.
    """

    feed: Any
    entries: Sequence[Any]
    trouble: str | None = None


class XmlFeed:
    """A document that is, or may be, an RSS, RDF or Atom feed.

    Args:
        body: as received, in whatever encoding it has.
        url: where it came from: the base of its relative links; "" where nobody knows.
        content_type: of the HTTP answer; its charset counts as feedparser has it.

    Attributes:
        split: its entries.

    Raises:
        NotAFeedError: it is too large, or made to hang its readers.
    """

    def __init__(self, body: bytes, url: str, content_type: str | None) -> None:
        self._body = guarded(body, content_type)
        self._location = {"content-location": url} if url else {}
        self._headers = self._location | ({"content-type": content_type} if content_type else {})
        document = converted(self._body, self._headers)
        if document.data:
            self.split = split(document, based=bool(url))
        else:
            self.split = Split(document.data, whole_because="encoding")
        self.data = document.data or body
        if self.split.whole_because in ("malformed", "encoding") and len(body) > _LARGEST_MALFORMED:
            raise NotAFeedError("not well-formed, and too large to be read all the same")

    def whole(self) -> Parsed:
        """All of it, but for what is beyond the bounds on one document.

        Raises:
            NotAFeedError: it is no feed, or breaks feedparser.
        """
        if self.split.is_beginning:
            parsed = self._parse(self.split.data, _AS_UTF8)
        else:
            parsed = self._parse(self._body, self._headers.get("content-type"))
        trouble = parsed.get("bozo_exception")
        if not parsed.entries and not parsed.get("version"):
            raise NotAFeedError(f"not a feed: {trouble}" if trouble else "not a feed")
        # A feed without entries may be well; one that is broken before its first entry is not.
        is_broken = not parsed.entries and isinstance(trouble, SAXException)
        return Parsed(parsed.feed, parsed.entries, f"a broken feed: {trouble}" if is_broken else None)

    def only(self, kept: Iterable[int]) -> Parsed | None:
        """The feed itself and some of its entries, in their order; None: that is not to be had.

        Raises:
            NotAFeedError: it breaks feedparser.
        """
        if self.split.whole_because is not None:
            return None
        data, places, count = self.split.with_only(frozenset(kept))
        parsed = self._parse(data, _AS_UTF8)
        if len(parsed.entries) != count:
            return None
        return Parsed(parsed.feed, [parsed.entries[place] for place in places])

    def _parse(self, data: bytes, content_type: str | None) -> Any:
        if sum(data.count(mark) for mark in _MARKUP) > _MOST_TAGS:
            raise NotAFeedError("more tags than can be read in reasonable time")
        headers = self._location | ({"content-type": content_type} if content_type else {})
        try:
            # As a stream: bytes that spell a path or an address would be opened by feedparser.
            return feedparser.parse(BytesIO(data), response_headers=headers)
        except Exception as error:
            # The input's edge: some feeds break feedparser itself, by a KeyError or worse.
            raise NotAFeedError(f"feedparser breaks on it: {type(error).__name__}: {error}") from error
