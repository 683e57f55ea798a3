"""The paragraphs of a story's page: blocks of the region that holds the story, weighed one by one.

The page's own word (JSON-LD ``articleBody``) and trafilatura are asked where that finds little.
"""

from dataclasses import dataclass, replace

from workers.read.body.blocks import Block
from workers.read.body.choice import chosen
from workers.read.body.chrome import story_paragraphs
from workers.read.body.deck import deck
from workers.read.body.prose import size
from workers.read.body.region import story_region
from workers.read.body.rows import lines
from workers.read.body.second import by_trafilatura, longest_run
from workers.read.body.stated import Stated, stated
from workers.read.document import Document
from workers.read.likeness import key

_FEW_CHARS = 250  # under this, what was found is a teaser or nothing
_FAR_MORE = 2  # times what our own reading found, for a second opinion to be taken
_AGREED = 0.5  # of the page's own articleBody in what was found: less is another text
_FOUND = 0.6  # of it in the page's blocks: then they are taken, and not the string


@dataclass(frozen=True, slots=True)
class Body:
    """A story's text, and where on the page it was found."""

    paragraphs: list[str]
    how: str
    first: int | None = None  # indices of the body's first and last block, the deck not counted
    last: int | None = None
    doubtful: bool = False  # whether the page may hold another text than this one


def body(document: Document, title: str, told: str = "") -> Body:
    """A page's story paragraphs, and how they were found. Never raises.

    Args:
        document: the page.
        title: the story's, by which captions and share boxes that repeat it are known.
        told: the feed's own text of the story, or nothing.
    """
    said = stated(document.evidence, told)
    region = story_region(document.blocks, title, said.paid)
    blocks = chosen(document.blocks, region, title, said) if region is not None else []
    how = "blocks"
    if said.whole and _agreed(blocks, said) < _AGREED:
        told_blocks = [block for block in document.blocks if said.tells(block)]
        if _agreed(told_blocks, said) < _FOUND:
            return Body(story_paragraphs(said.paragraphs, title), "json-ld", doubtful=bool(blocks))
        blocks, how = told_blocks, "json-ld = blocks"
    found = _told(document, blocks, title, said, how)
    return found if _size(found) >= _FEW_CHARS else _second_opinion(document, found, title, said)


def _told(document: Document, blocks: list[Block], title: str, said: Stated, how: str) -> Body:
    if not blocks:
        return Body([], "none", doubtful=True)
    above = deck(document.blocks, blocks[0].index, title, said)
    if above:
        texts = {key(block.text) for block in blocks}
        above = [block for block in above if key(block.text) not in texts]
    paragraphs = story_paragraphs(lines([*above, *blocks]), title)
    return Body(paragraphs, how, blocks[0].index, blocks[-1].index)


def _second_opinion(document: Document, found: Body, title: str, said: Stated) -> Body:
    """What trafilatura or the longest run of sentences finds, if it is far more."""
    asked = by_trafilatura(document.html, document.url, document.blocks)
    other = replace(_told(document, asked, title, said, "trafilatura"), doubtful=True)
    run = _told(document, longest_run(document.blocks), title, said, "longest run of sentences")
    for opinion in (other, run):
        if _size(opinion) > _FAR_MORE * _size(found):
            found = opinion
    return found


def _agreed(blocks: list[Block], said: Stated) -> float:
    """How much of the page's own articleBody the blocks say."""
    return sum(len(key(block.text)) for block in blocks if said.tells(block)) / len(said.whole)


def _size(found: Body) -> float:
    return sum(map(size, found.paragraphs))
