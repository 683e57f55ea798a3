"""The links of a page with what stands around each: one walk, and nothing is looked at twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.base_address import base_of
from crawler.sections.boxes import Box, Boxes
from crawler.sections.groups import Standing, standings
from crawler.sections.headlines import HEADINGS, POOR, grade, own_lines, pictured, without_kicker
from crawler.sections.shapes import Address, Shape, address_of
from wirewatch.text.dates import moment
from wirewatch.text.html import fold
from wirewatch.text.urls import canonical, resolve

_MAX_ANCHORS = 5000  # looked at
_LONGEST_HREF = 2000  # a headline in Bengali, percent-encoded, has some 1,000
_MAX_OTHERS = 10_000  # headings, times, pictures, paragraphs
_CARD_HEIGHT = 6
_TEASER_CHARS = 50
_RANKED_IN = 12  # nodes
_IS_HEADING = re.compile(r"h[1-6]")
_GOOD = 1.0  # a grade that needs no better one
_RANK = re.compile(r"\W{0,3}(\d{1,2})(?!\d)")
_NO_STORY = frozenset({"tag", "author", "next", "prev", "license", "category", "help", "search"})


@dataclass(slots=True)
class Anchor:
    """One link, where it stands.

    Attributes:
        url: canonical.
        address: what that looks like.
        standing: among the page's links.
        title: the line that is most like a headline in or around it; "" if none.
        grade: how much it is one.
        headed: it stands in a heading, or has one.
        dated: the one time in its card.
        shown: how much its card shows besides: a picture, a time, a teaser.
        in_text: it stands within a paragraph of text; what a teaser begins with does not.
        rank: the number that its card begins with.
        rel: its relation to the page.
    """

    node: LexborNode
    url: str
    address: Address
    box: Box | None
    rel: frozenset[str]
    standing: Standing
    title: str = ""
    grade: float = POOR
    headed: bool = False
    dated: datetime | None = None
    shown: int = 0
    in_text: bool = False
    rank: int | None = None

    @property
    def is_list_link(self) -> bool:
        """Its markup says that it leads to a tag's, an author's or another list."""
        return bool(self.rel & _NO_STORY) or self.node.attrs.get("hreflang") is not None


class _Held:
    """What the boxes around a page's links hold: headings, times, pictures, teasers."""

    def __init__(self, tree: LexborHTMLParser, boxes: Boxes) -> None:
        self._boxes = boxes
        self._ranks: dict[int, int | None] = {}
        self.headings = self._below(tree.css(HEADINGS))
        self.times = self._below(tree.css("time[datetime]"))
        self.pictures = self._below(tree.css("img,picture,amp-img"))
        self.paragraphs: dict[int, str] = {}
        teasers = []
        for node in tree.css("p")[:_MAX_OTHERS]:
            text = self.paragraphs[node.mem_id] = fold(node.text())
            if len(text) >= _TEASER_CHARS:
                teasers.append(node)
        self.teasers = self._below(teasers)

    def _below(self, nodes: Sequence[LexborNode]) -> dict[int, list[LexborNode]]:
        held: dict[int, list[LexborNode]] = {}
        for node in nodes[:_MAX_OTHERS]:
            box = self._boxes.around(node)
            for above in box.upwards(_CARD_HEIGHT) if box is not None else ():
                held.setdefault(above.key, []).append(node)
        return held

    def rank_of(self, card: Box) -> int | None:
        """The number that a card begins with."""
        if card.key not in self._ranks:
            pieces = (
                node.text(deep=False) for node in islice(card.node.traverse(include_text=True), _RANKED_IN)
            )
            first = next((line for piece in pieces if (line := fold(piece))), "")
            found = _RANK.match(first)
            self._ranks[card.key] = int(found[1]) if found else None
        return self._ranks[card.key]


def anchors_of(tree: LexborHTMLParser, base_url: str) -> list[Anchor]:
    """The links of a page that may lead to a story, in page order; an address may come several times.

    Args:
        tree: of the page, without tags of emphasis.
        base_url: its address.
    """
    boxes = Boxes()
    met = [(node, url, address, boxes.around(node)) for node, url, address in _met(tree, base_url)]
    places = standings([(url, _kind(address), box) for _, url, address, box in met])
    held = _Held(tree, boxes)
    boxes.judge(box for _, _, address, box in met if address.shape is not None and not address.elsewhere)
    found = []
    for (node, url, address, box), standing in zip(met, places, strict=True):
        rel = frozenset((node.attrs.get("rel") or "").lower().split())
        anchor = Anchor(node, url, address, box, rel, standing)
        _look(anchor, held)
        found.append(anchor)
    return found


def _kind(address: Address) -> str:
    """What a link keeps company with: an outlet's stories may have long slugs and short ones."""
    if address.elsewhere:
        return "elsewhere"
    return "numbers" if address.shape in (Shape.DATE, Shape.ID) else "words"


def _met(tree: LexborHTMLParser, base_url: str) -> Iterator[tuple[LexborNode, str, Address]]:
    base, here = base_of(tree, base_url), canonical(base_url)
    for node in tree.css("a[href]")[:_MAX_ANCHORS]:
        href = (node.attrs.get("href") or "").strip()
        rel = (node.attrs.get("rel") or "").lower()
        # A link within a link is a parser's way out of broken markup: the inner one is meant.
        if not href or len(href) > _LONGEST_HREF or href.startswith("#"):
            continue
        if "sponsored" in rel or len(node.css("a[href]")) > 1:
            continue
        url = resolve(base, href)
        if url is None or (url := canonical(url)) == here:
            continue
        address = address_of(url)
        if address is not None:
            yield node, url, address


def _look(anchor: Anchor, held: _Held) -> None:
    """Find out what there is around a link."""
    box, card = anchor.box, anchor.standing.card
    near = list(box.upwards(3)) if box is not None else []
    anchor.headed = any(_IS_HEADING.fullmatch(one.tag) or one.role == "heading" for one in near)
    headings: list[LexborNode] = []
    if card is not None:
        headings = held.headings.get(card.key, [])
        times = held.times.get(card.key, [])
        anchor.dated = moment(times[0].attrs.get("datetime") or "") if len(times) == 1 else None
        anchor.shown = sum(card.key in one for one in (held.pictures, held.teasers)) + bool(times)
        anchor.rank = held.rank_of(card)
    inner = anchor.node.css_first(HEADINGS) is not None
    anchor.headed |= inner or len(headings) == 1
    if not anchor.dated and (time := anchor.node.css_first("time[datetime]")) is not None:
        anchor.dated = moment(time.attrs.get("datetime") or "")
    _name(anchor, headings)
    paragraph = next((one for one in near if one.tag == "p"), None)
    if paragraph is not None:
        text = held.paragraphs.get(paragraph.key, "")
        longer = len(text) > len(anchor.title) + _TEASER_CHARS
        anchor.in_text = longer and not (anchor.title and text.startswith(anchor.title))


def _name(anchor: Anchor, headings: Sequence[LexborNode]) -> None:
    """Take the first line that is a good headline, or else the best there is."""
    # Where several headings are, the box is a list's, or the heading may be another's.
    around = [without_kicker(heading) for heading in headings] if len(headings) == 1 else []
    for line in chain(own_lines(anchor.node), around, pictured(anchor.node)):
        if line and ((points := grade(line)) > anchor.grade or not anchor.title):
            anchor.title, anchor.grade = line, points
            if points >= _GOOD:
                return
