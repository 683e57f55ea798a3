"""Durations as people write them: ``90s``, ``2m``, ``6h``, ``1d``."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHAPE = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")


def parse_duration(value: object) -> timedelta:
    """A timedelta from ``90s``, ``2m``, ``6h`` or ``1d``; a timedelta passes through.

    Raises:
        ValueError: for anything else, saying what would be right.
    """
    if isinstance(value, timedelta):
        return value
    match = _SHAPE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r} is not a duration; write a number and s, m, h or d, such as 90s or 2m")
    return timedelta(seconds=float(match[1]) * _SECONDS[match[2]])


def duration_text(value: timedelta) -> str:
    """The shortest text that :func:`parse_duration` reads back as the same duration."""
    seconds = value.total_seconds()
    for unit in "dhm":
        if seconds >= _SECONDS[unit] and seconds % _SECONDS[unit] == 0:
            return f"{int(seconds // _SECONDS[unit])}{unit}"
    return f"{seconds:g}s"


Duration = Annotated[timedelta, BeforeValidator(parse_duration), PlainSerializer(duration_text)]
