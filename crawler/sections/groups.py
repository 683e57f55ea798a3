"""What repeats on a page: links that stand alike in one container, and the card around each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.sections.boxes import Box

_HEIGHT = 7
"""How far above a link the container of its group may be."""
_FEWEST = 3
_Key = tuple[int, str]


@dataclass(slots=True)
class Group:
    """Links of one container, below which the same elements lead to each.

    Attributes:
        members: their places among the page's links.
        mean: what they tell of each other, once that is reckoned.
    """

    members: list[int] = field(default_factory=list)
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a link stands.

    Attributes:
        group: the smallest that it belongs to.
        card: the largest box that is its alone; None: there is none.
    """

    group: Group | None
    card: Box | None


def standings(links: Sequence[tuple[str, str, Box | None]]) -> list[Standing]:
    """Where each of a page's links stands.

    Args:
        links: the address of each, what kind of address that is, and the box right around it. Links of one
            kind are each other's company first: a card has links to a tag and an author besides its story's.
    """
    urls: dict[_Key, set[str]] = {}
    ways = [(_way(box, kind), _way(box, "")) for _, kind, box in links]
    for (url, _, _), (of_kind, of_all) in zip(links, ways, strict=True):
        for _, key in (*of_kind, *of_all):
            urls.setdefault(key, set()).add(url)
    groups: dict[_Key, Group] = {}
    found = []
    for place, (of_kind, of_all) in enumerate(ways):
        card = None
        for box, key in of_kind:
            if len(urls[key]) > 1:
                break
            card = box
        # A link that shares its row with one other belongs to the group of the rows.
        of = next((key for _, key in (*of_kind, *of_all) if len(urls[key]) >= _FEWEST), None)
        group = groups.setdefault(of, Group()) if of is not None else None
        if group is not None:
            group.members.append(place)
        found.append(Standing(group, card))
    return found


def _way(box: Box | None, chain: str) -> list[tuple[Box, _Key]]:
    """The boxes above a link, each with the elements that lead from it to the link."""
    way: list[tuple[Box, _Key]] = []
    for above in box.upwards(_HEIGHT) if box is not None else ():
        way.append((above, (above.key, chain)))
        chain = f"{chain}<{above.tag}"
    return way
