"""The text of a heading, and what of it may be a rubric instead of the title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from selectolax.lexbor import LexborNode

from workers.read.fields.cleaning import clean
from workers.read.fields.titles import cuts, is_worded
from workers.read.likeness import key

_UNREAD = frozenset({"svg", "script", "style", "button", "template", "img", "picture", "noscript", "figure"})
_BLOCKS = frozenset({"div", "p", "br", "h1", "h2", "h3", "li", "ul", "section", "header", "hr"})
_MAX_NODES = 300
_MAX_PARTS = 8
# Words of classes for what stands before a title: in the languages whose news systems we know.
_RUBRIC = re.compile(
    r"kicker|rubri[ckq]|label|overline|eyebrow|prefix|badge|pre-?title|topline|roofline|dachzeile|spitzmarke"
    r"|vignett?e|antetitulo|occhiello|chapeu|surtitre|stikktittel|ressort|categor|catlink|section|topic"
    r"|flag|tag\b"
    r"|premium|paid|plus|visually-?hidden|sr-?only|screen-?reader|strap|teaser-?mark|intro",
    re.IGNORECASE,
)


_WORD = re.compile(r"\w+")
_LONG_WORD = 4


@dataclass(slots=True, frozen=True)
class Heading:
    """A heading: its text as a title, and the other readings of it."""

    text: str  # without rubrics that are marked as such
    forms: tuple[str, ...] = ()  # the whole text, and the text without its first or last parts


def heading(node: LexborNode) -> Heading:
    """The text of an h1. Words that inline markup divides stay whole."""
    parts = [(clean(text), marks) for text, marks in _parts(node)]
    parts = [(text, marks) for text, marks in parts if text]
    texts = [text for text, _ in parts]
    plain = [text for text, marks in parts if not _RUBRIC.search(marks)] or texts
    whole = clean("".join(_pieces(node)))
    forms = dict.fromkeys([whole])
    if 1 < len(texts) <= _MAX_PARTS:
        cuts = [texts[at:] for at in range(1, len(texts))] + [texts[:-at] for at in range(1, len(texts))]
        forms |= dict.fromkeys(" ".join(cut) for cut in cuts)
    return Heading(" ".join(plain) if len(plain) < len(texts) else whole, tuple(forms))


def main_heading(headings: list[Heading], others: list[str], names: frozenset[str]) -> tuple[Heading, bool]:
    """The h1 that is the story's, and whether others agree; on some pages every box has one.

    Args:
        headings: of the page, in its order.
        others: what else names the page.
        names: keys of the outlet's names.
    """
    titles = [heading for heading in headings if key(heading.text) not in names]
    if not titles:
        return Heading(""), False
    fits = {heading: max((_fit(heading.text, other) for other in others), default=0) for heading in titles}
    best = max(fits.values())
    return next(heading for heading, fit in fits.items() if fit == best), best > 0


def _fit(text: str, other: str) -> int:
    said, known = key(text), key(other)
    if said == known or said in map(key, cuts(other)):
        return 3
    if is_worded(text) and (said in known or known in said):
        return 2
    return int(not _words(text).isdisjoint(_words(other)))


def _words(text: str) -> set[str]:
    """Words that are hardly in two titles by chance, and pairs of signs where words are not parted."""
    long = _WORD.findall(text.casefold())
    pairs = {pair for word in long if not word.isascii() for pair in map("".join, pairwise(word))}
    return {word for word in long if len(word) >= _LONG_WORD} | pairs


def _parts(node: LexborNode) -> Iterator[tuple[str, str]]:
    """The texts of a heading's children, or of its only child's, each with the words of its class."""
    children = _children(node)
    while len(children) == 1 and children[0].is_element_node:
        node = children[0]
        children = _children(node)
    for child in children:
        yield "".join(_pieces(child)), _marks(child) if child.is_element_node else ""


def _marks(node: LexborNode) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"


def _children(node: LexborNode) -> list[LexborNode]:
    children = [child for child in node.iter(include_text=True) if child.tag not in _UNREAD]
    return [child for child in children if child.is_element_node or (child.text_content or "").strip()]


def _pieces(node: LexborNode) -> Iterator[str]:
    """The texts under a node, with a blank where a browser breaks the line or elements meet without one."""
    waiting: list[tuple[LexborNode | None, str]] = [(node, "")]
    left = _MAX_NODES
    while waiting and left:
        left -= 1
        at, before = waiting.pop()
        yield before
        if at is None or at.tag in _UNREAD:
            continue
        if at.is_text_node:
            yield at.text_content or ""
            continue
        blank = " " if at.tag in _BLOCKS else ""
        waiting.append((None, blank))
        children = list(at.iter(include_text=True))
        for place in range(len(children) - 1, -1, -1):
            met = place > 0 and children[place].is_element_node and children[place - 1].is_element_node
            waiting.append((children[place], " " if met else ""))
        yield blank
