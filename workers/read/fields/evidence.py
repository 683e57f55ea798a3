"""What a page says about itself, gathered once: JSON-LD, meta tags, links, headings.

Nothing is decided here; the modules beside this one weigh what was found.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from wirewatch.text.html import fold

_LONGEST_TEXT = 2000  # characters of a title or meta tag: no title is longer, and hostile ones are
_MAX_METAS = 1000
_MAX_NODES = 2000  # of JSON-LD
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)$")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
# Around JSON in pages made for XHTML, outermost first.
_WRAPPINGS = (("", ";"), ("//", ""), ("<![CDATA[", "]]>"), ("<!--", "-->"), ("", "//"), ("", ";"))


@dataclass(slots=True)
class Evidence:
    """A page's statements about itself, texts folded and entities resolved."""

    metas: dict[str, list[str]] = field(default_factory=dict)  # by lower-case property or name, page order
    article: dict[str, Any] = field(default_factory=dict)  # the JSON-LD node of the story; empty if none
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)  # JSON-LD nodes by @id
    headings: list[str] = field(default_factory=list)  # every h1
    title: str = ""  # the title element
    canonical: str = ""  # href of link rel=canonical, as written
    language: str = ""  # lang of the root element
    times: list[str] = field(default_factory=list)  # datetime of time elements

    def meta(self, *names: str) -> list[str]:
        """The contents of the first of these metas that the page has."""
        return next((self.metas[name] for name in names if name in self.metas), [])

    def said(self, key: str) -> str:
        """A text of the article's JSON-LD node; empty where it is none."""
        return clean(self.article.get(key))


def clean(value: object) -> str:
    """A JSON-LD value as folded text: entities resolved, the first of a list, empty for what is no text."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    return fold(unescape(value[:_LONGEST_TEXT])) if isinstance(value, str) else ""


def gather(tree: LexborHTMLParser) -> Evidence:
    """The evidence of a parsed page. Never raises."""
    metas: defaultdict[str, list[str]] = defaultdict(list)
    for node in tree.css("meta")[:_MAX_METAS]:
        name = node.attrs.get("property") or node.attrs.get("name") or node.attrs.get("itemprop")
        content = clean(node.attrs.get("content"))  # often escaped twice
        if name and content:
            metas[name.strip().lower()].append(content)
    nodes = list(_json_ld(tree))
    root, link, title = tree.root, tree.css_first("link[rel~='canonical' i]"), tree.css_first("title")
    return Evidence(
        metas=dict(metas),
        article=_main_article(nodes),
        nodes={node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str)},
        headings=[text for node in tree.css("h1")[:20] if (text := clean(node.text(separator=" ")))],
        title=clean(title.text()) if title is not None else "",
        canonical=((link.attrs.get("href") or "") if link is not None else "").strip(),
        language=((root.attrs.get("lang") or "") if root is not None else "").strip(),
        times=[value for node in tree.css("time[datetime]")[:20] if (value := node.attrs.get("datetime"))],
    )


def _json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for script in tree.css("script[type='application/ld+json' i]"):
        yield from _flat(_loaded(script.text()), [_MAX_NODES])


def _loaded(text: str) -> object:
    text = text.strip()
    for before, after in _WRAPPINGS:
        text = text.removeprefix(before).removesuffix(after).strip()
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)  # raw line breaks inside strings are common
        except (ValueError, RecursionError):
            continue
    return None


def _flat(value: object, left: list[int]) -> Iterator[dict[str, Any]]:
    """Top-level nodes, those of ``@graph``, and the main entity of a page; not lists of other stories."""
    left[0] -= 1
    if left[0] < 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, left)
    elif isinstance(value, dict):
        yield value
        for inner in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _flat(value.get(inner), left)


def _main_article(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _kinds(node))]
    with_headline = [node for node in articles if clean(node.get("headline"))]
    return next(iter(with_headline or articles), {})


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
