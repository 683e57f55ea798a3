"""Captions that no name and no ``figcaption`` tells: the few words in one element with a picture."""

from itertools import islice

from workers.read.body.blocks import Block, Scope
from workers.read.body.prose import size

_LONGEST = 300  # characters
_MOST = 2  # blocks with a picture: a caption and a credit
_TEXTS = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "body"}
)  # may hold a picture beside
_NEAR = 3  # elements around a block


def is_caption(block: Block, blocks: list[Block]) -> bool:
    """Whether a block is a picture's caption by its place.

    Args:
        block: one of the page's.
        blocks: the page's.
    """
    picture = block.picture
    if picture is None or picture.tag in _TEXTS or size(block.text) > _LONGEST:
        return False
    if picture is not block.scope and picture is not block.scope.parent:
        return False
    before = block.index > 0 and _is_in(blocks[block.index - 1], picture)
    behind = blocks[block.index + _MOST : block.index + _MOST + 1]
    return not before and not any(_is_in(other, picture) for other in behind)


def _is_in(block: Block, scope: Scope) -> bool:
    return any(around is scope for around in islice(block.inner.around(), _NEAR))
