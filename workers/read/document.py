"""A page, parsed once for every extractor of its story."""

from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from wirewatch.text.html import bounded, tree_of
from workers.read.body.blocks import Block, blocks_of
from workers.read.fields.evidence import Evidence, gather


@dataclass
class Document:
    """A page, parsed once for every extractor; nobody changes its tree."""

    html: str  # bounded
    url: str
    tree: LexborHTMLParser = field(repr=False)

    @cached_property
    def blocks(self) -> list[Block]:
        """All that a browser would show, as blocks in the page's order."""
        return blocks_of(self.tree)

    @cached_property
    def evidence(self) -> Evidence:
        """What the page says about itself."""
        return gather(self.tree)


def document(html: str, url: str = "") -> Document:
    """A page's text as a document. Never raises.

    Args:
        html: the page, of any length; it is cut to what :func:`wirewatch.text.html.bounded` allows.
        url: the address that it came from.
    """
    html = bounded(html)
    return Document(html, url, tree_of(html))
