"""Alerts' fields cut to what a body has room for."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from wirewatch.models import Alert
from workers.alerts.fields import alert_fields, json_bytes

# What every text keeps. At worst a character takes six bytes ("\u0001"), so that the nine texts of a
# body cut to this measure, all escapes, still leave room.
_KEPT_CHARACTERS = 200
# What goes first when a body is too long: what explains, then what repeats, then what describes.
_CUT_ORDER: tuple[tuple[str, ...], ...] = (
    ("match", "hits"),
    ("copies",),
    ("story", "summary"),
    ("story", "title"),
    ("match", "snippet"),
    ("story", "authors"),
    ("story", "source"),
    ("story", "language"),
)
# What an alert is known by, and the address, by which a reader has the story: cut only where one alert
# alone would still be too long.
_CUT_LAST: tuple[tuple[str, ...], ...] = (("topic",), ("story", "url"), ("story", "id"), ("alert_id",))


def fitted_fields(alert: Alert, most_bytes: int) -> dict[str, Any]:
    """An alert's fields within so many bytes of JSON, or as near to it as cutting gets: 12 kB at worst."""
    return _cut_to(most_bytes, alert_fields(alert), _CUT_ORDER + _CUT_LAST)


def fitted_list(alerts: Sequence[Alert], most_bytes: int) -> list[dict[str, Any]]:
    """The fields of as many alerts as fit, one at least: all are cut before the last are left out.

    Args:
        alerts: those that are to stay come first.
        most_bytes: for the JSON of all of them, without the brackets: more than 12 kB.
    """
    room = most_bytes + 1  # each alert is counted with a comma, and the last has none
    least: list[int] = []
    for alert in alerts:
        size = _size(_cut_to(0, alert_fields(alert), _CUT_ORDER)) + 1
        if least and sum(least) + size > room:
            break
        least.append(min(size, room))
    kept = alerts[: len(least)]
    whole = [_size(alert_fields(alert)) + 1 for alert in kept]

    # One measure for all: long alerts make room for each other before short ones lose anything.
    def together(measure: int) -> int:
        return sum(max(low, min(high, measure)) for low, high in zip(least, whole, strict=True))

    measure = bisect_right(range(room + 1), room, key=together) - 1
    return [fitted_fields(alert, max(low, measure) - 1) for alert, low in zip(kept, least, strict=True)]


def _cut_to(most_bytes: int, fields: dict[str, Any], order: Sequence[Sequence[str]]) -> dict[str, Any]:
    for path in order:
        if _size(fields) <= most_bytes:
            break
        _cut(fields, path, most_bytes)
    return fields


def _size(fields: dict[str, Any]) -> int:
    return len(json_bytes(fields))


def _cut(fields: dict[str, Any], path: Sequence[str], most_bytes: int) -> None:
    """Shorten one list or text to what lets the fields fit, a text to no less than it keeps."""
    *way, last = path
    holder = fields
    for step in way:
        holder = holder[step]
    whole = holder[last]
    if not whole:
        return

    def size(length: int) -> int:
        holder[last] = whole[:length]
        return _size(fields)

    ellipsis_bytes = 0 if isinstance(whole, list) else len("…".encode())
    # The longest length that fits is one before the first that does not.
    fitting = bisect_right(range(len(whole)), most_bytes - ellipsis_bytes, key=size) - 1
    if isinstance(whole, list):
        holder[last] = whole[: max(fitting, 0)]
    elif len(whole) > (kept := max(fitting, _KEPT_CHARACTERS)):
        holder[last] = whole[:kept] + "…"
    else:
        holder[last] = whole
