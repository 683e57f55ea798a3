"""Why a topic matched: the hits, the score and the clauses of a match."""

from collections.abc import Iterable

from wirewatch.models import Hit
from workers.match.fields import PROSE, IndexedStory
from workers.match.occurrences import Occurrence

MAX_HITS = 50
_FIELD_ORDER = (*PROSE, "section", "author", "source", "url", "lang")
_MANY = 10  # hits beyond these add nothing
_DENSE = 0.05  # hits a word: one word in twenty


def find_hits(places: Iterable[Occurrence], story: IndexedStory) -> list[Hit]:
    """The occurrences as stretches of the fields' texts, in reading order, none inside another."""
    rows = {row for place in places for row in place.rows()}
    hits: list[Hit] = []
    reached = ("", -1)
    for field, first, last, _ in sorted(rows, key=lambda row: (_FIELD_ORDER.index(row[0]), row[1], -row[2])):
        if reached[0] == field and last <= reached[1]:
            continue
        reached = (field, last)
        indexed = story.field(field)
        start, end = indexed.words[first].start, indexed.words[last].end
        hits.append(Hit(field=field, start=start, end=end, text=indexed.text[start:end]))
    return hits


def score(hits: Iterable[Hit], story: IndexedStory) -> float:
    """How much a story is about its topic, from 0 to 1.

    Half is for a hit in the title; three tenths for the number of hits, full at ten; two tenths for
    their density, full at one hit in twenty words of title, summary and body.
    """
    fields = [hit.field for hit in hits]
    length = sum(len(story.field(field).words) for field in PROSE)
    prose = sum(field in PROSE for field in fields)
    density = prose / length if length else 0.0
    in_title = 0.5 if "title" in fields else 0.0
    return round(in_title + 0.3 * min(len(fields) / _MANY, 1) + 0.2 * min(density / _DENSE, 1), 3)
