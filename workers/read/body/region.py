"""Where on a page its story lies: the element around most of the prose, and the kinds of its blocks."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from workers.read.body.blocks import Block, Scope
from workers.read.body.live import live_blocks
from workers.read.body.prose import HEADINGS
from workers.read.body.weights import by_element, masses_of
from workers.read.likeness import key

_HOLDS = 0.8  # of an element's prose in one of its children: then the story is in there
_TITLED = 0.2  # of an element's prose beside the title, in so many paragraphs: then the story is there
_TITLED_PARAGRAPHS = 3
_TOLD = 250  # of prose beside the title: that is a story
_OFTEN = 0.1  # of the story's prose in blocks of one kind: then it is one of the story's kinds
_WHOLE = frozenset(
    {"p", "ul", "ol", "dl", "li", "dd", "blockquote", "pre", "tr", "h1", "h2", "h3"}
)  # not entered
_MOST_H1 = 50  # of a page that are looked at
_NUMBERS = re.compile(r"\d+")

Kind = tuple[str, str, str, str]


@dataclass(slots=True)
class Region:
    """The part of a page that holds its story."""

    inside: list[Block]  # its blocks in order, without those that stand apart
    masses: dict[int, float]  # prose by index, of the whole page
    kinds: set[Kind]  # of the blocks that carry its prose

    def is_kin(self, block: Block) -> bool:
        """Whether a block is of a kind that the story is made of."""
        return kind(block) in self.kinds

    def is_beside_kin(self, block: Block) -> bool:
        """Whether a block stands where the story's kinds stand: a heading between the paragraphs."""
        around = kind(block)[2:]
        return any(around == kin[2:] for kin in self.kinds)


def kind(block: Block) -> Kind:
    """What a stylesheet knows a block by: its element and the one around it."""
    parent = block.scope.parent
    around = (parent.tag, _look(parent.look)) if parent is not None else ("", "")
    return (block.tag, _look(block.scope.look).partition(" ")[0], *around)


@lru_cache(maxsize=4096)
def _look(classes: str) -> str:
    """Classes without the numbers that tell an element from its likes."""
    return " ".join(_NUMBERS.sub("", classes).split())


def story_region(blocks: list[Block], title: str = "", paid: frozenset[str] = frozenset()) -> Region | None:
    """The part of the page that holds its story, or None where nothing reads like one.

    Args:
        blocks: the page's.
        title: the story's.
        paid: classes of elements that only subscribers are shown.
    """
    masses = masses_of(blocks)
    if not masses:
        return None
    titled = _title_block(blocks, title)
    live = live_blocks(blocks, masses, titled, paid)
    sums = by_element(live, masses)
    if not sums:
        return None
    scope = _innermost(live, sums, masses, titled)
    inside = _within(live, scope)
    mass_of: defaultdict[Kind, float] = defaultdict(float)
    for block in inside:
        mass_of[kind(block)] += masses.get(block.index, 0)
    kinds = {each for each, mass in mass_of.items() if mass >= _OFTEN * sums[scope]}
    return Region(inside, masses, kinds)


def _within(blocks: list[Block], scope: Scope) -> list[Block]:
    """The blocks in an element."""
    known = {scope: True}
    within = []
    for block in blocks:
        path = []
        verdict = False
        for around in block.inner.around():
            if around in known:
                verdict = known[around]
                break
            path.append(around)
        known.update(dict.fromkeys(path, verdict))
        if verdict:
            within.append(block)
    return within


def _title_block(blocks: list[Block], title: str) -> Block | None:
    """The block that shows the story's title: one that says it, headings first; else the first h1."""
    wanted = key(title)
    longest = 2 * len(title)
    said = [
        block
        for block in blocks
        if wanted
        and len(title) <= 2 * len(block.text)
        and len(block.text) <= longest
        and key(block.text) == wanted
    ]
    said.sort(key=lambda block: (block.tag not in HEADINGS, block.tag, block.index))
    return next(iter(said or [block for block in blocks if block.tag == "h1"]), None)


def _innermost(
    live: list[Block], sums: Mapping[Scope, float], masses: Mapping[int, float], title: Block | None
) -> Scope:
    """The innermost element that holds the story."""
    children: dict[Scope, list[Scope]] = {}
    for inner in sums:
        if inner.parent is not None:
            children.setdefault(inner.parent, []).append(inner)
    titled = set(title.inner.around()) if title is not None else set()
    h1s = [block for block in live if block.tag == "h1"][:_MOST_H1]
    with_h1 = {around for block in h1s for around in block.inner.around()}
    paragraphs: dict[Scope, float] = {}
    scope = next(scope for scope in sums if scope.parent is None)
    while ones := children.get(scope):
        best = max(ones, key=sums.__getitem__)
        own = next((one for one in ones if one in titled), None)
        if (
            own is not None
            and sums[own] >= _TOLD
            and any(other.tag == "article" or other in with_h1 for other in _alike(own, ones))
        ):
            scope = own  # the others are other stories
            continue
        # Others may hold more, where a list of other stories stands beside a short one.
        if own is not None and own is not best and sums[own] >= _TITLED * sums[scope]:
            paragraphs = paragraphs or by_element(live, dict.fromkeys(masses, 1))
            if paragraphs[own] >= _TITLED_PARAGRAPHS:
                best = own
        if (
            _alike(best, ones)
            or best.tag in _WHOLE
            or (best is not own and sums[best] < _HOLDS * sums[scope])
        ):
            break
        scope = best
    return scope


def _alike(scope: Scope, ones: list[Scope]) -> list[Scope]:
    """Those elements that look like this one."""
    return [s for s in ones if s is not scope and s.tag == scope.tag and _look(s.look) == _look(scope.look)]
