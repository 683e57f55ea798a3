"""What a feed says of how to read it: when to ask, and which hubs push it."""

import re
from typing import Any

from crawler.schedule.wishes import Wishes, read_wishes
from wirewatch.text.urls import is_web

MOST_HUBS = 5
"""That are asked for one feed."""
_HEAD_BYTES = 16_384
_FIRST_ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_ASIDE = re.compile(rb"<!--.*?-->", re.DOTALL)
_WISH = re.compile(
    rb"<(?:[\w.-]+:)?(ttl|updatePeriod|updateFrequency|hour|day)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?([^<>\]]{1,40})",
    re.IGNORECASE,
)


def wishes_of(data: bytes) -> Wishes:
    """When a feed wants to be asked, of what stands before its entries.

    Args:
        data: the document, UTF-8, well-formed or not.
    """
    # feedparser keeps only the last of several hours, so they are looked for here.
    first = _FIRST_ENTRY.search(data)
    head = _ASIDE.sub(b"", data[: min(first.start() if first else len(data), _HEAD_BYTES)])
    said: dict[str, list[str]] = {}
    for name, text in _WISH.findall(head):
        said.setdefault(name.decode().lower(), []).append(text.decode("utf-8", "replace"))
    return read_wishes(
        ttl=said.get("ttl", [None])[0],
        period=said.get("updateperiod", [None])[0],
        frequency=said.get("updatefrequency", [None])[0],
        hours=said.get("hour", ()),
        days=said.get("day", ()),
    )


def links_of(feed: Any) -> tuple[tuple[str, ...], str | None]:
    """The WebSub hubs and the topic in feedparser's dictionary of a feed."""
    links = feed.get("links")
    known = [one for one in links if isinstance(one, dict)] if isinstance(links, list) else []
    hubs = (_address(one) for one in known if "hub" in _rel(one))
    own = (_address(one) for one in known if "self" in _rel(one))
    return tuple(dict.fromkeys(filter(None, hubs)))[:MOST_HUBS], next(filter(None, own), None)


def _rel(link: Any) -> list[str]:
    rel = link.get("rel")
    return rel.lower().split() if isinstance(rel, str) else []


def _address(link: Any) -> str:
    href = link.get("href")
    return href.strip() if isinstance(href, str) and is_web(href.strip()) else ""
