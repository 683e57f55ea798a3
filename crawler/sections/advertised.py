"""The feeds that a page says it has (RFC 8288 ``alternate``, feed autodiscovery)."""

import re

from wirewatch.text.html import fold, parse
from wirewatch.text.urls import canonical, resolve

_FEED_TYPE = re.compile(r"application/(rss|atom|rdf|feed)(\+xml|\+json)\b", re.IGNORECASE)
_VAGUE_TYPE = re.compile(r"(application|text)/(xml|json|rdf)\b", re.IGNORECASE)
_NAMES_A_FEED = re.compile(r"\b(rss|atom|feeds?|rdf)", re.IGNORECASE)


def advertised_feeds(html: str, base_url: str) -> list[tuple[str, str]]:
    """Address and title of each feed in a page's ``link rel=alternate``, in page order, each once."""
    tree = parse(html)
    base_node = tree.css_first("base[href]")
    base = (base_node and resolve(base_url, base_node.attrs.get("href") or "")) or base_url
    feeds: dict[str, tuple[str, str]] = {}
    for link in tree.css("link[rel~='alternate' i][href]"):
        kind, href = link.attrs.get("type") or "", link.attrs.get("href") or ""
        title = fold(link.attrs.get("title") or "")
        # WordPress offers its REST and oEmbed answers by the same rel, as application/json.
        vague = _VAGUE_TYPE.match(kind) and _NAMES_A_FEED.search(f"{href} {title}") and "wp-json" not in href
        url = resolve(base, href) if _FEED_TYPE.match(kind) or vague else None
        if url is not None:
            feeds.setdefault(canonical(url), (url, title))
    return list(feeds.values())
