"""The elements around a page's links: what each is (a menu, a footer, a sidebar), and what it holds."""

import re
from collections.abc import Iterable, Iterator
from enum import Flag, auto

from selectolax.lexbor import LexborNode


class Place(Flag):
    """What an element says of the links in it."""

    OPEN = 0
    MENU = auto()  # by its element or role: menus, footers, dialogs, forms
    NAMED_MENU = auto()  # by its class alone
    OFFER = auto()  # advertising, by its class
    POPULAR = auto()  # "most read", by its class
    ASIDE = auto()
    MAIN = auto()
    CARD = auto()  # an article
    HEADER = auto()  # a page's, not a card's


_TAGS = {
    "nav": Place.MENU,
    "footer": Place.MENU,
    "dialog": Place.MENU,
    "form": Place.MENU,
    "aside": Place.ASIDE,
    "main": Place.MAIN,
    "article": Place.CARD,
}
_ROLES = {
    **dict.fromkeys(
        ("navigation", "contentinfo", "menu", "menubar", "dialog", "alertdialog", "search", "tablist"),
        Place.MENU,
    ),
    "banner": Place.HEADER,
    "complementary": Place.ASIDE,
    "main": Place.MAIN,
    "article": Place.CARD,
}
_NAMES = {
    Place.NAMED_MENU: """nav navbar navigation menu submenu megamenu footer breadcrumb breadcrumbs pagination
        pager cookie cookies consent newsletter share sharing social login""",
    Place.OFFER: """sponsored sponsor advert advertisement advertorial advertising ad ads promoted partner
        partners taboola outbrain anzeige anzeigen annonse annonser publicidad publicite pubblicita reklam""",
    Place.POPULAR: """popular trending mostread mostviewed mostpopular meistgelesen mestlest topread ranking
        toplist""",
}
_PLACE_OF = {name: place for place, names in _NAMES.items() for name in names.split()}
_POPULAR_PAIRS = re.compile(
    r"\bmost[\s_-]?(read|viewed|popular|shared|watched|clicked)\b|\bmest[\s_-]?l[eæä]st?"
)
_NAME_BREAK = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")
_LONGEST_NAMES = 400
_HALF = 0.5


class Box:
    """An element that holds links.

    Attributes:
        key: tells it from the page's other elements.
        above: the element around it; None: the body is.
        links: how many links it holds.
        place: what it and the elements around it say of its links.
    """

    __slots__ = ("above", "key", "links", "node", "place", "role", "tag")

    def __init__(self, node: LexborNode, above: "Box | None") -> None:
        self.node = node
        self.key = node.mem_id
        self.tag = node.tag or ""
        self.role = (node.attrs.get("role") or "").lower()
        self.above = above
        self.links = 0
        self.place = Place.OPEN

    def upwards(self, most: int) -> Iterator["Box"]:
        """It and the boxes around it, from the inside out, at most so many."""
        box: Box | None = self
        while box is not None and most:
            yield box
            box, most = box.above, most - 1


class Boxes:
    """The boxes of a page; each element is looked at once, however many links it holds."""

    def __init__(self) -> None:
        self._known: dict[int, Box] = {}

    def around(self, node: LexborNode) -> Box | None:
        """The box right around a node; None: the body is."""
        path: list[LexborNode] = []
        parent = node.parent
        while parent is not None and parent.tag not in {"body", "html"} and parent.mem_id not in self._known:
            path.append(parent)
            parent = parent.parent
        box = self._known.get(parent.mem_id) if parent is not None else None
        for one in reversed(path):
            box = self._known[one.mem_id] = Box(one, box)
        return box

    def judge(self, holders: Iterable[Box | None]) -> None:
        """Find out what each box is.

        Args:
            holders: the box right around each link that looks like a story's. A box that holds most of these
                is no menu and no advertisement, whatever its class is.
        """
        total = 0
        for holder in holders:
            total += 1
            if holder is not None:
                holder.links += 1
        boxes = list(self._known.values())
        for box in reversed(boxes):  # what is inside comes after what is around it
            if box.above is not None:
                box.above.links += box.links
        for box in boxes:
            above = box.above.place if box.above is not None else Place.OPEN
            box.place = _place(box, above, holds_most=box.links > total * _HALF)


def _place(box: Box, above: Place, *, holds_most: bool) -> Place:
    said = _TAGS.get(box.tag, Place.OPEN)
    attributes = box.node.attributes
    said |= _ROLES.get(box.role, Place.OPEN)
    if box.tag == "header" and not above & (Place.CARD | Place.MAIN):
        said |= Place.HEADER
    if not holds_most:
        said |= _named(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:_LONGEST_NAMES])
    if holds_most and box.tag == "form":
        said &= ~Place.MENU  # ASP.NET puts whole pages into one
    if said & Place.CARD:
        above &= ~Place.NAMED_MENU
    return above | said


def _named(names: str) -> Place:
    said = Place.OPEN
    for name in _NAME_BREAK.split(names):
        said |= _PLACE_OF.get(name.lower(), Place.OPEN)
    return said | Place.POPULAR if _POPULAR_PAIRS.search(names.lower()) else said
