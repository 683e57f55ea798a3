"""What is to be looked at: words of the command line, or JSON Lines on standard input."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wirewatch.errors import WirewatchError
from wirewatch.text.urls import is_web


class InputError(WirewatchError):
    """An input that cannot be read, fetched or used; its line of output says so, and the rest goes on."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to look at.

    Attributes:
        path: a file, where one is named.
        url: an address: to be fetched, or, where there is a path, the one that the file was saved from.
        fields: all of the line of JSON that it was given in.
        line: that line's number, from 1.
        problem: why it cannot be used at all.
    """

    path: str | None = None
    url: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
    problem: str | None = None


def from_words(words: Sequence[str]) -> Iterator[Input]:
    """Each word as an address or a path."""
    for word in words:
        yield Input(url=word) if is_web(word) else Input(path=word)


def from_lines(lines: Iterable[bytes]) -> Iterator[Input]:
    """Each line of JSON as an input; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _from_line(line, number)


def _from_line(line: bytes, number: int) -> Input:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Input(line=number, problem=f"not a line of JSON: {error}")
    if not isinstance(fields, dict):
        return Input(line=number, problem='not a JSON object such as {"path": "page.html"}')
    path, url = fields.get("path"), fields.get("url")
    if not (isinstance(path, str | None) and isinstance(url, str | None)):
        return Input(line=number, problem="path and url must be texts")
    return Input(path or None, url or None, fields, number)
