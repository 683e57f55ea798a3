"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from hashlib import blake2b
from typing import Any

from crawler.entries import Item
from crawler.feeds.document import FeedDocument, Part
from crawler.feeds.said import MOST_HUBS
from crawler.feeds.scanning import MOST_ENTRIES
from wirewatch.errors import NotAFeedError
from wirewatch.store.carried import VERSION_BYTES
from wirewatch.text.dates import moment
from wirewatch.text.html import plain_text
from wirewatch.text.urls import is_web, resolve


def read_json_feed(body: bytes, url: str, known: frozenset[bytes] = frozenset()) -> FeedDocument:
    """The items of a JSON Feed.

    Args:
        body: as received.
        url: where it came from: the base of its relative links.
        known: versions of items that need not be read again.

    Raises:
        NotAFeedError: if it is not JSON, or JSON of another shape.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"broken JSON: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise NotAFeedError("JSON without a list of items: not a JSON Feed")
    language = _text(document, "language") or None
    parts = []
    for one in [one for one in document["items"] if isinstance(one, dict)][:MOST_ENTRIES]:
        version = _version(one, language)
        parts.append(Part(version, None if version in known else _item(one, url, language)))
    return FeedDocument(
        title=_text(document, "title"),
        link=resolve(url, _text(document, "home_page_url")) or "",
        language=language,
        parts=tuple(parts),
        hubs=_hubs(document),
        topic=_address(_text(document, "feed_url")) or None,
        route="split" if known else "whole",
        whole_because=None if known else "first",
    )


def _version(item: dict[str, Any], language: str | None) -> bytes:
    try:
        text = json.dumps([language, item], sort_keys=True)
    except RecursionError as error:
        raise NotAFeedError("items nested beyond reason") from error
    return blake2b(text.encode(), digest_size=VERSION_BYTES).digest()


def _hubs(document: dict[str, Any]) -> tuple[str, ...]:
    hubs = document.get("hubs")
    # The format knows others, such as rssCloud, that speak another protocol.
    known = [
        hub
        for hub in (hubs if isinstance(hubs, list) else [])
        if isinstance(hub, dict) and _text(hub, "type").lower() in ("", "websub")
    ]
    named = (_address(_text(hub, "url")) for hub in known)
    return tuple(dict.fromkeys(filter(None, named)))[:MOST_HUBS]


def _address(text: str) -> str:
    return text if is_web(text) else ""


def _item(item: dict[str, Any], url: str, feed_language: str | None) -> Item:
    html = _text(item, "content_html")
    text = _text(item, "content_text")
    summary = _text(item, "summary")
    authors = item.get("authors") or [item.get("author")]  # 1.0 had one
    tags = item.get("tags")
    return Item(
        identity=str(item.get("id") or ""),
        url=resolve(url, _text(item, "url") or _text(item, "external_url")) or "",
        title=plain_text(_text(item, "title")),
        summary=plain_text(summary) or text or plain_text(html),
        content=html or "".join(f"<p>{_escaped(line)}</p>" for line in text.splitlines() if line.strip()),
        authors=tuple(
            name
            for author in (authors if isinstance(authors, list) else [])
            if isinstance(author, dict) and (name := _text(author, "name"))
        ),
        published=moment(_text(item, "date_published")),
        updated=moment(_text(item, "date_modified")),
        language=_text(item, "language") or feed_language,
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )


def _text(mapping: dict[str, Any], name: str) -> str:
    value = mapping.get(name)
    return value.strip() if isinstance(value, str) else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
