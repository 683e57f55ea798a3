"""A few lines of a story that show why it matched."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from wirewatch.models import Hit
from workers.match.fields import IndexedStory

MAX_SNIPPET = 300  # characters
_ELLIPSIS = "…"

# A line's end, or a full stop before a capital; but not after an initial or a title (U.S., Gov., Sen.).
_SENTENCE_END = re.compile(
    r"\n\s*|(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z][a-z]\.)[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z])"
    r"|(?<=[。！？])"
)


def _sentences(text: str) -> list[tuple[int, int]]:
    """The offsets of a text's sentences."""
    cuts = [(0, 0), *(found.span() for found in _SENTENCE_END.finditer(text)), (len(text), len(text))]
    # What closes a sentence, such as a quote, stays with it.
    spans = [(before[1], after[0] + len(text[slice(*after)].rstrip())) for before, after in pairwise(cuts)]
    return [(start, end) for start, end in spans if start < end]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _around(text: str, start: int, end: int, hit: tuple[int, int]) -> str:
    """As much of a long sentence as fits around a hit, cut at word ends."""
    room = MAX_SNIPPET - 2 * len(_ELLIPSIS)
    left = max(start, min(hit[0] - (room - (hit[1] - hit[0])) // 2, end - room))
    right = min(end, left + room)
    if left > start and (blank := text.find(" ", left, hit[0])) >= 0:
        left = blank + 1
    if right < end and (blank := text.rfind(" ", hit[1], right)) >= 0:
        right = blank
    return f"{_ELLIPSIS if left > start else ''}{_plain(text[left:right])}{_ELLIPSIS if right < end else ''}"


def _best(text: str, hits: Sequence[tuple[int, int]]) -> str:
    """The run of sentences within the limit that holds the most hits; the earliest of equals."""
    sentences = _sentences(text)
    starts = [start for start, _ in hits]
    held = [bisect_left(starts, end) - bisect_left(starts, start) for start, end in sentences]
    best, best_held = (0, 0), -1
    for first, (start, _) in enumerate(sentences):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1][1] - start <= MAX_SNIPPET:
            last += 1
        count = sum(held[first : last + 1])
        # Begin with a sentence that has a hit: the lines after it say more than those before.
        if (held[first] or not hits) and count > best_held:
            best, best_held = (first, last), count
    if not sentences:
        return ""
    start, end = sentences[best[0]][0], sentences[best[1]][1]
    if end - start <= MAX_SNIPPET:
        return _plain(text[start:end])
    return _around(text, start, end, next((hit for hit in hits if start <= hit[0] < end), (start, start)))


def snippet(hits: Sequence[Hit], story: IndexedStory) -> str:
    """At most 300 characters around the best hits of the body, else of the summary, else of the title.

    Where only other fields were hit, the first of these that has text is shown from its beginning.
    """
    for name in ("body", "summary", "title"):
        inside = [(hit.start, hit.end) for hit in hits if hit.field == name]
        if inside:
            return _best(story.field(name).text, inside)
    texts = (story.field(name).text for name in ("summary", "body", "title"))
    return _best(next((text for text in texts if text.strip()), ""), [])
