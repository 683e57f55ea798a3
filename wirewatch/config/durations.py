"""Durations as people write them: ``90s``, ``2m``, ``6h``, ``1d``."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

_LONGEST = timedelta(days=36500)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_PATTERN = r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*([smhd])"
_SHAPE = re.compile(_PATTERN)


def parse_duration(value: object) -> timedelta:
    """A timedelta from ``90s``, ``2m``, ``6h`` or ``1d``; a timedelta passes through.

    Raises:
        ValueError: for anything else, saying what would be right. The text is not repeated: it may be
            a secret in the wrong place.
    """
    if isinstance(value, timedelta):
        return value
    match = _SHAPE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("not a duration; write a number and s, m, h or d, such as 90s or 2m")
    microseconds = Decimal(match[1]) * _SECONDS[match[2]] * 1_000_000
    if microseconds > _LONGEST / timedelta(microseconds=1):
        raise ValueError("too long a duration; write at most some years, such as 3650d")
    return timedelta(microseconds=int(microseconds))


def duration_text(value: timedelta) -> str:
    """The text in the largest unit that fits, which :func:`parse_duration` reads as the same duration."""
    seconds = value.days * 86400 + value.seconds
    if value.microseconds:
        return f"{seconds}.{value.microseconds:06d}".rstrip("0") + "s"
    for unit in "dhm":
        if seconds and seconds % _SECONDS[unit] == 0:
            return f"{seconds // _SECONDS[unit]}{unit}"
    return f"{seconds}s"


def _positive(value: object) -> timedelta:
    duration = parse_duration(value)
    if duration <= timedelta(0):
        raise ValueError("must be longer than nothing; write such as 90s or 2m")
    return duration


_DIGESTS = {"hourly": timedelta(hours=1), "daily": timedelta(days=1)}


def _digest(value: object) -> timedelta:
    if isinstance(value, str) and value.strip() in _DIGESTS:
        return _DIGESTS[value.strip()]
    try:
        return _positive(value)
    except ValueError:
        raise ValueError("not a digest; write hourly, daily, or a duration such as 30m") from None


_Text = Annotated[str, Field(pattern=rf"^\s*{_PATTERN}\s*$", examples=["90s", "2m", "6h", "1d"])]
_DigestText = Annotated[
    str, Field(pattern=rf"^\s*(?:hourly|daily|{_PATTERN})\s*$", examples=["hourly", "daily", "30m"])
]
_AS_TEXT = PlainSerializer(duration_text, return_type=str)

Duration = Annotated[timedelta, BeforeValidator(parse_duration, json_schema_input_type=_Text), _AS_TEXT]
PositiveDuration = Annotated[timedelta, BeforeValidator(_positive, json_schema_input_type=_Text), _AS_TEXT]
Digest = Annotated[timedelta, BeforeValidator(_digest, json_schema_input_type=_DigestText), _AS_TEXT]
