"""The feeds that a page says it has (RFC 8288 ``alternate``, feed autodiscovery), and those it links to."""

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser

from crawler.base_address import base_of
from wirewatch.text.html import fold, parse
from wirewatch.text.source_key import source_key
from wirewatch.text.urls import resolve, site

_FEED_TYPE = re.compile(r"application/(rss|atom|rdf|feed)(\+xml|\+json)\b", re.IGNORECASE)
_VAGUE_TYPE = re.compile(r"(application|text)/(xml|json|rdf)\b", re.IGNORECASE)
_NAMES_A_FEED = re.compile(r"\b(rss|atom|feeds?|rdf)", re.IGNORECASE)
# The end of the path of nearly every feed that pages link to by hand.
_FEED_PATH = re.compile(
    r"/(?:rss|atom|feed|rdf)(?:\.(?:xml|rss|json|php|aspx))?/?$|\.(?:rss|atom|rdf)$|/feed\.json$|[/_-]rss\.xml$",
    re.IGNORECASE,
)
_LISTS_FEEDS = re.compile(r"\.html?$|/feeds/?$", re.IGNORECASE)  # a page about an outlet's feeds
_SAYS_A_FEED = re.compile(r"(rss|atom|json feed)\b", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"comment", re.IGNORECASE)
_MOST_LINKED = 20


def advertised_feeds(html: str, base_url: str) -> list[tuple[str, str]]:
    """Address and title of each feed in a page's ``link rel=alternate``, in page order, each once."""
    return _advertised(*_parsed(html, base_url))


def _parsed(html: str, base_url: str) -> tuple[LexborHTMLParser, str]:
    """The tree, and the address from which its links count."""
    tree = parse(html)
    return tree, base_of(tree, base_url)


def _advertised(tree: LexborHTMLParser, base: str) -> list[tuple[str, str]]:
    feeds: dict[str, tuple[str, str]] = {}
    for link in tree.css("link[rel~='alternate' i][href]"):
        kind, href = link.attrs.get("type") or "", link.attrs.get("href") or ""
        title = fold(link.attrs.get("title") or "")
        # WordPress offers its REST and oEmbed answers by the same rel, as application/json.
        vague = _VAGUE_TYPE.match(kind) and _NAMES_A_FEED.search(f"{href} {title}") and "wp-json" not in href
        url = resolve(base, href) if _FEED_TYPE.match(kind) or vague else None
        if url is not None:
            feeds.setdefault(source_key(url), (url, title))
    return list(feeds.values())


def feeds_of(html: str, base_url: str) -> list[tuple[str, str]]:
    """The advertised feeds, then those that the page merely links to, then feeds of comments.

    Only what stands on the page: trying addresses where a feed might be is asking for what is not there.
    """
    tree, base = _parsed(html, base_url)
    found: dict[str, tuple[str, str]] = {}
    for url, title in (*_advertised(tree, base), *_linked(tree, base)):
        found.setdefault(source_key(url), (url, title))
    return sorted(found.values(), key=lambda feed: of_comments(*feed))


def of_comments(url: str, title: str) -> bool:
    """Whether a feed is one of comments, by what it is called."""
    return bool(_OF_COMMENTS.search(f"{url} {title}"))


def _linked(tree: LexborHTMLParser, base: str) -> Iterable[tuple[str, str]]:
    feeds: dict[str, tuple[str, str]] = {}
    for url, title in _links_to_feeds(tree, base):
        feeds.setdefault(source_key(url), (url, title))
        if len(feeds) == _MOST_LINKED:
            break
    return feeds.values()


def _links_to_feeds(tree: LexborHTMLParser, base: str) -> Iterator[tuple[str, str]]:
    for link in tree.css("a[href]"):
        href = re.sub(r"^\s*feed:(?=https?:)", "", link.attrs.get("href") or "", flags=re.IGNORECASE)
        url = resolve(base, href)
        # Links of feed readers ("follow us there") carry the feed's address in their own.
        if url is None or "http" in url.partition("://")[2].lower():
            continue
        path = url.partition("?")[0]
        title = fold(link.attrs.get("title") or link.attrs.get("aria-label") or link.text())
        named = _SAYS_A_FEED.match(title) and _NAMES_A_FEED.search(url) and site(url) == site(base)
        named = named and not _LISTS_FEEDS.search(url)
        if _FEED_TYPE.match(link.attrs.get("type") or "") or _FEED_PATH.search(path) or named:
            yield url, title
