"""The stories that a page lists for machines: schema.org's ItemList, hasPart and blogPost in JSON-LD."""

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from wirewatch.text.html import fold
from wirewatch.text.urls import canonical, resolve

_LISTS = ("itemListElement", "hasPart", "blogPost", "blogPosts")
_NO_STORIES = frozenset({"BreadcrumbList", "SiteNavigationElement", "WPHeader", "WPFooter", "OfferCatalog"})
_NO_STORY = frozenset(
    {"SiteNavigationElement", "Person", "Organization", "Product", "Offer", "WebSite", "WPHeader", "WPFooter"}
)
_MOST_CHARS = 2_000_000  # of all scripts
_MOST_NODES = 20_000
_MOST_LISTED = 500  # of one list
_MOST_STORIES = 1000
_FEWEST = 2


def listed_stories(tree: LexborHTMLParser, base: str) -> dict[str, str]:
    """Canonical address and headline ("" where none is given) of each story listed, in order. Never raises.

    Args:
        tree: of the page.
        base: the address from which its links count.
    """
    found: dict[str, str] = {}
    room = _MOST_CHARS
    for script in tree.css("script[type='application/ld+json' i]"):
        text = script.text()
        room -= len(text)
        if room < 0:
            break
        try:
            graph = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for items in _lists(graph):
            if len(found) >= _MOST_STORIES:
                return found
            stories = dict(_stories(items, base))
            if len(stories) >= _FEWEST:
                for url, title in stories.items():
                    found[url] = found.get(url) or title
    return found


def _lists(graph: Any) -> Iterator[list[Any]]:
    """Each list of parts in a graph, breadth first: nesting has no depth that could hurt."""
    nodes, at = [graph], 0
    while at < len(nodes) and at < _MOST_NODES:
        node = nodes[at]
        at += 1
        if isinstance(node, list):
            nodes += node[:_MOST_NODES]
        elif isinstance(node, dict) and not _types(node) & _NO_STORIES:
            yield from (node[name] for name in _LISTS if isinstance(node.get(name), list))
            nodes += [value for value in node.values() if isinstance(value, dict | list)]


def _stories(items: list[Any], base: str) -> Iterator[tuple[str, str]]:
    for item in items[:_MOST_LISTED]:
        inner = item.get("item", item) if isinstance(item, dict) else item
        thing = inner if isinstance(inner, dict) else {"url": inner}
        if _types(thing) & _NO_STORY:
            continue
        places = (thing.get("url"), thing.get("@id"), item.get("url") if isinstance(item, dict) else None)
        url = next(
            (url for place in places if isinstance(place, str) and (url := resolve(base, place))), None
        )
        if url is not None:
            title = thing.get("headline") or thing.get("name") or ""
            yield canonical(url), fold(title) if isinstance(title, str) else ""


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {name for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)}
