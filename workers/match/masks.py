"""Ignored phrases: which words of a field do not count for a topic.

The longest match wins: an occurrence of a query's phrase that is longer than the ignored phrase it
overlaps still counts, so that ``"fine china tariff*"`` can be an exception to ``fine china``.

Inside an ignored phrase the possessive counts: ``china cabinet`` is furniture, and China's cabinet is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wirewatch.text.words import is_possessive
from workers.match.fields import IndexedField
from workers.match.patterns import WordPattern

Mask = Mapping[int, int]  # position -> words in the longest ignored occurrence that covers it


@dataclass(frozen=True, slots=True)
class Ignored:
    """A phrase whose words do not count, and which of them but the last it writes with ``'s``."""

    words: tuple[WordPattern, ...]
    possessive: tuple[bool, ...]

    def _as_written(self, field: IndexedField, start: int) -> bool:
        inner = field.words[start : start + len(self.possessive)]
        return all(
            is_possessive(field.text, word) == s for word, s in zip(inner, self.possessive, strict=True)
        )

    def places(self, field: IndexedField) -> list[int]:
        """The positions at which it begins."""
        return [start for start in field.places(self.words) if self._as_written(field, start)]


def mask(field: IndexedField, ignored: Iterable[Ignored]) -> Mask:
    """The positions of a field that ignored phrases cover, however these overlap."""
    covered: dict[int, int] = {}
    for phrase in ignored:
        length = len(phrase.words)
        for start in phrase.places(field):
            for position in range(start, start + length):
                covered[position] = max(covered.get(position, 0), length)
    return covered


def counts(masked: Mask, first: int, last: int) -> bool:
    """Whether an occurrence from ``first`` to ``last`` counts."""
    length = last - first + 1
    return all(masked.get(position, 0) < length for position in range(first, last + 1)) if masked else True
