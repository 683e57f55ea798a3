"""How much of a body was found, and how much beside it: words in rows of four.

The measure of Zyte's article extraction benchmark, so that its published figures compare.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_LENGTH = 4
_WORD = re.compile(r"\w+")
_MOSTLY = 0.5  # of a paragraph's shingles


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """All rows of four words, with how often each stands there; fewer words are one row."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    rows = max(1, len(words) - _LENGTH + 1)
    return Counter(tuple(words[start : start + _LENGTH]) for start in range(rows))


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two texts agree: what part of the found one is true, and what part of the true one was found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def overlap(true: str, found: str) -> Overlap:
    """How a found body agrees with the true one."""
    wanted, given = shingles(true), shingles(found)
    common = (wanted & given).total()
    return Overlap(
        common / given.total() if given else 0.0,
        common / wanted.total() if wanted else float(not given),
    )


def mean(overlaps: list[Overlap]) -> Overlap:
    """Precision and recall averaged over pages, each page counting the same."""
    count = len(overlaps) or 1
    return Overlap(
        sum(one.precision for one in overlaps) / count, sum(one.recall for one in overlaps) / count
    )


def lacking(text: str, other: str) -> Iterator[str]:
    """The lines of a text that mostly are not in another."""
    known = shingles(other)
    in_a_row = f" {' '.join(_WORD.findall(other))} "
    for line in text.splitlines():
        rows = shingles(line)
        if not rows or f" {' '.join(_WORD.findall(line))} " in in_a_row:
            continue
        if (rows & known).total() <= _MOSTLY * rows.total():
            yield line.strip()
