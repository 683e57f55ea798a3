"""What an outlet's pages repeat, taken out of its stories: what no single page gives away.

A paragraph that other stories carry too is the outlet's, unless it is the story's own: a quote or the
background that follow-ups repeat. Two things tell these apart, in any language and without a list of words:

- **Who else carries it.** Follow-ups name the same people and places in their titles, furniture is carried by
  stories that have nothing to do with each other: so only titles count that have no word in common.
- **What else the story says.** The words of its own background come again elsewhere in a story; those of a
  paragraph about the outlet do not. Of 1,099 paragraphs of 34 publishers' stories, 0.6 % shared less than a
  tenth of their longer words with the rest of their story, and 28 % so little with another story.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from wirewatch.models import Story
from wirewatch.store.furniture import Noted
from wirewatch.text.urls import site
from wirewatch.text.words import words
from workers.read.likeness import key


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a paragraph is the outlet's: measured by ``benchmarks/furniture.py``.

    Attributes:
        strangers: so many other stories, strangers to it and to each other, make a foreign paragraph one.
        strangers_of_own: so many are asked for where the paragraph speaks of what the story is about,
        share_of_own: and this part of all strangers to the story.
        foreign: a paragraph that shares less of its terms with the rest of its story is foreign to it.
    """

    strangers: int = 2
    strangers_of_own: int = 3
    share_of_own: float = 0.1
    foreign: float = 0.1


CHOSEN = Thresholds()

_FEWEST_TERMS = 25  # of the rest of a story; with less, nothing is foreign to it
_FEWEST_OWN_TERMS = 4  # a sub-heading or a name says too little to be foreign
_STEM = 5  # letters by which two forms of a word are one: "Ankara'nın", "Ankara'da"
_SHORTEST_NAME = 4  # "Iran", "Kyiv": in a title, where words are few
_MOST_TERMS = 24  # of a title
_ENDS = 32  # paragraphs at each end of a story that are noted: furniture seldom stands in the middle of more
_MOST_STORIES = 500  # of an outlet that are looked at; the store remembers fewer
_MOST_CARRIERS = 64  # of them for one paragraph
_MOST_CHARS = 100_000


@dataclass(slots=True)
class Others:
    """An outlet's stories, by the paragraphs that they carry."""

    stories: dict[str, Noted] = field(default_factory=dict)
    _carriers: dict[int, list[Noted]] = field(default_factory=dict)

    @classmethod
    def of(cls, stories: Iterable[Noted]) -> "Others":
        """Those stories; of one that is given twice, the last reading."""
        every = {one.story: one for one in stories}
        # In an order of their own, so that the order of reading makes no difference.
        made = cls({story: every[story] for story in sorted(every)[:_MOST_STORIES]})
        for one in made.stories.values():
            for paragraph in one.paragraphs:
                made._carriers.setdefault(paragraph, []).append(one)
        return made

    def carriers(self, paragraph: int, but: str) -> list[Noted]:
        """The stories, but for one, that carry a paragraph."""
        return [one for one in self._carriers.get(paragraph, ()) if one.story != but]

    def strangers(self, to: Noted) -> set[str]:
        """The stories whose titles have no term in common with a story's; none that has no terms."""
        return {
            one.story
            for one in self.stories.values()
            if one.story != to.story and one.terms and one.terms.isdisjoint(to.terms)
        }


def fingerprints(paragraphs: Sequence[str]) -> list[int]:
    """For each paragraph 64 bits of its letters and digits; 0 where it has none."""
    return [_hashed(letters, 8) if (letters := key(paragraph)) else 0 for paragraph in paragraphs]


def terms(text: str, shortest: int = _STEM) -> set[str]:
    """The stems of a text's longer words; in scripts without spaces, every two characters on end."""
    found: set[str] = set()
    before = None
    for word in words(text[:_MOST_CHARS]):
        letters = word.folded
        if not letters.isascii():
            letters = unicodedata.normalize("NFD", letters)  # a Korean syllable is two or three letters
        if len(word.folded) == 1:
            if before is not None and before.end == word.start:
                found.add(before.folded + word.folded)
            before = word
        else:
            before = None
            if len(letters) >= shortest:
                found.add(letters[:_STEM])
    return found


