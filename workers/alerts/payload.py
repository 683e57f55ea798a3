"""What a webhook receives: one alert as the body of a Standard Webhooks message."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wirewatch.models import Alert, utc_text

# Standard Webhooks asks for payloads under 20 kB, so that receivers can read them whole and at once.
BODY_BYTES = 19_999
# What every text keeps. At worst a character takes six bytes ("\u0001"), so that the nine texts of a
# body cut to this measure, all escapes, still leave room.
_KEPT_CHARACTERS = 200
# What goes first when a body is too long: what explains, then what repeats, then what describes.
# The address goes last: a reader who has it has the story.
_CUT_ORDER: tuple[tuple[str, ...], ...] = (
    ("match", "hits"),
    ("copies",),
    ("story", "summary"),
    ("story", "title"),
    ("match", "snippet"),
    ("story", "authors"),
    ("story", "source"),
    ("story", "language"),
    ("topic",),
    ("story", "url"),
    ("story", "id"),
    ("alert_id",),
)


def _time(moment: datetime | None) -> str | None:
    # Whole milliseconds, as the store keeps them: the body made before storing equals the one made after.
    return utc_text(moment.replace(microsecond=moment.microsecond // 1000 * 1000)) if moment else None


def alert_fields(alert: Alert) -> dict[str, Any]:
    """An alert as receivers see it: JSON values, times in UTC."""
    story = alert.story
    return {
        "alert_id": alert.id,
        "topic": alert.topic,
        "story": {
            "id": story.id,
            "url": story.url,
            "title": story.title,
            "source": story.source,
            "authors": list(story.authors),
            "language": story.language,
            "published": _time(story.published),
            "first_seen": _time(story.first_seen),
            "summary": story.summary,
        },
        "match": {
            "score": alert.match.score,
            "snippet": alert.match.snippet,
            "hits": [hit.model_dump() for hit in alert.match.hits],
        },
        "copies": [
            {"url": copy.url, "source": copy.source, "title": copy.title, "published": _time(copy.published)}
            for copy in alert.copies
        ],
    }


def json_bytes(value: object) -> bytes:
    """A value as one line of compact JSON in UTF-8; half a surrogate pair, which has none, becomes ``?``."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def webhook_body(alert: Alert) -> bytes:
    """The body of an alert's ``story.matched`` message: the same bytes at every attempt, under 20 kB."""
    data = alert_fields(alert)
    message = {"type": "story.matched", "timestamp": _time(alert.created), "data": data}
    for path in _CUT_ORDER:
        if len(json_bytes(message)) <= BODY_BYTES:
            break
        _cut(message, data, path)
    return json_bytes(message)


def _cut(message: dict[str, Any], data: dict[str, Any], path: Sequence[str]) -> None:
    """Shorten one list or text of the data to what lets the message fit, a text to no less than it keeps."""
    *way, last = path
    holder = data
    for step in way:
        holder = holder[step]
    whole = holder[last]
    if not whole:
        return

    def size(length: int) -> int:
        holder[last] = whole[:length]
        return len(json_bytes(message))

    ellipsis_bytes = 0 if isinstance(whole, list) else len("…".encode())
    # The longest length that fits is one before the first that does not.
    fitting = bisect_right(range(len(whole)), BODY_BYTES - ellipsis_bytes, key=size) - 1
    if isinstance(whole, list):
        holder[last] = whole[: max(fitting, 0)]
    elif len(whole) > (kept := max(fitting, _KEPT_CHARACTERS)):
        holder[last] = whole[:kept] + "…"
    else:
        holder[last] = whole
