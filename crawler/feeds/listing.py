"""All entries of a document as feedparser has them, for whoever looks at what is read."""

from dataclasses import dataclass

from crawler.feeds.parsing import XmlFeed
from crawler.feeds.values import EntryValues, FeedValues, entry_values, feed_values


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed and its entries; ``route`` as in ``FeedDocument``."""

    feed: FeedValues
    entries: tuple[EntryValues, ...]
    route: str


def list_entries(body: bytes, url: str, content_type: str | None, *, one_by_one: bool) -> Listing:
    """The entries of an RSS, RDF or Atom document.

    Args:
        body: as received, in whatever encoding it has.
        url: where it came from; "" where nobody knows.
        content_type: of the HTTP answer.
        one_by_one: read each entry as though the others were known.

    Raises:
        NotAFeedError: if it is no feed, or breaks feedparser, or made to hang its readers.
    """
    document = XmlFeed(body, url, content_type)
    if one_by_one and (alone := _one_by_one(document)) is not None:
        return alone
    parsed = document.whole()
    entries = tuple(entry_values(entry) for entry in parsed.entries)
    return Listing(feed_values(parsed.feed), entries, "whole")


def _one_by_one(document: XmlFeed) -> Listing | None:
    """None where an entry cannot be read alone."""
    entries: list[EntryValues] = []
    feed = FeedValues()
    for number in range(len(document.split.spans)):
        parsed = document.only([number])
        if parsed is None:
            return None
        feed = feed_values(parsed.feed)
        entries.append(entry_values(parsed.entries[0]))
    # The poller judges links with fragments among all the others.
    if not entries or any("#" in one.link for one in entries):
        return None
    return Listing(feed, tuple(entries), "split")
