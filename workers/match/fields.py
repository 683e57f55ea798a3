"""A story's fields, indexed by their words: read once, asked by every topic."""

from collections import defaultdict
from collections.abc import Sequence

from wirewatch.models import Story
from wirewatch.text.words import Word, words
from workers.match.patterns import WordPattern

PROSE = ("title", "summary", "body")  # searched by a query's words unless a field is named


def field_text(story: Story, field: str) -> str:
    """A field's text, which offsets of hits count in."""
    match field:
        case "title" | "summary" | "source" | "url" | "section":
            return getattr(story, field) or ""
        case "body":
            return story.text
        case "author":
            return ", ".join(story.authors)
        case "lang":
            return story.language or ""
        case _:
            raise ValueError(f"a story has no field {field!r}")


class IndexedField:
    """The words of one field, and where each of them stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: Sequence[Word] = words(text)
        self._folded: dict[str, list[int]] = defaultdict(list)
        self._exact: dict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self.words):
            self._folded[word.folded].append(position)
            self._exact[word.exact].append(position)

    def _places(self, pattern: WordPattern, *, exact: bool) -> list[int]:
        index = self._exact if exact else self._folded
        if pattern.glob is None:
            return index.get(pattern.text, [])
        return sorted(place for word, places in index.items() if pattern.matches(word) for place in places)

    def places(self, phrase: tuple[WordPattern, ...], *, exact: bool = False) -> list[int]:
        """The positions, ascending, at which these words stand in a row."""
        starts = self._places(phrase[0], exact=exact)
        for offset, pattern in enumerate(phrase[1:], start=1):
            if not starts:
                break
            here = set(self._places(pattern, exact=exact))
            starts = [start for start in starts if start + offset in here]
        return starts


class IndexedStory:
    """A story whose fields are indexed when they are first asked for."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._fields: dict[str, IndexedField] = {}

    def field(self, name: str) -> IndexedField:
        """The field of that name; an empty one where the story has none."""
        found = self._fields.get(name)
        if found is None:
            found = self._fields[name] = IndexedField(field_text(self._story, name))
        return found
