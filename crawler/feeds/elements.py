"""What feedparser does at an element, as far as it decides whether entries can be cut out of a feed.

feedparser has a handler for each element it understands, and some of them change its state. An element
without a handler is only kept, or is text where it stands in an element of text.
"""

from enum import IntEnum
from functools import lru_cache

from feedparser.api import StrictFeedParser


class Kind(IntEnum):
    """What an element is to feedparser."""

    PLAIN = 0
    """Without a handler."""
    DIV = 1
    """Without a handler, but feedparser passes over it in text that is not XHTML."""
    TEXT = 2
    """With a handler, and text inside: elements in it that have handlers themselves upset feedparser."""
    TITLE = 3
    """The same, and the first of them keeps later ones of its level out."""
    HOLDER = 4
    """With a handler, and meant to hold elements that have handlers."""
    IMAGE = 5
    """A holder whose content may become the feed's."""
    TEXT_INPUT = 6
    """A holder whose content becomes the feed's."""
    FRAME = 7
    """What entries stand in."""
    ENTRY = 8


_HOLDERS = frozenset(
    {
        *("author", "managingeditor", "dc_author", "dc_creator", "itunes_author", "itunes_owner"),
        *("contributor", "dc_contributor", "source", "itunes_category"),
        *("media_group", "media_content", "psc_chapters"),
        *("where", "georss_where", "gml_point", "gml_linestring", "gml_polygon"),
        *("gml_exterior", "gml_linearring"),
    }
)
_SPECIAL = {
    "div": Kind.DIV,
    "xhtml_div": Kind.DIV,
    "title": Kind.TITLE,
    "dc_title": Kind.TITLE,
    "media_title": Kind.TITLE,
    "image": Kind.IMAGE,
    "textinput": Kind.TEXT_INPUT,
    "rss": Kind.FRAME,
    "feed": Kind.FRAME,
    "channel": Kind.FRAME,
    "item": Kind.ENTRY,
    "entry": Kind.ENTRY,
}
IN_IMAGES = frozenset({"url", "title", "link", "description", "width", "height"})
"""Elements with handlers that may stand in an image."""
XHTML_TEXT = frozenset({"body", "xhtml_body"})
"""Elements of text that is XHTML unless they say otherwise."""

_HANDLERS = frozenset(
    name.partition("_")[2].partition("_")[2].lower()
    for name in dir(StrictFeedParser)
    if name.startswith(("_start_", "_end_"))
)
_PREFIXES: dict[str, str] = {uri.lower(): prefix for uri, prefix in StrictFeedParser.namespaces.items()}
PREFIXES = frozenset(name for prefix in _PREFIXES.values() if prefix for name in (prefix, prefix.lower()))
"""The prefixes under which feedparser knows namespaces, whatever the document calls them."""
_USERLAND = "backend.userland.com/rss"  # all that hold it are one to feedparser
_DIALECTS = (
    "http://purl.org/rss/1.0/",
    "http://www.w3.org/2005/atom",
    "http://my.netscape.com/rdf/simple/0.9/",
)


def prefix_of(uri: str) -> str | None:
    """The prefix that feedparser has for a namespace: "" for those of feeds, None for a stranger."""
    low = uri.lower()
    return "" if _USERLAND in low else _PREFIXES.get(low)


def tells_dialect(uri: str) -> bool:
    """Whether a namespace alone makes a document a feed of some version."""
    return uri.lower() in _DIALECTS


@lru_cache(maxsize=4_096)
def known_as(expanded: str) -> str:
    """The name by which feedparser calls an element.

    Args:
        expanded: as expat has it: local name; or namespace and local name; or those and the prefix. The
            document must use its prefixes as ``namespaces.are_settled`` demands.
    """
    first, *others = expanded.split(" ")
    uri, local, given = (first, *others, "")[:3] if others else ("", first, "")
    prefix = prefix_of(uri) if uri else ""
    if prefix is None:
        prefix = given
    return f"{prefix}_{local}".lower() if prefix else local.lower()


def kind_of(name: str) -> Kind:
    """What an element is, by feedparser's name."""
    special = _SPECIAL.get(name)
    if special is not None:
        return special
    if name in _HOLDERS:
        return Kind.HOLDER
    return Kind.TEXT if name in _HANDLERS else Kind.PLAIN
