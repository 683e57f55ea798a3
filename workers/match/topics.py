"""A topic as written in the configuration, made ready to be matched."""

from collections.abc import Mapping
from dataclasses import dataclass

from wirewatch.config.settings import TopicSettings
from wirewatch.errors import QueryError
from wirewatch.text.words import is_possessive, pattern_words
from workers.match.masks import Ignored
from workers.match.nodes import Node
from workers.match.query import parse_query, phrase_words

MAX_IGNORED = 1_000  # characters of one ignored phrase


@dataclass(frozen=True, slots=True)
class Topic:
    """What to look for, what to overlook, and whom to tell."""

    name: str
    query: str
    tree: Node
    ignored: tuple[Ignored, ...]
    send: tuple[str, ...]


def _ignored(phrase: str) -> Ignored:
    if len(phrase) > MAX_IGNORED:
        raise QueryError(phrase[:80] + "…", 80, f"an ignored phrase has at most {MAX_IGNORED:,} characters")
    patterns = phrase_words(phrase, 0, len(phrase))
    written = [word for word in pattern_words(phrase) if word.folded.strip("*?")]
    return Ignored(patterns, tuple(is_possessive(phrase, word) for word in written[:-1]))


def compile_topic(name: str, settings: TopicSettings) -> Topic:
    """A topic ready to be matched.

    Raises:
        QueryError: if its query or one of its ignored phrases cannot be read.
    """
    return Topic(
        name=name,
        query=settings.query,
        tree=parse_query(settings.query),
        ignored=tuple(_ignored(phrase) for phrase in settings.ignore),
        send=settings.send,
    )


def compile_topics(topics: Mapping[str, TopicSettings]) -> tuple[Topic, ...]:
    """All topics of a configuration, in its order.

    Raises:
        QueryError: for the first that cannot be read.
    """
    return tuple(compile_topic(name, settings) for name, settings in topics.items())
