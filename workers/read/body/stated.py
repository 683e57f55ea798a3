"""What the page's metadata and the feed say of the story's text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wirewatch.text.html import plain_text
from workers.read.body.blocks import Block
from workers.read.body.prose import END
from workers.read.fields.evidence import Evidence
from workers.read.fields.nodes import names_of
from workers.read.likeness import key

_FEWEST = 400  # letters and digits of an articleBody: shorter ones are descriptions
_TELLING = 20  # letters and digits of a block that stand in it by more than chance
_LONGEST_BYLINE = 120
_NAMING = 3  # a byline is at most so many times as long as the name in it
_NAMING_FIRST = 6  # the same, where it begins with the name
_BY = 6  # letters before a name that begins it
_LONGEST_WHOLE = 100_000  # characters of an articleBody: each block is looked for in it
_CUT = ("…", "...", "[…]")
_CLASS = re.compile(r"\.([\w-]{1,80})")
_MOST_PARTS = 50


@dataclass(frozen=True, slots=True)
class Stated:
    """A page's own word on its text."""

    descriptions: list[str]  # metas, JSON-LD, and the feed's text
    paragraphs: list[str]  # JSON-LD's articleBody where it may be the whole text
    whole: str  # the same, letters and digits alone
    paid: frozenset[str]  # classes of the elements that only subscribers are shown
    names: frozenset[str]  # letters and digits of the authors' names

    def tells(self, block: Block) -> bool:
        """Whether the page's own articleBody has this block."""
        text = key(block.text) if self.whole else ""
        return len(text) >= _TELLING and text in self.whole

    def signs(self, block: Block) -> bool:
        """Whether a block is hardly more than the name of an author."""
        if len(block.text) > _LONGEST_BYLINE or not self.names or END.search(block.text):
            return False
        text = key(block.text)
        return any(_names(text, name) for name in self.names)


def stated(evidence: Evidence, told: str = "") -> Stated:
    """The statements about a text that a page's evidence holds.

    Args:
        evidence: the page's.
        told: the feed's own text of the story, or nothing.
    """
    text = evidence.article.get("articleBody")
    paragraphs = plain_text(text[:_LONGEST_WHOLE]).splitlines() if isinstance(text, str) else []
    whole = key("".join(paragraphs))
    if len(whole) < _FEWEST or paragraphs[-1].endswith(_CUT):
        paragraphs, whole = [], ""
    descriptions = [
        *evidence.meta("og:description"),
        *evidence.meta("description"),
        *evidence.meta("twitter:description"),
        evidence.said("description"),
        told,
    ]
    return Stated(
        [text for text in descriptions if text],
        paragraphs,
        whole,
        frozenset(_paid(evidence.article.get("hasPart"))),
        frozenset(filter(None, map(key, names_of(evidence.article.get("author"), evidence.nodes)))),
    )


def _names(text: str, name: str) -> bool:
    """Whether letters are a name and little else: "by" before it in any language, an office behind it."""
    times = _NAMING if name in text[_BY:] else _NAMING_FIRST
    return name in text and len(text) < times * len(name)


def _paid(parts: object) -> Iterator[str]:
    for part in (parts if isinstance(parts, list) else [parts])[:_MOST_PARTS]:
        selector = part.get("cssSelector") if isinstance(part, dict) else None
        for text in (selector if isinstance(selector, list) else [selector])[:_MOST_PARTS]:
            if isinstance(text, str):
                yield from _CLASS.findall(text[:1000])
