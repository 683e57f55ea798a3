"""The stories that a section page links to, told by the shape of address and anchor text alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.sections.dates import day_in
from crawler.sections.shapes import Shape, story_shape
from wirewatch.text.dates import moment
from wirewatch.text.html import fold, parse
from wirewatch.text.urls import canonical, resolve, site

MAX_LINKS = 200
_MAX_ANCHORS = 5000  # looked at
_HEADLINE_WORDS = {Shape.DATE: 3, Shape.ID: 4, Shape.SLUG: 4}
_HEADLINE_CHARS = 15
_LONG_WORDS_CHARS = 35  # three words of so many characters are a headline in Finnish, Turkish or German
_MOST_OF_IT = 0.6
_EMPHASIS = ["b", "i", "em", "strong", "u", "mark", "q", "sub", "sup", "small", "wbr"]
_HEADLINE_IDEOGRAMS = 8
_LONGEST_HEADLINE = 300
CARD_HEIGHT = 4
"""How many ancestors of an anchor may still be its card."""
_NAV_HEIGHT = 6
_HEADINGS = "h1,h2,h3,h4,h5,h6,[role='heading']"
_NAV_TAGS = frozenset({"nav", "footer"})
_NAV_CLASSES = """nav navbar navigation menu submenu megamenu footer breadcrumb breadcrumbs pagination pager
sponsored advert advertisement advertorial ad ads taboola outbrain"""
_NAV_WORDS = frozenset(_NAV_CLASSES.split())
_WORDLESS_SCRIPT = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_NO_HEADLINE = re.compile(
    r"(read|see|view|show|load|find\sout|learn)\s(more|all)\b|continue\sreading|sign\s(in|up)|log\sin|subscribe|(skip|go|back)\sto\b"
    r"|(all|more|latest)\s(from|in|about|on)\s|opens\sin\b|share\son|follow\sus|terms\s(of|and)\s|privacy\s|cookie\s|about\sour\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A story that a page links to."""

    url: str  # canonical
    title: str
    published: datetime | None  # of the card's time element; else midnight UTC of the day in the address


def story_links(html: str, base_url: str) -> list[Link]:
    """The stories a section page links to, in page order, each once, at most :data:`MAX_LINKS`. Never raises.

    Args:
        html: the section page.
        base_url: its address after redirects; only links within its site are stories of its outlet.
    """
    return links_in(parse(html), base_url)


def links_in(tree: LexborHTMLParser, base_url: str) -> list[Link]:
    """The same, of a parsed page, whose emphasis tags are taken out."""
    tree.unwrap_tags(_EMPHASIS)
    tree.merge_text_nodes()
    found: dict[str, Link] = {}
    here, home = canonical(base_url), site(base_url)
    stories = [
        (anchor, url, shape)
        for anchor, url in _anchors(tree, base_url)
        if (shape := story_shape(url)) is not None and url != here and site(url) == home
    ]
    held = _stories_held(stories)
    for anchor, url, shape in stories:
        if _is_navigation(anchor):
            continue
        known = found.get(url)
        if known is not None and known.published is not None:
            continue
        title = known.title if known else _headline(anchor, _HEADLINE_WORDS[shape], held)
        if title:
            # A picture's link and the headline's link are one story: the first gives its place.
            found[url] = Link(url, title, _card_time(anchor) or day_in(url))
            if len(found) >= MAX_LINKS:
                break
    return list(found.values())


def _anchors(tree: LexborHTMLParser, base_url: str) -> Iterator[tuple[LexborNode, str]]:
    base_node = tree.css_first("base[href]")
    base = (base_node and resolve(base_url, base_node.attrs.get("href") or "")) or base_url
    for anchor in tree.css("a[href]")[:_MAX_ANCHORS]:
        href = (anchor.attrs.get("href") or "").strip()
        if not href or href.startswith("#") or "sponsored" in (anchor.attrs.get("rel") or ""):
            continue
        url = resolve(base, href)
        if url is not None:
            yield anchor, canonical(url)


def ancestors(node: LexborNode, height: int) -> Iterator[LexborNode]:
    """A node's parents below the body, from the inside out, at most ``height`` of them."""
    parent = node.parent
    while parent is not None and height and parent.tag not in {"body", "html"}:
        yield parent
        parent, height = parent.parent, height - 1


def _is_navigation(anchor: LexborNode) -> bool:
    for node in ancestors(anchor, _NAV_HEIGHT):
        if node.tag in _NAV_TAGS or node.attrs.get("role") == "navigation":
            return True
        names = f"{node.attrs.get('class') or ''} {node.attrs.get('id') or ''}".lower()
        if not _NAV_WORDS.isdisjoint(re.split(r"[\s_-]+", names)):
            return True
        if node.tag == "article":
            return False
    return False


def _stories_held(stories: Iterable[tuple[LexborNode, str, Shape]]) -> dict[int, set[str]]:
    """The addresses of stories below each element that may be a card."""
    held: dict[int, set[str]] = {}
    for anchor, url, _ in stories:
        for node in ancestors(anchor, CARD_HEIGHT):
            held.setdefault(node.mem_id, set()).add(url)
    return held


def _headline(anchor: LexborNode, words: int, held: dict[int, set[str]]) -> str:
    """The text by which a card names its story; empty if nothing there reads like a headline."""
    for text in _texts(anchor, held):
        line = fold(text)
        if _reads_like_headline(line, words):
            return line
    return ""


def _texts(anchor: LexborNode, held: dict[int, set[str]]) -> Iterator[str]:
    for heading in anchor.css(_HEADINGS):
        yield _without_kicker(heading)
    yield _without_kicker(anchor)
    yield from (line for line in _pieces(anchor)[:10] if line.strip())
    yield anchor.attrs.get("aria-label") or ""
    yield anchor.attrs.get("title") or ""
    for node in ancestors(anchor, CARD_HEIGHT):
        # Where several stories are, the heading is their list's: "You may also like".
        if len(held[node.mem_id]) > 1 or len(headings := node.css(_HEADINGS)) > 1:
            break
        yield from map(_without_kicker, headings)
    for picture in anchor.css("img[alt]"):
        yield picture.attrs.get("alt") or ""


def _pieces(node: LexborNode) -> list[str]:
    return [line for piece in node.text(separator="\x1e").split("\x1e") if (line := fold(piece))]


def _without_kicker(node: LexborNode) -> str:
    """The text of a node, or the one piece that is most of it: ``LIVE`` and ``4,759 Read`` stand in spans."""
    pieces = _pieces(node)
    longest = max(pieces, key=len, default="")
    return longest if len(longest) >= _MOST_OF_IT * sum(map(len, pieces)) else " ".join(pieces)


def _reads_like_headline(line: str, words: int) -> bool:
    if len(line) > _LONGEST_HEADLINE or _NO_HEADLINE.match(line):
        return False
    if len(_WORDLESS_SCRIPT.findall(line)) >= _HEADLINE_IDEOGRAMS:
        return True
    spoken = sum(any(map(str.isalpha, word)) for word in line.split())
    return len(line) >= _HEADLINE_CHARS and spoken >= (3 if len(line) >= _LONG_WORDS_CHARS else words)


def _card_time(anchor: LexborNode) -> datetime | None:
    for node in (anchor, *ancestors(anchor, CARD_HEIGHT)):
        times = node.css("time[datetime]")
        if times:
            return moment(times[0].attrs.get("datetime") or "") if len(times) == 1 else None
    return None
