"""What kind of document an address serves, by its first bytes; of HTML, whether a story or a section."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.encoding import html_to_unicode, read_bom

from crawler.sections.links import links_in
from crawler.sections.shapes import story_shape
from wirewatch.text.html import MAX_HTML_CHARS, fold, parse

Kind = Literal["feed", "sitemap", "json-feed", "section", "story", "unknown"]

_HEAD_BYTES = 16_384
_BEFORE_ROOT = re.compile(
    r"(?:\s|\ufeff|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_ROOT_IN_JUNK = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|title|meta|div|p|article|h1|table|script|link)\b", re.IGNORECASE
)
_ROOTS: dict[str, Kind] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",  # of CDF
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_JSON_FEED = re.compile(r"https?:\\?/\\?/jsonfeed\.org\\?/version")

_LD_ARTICLE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*Article|BlogPosting|LiveBlogPosting)"')
_LD_LIST = re.compile(r'"@type"\s*:\s*\[?\s*"(?:CollectionPage|ItemList)"')
_LD_HEADLINE = re.compile(r'"headline"\s*:\s*"[^"]')
_LD_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"\d')
_CARD_HEIGHT = 4
"""How many ancestors of a paragraph may still be its card."""
_FEW_ARTICLES, _MANY_LINKS, _H1_WORDS = 3, 5, 4
_SENTENCES = re.compile(r"[.!?…。！？।؟][\"'”’»)]*$")
_PARAGRAPH_CHARS, _SOME_PROSE, _MUCH_PROSE = 80, 500, 1500


def document_kind(body: bytes, content_type: str | None, url: str) -> Kind:
    """What a document is. Never raises.

    Args:
        body: its bytes, uncompressed.
        content_type: the Content-Type header, which decides nothing but the encoding of HTML: feeds are
            served as text/html, and pages as application/xml.
        url: its address; of HTML pages its shape is one of the clues.
    """
    head = _beginning(body)
    start = _BEFORE_ROOT.match(head)
    rest = head[start.end() :] if start else head
    if rest.startswith(("{", "[")):
        return _json_kind(body, head)
    root = _ROOT.match(rest)
    if root and root[2].lower() in _ROOTS:
        return _ROOTS[root[2].lower()]
    is_html = root is not None and root[2].lower() == "html"
    if not is_html and (junk := _ROOT_IN_JUNK.search(head)):
        # A PHP notice or a template's rest before the root.
        return _ROOTS[junk[1].lower()]
    is_xml = root is not None and not is_html and head.lstrip("\ufeff \t\r\n").startswith("<?xml")
    if is_xml or "\x00" in head[:512] or not _HTML_TAG.search(head):
        return "unknown"  # of XML, feeds without a root of their own have title and link elements too
    _, html = html_to_unicode(content_type, body[:MAX_HTML_CHARS])
    return _page_kind(parse(html), url)


def is_page(body: bytes) -> bool:
    """Whether a document says of itself that it is HTML, however well-formed."""
    head = _beginning(body)
    start = _BEFORE_ROOT.match(head)
    before = start[0] if start else ""
    root = _ROOT.match(head[len(before) :])
    return "<!doctype html" in before.lower() or (root is not None and root[2].lower() == "html")


def _beginning(body: bytes) -> str:
    encoding, bom = read_bom(body[:4])
    return body[len(bom or b"") : _HEAD_BYTES].decode(encoding or "utf-8", "replace")


def _json_kind(body: bytes, head: str) -> Kind:
    if _JSON_FEED.search(head):
        return "json-feed"
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return "unknown"
    return (
        "json-feed" if isinstance(document, dict) and isinstance(document.get("items"), list) else "unknown"
    )


def _page_kind(tree: LexborHTMLParser, url: str) -> Kind:
    prose = _prose(tree)
    story = _story_clues(tree, url, prose)
    links = links_in(tree, url)  # changes the tree
    section = _section_clues(tree, url, prose, len(links))
    if story > section:
        return "story"
    return "section" if links else "unknown"


def _story_clues(tree: LexborHTMLParser, url: str, prose: int) -> int:
    ld = _json_ld(tree)
    articles = len(_LD_ARTICLE.findall(ld))
    headings = [fold(node.text()) for node in tree.css("h1")]
    one = len(headings) == 1 and len(headings[0].split()) >= _H1_WORDS
    return (
        2 * (_og_type(tree) == "article")
        + 2 * (tree.css_first("meta[property='article:published_time']") is not None)
        + 2 * (0 < articles <= _FEW_ARTICLES and bool(_LD_HEADLINE.search(ld)))
        + (0 < articles <= _FEW_ARTICLES and bool(_LD_PUBLISHED.search(ld)))
        + (prose >= _SOME_PROSE)
        + (prose >= _MUCH_PROSE)
        + one
        + (story_shape(url) is not None)
    )


def _section_clues(tree: LexborHTMLParser, url: str, prose: int, links: int) -> int:
    ld = _json_ld(tree)
    return (
        (_og_type(tree) in {"website", "object"})
        + 2 * (len(_LD_ARTICLE.findall(ld)) > _FEW_ARTICLES)
        + bool(_LD_LIST.search(ld))
        + 2 * (links >= _MANY_LINKS and prose < _MUCH_PROSE)
        + (story_shape(url) is None)
    )


def _json_ld(tree: LexborHTMLParser) -> str:
    return "\n".join(node.text() for node in tree.css("script[type='application/ld+json' i]"))


def _og_type(tree: LexborHTMLParser) -> str:
    node = tree.css_first("meta[property='og:type']")
    return (node.attrs.get("content") or "").strip().lower() if node is not None else ""


def _prose(tree: LexborHTMLParser) -> int:
    """Characters in paragraphs of sentences, but for the teasers of other stories."""
    paragraphs = [
        (node, len(text))
        for node in tree.css("p")
        if len(text := fold(node.text())) >= _PARAGRAPH_CHARS and _SENTENCES.search(text)
    ]
    # One parent's paragraphs alone are not the measure: 12 of 34 publishers wrap each or few of a story's.
    held = Counter(box.mem_id for node, _ in paragraphs for box in _ancestors(node, _CARD_HEIGHT))
    return sum(size for node, size in paragraphs if size >= _SOME_PROSE or not _is_teaser(node, held))


def _ancestors(node: LexborNode, height: int) -> Iterator[LexborNode]:
    """A node's parents below the body, from the inside out, at most ``height`` of them."""
    parent = node.parent
    while parent is not None and height and parent.tag not in {"body", "html"}:
        yield parent
        parent, height = parent.parent, height - 1


def _is_teaser(paragraph: LexborNode, held: Counter[int]) -> bool:
    """Whether a paragraph stands in a link, in one box with a link, or right below a line that is a link."""
    box = paragraph
    for box_above in _ancestors(paragraph, _CARD_HEIGHT):
        if box_above.tag == "a":
            return True
        if held[box_above.mem_id] > 1:
            break
        box = box_above
    if len(box.css("a[href]")) > len(paragraph.css("a[href]")):
        return True
    above = box.prev
    while above is not None and not (above.is_element_node and fold(above.text())):
        above = above.prev
    link = above.css_first("a[href]") if above is not None else None
    return above is not None and link is not None and fold(link.text()) == fold(above.text())