def noted(story: Story) -> Noted:
    """A story as its outlet's memory holds it: as it was read, furniture and all."""
    prints = fingerprints(_ends(story.text.split("\n")))
    # A story without a title has its address for one.
    names = terms(story.title, _SHORTEST_NAME) if story.title != story.url else set()
    title = sorted(_hashed(name, 2) for name in names)[:_MOST_TERMS]
    return Noted(site(story.url), story.id, frozenset(title), frozenset(prints) - {0})


def cleared(stories: Sequence[Story], known: Mapping[str, Sequence[Noted]]) -> list[Story]:
    """Stories of one batch without what their outlets repeat.

    Args:
        stories: as they were read.
        known: what is remembered, by site (``Furniture.note``). The stories of the batch count too.
    """
    batch = [noted(story) for story in stories]
    others = {
        name: Others.of([*known.get(name, ()), *(one for one in batch if one.site == name)])
        for name in {one.site for one in batch if one.site}
    }
    made = []
    for story, note in zip(stories, batch, strict=True):
        dropped: list[str] = []
        if note.site:
            kept, dropped = without_furniture(story.text.split("\n"), story.title, note, others[note.site])
        made.append(story.model_copy(update={"text": "\n".join(kept)}) if dropped else story)
    return made


def without_furniture(
    paragraphs: Sequence[str], title: str, note: Noted, others: Others, thresholds: Thresholds = CHOSEN
) -> tuple[list[str], list[str]]:
    """A story's paragraphs: those that are its own, and those that are its outlet's.

    A story of which nothing would be left keeps all: its outlet writes the same each day.

    Args:
        paragraphs: of the story.
        title: its headline.
        note: the story itself, as it is remembered.
        others: its outlet's stories; whether it is among them makes no difference.
        thresholds: other ones than the chosen.
    """
    prints = fingerprints(paragraphs)
    if not any(others.carriers(one, note.story) for one in prints):
        return list(paragraphs), []
    strangers = others.strangers(note)
    carried = [
        [one for one in others.carriers(print_, note.story) if one.story in strangers] for print_ in prints
    ]

    @cache
    def rest() -> set[str]:
        own = (paragraph for paragraph, carriers in zip(paragraphs, carried, strict=True) if not carriers)
        return terms("\n".join((title, *own)))

    kept, dropped = list[str](), list[str]()
    for paragraph, carriers in zip(paragraphs, carried, strict=True):
        apart = strangers_to_each_other(carriers, thresholds.strangers_of_own)
        common = len(carriers) >= thresholds.share_of_own * len(strangers)
        is_furniture = (apart >= thresholds.strangers_of_own and common) or (
            apart >= thresholds.strangers and _is_foreign(paragraph, rest(), thresholds.foreign)
        )
        (dropped if is_furniture else kept).append(paragraph)
    return (kept, dropped) if any(key(paragraph) for paragraph in kept) else (list(paragraphs), [])


def _is_foreign(paragraph: str, rest: set[str], least: float) -> bool:
    own = terms(paragraph)
    return len(own) >= _FEWEST_OWN_TERMS and len(rest) >= _FEWEST_TERMS and len(own & rest) < least * len(own)


def strangers_to_each_other(stories: Sequence[Noted], enough: int) -> int:
    """How many of some stories have no word of their titles in common, taken as they come, up to enough."""
    met: list[frozenset[int]] = []
    for one in stories[:_MOST_CARRIERS]:
        if len(met) >= enough:
            break
        if all(one.terms.isdisjoint(other) for other in met):
            met.append(one.terms)
    return len(met)


def _ends(paragraphs: list[str]) -> list[str]:
    return paragraphs[:_ENDS] + paragraphs[_ENDS:][-_ENDS:]


def _hashed(text: str, size: int) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).digest(), "big")
