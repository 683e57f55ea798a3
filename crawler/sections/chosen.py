"""The links of a page that its user calls stories, whatever they look like."""

from collections.abc import Collection

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from wirewatch.models import StoryChoice
from wirewatch.text.globs import glob_matches

_MOST = 5000  # elements of a selector
_AROUND = 6  # how far above an element its link may be


def selected(tree: LexborHTMLParser, selector: str) -> frozenset[int]:
    """The links in, at or around the elements that a CSS selector chooses, by their ``mem_id``.

    A selector that this parser does not know chooses nothing: the configuration was checked with it.
    """
    try:
        nodes = tree.css(selector)[:_MOST]
    except SelectolaxError:
        return frozenset()
    found: set[int] = set()
    for node in nodes:
        link = _around(node)
        if link is not None:
            found.add(link.mem_id)
        elif len(found) < _MOST:
            found.update(inner.mem_id for inner in node.css("a[href]"))
    return frozenset(found)


def _around(node: LexborNode) -> LexborNode | None:
    """The link that an element is or stands in."""
    at: LexborNode | None = node
    for _ in range(_AROUND):
        if at is None or at.tag == "a":
            return at
        at = at.parent
    return None


def is_chosen(url: str, node: int, links: Collection[int] | None, choice: StoryChoice) -> bool:
    """Whether a link is a story by its user's word.

    Args:
        url: where it leads.
        node: its ``mem_id``.
        links: what the selector chose; None: there is no selector.
        choice: what the user says.
    """
    if links is not None and node not in links:
        return False
    if choice.urls and not any(glob_matches(pattern, url) for pattern in choice.urls):
        return False
    return not any(glob_matches(pattern, url) for pattern in choice.not_urls)
