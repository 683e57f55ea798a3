"""What one field cannot tell of itself: names that lead nowhere, two that contradict each other.

The checks look at plain values and step around whatever has another shape than it should, which is told
elsewhere: so one misspelt field does not hide what else is wrong.
"""

import difflib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from wirewatch.config.durations import duration_text, parse_duration
from wirewatch.config.fieldpath import FieldPath
from wirewatch.config.settings import Polling
from wirewatch.text.source_key import source_key
from wirewatch.text.urls import is_web

Found = Iterator[tuple[FieldPath, str]]

_TOPIC = '`topics: { china: { query: China OR "Xi Jinping" } }`'


def check(values: dict[str, Any], line: Callable[[FieldPath], int]) -> Found:
    """Each field at fault and what is wrong with it.

    Args:
        values: the whole configuration as plain values.
        line: gives a field's line.
    """
    if values.get("topics") is None or values["topics"] == {}:
        yield ("topics",), f"no topic; write at least one, such as {_TOPIC}"
    yield from _repeated_sources(values, line)
    yield from _intervals(values)
    yield from _destinations(values)


def _repeated_sources(values: dict[str, Any], line: Callable[[FieldPath], int]) -> Found:
    first: dict[str, int] = {}
    for place, source in enumerate(_list(values.get("sources"))):
        url = source if isinstance(source, str) else _mapping(source).get("url")
        if not isinstance(url, str) or not is_web(url.strip()):
            continue
        earlier = first.setdefault(source_key(url), place)
        if earlier != place:
            path: FieldPath = ("sources", place) if isinstance(source, str) else ("sources", place, "url")
            yield path, f"the same address as in line {line(('sources', earlier))}; keep one of the two"


def _intervals(values: dict[str, Any]) -> Found:
    defaults = Polling()
    top = _mapping(values.get("polling"))
    shortest = _duration(top.get("min_interval"), defaults.min_interval)
    longest = _duration(top.get("max_interval"), defaults.max_interval)
    if shortest and longest and shortest > longest:
        field = "min_interval" if top.get("min_interval") is not None else "max_interval"
        yield ("polling", field), _contradiction(field, shortest, longest)
        return
    for place, source in enumerate(_list(values.get("sources"))):
        own = _mapping(_mapping(source).get("polling"))
        at_least = _duration(own.get("min_interval"), shortest)
        at_most = _duration(own.get("max_interval"), longest)
        if own and at_least and at_most and at_least > at_most:
            field = "min_interval" if own.get("min_interval") is not None else "max_interval"
            yield ("sources", place, "polling", field), _contradiction(field, at_least, at_most)


def _contradiction(field: str, shortest: timedelta, longest: timedelta) -> str:
    if field == "min_interval":
        other, remedy = duration_text(longest), "lower it, or set a longer max_interval"
        return f"longer than max_interval, which is {other} here; {remedy}"
    other, remedy = duration_text(shortest), "raise it, or set a shorter min_interval"
    return f"shorter than min_interval, which is {other} here; {remedy}"


def _destinations(values: dict[str, Any]) -> Found:
    known = [str(name) for name in _mapping(values.get("destinations"))]
    for topic, settings in _mapping(values.get("topics")).items():
        yield from _names(("topics", topic, "send"), _mapping(settings).get("send"), known)
    yield from _names(("operator",), values.get("operator"), known)


def _names(path: FieldPath, names: object, known: list[str]) -> Found:
    for place, name in enumerate(_list(names)):
        if isinstance(name, str) and name not in known:
            yield (*path, place), _unknown_destination(name, known)


def _unknown_destination(name: str, known: list[str]) -> str:
    """The name itself is left out: people write a chat's secret address here."""
    if not known:
        return "no destination has this name, there are none; add it under destinations"
    near = difflib.get_close_matches(name[:80], known, 1)
    if near:
        return f"no destination has this name; did you mean {near[0]}? Known: {', '.join(known)}"
    return f"no destination has this name; known: {', '.join(known)}"


def _duration(value: object, otherwise: timedelta | None) -> timedelta | None:
    """None for what is no duration, which the field's own type tells."""
    if value is None:
        return otherwise
    try:
        return parse_duration(value)
    except ValueError:
        return None


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
