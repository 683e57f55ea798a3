"""A page as the blocks that a browser shows, in order: runs of text between one line break and the next."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wirewatch.text.html import fold

# What a browser lays out in a line: such an element ends neither a word nor a block.
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s
    samp small span strike strong sub sup time tt u var wbr""".split()  # noqa: SIM905 (a list takes 37 lines)
)
_UNREAD = frozenset(
    """script style template svg math iframe object embed canvas audio map source input
    select textarea button head link meta noscript -comment""".split()  # noqa: SIM905 (as a list it takes 20 lines)
)
_NAMING = frozenset(
    {"class", "id", "role", "itemprop", "data-testid", "data-component", "data-type", "data-block-type"}
)
_IDENTIFIED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "a", "span", "strong"})
_PICTURES = frozenset({"img", "picture", "video", "amp-img"})
_LONGEST_NAMES = 400  # characters of each: frameworks that style by class give an element dozens
_MOST_BLOCKS = 20_000
_UNSHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Scope:
    """An element around a block's text."""

    node: LexborNode
    tag: str
    parent: Self | None
    names: str = ""  # its class, id, role and the like, as written, blanks between
    look: str = ""  # its class alone
    hidden: bool = False  # by itself or from around it
    depth: int = 0

    def around(self) -> Iterator[Self]:
        """This scope and those around it, near to far."""
        scope: Self | None = self
        while scope is not None:
            yield scope
            scope = scope.parent


@dataclass(slots=True, eq=False)
class Block:
    """A run of text that a browser shows as one block."""

    index: int  # in the page's blocks
    text: str  # folded, not empty
    scope: Scope  # the nearest element that is laid out as a block
    inner: Scope  # the element, maybe an inline one, that holds all of the text
    link_chars: int = 0  # of the text, inside links
    broken: bool = False  # whether nothing but one <br> parts it from the block before
    picture: Scope | None = None  # the block element of a picture between the block before and this one

    @property
    def tag(self) -> str:
        """The name of the nearest block element: p, h1, li, td, div, and so on."""
        return self.scope.tag

    @property
    def hidden(self) -> bool:
        """Whether the page's markup keeps it from being shown: scripts may show it, or never."""
        return self.inner.hidden


class _Run:
    """The text since the last block boundary."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.inner: Scope | None = None  # the element that holds all pieces so far, None before the first
        self.picture: Scope | None = None
        self.link_chars = 0
        self.breaks = 2  # line breaks since the last block; 2 for any block boundary

    def add(self, text: str, scope: Scope, inner: Scope, in_link: bool) -> None:
        self.pieces.append(text)
        if self.inner is None:
            self.inner = inner
        elif self.inner is not inner:
            self.inner = scope
        if in_link:
            self.link_chars += len(text.strip())

    def end(self, scope: Scope, breaks: int = 2) -> None:
        """A boundary: what was gathered is a block of ``scope``."""
        if self.inner is not None:
            if text := fold("".join(self.pieces)):
                linked = min(self.link_chars, len(text))
                self.blocks.append(
                    Block(len(self.blocks), text, scope, self.inner, linked, self.breaks == 1, self.picture)
                )
                self.breaks, self.picture = 0, None
            self.inner, self.link_chars = None, 0
            self.pieces.clear()
        self.breaks += breaks


# An element to enter (a text to add) in its block and its nearest element, and whether it is in a link; or,
# without a node, the end of a block.
_Step = tuple[LexborNode | None, Scope, Scope, bool]


def blocks_of(tree: LexborHTMLParser) -> list[Block]:
    """A parsed page's blocks, at most 20,000, without scripts, form fields and media. Never raises."""
    root = tree.body or tree.root
    run = _Run()
    if root is None:
        return run.blocks
    outermost = Scope(root, root.tag or "", None)
    steps: list[_Step] = [(None, outermost, outermost, False)]
    _push_children(root, steps, outermost, outermost, False)
    while steps and len(run.blocks) < _MOST_BLOCKS:
        node, scope, inner, in_link = steps.pop()
        if node is None:
            run.end(scope)
            continue
        tag = node.tag or ""
        if tag == "-text":
            _add_text(run, node.text_content or "", scope, inner, in_link)
        elif tag in _INLINE:
            names, look, hidden = _named(node, tag)
            if names or hidden:
                inner = Scope(node, tag, inner, names, look, hidden or inner.hidden, inner.depth + 1)
            _push_children(node, steps, scope, inner, in_link or tag == "a")
        elif tag == "br":
            run.end(scope, 1)
        elif tag in _PICTURES:
            run.picture = scope
        elif tag not in _UNREAD:
            run.end(scope)
            names, look, hidden = _named(node, tag)
            child = Scope(node, tag, inner, names, look, hidden or inner.hidden, inner.depth + 1)
            steps.append((None, child, child, False))
            _push_children(node, steps, child, child, in_link)
    return run.blocks


def _push_children(node: LexborNode, steps: list[_Step], scope: Scope, inner: Scope, in_link: bool) -> None:
    child = node.last_child
    while child is not None:
        steps.append((child, scope, inner, in_link))
        child = child.prev


def _add_text(run: _Run, text: str, scope: Scope, inner: Scope, in_link: bool) -> None:
    if scope.tag != "pre":
        if not text.isspace():
            run.add(text, scope, inner, in_link)
        elif run.pieces:
            run.pieces.append(" ")
        return
    for number, line in enumerate(text.split("\n")):
        if number:
            run.end(scope, 1)
        if line and not line.isspace():
            run.add(line, scope, inner, in_link)


def _named(node: LexborNode, tag: str) -> tuple[str, str, bool]:
    """An element's names, its class, and whether it hides what is in it."""
    names = look = ""
    hidden = False
    for name, value in node.attributes.items():
        if name == "hidden":
            hidden = True
        elif not value:
            continue
        elif name in _NAMING:
            # The id of a heading or a paragraph is made of its own words: "related-issues" says nothing.
            if name != "id" or tag not in _IDENTIFIED:
                names = f"{names} {value[:_LONGEST_NAMES]}" if names else value[:_LONGEST_NAMES]
            if name == "class":
                look = value[:_LONGEST_NAMES]
        elif name == "style":
            hidden = hidden or bool(_UNSHOWN.search(value))
        elif name == "aria-hidden":
            hidden = hidden or value == "true"
    return names, look, hidden
