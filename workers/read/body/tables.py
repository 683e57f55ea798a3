"""Tables that lay a page out, told from tables of data.

Trafilatura flattens a table to rows of cells, which runs title, byline and paragraphs into one and loses
the lists in a cell. Old news systems put a whole page into one, so those tables are made plain blocks first.
"""

from lxml import etree
from lxml.html import HtmlElement

_PROSE_CHARS = 200  # a cell of data, even one with a block in it, is shorter
_MOST_OF_IT = 0.5
_NAMES_ITS_DATA = etree.XPath("./caption | ./thead | ./tr/th | ./*/tr/th")
_CELLS = etree.XPath("./tr/td | ./*/tr/td")
_ROWS = etree.XPath("./tbody | ./tfoot | ./tr | ./*/tr")
_BLOCKS = ("p", "ul", "ol", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br")
_UNLINKED = etree.XPath(".//text()[not(ancestor::a or ancestor::script or ancestor::style)]")


def unwrap_layout(tree: HtmlElement) -> None:
    """Make blocks of the tables that lay a page out, and an article of the cell with most of its text.

    Changes the tree.
    """
    innermost: list[HtmlElement] = []
    for table in list(tree.iter("table")):
        cells = _CELLS(table)
        # That a cell holds a table is asked before its text is looked at, and such a cell's text never is:
        # this keeps the work in proportion to the page, whatever it nests.
        leaves = [cell for cell in cells if next(cell.iterdescendants("table"), None) is None]
        if _NAMES_ITS_DATA(table) or not (len(leaves) < len(cells) or any(map(_is_laid_out, leaves))):
            continue
        innermost += leaves
        for part in (table, *_ROWS(table), *cells):
            part.tag = "div"
    # Of blocks without a telling name, outside of an article, trafilatura takes nothing but the paragraphs.
    if innermost and next(tree.iter("article"), None) is None:
        size, largest = max(((_size(cell), cell) for cell in innermost), key=lambda sized: sized[0])
        if size > _MOST_OF_IT * _size(tree) and next(largest.iterdescendants("p"), None) is not None:
            largest.tag = "article"


def _is_laid_out(cell: HtmlElement) -> bool:
    return next(cell.iterdescendants(*_BLOCKS), None) is not None and len(cell.text_content()) >= _PROSE_CHARS


def _size(node: HtmlElement) -> int:
    return sum(len(text.strip()) for text in _UNLINKED(node))
