"""Places in a text where a part of a query occurs, and which of them are near each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Occurrence(NamedTuple):
    """Word positions ``first`` to ``last`` of a field.

    ``parts`` is empty for words in a row. For a stretch that NEAR found it holds the two occurrences
    it reaches over, whose words are its evidence.
    """

    field: str
    first: int
    last: int
    parts: "tuple[Occurrence, ...]" = ()

    def rows(self) -> "list[Occurrence]":
        """The words in a row that this is made of."""
        found: list[Occurrence] = []
        waiting = [self]
        while waiting:
            place = waiting.pop()
            waiting.extend(place.parts)
            if not place.parts:
                found.append(place)
        return found


def _within(outer: Occurrence, inner: Occurrence) -> bool:
    """Whether a stretch reaches over another occurrence without sharing its own ends with it."""
    return bool(outer.parts) and outer.first < inner.first and inner.last < outer.last


def _meet(left: Occurrence, right: Occurrence, distance: int, *, ordered: bool) -> bool:
    if left.last < right.first:
        return right.first - left.last <= distance
    if ordered:
        return False
    if right.last < left.first:
        return left.first - right.last <= distance
    # They overlap: the same word is not near itself, but a word amid a stretch is near it.
    return _within(left, right) or _within(right, left)


def near(
    left: Sequence[Occurrence], right: Sequence[Occurrence], *, distance: int, ordered: bool
) -> list[Occurrence]:
    """The stretches, one for each pair of ends, that reach over a left and a right occurrence close together.

    Args:
        left: of one field, in order.
        right: of the same field, in order.
        distance: the most positions from the end of one to the start of the other.
        ordered: whether the left must come first.
    """
    longest = max((place.last - place.first for place in right), default=0)
    firsts = [place.first for place in right]
    found: dict[tuple[int, int], Occurrence] = {}
    for one in left:
        start = bisect_left(firsts, one.first - distance - longest)
        stop = bisect_right(firsts, one.last + distance)
        for other in right[start:stop]:
            if _meet(one, other, distance, ordered=ordered):
                ends = min(one.first, other.first), max(one.last, other.last)
                found.setdefault(ends, Occurrence(one.field, *ends, (one, other)))
    return sorted(found.values())


def disjoint(places: Iterable[Occurrence]) -> list[Occurrence]:
    """The most occurrences of which no two share a word: how many mentions there are."""
    chosen: list[Occurrence] = []
    for place in sorted(places, key=lambda place: (place.field, place.last, -place.first)):
        if not chosen or chosen[-1].field != place.field or chosen[-1].last < place.first:
            chosen.append(place)
    return chosen
