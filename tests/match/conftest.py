from datetime import UTC, datetime

import pytest
import yaml

from wirewatch.config.example import example_text
from wirewatch.config.settings import TopicSettings
from wirewatch.ids import SourceId, StoryId
from wirewatch.models import Story
from workers.match.matcher import match_story
from workers.match.topics import compile_topic, compile_topics


def _story(**fields):
    known = {
        "id": StoryId("t1"),
        "url": "https://example.org/politics/story-1",
        "title": "",
        "source": "Example Politics",
        "source_id": SourceId("s1"),
        "first_seen": datetime(2026, 11, 24, tzinfo=UTC),
    }
    return Story(**(known | fields))


@pytest.fixture(scope="session")
def make_story():
    """A story with the given fields and plain ones for the rest."""
    return _story


@pytest.fixture(scope="session")
def match_one():
    """The match, or None, of one query with a story of the given fields."""

    def match(query, *, ignore=(), **fields):
        topic = compile_topic("t", TopicSettings(query=query, ignore=ignore))
        found = match_story([topic], _story(**fields))
        return found[0] if found else None

    return match


@pytest.fixture(scope="session")
def hit_texts(match_one):
    """What a query hits in the body, as written."""

    def texts(query, body, *, ignore=()):
        found = match_one(query, ignore=ignore, text=body)
        return [hit.text for hit in found.hits] if found else []

    return texts


@pytest.fixture(scope="session")
def shipped_topics():
    """The three topics that come with the example configuration."""
    written = yaml.safe_load(example_text())["topics"]
    return compile_topics({name: TopicSettings(**topic) for name, topic in written.items()})
