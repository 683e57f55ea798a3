"""What one word of a query stands for: itself, or the words that its wildcards allow."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

WILDCARDS = re.compile(r"[*?]+")


@dataclass(frozen=True, slots=True)
class WordPattern:
    """A word in the form it is compared by; ``*`` is any run of characters, ``?`` exactly one."""

    text: str
    literals: tuple[str, ...] = field(compare=False)  # what every matching word contains, in this order
    glob: re.Pattern[str] | None = field(compare=False)  # None: no wildcards

    def matches(self, word: str) -> bool:
        """Whether a word, in the same form, is one of those meant."""
        return word == self.text if self.glob is None else self.glob.fullmatch(word) is not None


def _chunk(text: str) -> str:
    return "".join("." if character == "?" else re.escape(character) for character in text)


def _glob(text: str) -> re.Pattern[str]:
    """The expression for a word with wildcards.

    Between two stars the leftmost place is always a right one (what follows has the most room), so each
    is an atomic group: no page can make a query backtrack.
    """
    first, *others = re.sub(r"\*+", "*", text).split("*")
    if not others:
        return re.compile(_chunk(first), re.DOTALL)
    *middle, last = others
    inner = "".join(f"(?>.*?{_chunk(part)})" for part in middle)
    return re.compile(f"{_chunk(first)}{inner}.*{_chunk(last)}", re.DOTALL)


@lru_cache(maxsize=1 << 14)
def word_pattern(text: str) -> WordPattern:
    """The pattern of one query word, already folded (or exact), wildcards included."""
    literals = tuple(part for part in WILDCARDS.split(text) if part)
    return WordPattern(text, literals, _glob(text) if WILDCARDS.search(text) else None)
