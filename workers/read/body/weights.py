"""How much prose each block of a page has, and each element around blocks: linear in the page."""

from collections import defaultdict
from collections.abc import Mapping

from workers.read.body.blocks import Block, Scope
from workers.read.body.prose import prose, size

_VERSE = 150  # of lines in a row that only line breaks part: together they are a paragraph
_NESTED = 6  # elements of one name within another, so far apart, are counted once


def masses_of(blocks: list[Block]) -> dict[int, float]:
    """The prose of each block that has any, by index. Lines that only a line break parts count together."""
    masses: dict[int, float] = {}
    start = 0
    for end in range(1, len(blocks) + 1):
        if end < len(blocks) and blocks[end].broken and blocks[end].scope is blocks[start].scope:
            continue
        run = blocks[start:end]
        if len(run) == 1:
            if mass := prose(run[0]):
                masses[run[0].index] = mass
        else:
            unlinked = [(block.index, size(block.text)) for block in run if not block.link_chars]
            if sum(weight for _, weight in unlinked) >= _VERSE:
                masses.update(unlinked)
        start = end
    return masses


def by_element(blocks: list[Block], weights: Mapping[int, float]) -> dict[Scope, float]:
    """The weight of the blocks in each element around any of them."""
    layers: defaultdict[int, dict[Scope, float]] = defaultdict(dict)
    for block in blocks:
        if weight := weights.get(block.index):
            layer = layers[block.inner.depth]
            layer[block.inner] = layer.get(block.inner, 0) + weight
    sums: dict[Scope, float] = {}
    for depth in range(max(layers, default=-1), -1, -1):
        sums.update(layers[depth])
        for scope, weight in layers[depth].items():
            if scope.parent is not None:
                above = layers[scope.parent.depth]
                above[scope.parent] = above.get(scope.parent, 0) + weight
    return sums


def by_name(sums: Mapping[Scope, float]) -> dict[str, float]:
    """The weight in all elements of each name, those within their like counted once."""
    names: defaultdict[str, float] = defaultdict(float)
    for scope, weight in sums.items():
        if scope.names and not _is_nested(scope):
            names[scope.names] += weight
    return names


def _is_nested(scope: Scope) -> bool:
    above = scope.parent
    for _ in range(_NESTED):
        if above is None:
            return False
        if above.names == scope.names:
            return True
        above = above.parent
    return False
