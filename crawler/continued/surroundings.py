"""What a link stands in: beside a story's text, or among comments and lists of other stories."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_INLINE_TAGS = (
    """a abbr b bdi bdo big cite code em font i mark q ruby rt s small span strong sub sup time u"""
)
_INLINE = frozenset(_INLINE_TAGS.split())
_UNREAD = frozenset(
    {"script", "style", "template", "noscript", "svg", "select", "option", "button", "textarea"}
)
_TOO_WIDE = frozenset({"html", "body", "main", "article"})  # their classes tell of all that the page has
_MOST_TEXTS = 20_000
_MOST_STEPS = 12  # from a text to the block that holds it; real markup has up to five inline elements
_MOST_AROUND = 200  # elements around a link
_PROSE_CHARS = 200  # of the story's text in one block, links not counted
_BESIDE_CHARS = 300  # of a pager with all that stands in the same box
_HEADLINE_CHARS = 25  # a link of so many leads to a story
_A_LIST = 3
_PAGER_STEPS, _PAGER_CHARS = 4, 160
_NOT_THE_STORY = re.compile(
    r"(?<![a-z])(comments?|replies|reply|discussion|disqus|responses?|related|recommend\w*|archives?|search"
    r"|komment\w*|comentarios?|commentaires?|commenti|reacties|yorum\w*|opinie)(?![a-z])",
    re.IGNORECASE,
)


class Surroundings:
    """The boxes of one page, of which one holds the story's text."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        prose = _prose(tree)
        self._prose = prose.mem_id if prose is not None else None
        self._around = {node.mem_id for node in [prose, *_ancestors(prose)]} if prose is not None else set()

    def is_beside_the_story(self, link: LexborNode) -> bool:
        """Whether all that stands around a link, up to where it meets the story's text, is small."""
        box, meets = link, False
        for node in _ancestors(link):
            if node.tag not in _TOO_WIDE and _is_others(node):
                return False
            if not meets:
                meets = node.mem_id in self._around
                box = box if meets else node
        if not meets or len(_text(box, _BESIDE_CHARS)) > _BESIDE_CHARS:
            return False
        return len(_headlines(box) - {link.attrs.get("href")}) <= 1 and not self._is_under_a_list(box)

    def _is_under_a_list(self, box: LexborNode) -> bool:
        """Whether a list of stories stands between a story's text and what comes after it."""
        if box.parent is not None and box.parent.mem_id == self._prose:
            return False
        listed: set[str | None] = set()
        node = box.prev
        for _ in range(_MOST_AROUND):
            if node is None or node.mem_id in self._around:
                break
            if node.is_element_node:
                listed |= _headlines(node)
            node = node.prev
        return node is not None and len(listed) >= _A_LIST

    @staticmethod
    def label(link: LexborNode) -> str:
        """What a link says to a reader, or to one who listens."""
        said = _text(link, _BESIDE_CHARS).strip()
        return said or link.attrs.get("aria-label") or link.attrs.get("title") or ""

    @staticmethod
    def numbers_beside(link: LexborNode) -> set[int]:
        """The numbers of the pager that a link stands in."""
        numbers: set[int] = set()
        for node, _ in zip(_ancestors(link), range(_PAGER_STEPS), strict=False):
            text = _text(node, _PAGER_CHARS)
            if len(text) > _PAGER_CHARS:
                break
            numbers = {int(one) for one in re.findall(r"\d{1,4}", unicodedata.normalize("NFKC", text))}
        return numbers


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    for _ in range(_MOST_AROUND):
        parent = node.parent
        if parent is None or parent.tag == "-document":
            return
        yield parent
        node = parent


def _headlines(box: LexborNode) -> set[str | None]:
    """Where the links in a box lead that are as long as headlines."""
    links = box.css("a[href]")[:_MOST_AROUND]
    return {one.attrs.get("href") for one in links if len(_text(one, _BESIDE_CHARS)) >= _HEADLINE_CHARS}


def _is_others(node: LexborNode) -> bool:
    marks = (
        f"{node.attrs.get('class') or ''} {node.attrs.get('id') or ''} {node.attrs.get('aria-label') or ''}"
    )
    return _NOT_THE_STORY.search(marks[:500]) is not None


def _texts(node: LexborNode) -> Iterator[LexborNode]:
    for one in node.traverse(include_text=True):
        if one.tag == "-text" and (parent := one.parent) is not None and parent.tag not in _UNREAD:
            yield one


def _text(node: LexborNode, enough: int) -> str:
    """The text that a node shows, cut a little after ``enough`` characters."""
    words, size = [], 0
    for one in _texts(node):
        if piece := " ".join((one.text_content or "")[: 2 * enough].split()):
            words.append(piece)
            size += len(piece) + 1
            if size > enough + 1:
                break
    return " ".join(words)


def _prose(tree: LexborHTMLParser) -> LexborNode | None:
    """The innermost element with the most text in itself and in its children that is not inside links."""
    sizes: defaultdict[int, int] = defaultdict(int)
    boxes: dict[int, LexborNode] = {}
    if tree.body is None:
        return None
    for text, _ in zip(_texts(tree.body), range(_MOST_TEXTS), strict=False):
        size = len((text.text_content or "").strip())
        if size < 2 or (box := _box(text)) is None:  # noqa: PLR2004 - blanks and bullets
            continue
        for one in (box, box.parent):
            if one is not None:
                sizes[one.mem_id] += size
                boxes.setdefault(one.mem_id, one)
    # Of a box and its parent with the same text the box was met first, and sorting keeps that order.
    for mem_id in sorted(sizes, key=sizes.__getitem__, reverse=True)[:_PAGER_STEPS]:
        node = boxes[mem_id]
        if sizes[mem_id] < _PROSE_CHARS:
            return None
        if not any(_is_others(one) for one in [node, *_ancestors(node)] if one.tag not in _TOO_WIDE):
            return node
    return None


def _box(text: LexborNode) -> LexborNode | None:
    """The block that shows a text; None inside a link."""
    node = text.parent
    for _ in range(_MOST_STEPS):
        if node is None or node.tag == "a":
            return None
        if node.tag not in _INLINE:
            return node
        node = node.parent
    return None
