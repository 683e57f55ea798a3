"""A second opinion on a page whose own blocks say little: trafilatura's, and the longest run of sentences."""

import logging

from trafilatura import bare_extraction

from workers.read.body.blocks import Block
from workers.read.body.prose import SENTENCE
from workers.read.likeness import key

_MAX_TAGS = 50_000  # trafilatura takes the square of them: 20 s for 200,000 list items; pages have 6,000
_SENTENCE_CHARS = 80
_GAP = 2  # lines on end in a run that are no sentences: a heading and a caption
_MOST_CHARS = 100_000  # of trafilatura's text; it is asked where a page says little
_TELLING = 12  # letters of a block that do not stand in another text by chance
# Trafilatura tells of each page without text; that is ours to tell.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def by_trafilatura(html: str, url: str, blocks: list[Block]) -> list[Block]:
    """The blocks that trafilatura takes for a page's text. Never raises; costs four times our own reading.

    Its own lines are not taken: where a page has no blank between two links, it makes one word of two.
    """
    if html.count("<") > _MAX_TAGS:
        return []
    try:
        document = bare_extraction(html, url=url or None, include_comments=False, include_tables=True)
    except Exception:  # the input's edge: a parser's failure on one page must not cost the story
        return []
    told = key((getattr(document, "text", None) or "")[:_MOST_CHARS])
    return [block for block in blocks if len(said := key(block.text)) >= _TELLING and said in told]


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
