"""A second opinion on a page whose own blocks say little: trafilatura's, and the longest run of sentences."""

import logging
import re

from trafilatura import bare_extraction

from wirewatch.text.html import fold
from workers.read.body.blocks import Block
from workers.read.body.prose import SENTENCE

_MAX_TAGS = 50_000  # trafilatura takes the square of them: 20 s for 200,000 list items; pages have 6,000
_SENTENCE_CHARS = 80
_GAP = 2  # lines on end in a run that are no sentences: a heading and a caption
_TABLE_ROW = re.compile(r"^\s*\||\|\s*$")
# Trafilatura tells of each page without text; that is ours to tell.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def by_trafilatura(html: str, url: str) -> list[str]:
    """What trafilatura takes for a page's text. Never raises; costs four times as much as our own reading."""
    if html.count("<") > _MAX_TAGS:
        return []
    try:
        document = bare_extraction(html, url=url or None, include_comments=False, include_tables=True)
    except Exception:  # the input's edge: a parser's failure on one page must not cost the story
        return []
    lines = (getattr(document, "text", None) or "").splitlines()
    return [line for row in lines if (line := fold(_row(row)))]


def _row(line: str) -> str:
    """A line, or the cells of a table's row, those that are empty left out."""
    if not _TABLE_ROW.search(line):
        return line
    return " | ".join(cell for cell in map(str.strip, line.split("|")) if cell.strip("-:"))


def longest_run(blocks: list[Block]) -> list[Block]:
    """The run of blocks with the most text in sentences, in which at most two blocks on end are none."""
    best = (0, 0)
    best_size = size = gap = start = 0
    for place, block in enumerate(blocks):
        linked = block.link_chars > len(block.text) / 2
        if len(block.text) >= _SENTENCE_CHARS and SENTENCE.search(block.text) and not linked:
            if not size:
                start = place
            size += len(block.text)
            gap = 0
            if size > best_size:
                best, best_size = (start, place + 1), size
        else:
            gap += 1
            if gap > _GAP:
                size = 0
    return blocks[slice(*best)]
