"""How likely a link leads to a story: the evidence in points, weighed against each other.

The points are those of a scale on which two units are about what a headline's shape alone tells. They were
set by hand on pages of our own making in fifteen languages (``tests/sections``), and what they give there is
asserted by a test.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import fmean

from crawler.sections.anchors import Anchor
from crawler.sections.boxes import Place
from crawler.sections.groups import Group
from crawler.sections.shapes import Address, Shape

LIKELY = 0.5
_EVEN = 2.0  # points at which a link is as likely a story as not
_SHAPES = {Shape.DATE: 2.5, Shape.ID: 2.0, Shape.SLUG: 1.0, None: -1.0}
_LONG_SLUG, _LONG_SLUG_POINTS = 5, 0.8
_ELSEWHERE = -4.0
_PLACES = {
    Place.MENU: -3.0,
    Place.NAMED_MENU: -2.0,
    Place.OFFER: -4.0,
    Place.POPULAR: -3.5,
    Place.ASIDE: -0.7,
    Place.HEADER: -1.5,
    Place.CARD: 0.7,
}
_LIST_LINK, _BOOKMARK, _HEADED, _SHOWN, _IN_TEXT = -3.0, 1.0, 1.2, 0.5, -3.0
_HUB = -2.5  # other links of the page lie below it
_HUB_HAS = 2
_HUB_DEPTH = 9  # of a split address: scheme, blank, host, six segments
_LISTED = 4.0  # by the page's own JSON-LD
_RANKED, _FEWEST_RANKS, _MOST_RANKS = -4.0, 3, 20
_NEIGHBOURS = 0.5  # of their mean
_LOWEST, _HIGHEST = -5.0, 6.0
_HEADLINES, _HEADLINES_FROM, _HEADLINES_GRADE = 1.0, 5, 1.0  # a list of nothing but headlines
_LONGEST_LIST, _LONG_LIST, _LONGER = 1.5, 6, 1.5  # the page is there for it; links, times the second longest
_SURE, _FEWEST_SURE = 1.5, 4  # above even
_KNOWN_TEMPLATE, _STRANGE_TEMPLATE, _COMMON = 0.7, -1.5, 0.3
_STRANGE_OUTSIDE = -3.5  # above the first sure story or below the last


def likelihoods(anchors: Sequence[Anchor], listed: frozenset[str]) -> list[float]:
    """For each link of a page, from 0 to 1, how likely it leads to a story.

    Args:
        anchors: the page's links.
        listed: the addresses that the page lists as its stories for machines.
    """
    hubs = _hubs(anchors)
    alone = [
        _points(anchor) + _LISTED * (anchor.url in listed) + _HUB * (anchor.url in hubs) for anchor in anchors
    ]
    ranked = {id(group) for group in _groups(anchors) if _is_ranked(group, anchors)}
    alone = [
        points + _RANKED * (anchor.standing.group is not None and id(anchor.standing.group) in ranked)
        for points, anchor in zip(alone, anchors, strict=True)
    ]
    longest = _longest_list(anchors)
    together = [
        points
        + _company(anchor, anchors, alone)
        + _LONGEST_LIST * (longest is not None and anchor.standing.group is longest)
        for points, anchor in zip(alone, anchors, strict=True)
    ]
    together = _by_template(anchors, together)
    return [1 / (1 + math.exp(_EVEN - points)) for points in together]


def _points(anchor: Anchor) -> float:
    """What a link tells by itself."""
    place = anchor.box.place if anchor.box is not None else Place.OPEN
    return (
        _address_points(anchor.address)
        + anchor.grade
        + sum(points for one, points in _PLACES.items() if one in place)
        + _LIST_LINK * anchor.is_list_link
        + _BOOKMARK * ("bookmark" in anchor.rel)
        + _HEADED * anchor.headed
        + _SHOWN * anchor.shown
        + _IN_TEXT * anchor.in_text
    )


def _address_points(address: Address) -> float:
    long = address.shape is Shape.SLUG and address.words >= _LONG_SLUG
    return _SHAPES[address.shape] + _LONG_SLUG_POINTS * long + _ELSEWHERE * address.elsewhere


def _hubs(anchors: Sequence[Anchor]) -> frozenset[str]:
    """The addresses below which others of the page lie: sections and topics, in any language."""
    urls = {anchor.url for anchor in anchors}
    below: Counter[str] = Counter()
    for url in urls:
        parts = url.partition("?")[0].rstrip("/").split("/", _HUB_DEPTH)
        below.update("/".join(parts[:end]) for end in range(4, len(parts)))
    return frozenset(url for url in urls if below[url.rstrip("/")] >= _HUB_HAS)


def _groups(anchors: Sequence[Anchor]) -> list[Group]:
    groups = {
        id(anchor.standing.group): anchor.standing.group
        for anchor in anchors
        if anchor.standing.group is not None
    }
    return list(groups.values())


def _is_ranked(group: Group, anchors: Sequence[Anchor]) -> bool:
    """Whether a list counts its links: 1, 2, 3 is "most read" in every language."""
    ranks: dict[str, int] = {}
    for member in group.members:
        rank = anchors[member].rank
        if rank is not None:
            ranks.setdefault(anchors[member].url, rank)
    count = len({anchors[member].url for member in group.members})
    return _FEWEST_RANKS <= count <= _MOST_RANKS and list(ranks.values()) == list(range(1, count + 1))


def _company(anchor: Anchor, anchors: Sequence[Anchor], alone: Sequence[float]) -> float:
    """What a link's neighbours tell of it."""
    group = anchor.standing.group
    if group is None:
        return 0.0
    if group.mean is None:
        best: dict[str, tuple[float, float]] = {}
        for member in group.members:
            one = anchors[member]
            best[one.url] = max(best.get(one.url, (_LOWEST, _LOWEST)), (alone[member], one.grade))
        group.mean = fmean(min(max(points, _LOWEST), _HIGHEST) for points, _ in best.values()) * _NEIGHBOURS
        if len(best) >= _HEADLINES_FROM and fmean(one for _, one in best.values()) >= _HEADLINES_GRADE:
            group.mean += _HEADLINES
    return group.mean


