"""News sitemaps and sitemap indexes (sitemaps.org, Google News), as outlets write them, broken ones too."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from wirewatch.errors import NotAFeedError
from wirewatch.text.dates import moment
from wirewatch.text.html import fold
from wirewatch.text.urls import resolve

MAX_ENTRIES = 50_000
"""What the protocol allows a sitemap to hold."""

_ROBOTS_BYTES = 500 * 1024
_ROBOTS_LINE = re.compile(r"^\s*site-?map\s*:\s*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_OF_NEWS = re.compile(
    r"news|latest|today|nachricht|aktuell|nyhe?t|nyheter|uutis|notici|notiz|actualit|haber|wiadomosc|novosti"
    r"|(?:24|48)-?h",
    re.IGNORECASE,
)
_MOST_NAMED = 5


class SitemapEntry(NamedTuple):
    """A page that a sitemap lists. Title, time and language are those of its news extension."""

    url: str
    title: str
    published: datetime | None
    language: str | None


class ChildSitemap(NamedTuple):
    """A sitemap that an index lists."""

    url: str
    lastmod: datetime | None


class Sitemap(NamedTuple):
    """What a sitemap or a sitemap index holds."""

    entries: list[SitemapEntry]
    children: list[ChildSitemap]


def read_sitemap(body: bytes, base_url: str) -> Sitemap:
    """The entries or children of a sitemap, at most :data:`MAX_ENTRIES` of each.

    Args:
        body: the document, uncompressed.
        base_url: its address, for ``loc`` elements that are relative against the protocol.

    Raises:
        NotAFeedError: the document is no sitemap; says what it is.
    """
    # recover: one bare ampersand must not hide a thousand stories. Entities stay unresolved, and nothing
    # is fetched; libxml2's own limits on depth and text hold.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAFeedError(f"{base_url} is no sitemap: {error}") from error
    name = _name(root) if root is not None else ""
    if name not in {"urlset", "sitemapindex"}:
        what = f"its root element is <{name}>" if name else "it holds no XML"
        raise NotAFeedError(f"{base_url} is no sitemap: {what}, not <urlset> or <sitemapindex>")
    entries: list[SitemapEntry] = []
    children: list[ChildSitemap] = []
    for node in root:
        kind = _name(node)
        if kind == "url" and len(entries) < MAX_ENTRIES:
            entries.extend(_entry(node, base_url))
        elif kind == "sitemap" and len(children) < MAX_ENTRIES:
            said = _texts(node)
            if url := resolve(base_url, said.get("loc", "")):
                children.append(ChildSitemap(url, moment(said.get("lastmod", ""))))
    return Sitemap(entries, children)


def news_sitemaps(robots: bytes, base_url: str) -> list[str]:
    """The sitemaps that a robots.txt names (RFC 9309 2.2.4) and whose address says that they are of news.

    The others list all that a site ever had.
    """
    text = robots[:_ROBOTS_BYTES].decode("utf-8-sig", "replace")
    found = (resolve(base_url, line[1]) for line in _ROBOTS_LINE.finditer(text))
    named = [
        url for url in found if url is not None and _OF_NEWS.search(url.partition("://")[2].partition("/")[2])
    ]
    return list(dict.fromkeys(named))[:_MOST_NAMED]


def _entry(node: etree._Element, base_url: str) -> Iterator[SitemapEntry]:
    said = _texts(node)
    url = resolve(base_url, said.get("loc", ""))
    if url is not None:
        # lastmod is not taken for the publication: sites renew it whenever a template changes.
        published = moment(said.get("publication_date", ""))
        yield SitemapEntry(url, said.get("title", ""), published, said.get("language") or None)


def _texts(node: etree._Element) -> dict[str, str]:
    """First text of each local name below a url element, but for those of images and videos."""
    said: dict[str, str] = {}
    for inner in node.iterchildren():
        if _name(inner) in {"image", "video"}:
            continue
        for element in inner.iter():
            name = _name(element)
            if name and name not in said and (text := fold(element.text or "")):
                said[name] = text
    return said


def _name(element: etree._Element) -> str:
    # Comments and unresolved entities have a function for a tag.
    # Not QName: what the parser recovered, such as "<:", may be no name, and that raises.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
