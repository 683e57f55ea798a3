"""Where a page's links count from."""

from selectolax.lexbor import LexborHTMLParser

from wirewatch.text.urls import resolve


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """The address from which a page's links count: of its ``base`` element, or its own.

    Args:
        tree: of the page.
        url: its own address.
    """
    node = tree.css_first("base[href]")
    return (resolve(url, node.attrs.get("href") or "") if node is not None else None) or url
