"""What a page says about itself, gathered once: JSON-LD, meta tags, links, headings, microdata, times.

Nothing is decided here but which JSON-LD nodes speak of the page's own story; the modules beside this one
weigh what was found.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from workers.read.fields.cleaning import clean
from workers.read.fields.headings import Heading, heading
from workers.read.fields.json_ld import Node, kinds, nodes_of
from workers.read.fields.nodes import about, organisations, pages, story_node

_MAX_METAS = 1000
_MAX_LINKS = 500
_MAX_SCRIPTS = 100
_MAX_HEADINGS = 20
_MAX_TIMES = 40
_MAX_ITEMS = 200
_FAR = 40  # ancestors: real pages nest to 50
_TOLD = "meta,title,h1,link,time,script[type*='ld+json' i],[itemprop]"
_STORIES = ("article", "posting", "report", "creativework", "review", "recipe", "?")


@dataclass(slots=True, frozen=True)
class Time:
    """A time element."""

    stated: str  # its datetime attribute, or its text
    published: bool  # whether it says of itself that it is the publication's
    modified: bool  # … or an update's
    below_title: bool  # whether it stands after the first h1


@dataclass(slots=True)
class Evidence:
    """A page's statements about itself, texts folded and entities resolved."""

    metas: dict[str, list[str]] = field(default_factory=dict)  # by lower-case property or name, page order
    article: dict[str, Any] = field(default_factory=dict)  # the story's JSON-LD; empty if none
    page: dict[str, Any] = field(default_factory=dict)  # the JSON-LD of the page as such (WebPage)
    crumbs: list[Node] = field(default_factory=list)  # BreadcrumbList nodes
    organisations: list[str] = field(default_factory=list)  # names of sites and organisations in the graph
    nodes: dict[str, Node] = field(default_factory=dict)  # JSON-LD nodes by @id
    headings: list[Heading] = field(default_factory=list)  # every h1
    title: str = ""  # the title element
    links: dict[str, list[str]] = field(default_factory=dict)  # href by lower-case rel, as written
    language: str = ""  # lang of the root element
    times: list[Time] = field(default_factory=list)
    items: dict[str, list[str]] = field(default_factory=dict)  # microdata of the story by itemprop

    @property
    def canonical(self) -> str:
        """The href of link rel=canonical, as written; empty if there is none."""
        return next(iter(self.links.get("canonical", [])), "")

    def meta(self, *names: str) -> list[str]:
        """The contents of the first of these metas that the page has."""
        return next((self.metas[name] for name in names if name in self.metas), [])

    def said(self, key: str) -> str:
        """A text of the story's JSON-LD; empty where it is none."""
        return clean(self.article.get(key))


def gather(tree: LexborHTMLParser) -> Evidence:
    """The evidence of a parsed page. Never raises."""
    found = _Gathering()
    seen: set[int] = set()
    for node in tree.css(_TOLD):
        if node.mem_id not in seen:  # an element that two selectors name comes twice
            seen.add(node.mem_id)
            found.take(node)
    root = tree.root
    attributes = root.attributes if root is not None else {}
    nodes = nodes_of(found.scripts)
    titles = [*(h1.text for h1 in found.headings), found.title, *found.metas.get("og:title", [])]
    addresses = [*found.links.get("canonical", []), *found.metas.get("og:url", [])]
    return Evidence(
        metas=dict(found.metas),
        article=story_node(nodes, titles, addresses),
        page=about(pages(nodes)),
        crumbs=[node for node in nodes if "BreadcrumbList" in kinds(node)],
        organisations=organisations(nodes),
        nodes={node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str)},
        headings=found.headings,
        title=found.title,
        links=dict(found.links),
        language=(attributes.get("lang") or attributes.get("xml:lang") or "").strip(),
        times=found.times,
        items=dict(found.items),
    )


class _Gathering:
    """What one pass over the elements of a page has found so far."""

    def __init__(self) -> None:
        self.metas: defaultdict[str, list[str]] = defaultdict(list)
        self.links: defaultdict[str, list[str]] = defaultdict(list)
        self.items: defaultdict[str, list[str]] = defaultdict(list)
        self.scripts: list[str] = []
        self.headings: list[Heading] = []
        self.times: list[Time] = []
        self.title = ""
        self._story: int | None = None  # the microdata item of the page's story: the first
        self._left = {"meta": _MAX_METAS, "link": _MAX_LINKS, "item": _MAX_ITEMS}

    def take(self, node: LexborNode) -> None:
        attributes, tag = node.attributes, node.tag
        if tag == "meta":
            self._meta(attributes)
        elif tag == "link":
            self._link(attributes)
        elif tag == "script" and len(self.scripts) < _MAX_SCRIPTS:
            self.scripts.append(node.text())
        elif tag == "h1" and len(self.headings) < _MAX_HEADINGS:
            self.headings += [h1] if (h1 := heading(node)).text else []
        elif tag == "time" and len(self.times) < _MAX_TIMES:
            self._time(node, attributes)
        elif tag == "title" and not self.title and not _inside(node, ("svg",)):
            self.title = clean(node.text())
        if attributes.get("itemprop") and self._may("item"):
            self._item(node, attributes)

    def _may(self, what: str) -> bool:
        self._left[what] -= 1
        return self._left[what] >= 0

    def _meta(self, attributes: dict[str, str | None]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("http-equiv")
        if name and self._may("meta") and (content := clean(attributes.get("content"))):
            self.metas[name.strip().lower()].append(content)

    def _link(self, attributes: dict[str, str | None]) -> None:
        href = (attributes.get("href") or "").strip()
        for rel in (attributes.get("rel") or "").lower().split()[:5]:
            if href and self._may("link"):
                self.links[rel].append(href)

    def _time(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        words = " ".join(attributes.get(name) or "" for name in ("itemprop", "class", "data-testid")).lower()
        if stated := clean(attributes.get("datetime")) or clean(node.text()):
            published = "pubdate" in attributes or "publ" in words
            self.times.append(
                Time(stated, published, "modif" in words or "updat" in words, bool(self.headings))
            )

    def _item(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        """A property of the page's story, not of its pictures, comments and outlet, nor of other stories."""
        scope, kind = _scope(node)
        if kind and not any(word in kind for word in _STORIES):
            return
        if kind and self._story is None:
            self._story = scope
        if kind and scope != self._story:
            return
        value = attributes.get("content") or attributes.get("datetime")
        names = (attributes.get("itemprop") or "").lower().split()[:3]
        if not value and not {"articlebody", "text"}.intersection(names):
            name = node.css_first("[itemprop~=name]") if "itemscope" in attributes else None
            inner = name or node
            value = inner.attributes.get("content") or inner.text(separator=" ")
        for prop in names:
            # Outside of any item, other stories' properties cannot be told from the page's own.
            if (kind or prop not in self.items) and (text := clean(value)):
                self.items[prop].append(text)


def _above(node: LexborNode) -> Iterable[LexborNode]:
    above = node.parent
    for _ in range(_FAR):
        if above is None:
            return
        yield above
        above = above.parent


def _inside(node: LexborNode, tags: tuple[str, ...]) -> bool:
    return any(above.tag in tags for above in _above(node))


def _scope(node: LexborNode) -> tuple[int, str]:
    """The microdata item that a property belongs to, and its type in lower case; nothing outside of any."""
    for above in _above(node):
        if "itemscope" in above.attributes:
            return above.mem_id, (above.attributes.get("itemtype") or "").lower() or "?"
    return 0, ""
