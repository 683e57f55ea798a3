"""The stage that matches: which topics, and stories given as pages, as plain text or as lines of JSON."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from console.inspecting.fetching import Fetcher
from console.inspecting.inputs import Input, InputError
from console.inspecting.opening import opened
from console.inspecting.stages import Facts, page_of
from wirewatch.config.compose import compose
from wirewatch.config.load import Document, load_document
from wirewatch.config.plain import Problem, plain
from wirewatch.config.reading import read_text
from wirewatch.config.settings import Settings
from wirewatch.config.tree import Node
from wirewatch.config.wording import problems_of
from wirewatch.errors import ConfigError
from wirewatch.ids import source_id, story_id
from wirewatch.models import Match, Story, now
from wirewatch.text.urls import canonical
from workers.match.check import check_topics
from workers.match.matcher import match_story
from workers.match.topics import Topic, compile_topics
from workers.read.decode import decode
from workers.read.reader import read_story

_OWN_TEXT = ("title", "summary", "text")


class _StoryLine(BaseModel):
    """A story as a line of JSON; what else the line holds is passed over."""

    title: str = ""
    summary: str = ""
    text: str = ""
    url: str = ""
    source: str = ""
    section: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()


def load_topics(file: Path, *, data_dir: Path | None = None) -> tuple[Topic, ...]:
    """The topics of a ``wirewatch.yaml``, or of a file that has nothing but topics by name.

    Raises:
        ConfigError: they cannot be used: file, line, field, remedy.
    """
    root = compose(file, read_text(file))
    if root is not None and isinstance(root.value, dict) and "topics" not in root.value:
        document = _bare(file, root)
    else:
        document = load_document(file, data_dir=data_dir)
    check_topics(document)
    return compile_topics(document.settings.topics)


def _bare(file: Path, topics: Node) -> Document:
    """A file of topics as if each stood under ``topics`` in a configuration."""
    root = Node(line=1, value={"topics": topics})
    problems: list[Problem] = []
    values = plain(root, os.environ, problems)
    told = [Document(file, Settings(), root).problem(field, text) for field, _, text in problems]
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        empty = Document(file, Settings(), root)
        told += [empty.problem(field, text) for field, text in problems_of(error, values)]
        raise ConfigError(told) from None
    if told:
        raise ConfigError(told)
    return Document(file, settings, root)


def match(one: Input, fetcher: Fetcher, topics: Sequence[Topic]) -> Facts:
    """The topics that a story matches, and why."""
    return {"topics": [_told(found) for found in match_story(topics, _story(one, fetcher))]}


def _told(match: Match) -> Facts:
    return {
        "name": match.topic,
        "score": match.score,
        "clauses": list(match.clauses),
        "hits": [hit.model_dump() for hit in match.hits],
        "snippet": match.snippet,
    }


def _story(one: Input, fetcher: Fetcher) -> Story:
    if any(name in one.fields for name in _OWN_TEXT):
        return _of_line(one.fields)
    body = opened(one, fetcher)
    if one.path is None or body.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_story(page_of(one, body))
    return _story_of(_StoryLine(text=decode(body.data), url=one.url or ""))


def _of_line(fields: Mapping[str, Any]) -> Story:
    given = {name: value for name, value in fields.items() if value is not None}
    try:
        return _story_of(_StoryLine.model_validate(given))
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False)
        raise InputError("; ".join(f"{one['loc'][0]}: {one['msg']}" for one in told)) from error


def _story_of(told: _StoryLine) -> Story:
    url = canonical(told.url)
    return Story(
        id=story_id(url),
        source_id=source_id(told.source),
        first_seen=now(),
        **told.model_dump() | {"url": url},
    )
