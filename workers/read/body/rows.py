"""Blocks as the lines of a story: list items marked, cells of data in rows, broken sentences whole."""

from itertools import groupby, islice

from workers.read.body.blocks import Block, Scope
from workers.read.body.prose import END

_CELLS = frozenset({"td", "th"})
_LONGEST_CELL = 200  # characters of a cell of data; longer ones are a layout's
_LONGEST_END = 12  # characters: a full stop, and the quotes and brackets that it closes
_NEAR = 4  # elements around a text among which a cell of data is: blocks in a layout's cell are deeper


def cell_of(block: Block) -> Scope | None:
    """The table cell that a block stands in, if it is near."""
    return next((scope for scope in islice(block.scope.around(), _NEAR) if scope.tag in _CELLS), None)


def lines(blocks: list[Block]) -> list[str]:
    """The lines that blocks make, in order."""
    told: list[list[str]] = []  # the pieces of each line
    for row, group in groupby(blocks, _row):
        of_row = list(group)
        if row is not None and _is_data(of_row):
            told.append([" | ".join(block.text for block in of_row)])
            continue
        for block in of_row:
            if block.broken and told and _runs_on(told[-1][-1], block.text):
                told[-1].append(block.text)
            else:
                told.append([f"- {block.text}" if _is_item(block) else block.text])
    return [" ".join(pieces) for pieces in told]


def _row(block: Block) -> Scope | None:
    cell = cell_of(block)
    return cell.parent if cell is not None and cell.parent is not None and cell.parent.tag == "tr" else None


def _is_data(row: list[Block]) -> bool:
    """Whether a row has one short block a cell: a layout's cells hold many or long ones."""
    cells = {cell_of(block) for block in row}
    return 1 < len(cells) == len(row) and all(len(block.text) <= _LONGEST_CELL for block in row)


def _runs_on(line: str, text: str) -> bool:
    """Whether a line break within a sentence parts the two: no end before it, a small letter after."""
    return text[:1].islower() and not END.search(line[-_LONGEST_END:])


def _is_item(block: Block) -> bool:
    return not block.broken and any(scope.tag == "li" for scope in islice(block.scope.around(), 2))
