"""Which blocks of the region that holds a story are the story's."""

from collections import Counter
from itertools import islice

from workers.read.body.blocks import Block
from workers.read.body.chrome import is_chrome, is_dateline
from workers.read.body.prose import END, HEADINGS, prose, size
from workers.read.body.region import Region
from workers.read.body.rows import cell_of
from workers.read.body.stated import Stated

_ITEMS = frozenset({"li", "dt", "dd", "blockquote", "pre"})
_READ = HEADINGS | _ITEMS | {"p"}  # elements for text that is read; a div of a few words may be a label
_SUB_HEADINGS = HEADINGS - {"h1"}
_EDGE_LINKED = 0.5  # of a block at the story's edge in links: more is a list of links
_KIN_LINKED = 0.7  # of a block of the story's own kinds
_ALIEN_LINKED = 0.4  # of any other
_REPEATED = 3  # times the page says a line: then it is a label, or an offer
_REACH = 3  # blocks from one of the story's to the next at its edge
_LABEL = 60  # characters
_NEAR_EDGE = 3  # blocks in which a byline may stand


def chosen(blocks: list[Block], region: Region, title: str, said: Stated) -> list[Block]:
    """The blocks of a story's body in the page's order, without its deck; none where nothing reads like it.

    Args:
        blocks: the page's.
        region: the part of the page that holds the story.
        title: the story's.
        said: what the page says of its text.
    """
    inside = region.inside
    family = [n for n, block in enumerate(inside) if block.index in region.masses and region.is_kin(block)]
    if not family:
        return []
    start = _edge(inside, family[0], -1, region, title, said)
    while start > 0 and _heads(inside[start - 1], region, title):
        start -= 1
    end = _edge(inside, family[-1], 1, region, title, said)
    often = Counter(block.text for block in blocks)
    kept = [
        block
        for block in inside[start : end + 1]
        if often[block.text] < _REPEATED and (said.tells(block) or _belongs(block, region))
    ]
    return _headed(_unsigned(kept, said), blocks, {block.index for block in inside})


def _edge(inside: list[Block], at: int, step: int, region: Region, title: str, said: Stated) -> int:
    """How far the story goes on beyond its first or last sure paragraph, a few strange blocks between."""
    reached = at
    while 0 <= at + step < len(inside) and abs(at + step - reached) <= _REACH:
        at += step
        if _joins(inside[at], region, title, said):
            reached = at
    return reached


def _joins(block: Block, region: Region, title: str, said: Stated) -> bool:
    if said.tells(block):
        return True
    alike = region.is_kin(block) or region.is_beside_kin(block) or (block.tag == "li" and prose(block))
    return (
        bool(alike)
        and block.tag not in HEADINGS
        and block.link_chars <= _EDGE_LINKED * len(block.text)
        and not said.signs(block)
        and not is_chrome(block.text, title)
    )


def _heads(block: Block, region: Region, title: str) -> bool:
    """Whether a block right above the story's first paragraph is a sub-heading of it."""
    among = region.is_kin(block) or region.is_beside_kin(block)
    return among and block.tag in _SUB_HEADINGS and not block.link_chars and not is_chrome(block.text, title)


def _belongs(block: Block, region: Region) -> bool:
    length = len(block.text)
    if region.is_kin(block) or (block.tag in _READ and region.is_beside_kin(block)):
        sentence = block.link_chars < length and END.search(block.text)
        return block.link_chars <= _KIN_LINKED * length or bool(sentence)
    listed = any(scope.tag in _ITEMS for scope in islice(block.scope.around(), 2))
    reads = prose(block) or block.tag in HEADINGS or listed or cell_of(block) is not None
    return bool(reads) and block.link_chars <= _ALIEN_LINKED * length


def _unsigned(kept: list[Block], said: Stated) -> list[Block]:
    """Without the bylines at both ends, and the date with what stands above it at the head."""
    dated = [n for n, block in enumerate(kept[:_NEAR_EDGE]) if is_dateline(block.text)]
    if dated and all(_is_label(block) for block in kept[: dated[-1]]):
        kept = kept[dated[-1] + 1 :]
    last = len(kept) - _NEAR_EDGE
    return [block for n, block in enumerate(kept) if _NEAR_EDGE <= n < last or not said.signs(block)]


def _is_label(block: Block) -> bool:
    """Whether a block is a few words without a sentence."""
    return size(block.text) <= _LABEL and block.tag not in _ITEMS and not END.search(block.text)


def _headed(kept: list[Block], blocks: list[Block], inside: set[int]) -> list[Block]:
    """Without the headings that head nothing: at the end, or over links that were left out."""
    indices = {block.index for block in kept}
    headed: list[Block] = []
    for block in kept:
        if block.tag in HEADINGS:
            after = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
            if (
                after is not None
                and after.index in inside
                and after.index not in indices
                and after.link_chars
            ):
                continue
        headed.append(block)
    while headed and (headed[-1].tag in HEADINGS or _heads_links(headed[-1], blocks)):
        headed.pop()
    return headed


def _heads_links(block: Block, blocks: list[Block]) -> bool:
    """Whether a block is a label over links."""
    after = blocks[block.index + 1 : block.index + 2]
    return _is_label(block) and any(other.link_chars > _KIN_LINKED * len(other.text) for other in after)
