"""Tables that lay a page out, told from tables of data.

Trafilatura flattens a table to rows of cells, which runs title, byline and paragraphs into one and loses
the lists in a cell. Old news systems put a whole page into one, so those tables are made plain blocks first.
"""

from lxml import etree
from lxml.html import HtmlElement

_PROSE_CHARS = 200  # a cell of data, even one with a block in it, is shorter
_NAMES_ITS_DATA = etree.XPath("./caption | ./thead | ./tr/th | ./*/tr/th")
_CELLS = etree.XPath("./tr/td | ./*/tr/td")
_PARTS = etree.XPath("./tbody | ./tfoot | ./tr | ./tbody/tr | ./tfoot/tr | ./tr/td | ./*/tr/td")
_BLOCKS = ("p", "ul", "ol", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br")


def unwrap_layout(tree: HtmlElement) -> None:
    """Make blocks of the tables that lay the page out, and of their rows and cells. Changes the tree."""
    # From the outside in; that a table holds another is found before its cells' text is looked at, which
    # keeps the work in proportion to the page whatever it nests.
    for table in list(tree.iter("table")):
        if _is_layout(table):
            for part in (table, *_PARTS(table)):
                part.tag = "div"


def _is_layout(table: HtmlElement) -> bool:
    return not _NAMES_ITS_DATA(table) and any(map(_is_laid_out, _CELLS(table)))


def _is_laid_out(cell: HtmlElement) -> bool:
    if next(cell.iterdescendants("table"), None) is not None:
        return True
    return next(cell.iterdescendants(*_BLOCKS), None) is not None and len(cell.text_content()) >= _PROSE_CHARS
