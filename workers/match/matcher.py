"""A story against topics: which of them it matches, and why."""

from collections.abc import Iterable

from wirewatch.models import Match, Story
from workers.match.evaluate import Evaluation
from workers.match.explain import MAX_HITS, find_hits, score
from workers.match.fields import IndexedStory
from workers.match.snippet import snippet
from workers.match.topics import Topic


def match_story(topics: Iterable[Topic], story: Story) -> list[Match]:
    """The matches of a story, in the order of the topics."""
    indexed = IndexedStory(story)
    matches = (_match(topic, indexed) for topic in topics)
    return [match for match in matches if match is not None]


def _match(topic: Topic, story: IndexedStory) -> Match | None:
    evidence = Evaluation(topic.query, story, topic.ignored).evidence(topic.tree)
    if evidence is None:
        return None
    hits = find_hits(evidence.occurrences, story)
    return Match(
        topic=topic.name,
        score=score(hits, story),
        snippet=snippet(hits, story),
        clauses=tuple(dict.fromkeys(evidence.clauses)),
        hits=tuple(hits[:MAX_HITS]),
    )