def _longest_list(anchors: Sequence[Anchor]) -> Group | None:
    """The list with the most headlines, if none comes near it."""
    groups = _groups(anchors)
    sizes = sorted(
        (
            (len({anchors[member].url for member in group.members if anchors[member].grade >= 1}), at)
            for at, group in enumerate(groups)
        ),
        reverse=True,
    )
    if not sizes or sizes[0][0] < _LONG_LIST or (len(sizes) > 1 and sizes[0][0] < _LONGER * sizes[1][0]):
        return None
    return groups[sizes[0][1]]


def _by_template(anchors: Sequence[Anchor], points: list[float]) -> list[float]:
    """The points once it is known how the addresses of the surest stories are built, and where they stand."""
    sure = [place for place, one in enumerate(points) if one >= _EVEN + _SURE]
    if len({anchors[place].url for place in sure}) < _FEWEST_SURE:
        return points
    # Legal pages and topics can pass for stories too, but there are few of them, and they are poorly shown.
    weights: dict[object, dict[str, float]] = defaultdict(dict)
    for place in sure:
        weights[anchors[place].address.template][anchors[place].url] = points[place] - _EVEN
    sums = {template: sum(each.values()) for template, each in weights.items()}
    common = {template for template, weight in sums.items() if weight >= max(sums.values()) * _COMMON}
    rich = [place for place in sure if anchors[place].address.template in common]
    judged = []
    for place, (anchor, one) in enumerate(zip(anchors, points, strict=True)):
        if anchor.address.template in common:
            judged.append(one + _KNOWN_TEMPLATE)
        else:
            judged.append(one + (_STRANGE_TEMPLATE if rich[0] < place < rich[-1] else _STRANGE_OUTSIDE))
    return judged
